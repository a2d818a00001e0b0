"""A lake of any size, month by month: `generate(folder, events)` writes it once and says what is in it.

<folder>/lake is a lake as any other, landed and complete; <folder>/company holds what a night makes of the
configuration (regions, places, stages, the months to score, no breakdowns), <folder>/files.json where each table lies.
"""

import json
import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from benchmarks.kpis import leads, money
from benchmarks.kpis.columns import since_epoch
from benchmarks.kpis.company import DAY, FIRST, LANDED, LONGEST, company
from benchmarks.kpis.filing import Filing
from benchmarks.kpis.subscriptions import Subscriptions
from include.kpis import calendar
from include.kpis.periods import months_later
from include.lake import TABLES, Lake, compaction

GIVEN = ("regions", "places", "channels", "stages", "breakdowns", "periods", "days", "snapshot_days")
MONTHS, LARGEST = 25, 200_000
"""Of history, all of which a night scores; leads made at once."""
ONE_DAY = timedelta(days=1)
"""How much later than all else leads begin: so that it is before history in no region."""
_VERSION = 7
"""Another one makes lakes that exist anew."""


def generate(folder: Path, events: int, months: int = MONTHS) -> dict[str, int]:
    """The rows of each table of the lake in `folder`, which is made if it is not there yet: the last `months`."""
    said = folder / "made.json"
    if not said.is_file() or json.loads(said.read_text())["version"] != _VERSION:
        shutil.rmtree(folder, ignore_errors=True)
        rows = _make(folder / "lake", events, months)
        _given(folder)
        said.write_text(json.dumps({"version": _VERSION, "rows": rows}))
    return dict(json.loads(said.read_text())["rows"])


def _make(root: Path, events: int, months: int) -> dict[str, int]:
    since = months_later(FIRST, LONGEST - months)
    filing, subscriptions = Filing(root, since), Subscriptions(max(100, events * LONGEST // months // 14))
    campaigns = _campaigns(events, (LANDED - since).days + 1)
    filing.add({"accounts": subscriptions.accounts(since), "fx_rates": money.fx_rates()})
    filing.add({"sales_costs": money.sales_costs()})
    number = 0
    for month, items in enumerate(subscriptions.months()):
        begins, ends = months_later(FIRST, month), min(months_later(FIRST, month + 1), LANDED + ONE_DAY)
        if begins >= since:
            wanted = round(_leads(events) / months * (ends - begins).days / 30.4)
            span = (since_epoch(max(begins, since + ONE_DAY)), since_epoch(ends))
            number = _file_leads(filing, month, number, wanted, span)
            days = ((begins - FIRST).days, (ends - FIRST).days - 1)
            filing.add({"subscription_items": items, "ad_spend_daily": money.ad_spend(*days, campaigns)})
            filing.file(ends - ONE_DAY)
    filing.close()
    return filing.rows


def _file_leads(filing: Filing, month: int, number: int, wanted: int, span: tuple[int, int]) -> int:
    """Add `wanted` leads from `number` on, created within `span`, and return the number of the next one."""
    for part in range(0, wanted, LARGEST):
        count = min(LARGEST, wanted - part)
        filing.add(leads.tables(leads.batch(month * 1000 + part // LARGEST, number, count, *span)))
        number += count
    return number


def _leads(events: int) -> int:
    """How many leads have about `events` rows of stage history, by the first fifty thousand."""
    some = leads.batch(0, 0, 50_000, 1, 2)
    history = leads.tables(some)["crm_stage_history"]
    return round(events * 50_000 / history.num_rows)


def _campaigns(events: int, days: int) -> int:
    """So many that there is a row of ad spend for every five events."""
    return max(4, round(events / 5 / (days * len(money.PLACES) * 0.6)))


def _given(folder: Path) -> None:
    """The relations of the company and the day as a night makes them, and which files hold each landed table."""
    lake = Lake(folder / "lake")
    (folder / "company").mkdir(exist_ok=True)
    with closing(lake.connect()) as connection:
        calendar.prepare(connection, company(), DAY, ("month",), breakdowns=())
        for name in GIVEN:
            connection.execute(f"copy {name} to '{folder / 'company' / name}.parquet'")
    found = {name: [str(file) for file in compaction.files(lake.root, name)] for name in TABLES}
    given = {name: [str(folder / "company" / f"{name}.parquet")] for name in GIVEN}
    (folder / "files.json").write_text(json.dumps(found | given))
