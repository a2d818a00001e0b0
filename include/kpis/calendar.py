"""The company and the day as small relations, which the SQL of the room joins with.

regions (region, currency, company_currency, timezone, cutoff), places (place, region),
channels (channel, web, paid, marketing), stages (stage, position; exits before 0), periods, days, snapshot_days, and
breakdowns (breakdown): those that anybody asks for; a fact need not have rows for others.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import duckdb

from include.company import UNASSIGNED, Company
from include.kpis import workspace
from include.kpis.kpi import BREAKDOWNS
from include.kpis.periods import Period, before, months_later, periods
from include.kpis.schema import GRAINS

UNALLOCATED = "unallocated"
SNAPSHOT_GRAINS = ("month", "quarter", "year", "rolling_12m")
_RATE_DAYS = 3 * 366
"""Days are prepared from before the first period: the rate of its first day may be older, and that of a credit note is
its invoice's; and churn is read over the twelve months before."""


def prepare(
    connection: duckdb.DuckDBPyConnection,
    company: Company,
    day: date,
    grains: Collection[str] = GRAINS,
    breakdowns: Collection[str] = BREAKDOWNS,
) -> None:
    """Begin the night's relations with those of `company` as of `day`, the periods those of `grains`."""
    workspace.begin(connection)
    table(
        connection,
        "regions",
        "region, currency, company_currency, timezone, cutoff timestamptz",
        _regions(company, day),
    )
    table(connection, "places", "place, region", _places(company))
    channels = ((each.id, each.web, each.paid, each.marketing) for each in company.channels.values())
    table(connection, "channels", "channel, web boolean, paid boolean, marketing boolean", channels)
    table(connection, "stages", "stage, position integer", _stages(company))
    table(connection, "breakdowns", "breakdown", ((name,) for name in BREAKDOWNS if name in breakdowns))
    _periods(connection, periods(day), day, grains)


def _regions(company: Company, day: date) -> Iterable[tuple[Any, ...]]:
    """Unassigned and unallocated rows follow the company's clock and money."""
    whole = company.whole
    named = {region.id: region for region in company.regions.values()} | {UNASSIGNED: whole, UNALLOCATED: whole}
    for name, region in named.items():
        yield name, region.currency, whole.currency, region.timezone, region.cutoff(day)


def _places(company: Company) -> Iterable[tuple[str, str]]:
    for region in company.teams():
        for place in (*region.countries, *region.subdivisions):
            yield place, region.id


def _stages(company: Company) -> Iterable[tuple[str, int]]:
    """The lead stage is 0: visitors are nobody yet, and an exit is no stage of the funnel."""
    funnel = company.funnel
    first = funnel.order.index("lead")
    for index, stage in enumerate(funnel.order):
        yield stage, index - first
    for stage in funnel.exits:
        yield stage, -100


def _periods(
    connection: duckdb.DuckDBPyConnection, known: Sequence[Period], day: date, grains: Collection[str]
) -> None:
    """Days and snapshot days are those of all grains: rates and the period before are read from earlier ones too."""
    latest = sorted({period.start for period in known if period.grain == "month"})[-2:]
    rows = (
        (
            *(number, each.grain, each.start, each.end, each.closes),
            *(each.grain == "month" and each.start in latest, each.end < min(each.closes, day)),
        )
        for number, each in enumerate(each for each in known if each.grain in grains)
    )
    dates = "period_start date, period_end date, period_closes date"
    table(connection, "periods", f"period_id integer, period_grain, {dates}, is_recent boolean, is_cut boolean", rows)
    first = min(each.start for each in known) - timedelta(days=_RATE_DAYS)
    last = max(*(each.closes for each in known), day)
    span = ((first + timedelta(days=number),) for number in range((last - first).days + 1))
    table(connection, "days", "day date", span)
    ends = sorted({(each.end,) for each in known if each.grain in SNAPSHOT_GRAINS})
    table(connection, "snapshot_days", "day date", ends)


def earlier(connection: duckdb.DuckDBPyConnection, name: str, months: int, first_day: date | None) -> None:
    """A span `name`: the days of each period moved back by `months`, by itself where that is 0; none where it begins
    before the month of `first_day`, when there was no data."""
    known = connection.execute("select period_id, period_grain, period_start, period_end, period_closes from periods")
    moved = [(number, *_moved(Period(*period), months)) for number, *period in known.fetchall()]
    rows = (
        (number, start + timedelta(days=offset))
        for number, start, end in moved
        if first_day is not None and start >= first_day.replace(day=1)
        for offset in range((end - start).days + 1)
    )
    table(connection, name, "period_id integer, day date", rows)


def _moved(period: Period, months: int) -> tuple[date, date]:
    """First and last day; a period cut short gives as many days, as far as the month has them, a whole one a whole."""
    if not months:
        return before(period)
    whole = months_later(period.end + timedelta(days=1), -months) - timedelta(days=1)
    return months_later(period.start, -months), max(whole, months_later(period.end, -months))


def table(connection: duckdb.DuckDBPyConnection, name: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """A table of the night; columns without a type are text."""
    typed = [column if " " in column else f"{column} varchar" for column in columns.split(", ")]
    connection.execute(f"create table {name} ({', '.join(typed)})")
    known = list(rows)
    if known:
        values = list(zip(*known, strict=True))
        marks = ", ".join(f"unnest(${number + 1})" for number in range(len(values)))
        connection.execute(f"insert into {name} select {marks}", [list(column) for column in values])
