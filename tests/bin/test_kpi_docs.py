"""docs/kpis.md says what the declarations say."""

from dataclasses import replace

from bin import kpi_docs
from include.kpis import KPIS
from include.kpis.kpi import DERIVED
from include.kpis.measure import distinct


def test_the_page_in_the_repository_is_of_now() -> None:
    assert kpi_docs.PAGE.read_text(encoding="utf-8") == kpi_docs.page(), "run make words"


def test_every_kpi_has_one_entry() -> None:
    page = kpi_docs.page()

    assert all(page.count(f"\n### `{name}`\n") == 1 for name in KPIS)


def test_a_formula_is_written_as_it_is_counted() -> None:
    known = replace(KPIS["cac"], rule=DERIVED, numerator=12 * KPIS["cac"], denominator=distinct("deals", "rep", "true"))

    assert next(kpi_docs._lines(known)) == "formula: (12 × `cac`) ÷ different `rep` of deals"
    assert "rows of stage_entries where `stage = 'mql'`" in kpi_docs.page()
