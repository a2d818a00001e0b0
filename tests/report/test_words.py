"""Values in an edition's words: whole months by their name."""

import pytest

from include.kpis import KPIS
from include.report.figures import Kind, Value
from include.report.words import Words
from tests.report import synthetic


@pytest.mark.parametrize(
    ("days", "short", "long"),
    [
        ("2026-09-01/2026-09-30", "Sept", "September"),
        ("2026-09-01/2026-09-14", "1–14 Sept", "1–14 September"),
        ("2026-02-01/2026-02-28", "Feb", "February"),
        ("2026-09-27/2026-09-30", "27–30 Sept", "27–30 September"),
    ],
)
def test_a_whole_month_is_called_by_its_name(days: str, short: str, long: str) -> None:
    words = Words("en_MY", "MYR", synthetic.company(), KPIS)
    assert (words.show(Value("span", days)), words.show(Value("span_long", days))) == (short, long)


def test_a_month_of_another_year_says_the_year() -> None:
    words = Words("en_MY", "MYR", synthetic.company(), KPIS)
    assert words.show(Value("period", "2025-10-01/2025-10-31")) == "Oct 2025"


@pytest.mark.parametrize(
    ("locale", "kind", "number", "written"),
    [
        ("en_MY", "days", 83.27, "83.3 days"),
        ("es_ES", "hours", 64.6, "64,6 horas"),
        ("zh_Hans_CN", "months", 18.2, "18.2个月"),
        ("ms_MY", "months", 1.0, "1.0 bulan"),
        ("en_MY", "age", 5.94, "5.9"),
    ],
)
def test_a_duration_says_its_unit_unless_a_head_does(locale: str, kind: Kind, number: float, written: str) -> None:
    said = Words(locale, "MYR", synthetic.company(), KPIS).show(Value(kind, number))
    assert said.replace("\u00a0", " ") == written


@pytest.mark.parametrize("share", [0.955, 0.945, 0.895, 0.005, 0.285])
def test_a_percentage_without_its_sign_is_rounded_as_with_it(share: float) -> None:
    """A title and the cell that it speaks of agree."""
    words = Words("en_MY", "MYR", synthetic.company(), KPIS)
    assert words.show(Value("share", share)) == f"{words.show(Value('hundredths', share))}%"
