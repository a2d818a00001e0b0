"""A fact that breaks its promise fails the run, and the message names the file and the rows."""

from collections.abc import Iterator
from contextlib import closing

import duckdb
import pytest

from include.kpis import workspace
from include.kpis.relations import facts
from include.kpis.sound import FactError, check


@pytest.fixture
def night() -> Iterator[duckdb.DuckDBPyConnection]:
    """Two regions, the first with the company's currency; a fact of theirs without fault."""
    with closing(duckdb.connect()) as connection:
        workspace.begin(connection)
        connection.execute("""
            create table regions as
            from (values ('united_states', 'USD', 'USD'), ('spain', 'EUR', 'USD'))
            as r(region, currency, company_currency);
            create table deals as
            from (values
                ('D1', 'united_states', 'web', 5.0, 5.0), ('D2', 'spain', 'web', 4.0, 5.0),
                ('D3', 'spain', 'web', null, 5.0))
            as d(opportunity_id, region, channel, amount_region, amount_company)""")
        yield connection


def test_named_dimensions_and_converted_amounts_pass(night: duckdb.DuckDBPyConnection) -> None:
    """Also a row whose rate is missing: it is null and named elsewhere."""
    check(night, ["deals"])


def test_a_key_that_occurs_twice_fails_and_is_named(night: duckdb.DuckDBPyConnection) -> None:
    night.execute("insert into deals values ('D2', 'spain', 'mail', 7.0, 8.0)")
    with pytest.raises(FactError) as fault:
        check(night, ["deals"])
    assert "include/kpis/facts/deals.sql: 1 keys (opportunity_id) occur more than once" in str(fault.value)
    assert str(fault.value).endswith("The first: {'opportunity_id': 'D2', 'times': '2'}")


def test_every_fact_says_its_key() -> None:
    assert [name for name, fact in facts().items() if not fact.key] == []


def test_a_null_dimension_fails_and_names_the_row(night: duckdb.DuckDBPyConnection) -> None:
    night.execute("insert into deals values ('D4', 'spain', null, 7.0, 8.0)")
    with pytest.raises(FactError) as fault:
        check(night, ["deals"])
    assert "include/kpis/facts/deals.sql: in 1 rows a dimension is null" in str(fault.value)
    assert "'region': 'spain', 'channel': 'None', 'amount_region': '7.0'" in str(fault.value)


@pytest.mark.parametrize("company", ["6.0", "null"])
def test_an_unconverted_amount_fails_and_names_the_row(night: duckdb.DuckDBPyConnection, company: str) -> None:
    night.execute(f"insert into deals values ('D4', 'united_states', 'web', 5.0, {company})")
    with pytest.raises(FactError, match=r"an amount differs between two equal currencies.*united_states"):
        check(night, ["deals"])
