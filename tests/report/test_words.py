"""Values in an edition's words: whole months by their name."""

import pytest

from include.kpis import KPIS
from include.report.figures import Value
from include.report.words import Words
from tests.report import synthetic


@pytest.mark.parametrize(
    ("days", "short", "long"),
    [
        ("2026-09-01/2026-09-30", "Sept", "September"),
        ("2026-09-01/2026-09-14", "1–14 Sept", "1–14 September"),
        ("2026-02-01/2026-02-28", "Feb", "February"),
    ],
)
def test_a_whole_month_is_called_by_its_name(days: str, short: str, long: str) -> None:
    words = Words("en_MY", "MYR", synthetic.company(), KPIS)
    assert (words.show(Value("span", days)), words.show(Value("span_long", days))) == (short, long)


def test_a_month_of_another_year_says_the_year() -> None:
    words = Words("en_MY", "MYR", synthetic.company(), KPIS)
    assert words.show(Value("period", "2025-10-01/2025-10-31")) == "Oct 2025"
