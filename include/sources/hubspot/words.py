"""How the company's vocabulary reads HubSpot's, and who is in which team."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from include.company import Company


@dataclass(frozen=True)
class Words:
    """The tables of channels.toml, of [hubspot.*] in funnel.toml, and of the source's own section."""

    channels: Mapping[str, str]
    lead_stages: Mapping[str, str]
    deal_stages: Mapping[str, str]
    activity_types: Mapping[str, str]
    purposes: Mapping[str, str]
    roles: Mapping[str, str]
    key_roles: frozenset[str]
    internal: frozenset[str]
    teams: Mapping[str, str] = field(default_factory=dict)

    def channel(self, word: str | None) -> str:
        return self.channels.get(word or "", "unknown")

    def is_internal(self, domain: str | None) -> bool:
        return (domain or "").rpartition("@")[2].lower() in self.internal


def words(company: Company, internal: Iterable[str], key_roles: Iterable[str], teams: Mapping[str, str]) -> Words:
    told = company.funnel.hubspot
    return Words(
        channels={word: channel.id for channel in company.channels.values() for word in channel.hubspot},
        lead_stages=told.get("lifecyclestage", {}),
        deal_stages=told.get("dealstage", {}),
        activity_types=told.get("activity_type", {}),
        purposes=told.get("activity_purpose", {}),
        roles=told.get("buying_role", {}),
        key_roles=frozenset(key_roles),
        internal=frozenset(domain.lower() for domain in internal),
        teams=teams,
    )
