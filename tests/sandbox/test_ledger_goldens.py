"""The ledger against worked examples of the KPI specification, on leads made by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from sandbox.clock import read
from sandbox.company.calendar import FIRST
from sandbox.company.chance import Draw
from sandbox.company.deals import Deal, start
from sandbox.company.firms import Firms, internal_firm
from sandbox.company.leads import Lead, born
from sandbox.company.markets import US
from sandbox.ledger import RATIOS, read_terms
from sandbox.ledger.exchange import Exchange
from sandbox.ledger.funnel import count_funnel
from sandbox.ledger.known import Known, Person, Sale, known
from sandbox.ledger.sales import count_dwell, count_sales
from sandbox.ledger.tally import Row, Tally
from sandbox.world import World

JANUARY = date(2026, 1, 1)
AS_OF = date(2026, 1, 31)
WORDS = {"lead": "lead", "mql": "marketingqualifiedlead", "sql": "salesqualifiedlead"}
TERMS = read_terms()
CUTOFF = TERMS.cutoff("united_states", AS_OF)


def _at(day: int, month: date = JANUARY) -> int:
    """Noon in New York."""
    return int(datetime(month.year, month.month, day, 17, tzinfo=UTC).timestamp() * 1000)


def _lead(*stages: tuple[str, int]) -> Lead:
    lead = born(Draw(1, 2, 3), Firms(1, 1_000), US, FIRST + 10, 1)
    entries = [(at, WORDS[stage]) for stage, at in stages]
    return replace(lead, created=entries[0][0], stages=entries, statuses=[], defect=None)


def _deal(lead: Lead, opened: int, closed: int | None = None, outcome: str = "closedwon") -> Deal:
    deal = start(Draw(1, 2, 4), 1, lead, internal_firm(), _at(opened), "newbusiness")
    return replace(deal, stages=[(_at(opened), "appointmentscheduled"), *([(_at(closed), outcome)] if closed else [])])


def _person(*members: Lead, deal: Deal | None = None) -> Person:
    return Person("united_states", "direct", CUTOFF, list(members), [deal] if deal else [])


def _counted(facts: Known, day: date, first_month: date) -> dict[tuple[str, date, str | None], Row]:
    tally = Tally(TERMS, Exchange(7), RATIOS)
    count_funnel(tally, facts, day, first_month)
    count_sales(tally, facts)
    count_dwell(tally, facts)
    return {(row.kpi, row.month, row.stage): row for row in tally.rows() if (row.region, row.channel) == (None, None)}


@pytest.fixture
def skipping() -> dict[tuple[str, date, str | None], Row]:
    """G6: stages skipped and entered again; L6 is merged into L5, the test account L7 is out already."""
    paths = {
        1: [("lead", 2), ("mql", 3), ("sql", 5)],
        2: [("lead", 2), ("sql", 6)],
        3: [("lead", 3), ("mql", 4)],
        4: [("lead", 3), ("mql", 5), ("lead", 8), ("mql", 20)],
        5: [("lead", 4)],
        6: [("lead", 6)],
    }
    leads = {number: _lead(*((stage, _at(day)) for stage, day in path)) for number, path in paths.items()}
    # A contact's own stage follows its deal, as HubSpot keeps it.
    leads[1].stages.append((_at(10), "opportunity"))
    leads[3].stages.append((_at(12), "opportunity"))
    deals = {1: _deal(leads[1], 10, 20), 2: _deal(leads[2], 9, 15, "closedlost"), 3: _deal(leads[3], 12)}
    persons = [_person(leads[number], deal=deals.get(number)) for number in (1, 2, 3, 4)]
    persons.append(_person(leads[5], leads[6]))
    sales = [Sale(deal, "united_states", "direct", CUTOFF) for deal in deals.values()]
    return _counted(Known(persons, sales, {}), AS_OF, JANUARY)


@pytest.mark.parametrize(("kpi", "count"), [("leads_created", 5), ("mql_count", 4), ("sql_count", 3), ("deals_won", 1)])
def test_reaching_a_stage_is_passing_all_before_it(
    skipping: dict[tuple[str, date, str | None], Row], kpi: str, count: int
) -> None:
    assert skipping[kpi, JANUARY, None].numerator == count


@pytest.mark.parametrize(
    ("kpi", "value"), [("lead_to_mql_rate", "0.80"), ("mql_to_sql_rate", "0.75"), ("win_rate", "0.50")]
)
def test_rates_count_everybody_once(skipping: dict[tuple[str, date, str | None], Row], kpi: str, value: str) -> None:
    assert skipping[kpi, JANUARY, None].value == Decimal(value)


def test_implied_visits_take_no_time_and_open_ones_not_yet(
    skipping: dict[tuple[str, date, str | None], Row],
) -> None:
    in_mql = skipping["time_in_stage", JANUARY, "mql"]
    assert (in_mql.numerator, in_mql.denominator) == (13, 3)


def _mql(month: date) -> list[tuple[str, int]]:
    return [("lead", _at(3, month)), ("mql", _at(4, month))]


def test_the_spanish_lag() -> None:
    """G2: MQLs of three months and the months in which their SQLs came."""
    months = [date(2026, month, 1) for month in (1, 2, 3)]
    came = {(0, 0): 10, (0, 1): 16, (0, 2): 18, (1, 1): 14, (1, 2): 26, (2, 2): 6}
    mqls = (200, 250, 100)
    persons = []
    for (entered, converted), count in came.items():
        stages = (
            ("lead", _at(3, months[entered])),
            ("mql", _at(4, months[entered])),
            ("sql", _at(20, months[converted])),
        )
        persons += [_person(_lead(*stages)) for _ in range(count)]
    for entered, whole in enumerate(mqls):
        rest = whole - sum(count for (month, _), count in came.items() if month == entered)
        persons += [_person(_lead(*_mql(months[entered]))) for _ in range(rest)]
    day = date(2026, 3, 31)
    for person in persons:
        person.cutoff = TERMS.cutoff("united_states", day)
    cells = _counted(Known(persons, [], {}), day, months[0])
    assert cells["mql_to_sql_rate_lagged", months[2], None].value == Decimal("0.25")
    assert cells["mql_to_sql_rate_period", months[2], None].value == Decimal("0.5")
    assert cells["mql_to_sql_rate", months[0], None].value == Decimal("0.22")
    assert ("mql_to_sql_rate_lagged", months[1], None) not in cells


def test_who_does_not_count_is_in_no_person(small: World) -> None:
    day = small.clock.now.date() - timedelta(days=1)
    facts = known(small, TERMS, day)
    members = [(person, lead) for person in facts.persons for lead in person.members]
    assert len({lead.id for _, lead in members}) == len(members) > 3_500
    for person, lead in members:
        assert lead.defect is None
        assert not lead.test
        assert lead.created < person.cutoff
        assert lead.deleted is None or lead.deleted >= person.cutoff


def test_duplicates_are_one_person_from_the_merge_on(small: World) -> None:
    loser = next(lead for lead in small.shelf("contacts").archived if lead.merged)
    merged = datetime.fromtimestamp(loser.merged[0] / 1000, UTC).date()

    def together(day: date) -> bool:
        persons = known(small, TERMS, day).persons
        return any({loser.id, loser.merged[1]} <= {lead.id for lead in person.members} for person in persons)

    assert not together(merged - timedelta(days=2))
    assert together(merged + timedelta(days=2))


def test_the_cutoff_is_each_regions_own_midnight() -> None:
    assert TERMS.cutoff("china", date(2026, 10, 31)) == read("2026-10-31T16:00:00Z").timestamp() * 1000
    assert TERMS.cutoff("spain", date(2026, 10, 24)) == read("2026-10-24T22:00:00Z").timestamp() * 1000
    assert TERMS.cutoff("spain", date(2026, 10, 25)) == read("2026-10-25T23:00:00Z").timestamp() * 1000
    assert TERMS.cutoff("unassigned", date(2026, 10, 31)) == read("2026-11-01T06:00:00Z").timestamp() * 1000


def test_a_missing_rate_is_no_rate_of_one() -> None:
    exchange = Exchange(7)
    assert exchange.convert(Decimal(100), "COP", "USD", AS_OF) is None
    assert exchange.convert(Decimal(100), "USD", "USD", AS_OF) == 100
    friday, saturday = (exchange.convert(Decimal(100), "MXN", "USD", date(2026, 10, day)) for day in (30, 31))
    assert friday == saturday
