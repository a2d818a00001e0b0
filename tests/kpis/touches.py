"""What happens between a rep and a prospect, in few words: touches, marketing e-mails, reps."""

from datetime import datetime, timedelta
from typing import Any

from tests.kpis.factory import Row, at


def lead(name: str, day: str = "2026-05-01", **given: Any) -> Row:
    return {"lead_id": name, "created_at": at(day), **given}


def touch(name: str, day: str, kind: str = "call", **given: Any) -> Row:
    """An outbound touch of L1 by rep r1, at noon (UTC) of `day`."""
    return {"activity_id": name, "type": kind, "started_at": at(day), "lead_id": "L1", "rep_id": "r1", **given}


def held(name: str, day: str, kind: str = "meeting", **given: Any) -> Row:
    """A meeting that took place; nobody says in which direction."""
    return touch(name, day, kind, direction=None, outcome="held", **given)


def mailing(
    name: str, day: str, opened: timedelta | None = None, clicked: timedelta | None = None, **given: Any
) -> Row:
    """A marketing e-mail delivered at noon of `day`, opened and clicked so much later."""
    sent = at(day)
    return {
        **touch(name, day, "marketing_email", rep_id=None, is_automated=True, campaign_id="spring"),
        "sent_at": sent,
        "delivered_at": sent,
        "first_open_at": _after(sent, opened),
        "first_click_at": _after(sent, clicked),
        **given,
    }


def of_each_kind(prospect: str, day: str, rep: str | None) -> list[Row]:
    """What happens to a prospect on `day`: reached by call, mailed, left a message, asked, and met."""
    who = {"lead_id": prospect, "rep_id": rep}
    return [
        touch(f"{prospect} call", day, outcome="connected", duration_minutes=7.25, purpose="qualification", **who),
        touch(f"{prospect} mail", day, "email", **who),
        touch(f"{prospect} message", day, "voicemail", **who),
        touch(f"{prospect} form", day, "form", direction="inbound", **who),
        held(f"{prospect} demo", day, "demo", booked_at=at(day, 13), **who),
    ]


def _after(sent: datetime, late: timedelta | None) -> datetime | None:
    return None if late is None else sent + late


def won(name: str, day: str, created: str = "2026-05-02", **given: Any) -> Row:
    """A deal of L1 won at noon of `day`."""
    closed = {"status": "won", "closed_at": at(day), "updated_at": at(day)}
    return {
        "opportunity_id": name,
        "account_id": "A",
        "primary_lead_id": "L1",
        "created_at": at(created),
        **closed,
        **given,
    }
