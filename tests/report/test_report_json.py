"""report.json: the whole report without a translated word, from which the same pages could be made again."""

import json
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from include.company import Edition
from include.kpis import KPIS
from include.report.compose import compose
from include.report.contents import values
from include.report.edition import draft
from include.report.html import page
from include.report.report import LONGEST, Report, canonical
from include.report.words import Words
from tests.report import synthetic

MIDDLE = date(2026, 10, 14)
DOCUMENTED = Path(__file__).parents[2] / "docs" / "files.md"


def read(text: str) -> Report:
    known = json.loads(text)
    del known["archive"]
    return TypeAdapter(Report).validate_python(known)


@pytest.mark.parametrize("region", ["malaysia", "china", "company"])
def test_the_report_can_be_read_back_whole_and_says_the_same(region: str) -> None:
    report = compose(synthetic.material(MIDDLE, region))
    again = read(canonical(report))
    assert again == report
    voices = [Words("es_ES", report.currency, synthetic.company(), KPIS) for _ in range(2)]
    assert page(again, voices[0]) == page(report, voices[1])


def test_it_is_the_same_in_every_language() -> None:
    material = synthetic.material(MIDDLE, "malaysia")
    report = compose(material)
    editions = [Edition(region=material.region, locale=locale) for locale in ("ms_MY", "en_MY", "es_ES")]
    assert len({draft(report, edition, material.company).json for edition in editions}) == 1


def test_its_archive_id_is_of_the_rest(report: Report) -> None:
    assert json.loads(canonical(report))["archive"] == report.archive_id
    assert report.archive_id in page(report, Words("en_MY", "MYR", synthetic.company(), KPIS))


def test_it_names_every_kind_of_thing_that_the_documentation_explains() -> None:
    """Rows of the table in docs/files.md and fields of the report are the same."""
    text = DOCUMENTED.read_text(encoding="utf-8")
    part = text.split("## report.json")[1].split("\n## ")[0]
    named = {line.split("`")[1] for line in part.splitlines() if line.startswith("| `")}
    assert named == {"archive", *(field.name for field in fields(Report))}


def test_a_megabyte_is_clipped_there_too(report: Report) -> None:
    text = replace(report, company="x" * 1_000_000).json()
    assert f'"{"x" * (LONGEST - 1)}…"' in text
    assert len(text) < len(report.json()) + 2 * LONGEST


def test_no_number_of_it_is_a_text(report: Report) -> None:
    kinds = ("count", "money", "percent", "share", "change", "points", "times", "days")
    numbers = [value.value for value in values(report) if value.kind in kinds and value.value is not None]
    assert len(numbers) > 200
    assert {type(number) for number in numbers} <= {int, float}
