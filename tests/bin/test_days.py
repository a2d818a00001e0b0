"""Which day `make report` runs."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bin.days import choose, first_of_history, last_day_over
from bin.services import Refused
from include.company import load

COMPANY = load(Path("config"))
OWN = COMPANY.model_copy(
    update={"sources": {name: s.model_copy(update={"sandbox": False}) for name, s in COMPANY.sources.items()}}
)


@pytest.mark.parametrize(
    ("now", "last"),
    [
        pytest.param(
            datetime(2026, 11, 1, 5, 59, tzinfo=UTC), date(2026, 10, 30), id="a minute before Mexico's midnight"
        ),
        pytest.param(datetime(2026, 11, 1, 6, 0, tzinfo=UTC), date(2026, 10, 31), id="Mexico's midnight"),
        pytest.param(datetime(2026, 11, 1, 23, 0, tzinfo=UTC), date(2026, 10, 31), id="already tomorrow in Malaysia"),
    ],
)
def test_the_last_day_is_the_one_over_in_every_region(now: datetime, last: date) -> None:
    assert last_day_over(COMPANY, now) == last


def test_the_sample_company_reports_its_last_day_unless_asked() -> None:
    assert choose(None, COMPANY) == date(2026, 10, 31)
    assert choose("2026-10-14", COMPANY) == date(2026, 10, 14)


def test_a_company_of_ones_own_reports_the_last_day_over() -> None:
    assert choose(None, OWN) == last_day_over(OWN, datetime.now(UTC))


@pytest.mark.parametrize("asked", ["yesterday", "2026-13-01", "2026-11-01", "2024-10-31"])
def test_a_wrong_day_is_refused_with_one_that_works(asked: str) -> None:
    with pytest.raises(Refused, match=r"DAY=" + asked):
        choose(asked, COMPANY)


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 10, 31), date(2024, 11, 1)),
        (date(2026, 10, 14), date(2024, 11, 1)),
        (date(2026, 12, 1), date(2025, 1, 1)),
    ],
)
def test_history_is_the_24_months_that_end_with_the_day(day: date, first: date) -> None:
    assert first_of_history(day) == first
