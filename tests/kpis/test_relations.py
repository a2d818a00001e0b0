"""What a relation builds on is told from its text."""

import pytest
import sqlglot
from sqlglot import exp

from include.kpis.relations import query, read, relations


def test_a_query_reads_what_follows_from_and_join() -> None:
    assert read("select a.valid_from\nfrom landed as a -- from nowhere\njoin other as b on true") == ("landed", "other")


@pytest.mark.parametrize("name", relations())
def test_a_parser_finds_no_table_that_is_not_read(name: str) -> None:
    """What is missed is read from the lake again for every mention, and tells nobody that it has changed."""
    parsed = sqlglot.parse_one(query(name), dialect="duckdb")

    assert {table.name for table in parsed.find_all(exp.Table)} <= set(read(query(name)))
