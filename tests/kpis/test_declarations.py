"""A declaration is a few readable lines, and says nothing that is not there."""

import ast
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from include.company import Company
from include.kpis import KPIS, calendar
from include.kpis.catalogue import FAMILIES
from include.kpis.kpi import BREAKDOWNS, DIMENSIONS, Kpi
from include.kpis.materialise import materialise
from include.kpis.relations import columns, facts
from include.kpis.rules import RULES, readings
from include.kpis.schema import GRAINS
from include.lake import TABLES, Lake

ROOM = Path(__file__).parents[2] / "include" / "kpis"


def declarations() -> Iterator[tuple[str, str]]:
    for family in FAMILIES:
        source = (ROOM / f"{family}.py").read_text(encoding="utf-8")
        for node in ast.parse(source).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                text = ast.get_source_segment(source, node) or ""
                if "= Kpi(" in text:
                    yield text.split(" ", 1)[0], text


@pytest.mark.parametrize(("name", "text"), list(declarations()))
def test_a_declaration_is_short_and_holds_no_query(name: str, text: str) -> None:
    assert len(text.splitlines()) <= 12
    assert not re.search(r"\b(select|join)\b", text, re.IGNORECASE)
    assert KPIS[name].id == name


def test_every_declaration_is_found_once_with_its_family() -> None:
    assert [name for name, _ in declarations()] == list(KPIS)
    assert {kpi.family for kpi in KPIS.values()} == set(FAMILIES)


@pytest.mark.parametrize("kpi", KPIS.values(), ids=lambda kpi: kpi.id)
def test_a_declaration_names_known_rules_grains_and_dimensions(kpi: Kpi) -> None:
    assert kpi.rule.name in RULES
    assert set(kpi.grains) <= set(GRAINS)
    assert set(kpi.by) <= {*DIMENSIONS, *BREAKDOWNS}
    assert kpi.label
    assert kpi.description.endswith(".")


def test_facts_and_measures_name_what_there_is(tmp_path: Path, company: Company) -> None:
    """Every measure names columns of its fact: an unknown one fails here, with its KPI."""
    with closing(Lake(tmp_path).connect()) as connection:
        calendar.prepare(connection, company, date(2026, 10, 31))
        materialise(connection, facts())
        have = {name: set(columns(connection, name)) for name in facts()}
        for name, fact in facts().items():
            assert set(fact.needs) <= set(TABLES), name
            assert "region" in have[name], name
        for kpi in KPIS.values():
            read = readings(kpi)
            for measure in (part.measure for part in read.parts):
                assert measure.on in have[measure.fact], (kpi.id, measure)
                rows = f"from {measure.fact} cross join periods where {measure.where}"
                connection.execute(f"select count(*) {rows}").fetchall()
