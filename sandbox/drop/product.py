"""product_events.csv: the product's event log."""

from collections.abc import Iterator

from sandbox.company.calendar import iso
from sandbox.company.trials import Event, trials
from sandbox.world import World

HEADER = ("event_id", "account_id", "poc_id", "event_type", "goal_id", "step_no", "is_required", "occurred_at")


def rows(world: World) -> Iterator[tuple[object, ...]]:
    yield HEADER
    for day in world.days:
        for event in trials(world.firms, day)[1]:
            if event.at <= world.clock.ms:
                cells = _cells(event)
                yield cells[:-2] if event.wrong == "cells" else cells


def _cells(event: Event) -> tuple[object, ...]:
    return (
        event.id, event.firm, event.poc, "click" if event.wrong == "type" else event.type, event.goal, event.step,
        None if event.step is None else "true", "later" if event.wrong == "at" else iso(event.at),
    )  # fmt: skip
