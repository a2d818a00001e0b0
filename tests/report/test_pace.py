"""How much of a target is due by D: learnt from two months, else from the calendar; all of it at the end."""

from datetime import date

import pytest

from include.report.cells import Cell, Cells
from include.report.material import Material
from include.report.pace import pace
from include.report.periods import frame


def cells(*rows: tuple[str, float, int]) -> Cells:
    made = []
    for end, value, n in rows:
        last = date.fromisoformat(end)
        key = ("bookings", "value", "month", last.replace(day=1), last, None, None, None, "malaysia", None, None, None)
        made.append(Cell(key, value, value, None, "money", "MYR", "ok", n))
    return Cells(made, "malaysia")


MONTHS = (("2026-09-14", 40.0, 9), ("2026-09-30", 100.0, 20), ("2025-10-14", 20.0, 5), ("2025-10-31", 100.0, 22))


def test_the_share_of_the_two_months_reached_by_the_same_day() -> None:
    due = pace(cells(*MONTHS), "bookings", frame(date(2026, 10, 14)))
    assert (due.due, due.n) == (pytest.approx(0.3), 42)


def test_with_few_deals_the_calendar_decides() -> None:
    few = cells(*((end, value, 2) for end, value, _ in MONTHS))
    due = pace(few, "bookings", frame(date(2026, 10, 14)))
    assert (due.due, due.n) == (pytest.approx(14 / 31), 0)


def test_with_one_month_known_it_is_learnt_from_that_one() -> None:
    assert pace(cells(*MONTHS[:2]), "bookings", frame(date(2026, 10, 14))).due == pytest.approx(0.4)


def test_a_month_at_its_end_is_due_whole(malaysia: Material) -> None:
    assert pace(malaysia.cells, "bookings", malaysia.frame).due == 1.0


def test_nothing_known_is_the_calendar() -> None:
    assert pace(Cells((), "malaysia"), "bookings", frame(date(2026, 10, 14))).due == pytest.approx(14 / 31)
