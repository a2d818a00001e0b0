"""A lake of any size, month by month: `generate(folder, events)` writes it once and says what is in it.

<folder>/lake is a lake as any other, landed and complete; <folder>/company holds what the rivals need of the
configuration: regions, places and the months to score.
"""

import json
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.kpis import leads, money
from benchmarks.kpis.columns import since_epoch
from benchmarks.kpis.company import DAY, FIRST, LANDED, company
from benchmarks.kpis.filing import Filing
from benchmarks.kpis.subscriptions import Subscriptions
from include.kpis.periods import months_later, periods

MONTHS, LARGEST = 25, 200_000
"""Of history; leads made at once."""
_VERSION = 1
"""Another one makes lakes that exist anew."""


def generate(folder: Path, events: int) -> dict[str, int]:
    """The rows of each table of the lake in `folder`, which is made if it is not there yet."""
    said = folder / "made.json"
    if not said.is_file() or json.loads(said.read_text())["version"] != _VERSION:
        rows = _make(folder / "lake", events)
        _given(folder / "company")
        said.write_text(json.dumps({"version": _VERSION, "rows": rows}))
    return dict(json.loads(said.read_text())["rows"])


def _make(root: Path, events: int) -> dict[str, int]:
    filing = Filing(root)
    subscriptions = Subscriptions(max(100, events // 10))
    items = subscriptions.months()
    filing.add({"accounts": subscriptions.accounts(), "fx_rates": money.fx_rates(), "sales_costs": money.sales_costs()})
    number = 0
    for month in range(MONTHS + 1):
        begins, ends = months_later(FIRST, month), min(months_later(FIRST, month + 1), LANDED + timedelta(days=1))
        wanted = round(_leads(events) / MONTHS * (ends - begins).days / 30.4)
        for part in range(0, wanted, LARGEST):
            count = min(LARGEST, wanted - part)
            span = (since_epoch(begins), since_epoch(ends))
            filing.add(leads.tables(leads.batch(month * 1000 + part // LARGEST, number, count, *span)))
            number += count
        days = ((begins - FIRST).days, (ends - FIRST).days - 1)
        filing.add({"subscription_items": next(items), "ad_spend_daily": money.ad_spend(*days, _campaigns(events))})
        filing.file(ends - timedelta(days=1))
    filing.close()
    return filing.rows


def _leads(events: int) -> int:
    """How many leads have about `events` rows of stage history, by the first fifty thousand."""
    some = leads.batch(0, 0, 50_000, 1, 2)
    history = leads.tables(some)["crm_stage_history"]
    return round(events * 50_000 / history.num_rows)


def _campaigns(events: int) -> int:
    """So many that there is a row of ad spend for every five events."""
    return max(4, round(events / 5 / (money.DAYS * len(money.PLACES) * 0.6)))


def _given(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    known = company()
    names = {each.id: each for each in known.regions.values()} | dict.fromkeys(("unassigned", "unallocated"), known.whole)
    regions = [
        {
            "region": name, "currency": each.currency, "company_currency": known.currency, "timezone": each.timezone,
            "cutoff": each.cutoff(DAY),
        }
        for name, each in names.items()
    ]  # fmt: skip
    places = [{"country": name, "region": each.id} for each in known.teams() for name in each.countries]
    months = [
        {"month": each.start, "month_end": each.end, "is_recent": months_later(each.start, 2) > DAY}
        for each in periods(DAY)
        if each.grain == "month" and each.end == each.closes
    ]
    for name, rows in (("regions", regions), ("places", places), ("months", months)):
        pq.write_table(pa.Table.from_pylist(rows), folder / f"{name}.parquet")
