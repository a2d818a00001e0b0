"""From contacts to their deals: `leads.opportunity_id` is the first new-business deal that names the contact first.

Being named by a deal does not change a contact, and a contact does not tell which deals name it first; so the deals are
asked, all of them: one request for 200 deals, one more for the contacts of 1,000.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock

from include.sources.client import Session
from include.sources.hubspot import api
from include.sources.hubspot.versions import Change
from include.sources.source import Days

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Bridge:
    """The first deal of each contact, and when it was made (ISO text)."""

    first: dict[str, tuple[str, str]]

    def change(self, contact: str) -> Iterator[Change]:
        """The deal as a change of the contact."""
        if contact in self.first:
            made, deal = self.first[contact]
            yield made, "deal", deal

    def made_since(self, since: datetime) -> list[str]:
        """Contacts whose first deal was made since."""
        return [contact for contact, (made, _) in self.first.items() if datetime.fromisoformat(made) >= since]


@dataclass
class FirstDeals:
    """The bridge as of now; the pieces of one history share one."""

    lock: Lock = field(default_factory=Lock)
    shared: Bridge | None = None

    def of(self, session: Session, days: Days) -> Bridge:
        if days.whole:
            return ask(session, days)
        with self.lock:
            self.shared = self.shared or ask(session, days)
            return self.shared


def ask(session: Session, days: Days) -> Bridge:
    """Read every deal that has not been deleted."""
    every = Days(days.first, days.last, since=BEGINNING)
    deals = {deal["id"]: deal["properties"] for deal in api.search(session, "deals", every, ("createdate", "dealtype"))}
    first: dict[str, tuple[str, str]] = {}
    for deal, contacts in api.associations(session, "deals", "contacts", deals).items():
        made = deals[deal].get("createdate")
        if contacts and made and _is_new(deals[deal].get("dealtype")):
            first[contacts[0]] = min(first.get(contacts[0], (made, deal)), (made, deal))
    return Bridge(first)


def _is_new(kind: str | None) -> bool:
    return kind in (None, "", "newbusiness")
