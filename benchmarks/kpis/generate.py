"""A lake of any size, month by month: `generate(folder, events)` writes it once and says what is in it.

<folder>/lake is a lake as any other, landed and complete; <folder>/company holds what a night makes of the
configuration (regions, places, stages, the months to score), <folder>/files.json where each table lies.
"""

import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from benchmarks.kpis import leads, money
from benchmarks.kpis.columns import since_epoch
from benchmarks.kpis.company import DAY, FIRST, LANDED, company
from benchmarks.kpis.filing import Filing
from benchmarks.kpis.subscriptions import Subscriptions
from include.kpis import calendar
from include.kpis.periods import months_later
from include.lake import TABLES, Lake, compaction

GIVEN = ("regions", "places", "channels", "stages", "periods", "days", "snapshot_days")
MONTHS, LARGEST = 25, 200_000
"""Of history; leads made at once."""
_VERSION = 2
"""Another one makes lakes that exist anew."""


def generate(folder: Path, events: int) -> dict[str, int]:
    """The rows of each table of the lake in `folder`, which is made if it is not there yet."""
    said = folder / "made.json"
    if not said.is_file() or json.loads(said.read_text())["version"] != _VERSION:
        rows = _make(folder / "lake", events)
        _given(folder)
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
    """The relations of the company and the day as a night makes them, and which files hold each landed table."""
    lake = Lake(folder / "lake")
    (folder / "company").mkdir(exist_ok=True)
    with closing(lake.connect()) as connection:
        calendar.prepare(connection, company(), DAY, ("month",))
        for name in GIVEN:
            connection.execute(f"copy {name} to '{folder / 'company' / name}.parquet'")
    found = {name: [str(file) for file in compaction.files(lake.root, name)] for name in TABLES}
    given = {name: [str(folder / "company" / f"{name}.parquet")] for name in GIVEN}
    (folder / "files.json").write_text(json.dumps(found | given))
