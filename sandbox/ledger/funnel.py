"""Leads, MQLs, SQLs and their conversions."""

from calendar import monthrange
from datetime import date

from sandbox.ledger.known import Known, Person
from sandbox.ledger.stages import WON, decided, first_entries
from sandbox.ledger.tally import Tally

WINDOW = {
    "lead_to_mql_rate": 30,
    "mql_to_sql_rate": 90,
    "sql_to_opportunity_rate": 60,
    "sql_to_won_rate": 180,
    "lead_to_won_rate": 180,
}
LAG = 2
RATIOS = frozenset({*WINDOW, "mql_to_sql_rate_period", "mql_to_sql_rate_lagged"})


def count_funnel(tally: Tally, facts: Known, day: date, first_month: date) -> None:
    for person in facts.persons:
        entries = first_entries(tally.terms, person)
        dates = {stage: tally.terms.local(person.region, at) for stage, at in entries.items()}
        _volumes(tally, person, dates, day, first_month)
        _cohorts(tally, person, dates)


def _volumes(tally: Tally, person: Person, dates: dict[str, date], day: date, first_month: date) -> None:
    where = person.region, person.channel
    tally.top("leads_created", _month(dates["lead"]), *where)
    if "mql" in dates:
        tally.top("mql_count", _month(dates["mql"]), *where)
        tally.bottom("mql_to_sql_rate_period", _month(dates["mql"]), *where)
        _lagged_bottom(tally, person, dates["mql"], day)
    if "sal" in dates:
        tally.top("sal_count", _month(dates["sal"]), *where)
    if "sql" in dates:
        month = _month(dates["sql"])
        tally.top("sql_count", month, *where)
        tally.top("mql_to_sql_rate_period", month, *where)
        if later(month, -LAG) >= first_month:
            tally.top("mql_to_sql_rate_lagged", month, *where)


def _lagged_bottom(tally: Tally, person: Person, entered: date, day: date) -> None:
    """An MQL stands under the SQLs two months later; under a month still running only as far as that has come."""
    month = later(_month(entered), LAG)
    if month > day:
        return
    running = month == _month(day) and day.day < monthrange(day.year, day.month)[1]
    if not running or entered.day <= day.day:
        tally.bottom("mql_to_sql_rate_lagged", month, person.region, person.channel)


def _cohorts(tally: Tally, person: Person, dates: dict[str, date]) -> None:
    """Who entered, and of those who got to the next stage within the window."""
    won = _won(tally, person)
    steps = (
        ("lead_to_mql_rate", "lead", dates.get("mql")),
        ("mql_to_sql_rate", "mql", dates.get("sql")),
        ("sql_to_opportunity_rate", "sql", dates.get("opportunity")),
        ("sql_to_won_rate", "sql", won),
        ("lead_to_won_rate", "lead", won),
    )
    for kpi, entry, reached in steps:
        if entry in dates:
            month = _month(dates[entry])
            tally.bottom(kpi, month, person.region, person.channel)
            if reached is not None and (reached - dates[entry]).days <= WINDOW[kpi]:
                tally.top(kpi, month, person.region, person.channel)


def _won(tally: Tally, person: Person) -> date | None:
    """The date on which the person's new deal was won."""
    new = [decided(tally.terms, deal, person.cutoff) for deal in person.deals if deal.type == "newbusiness"]
    stamps = [outcome[1] for outcome in new if outcome and outcome[0] == WON]
    return tally.terms.local(person.region, min(stamps)) if stamps else None


def _month(day: date) -> date:
    return day.replace(day=1)


def later(month: date, months: int) -> date:
    """The first day of the month so many months later."""
    count = month.year * 12 + month.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
