"""sales_costs.csv: the sheet that finance keeps."""

from collections.abc import Iterator
from datetime import date

from sandbox.company.costs import Cost, costs
from sandbox.world import World

HEADER = (
    "cost_id", "cost_date", "cost_type", "acquisition_scope", "stage", "rep_id", "poc_id", "opportunity_id", "channel",
    "campaign_id", "country", "hours", "amount", "currency",
)  # fmt: skip


def rows(world: World) -> Iterator[tuple[object, ...]]:
    yield HEADER
    for cost in costs(world.firms, world.clock.now):
        cells = _cells(cost)
        yield cells[:-1] if cost.wrong == "cells" else cells


def _cells(cost: Cost) -> tuple[object, ...]:
    amount = {"amount": -cost.amount, "number": "ask Ana"}.get(cost.wrong or "", cost.amount)
    return (
        cost.id,
        date.fromordinal(cost.day),
        "gift" if cost.wrong == "type" else cost.type,
        "both" if cost.wrong == "scope" else cost.scope,
        cost.stage,
        cost.rep,
        cost.poc,
        cost.deal,
        cost.channel,
        cost.campaign,
        "QQ" if cost.wrong == "country" else cost.country,
        cost.hours,
        amount,
        "XQX" if cost.wrong == "currency" else cost.currency,
    )
