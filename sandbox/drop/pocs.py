"""pocs.csv: the pre-sales team's list of proofs of concept, one line each, as it stands."""

from collections.abc import Iterator
from datetime import date

from sandbox.company.calendar import DAY, iso, local_day
from sandbox.company.trials import Poc, trials
from sandbox.world import World

HEADER = (
    "poc_id", "type", "lead_id", "opportunity_id", "account_id", "country", "subdivision", "started_at",
    "planned_end_at", "executed_at", "accomplished_at", "goals_planned", "evaluation_started_at", "evaluated_at",
    "evaluation_result", "intent_to_buy_by", "is_test", "updated_at",
)  # fmt: skip


def rows(world: World) -> Iterator[tuple[object, ...]]:
    yield HEADER
    for day in world.days:
        for poc in trials(world.firms, day)[0]:
            if poc.started <= world.clock.ms:
                yield _cells(poc, world.clock.ms)


def _cells(poc: Poc, now: int) -> tuple[object, ...]:
    ended, evaluated = (at if at is not None and at <= now else None for at in (poc.ended, poc.evaluated))
    over = evaluated if poc.result != "withdrawn" else ended
    place = poc.firm.place
    intent = date.fromordinal(local_day(poc.zone, evaluated)) if evaluated and poc.result == "success" else None
    return (
        poc.id,
        "pilot" if poc.wrong == "type" else poc.type,
        poc.lead,
        poc.deal.id if poc.deal else None,
        poc.firm.id,
        "QQ" if poc.wrong == "country" else place.country,
        f"{place.country}-{place.state}",
        "soon" if poc.wrong == "started" else iso(poc.started),
        iso(poc.started + poc.planned_days * DAY),
        _iso(ended),
        _iso(ended if poc.accomplished else None),
        poc.goals,
        _iso(ended if poc.type == "poc" and poc.result != "withdrawn" else None),
        _iso(evaluated),
        poc.result if over else None,
        date.fromordinal(intent.toordinal() + poc.intent_days) if intent else None,
        str(poc.firm.test).lower(),
        iso(max(at for at in (poc.started, ended, evaluated) if at is not None)),
    )


def _iso(stamp: int | None) -> str | None:
    return None if stamp is None else iso(stamp)
