"""Amounts: a hundredfold is implausible, a large deal is not."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, timedelta
from math import exp

import duckdb
import pytest

from include.kpis.gate.amounts import amounts
from include.kpis.gate.finding import Finding
from include.thresholds import Amounts

D = date(2026, 10, 30)
Row = tuple[str, str, str, date, float]


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with closing(duckdb.connect()) as made:
        made.execute("create table day_amounts (source_table text, kind text, region text, day date, amount double)")
        yield made


def sizes(number: int, typical: float, spread: float) -> list[float]:
    """Amounts around `typical`, as uneven as business is: e to the `spread` above and below."""
    return [typical * exp(spread * (2 * each / (number - 1) - 1)) for each in range(number)]


def plain(table: str = "ad_spend_daily", region: str = "spain", days: int = 240) -> list[Row]:
    """Ten amounts a day for eight months."""
    return [
        (table, "spend", region, D - timedelta(days=back), amount)
        for back in range(days)
        for amount in sizes(10, 100, 1.5)
    ]


def times(rows: Iterable[Row], factor: float, first: date = D) -> list[Row]:
    return [(*row[:4], row[4] * factor) if row[3] >= first else row for row in rows]


def found(connection: duckdb.DuckDBPyConnection, rows: list[Row], limits: Amounts = Amounts()) -> list[Finding]:  # noqa: B008 it is frozen
    connection.executemany("insert into day_amounts values (?, ?, ?, ?, ?)", rows)
    return list(amounts(connection, D, limits))


def test_usual_amounts_are_no_news(connection: duckdb.DuckDBPyConnection) -> None:
    assert found(connection, plain()) == []


@pytest.mark.parametrize("factor", [100, 0.01])
def test_a_day_a_hundredfold_holds_and_so_does_a_hundredth(
    connection: duckdb.DuckDBPyConnection, factor: float
) -> None:
    [told] = found(connection, times(plain(), factor))
    assert (told.level, told.region, told.first) == ("hold", "spain", D)
    assert told.found / told.usual == pytest.approx(factor, rel=0.5)


def test_a_pull_that_spoilt_all_days_it_restates_holds_too(connection: duckdb.DuckDBPyConnection) -> None:
    [told] = found(connection, times(plain(), 100, D - timedelta(days=30)))
    assert told.level == "hold"


def test_six_times_the_usual_warns(connection: duckdb.DuckDBPyConnection) -> None:
    assert [each.level for each in found(connection, times(plain(), 6))] == ["warn"]


def test_a_single_amount_a_hundredfold_holds_though_the_median_is_plain(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    [told] = found(connection, [*plain(), ("ad_spend_daily", "spend", "spain", D, 10_000)])
    assert (told.level, told.what, told.found) == ("hold", "largest spend", 10_000)


def test_what_holds_goes_on_to_hold_while_it_is_there(connection: duckdb.DuckDBPyConnection) -> None:
    week_ago = D - timedelta(days=7)
    [told] = found(connection, [*plain(), ("ad_spend_daily", "spend", "spain", week_ago, 10_000)])
    assert (told.level, told.first) == ("hold", week_ago)


@pytest.mark.parametrize(("days_ago", "levels"), [(0, ["warn"]), (1, [])])
def test_a_warning_is_news_of_its_day_alone(
    connection: duckdb.DuckDBPyConnection, days_ago: int, levels: list[str]
) -> None:
    large = 4 * max(sizes(10, 100, 1.5))
    rows = [*plain(), ("ad_spend_daily", "spend", "spain", D - timedelta(days=days_ago), large)]
    assert [each.level for each in found(connection, rows)] == levels


def test_the_largest_deal_of_the_half_year_twice_over_is_luck(connection: duckdb.DuckDBPyConnection) -> None:
    deals: list[Row] = [
        ("opportunities", "amount", "spain", D - timedelta(days=3 * back), amount)
        for back, amount in enumerate(sizes(70, 20_000, 2))
    ]
    largest = max(row[4] for row in deals)
    assert found(connection, [*deals, ("opportunities", "amount", "spain", D, 2 * largest)]) == []


def test_where_amounts_differ_a_thousandfold_a_tenfold_day_is_no_news(connection: duckdb.DuckDBPyConnection) -> None:
    wild: list[Row] = [
        ("opportunities", "amount", "spain", D - timedelta(days=back % 200 + 40), amount)
        for back, amount in enumerate(sizes(400, 1000, 4))
    ]
    today: list[Row] = [("opportunities", "amount", "spain", D, 11_000)] * 3
    assert found(connection, [*wild, *today]) == []


def test_a_few_amounts_do_not_say_what_is_usual(connection: duckdb.DuckDBPyConnection) -> None:
    old: list[Row] = [("sales_costs", "event", "spain", D - timedelta(days=70 + back), 100.0) for back in range(19)]
    assert found(connection, [*old, ("sales_costs", "event", "spain", D, 10_000.0)]) == []


def test_kinds_and_regions_are_compared_with_their_own(connection: duckdb.DuckDBPyConnection) -> None:
    salaries: list[Row] = [(t, "rep_pay", r, day, 50_000) for t, _, r, day, _ in plain("sales_costs")]
    assert found(connection, [*plain("sales_costs"), *salaries, *times(plain(region="mexico"), 18, date.min)]) == []


def test_a_rate_a_hundredfold_holds(connection: duckdb.DuckDBPyConnection) -> None:
    rates: list[Row] = [("fx_rates", "MXN", "mexico", D - timedelta(days=back), 20 + back / 100) for back in range(200)]
    assert [each.level for each in found(connection, times(rates, 100))] == ["hold"]
