"""activities.csv: what marketing automation logs, a line for every change of a send or a form."""

from collections.abc import Iterator

from sandbox.company.calendar import iso
from sandbox.company.mailings import Mailing, mailings
from sandbox.world import World

HEADER = (
    "activity_id", "type", "direction", "purpose", "is_automated", "lead_id", "campaign_id", "program_type",
    "started_at", "sent_at", "delivered_at", "bounced_at", "first_open_at", "first_click_at", "is_machine_open",
    "updated_at",
)  # fmt: skip


def rows(world: World) -> Iterator[tuple[object, ...]]:
    yield HEADER
    for day in world.days:
        for one in mailings(world.firms, day):
            if one.updated <= world.clock.ms:
                cells = _cells(one)
                yield cells[:-2] if one.wrong == "cells" else cells


def _cells(one: Mailing) -> tuple[object, ...]:
    form = one.type == "form"
    at = "at noon" if one.wrong == "sent" else iso(one.at)
    return (
        one.id,
        "leaflet" if one.wrong == "type" else one.type,
        "inbound" if form else "outbound",
        "qualification" if form else None,
        "true",
        one.lead,
        one.campaign,
        one.program,
        at,
        None if form else at,
        _iso(one.delivered),
        _iso(one.bounced),
        _iso(one.opened),
        _iso(one.clicked),
        None if one.by_machine is None else str(one.by_machine).lower(),
        iso(one.updated),
    )


def _iso(stamp: int | None) -> str | None:
    return None if stamp is None else iso(stamp)
