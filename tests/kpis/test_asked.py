"""A fact is as wide and as long as its readers ask, and no less sound."""

import re
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from include.company import Company
from include.kpis import KPIS, calendar, sound
from include.kpis.cubes import Plan, plan
from include.kpis.materialise import materialise
from include.kpis.relations import columns, facts, relations
from include.lake import TABLES, Lake
from tests.kpis.billing import account, item
from tests.kpis.factory import land

DAY = date(2026, 10, 31)


def made(lake: Lake, company: Company, asked: Plan, *names: str) -> Any:
    """The columns of each fact of a plan, and the rows of `names`."""
    with closing(lake.connect()) as connection:
        calendar.prepare(connection, company, DAY, asked.grains, asked.breakdowns)
        materialise(connection, (*asked.facts, *asked.also, *names), asked.asked)
        sound.check(connection, asked.facts)
        have = {name: set(columns(connection, name)) for name in asked.facts}
        return have, {name: connection.sql(f"select * from {name}").fetchall() for name in names}


def test_a_fact_has_the_columns_that_its_readers_name_and_its_key(tmp_path: Path, company: Company) -> None:
    narrow = replace(KPIS["time_in_stage"], by=("stage", "country"), lasting=None)

    have, _ = made(Lake(tmp_path), company, plan([narrow]))

    key = set(facts()["stage_visits"].key)
    assert have["stage_visits"] == {*key, "day", "days", "stage", "region", "country", "subdivision"}


def test_what_another_reader_needs_is_whole(tmp_path: Path, company: Company) -> None:
    asked = replace(plan([KPIS["leads_created"]]), also=("stage_entries",))

    have, _ = made(Lake(tmp_path), company, asked)

    assert "is_inferred" in have["stage_entries"]


@pytest.mark.parametrize(("by", "scopes"), [((), {("all", "all")}), (("plan",), {("all", "all"), ("pro", "all")})])
def test_mrr_is_told_apart_only_by_what_is_asked(
    tmp_path: Path, company: Company, by: tuple[str, ...], scopes: set[tuple[str, str]]
) -> None:
    lake = land(tmp_path, {"accounts": [account("A")], "subscription_items": [item("A", "2026-09-01", 10, plan="pro")]})

    _, rows = made(lake, company, plan([replace(KPIS["mrr"], by=by)]), "account_mrr")

    assert rows["account_mrr"], "a row a period"
    _, stored = made(lake, company, plan([replace(KPIS["mrr"], by=by)]), "payer_mrr")
    assert {(row[3], row[4]) for row in stored["payer_mrr"]} == scopes


@pytest.mark.parametrize("name", relations())
def test_no_part_of_a_query_is_named_like_a_landed_table(name: str) -> None:
    """That table would then be read, and the part would hide it from whoever means the table."""
    parts = re.findall(r"^(\w+) as (?:materialized )?\($", relations()[name].sql, re.M)
    assert not set(parts) & set(TABLES)
