"""A night is scored again when something it is made of has changed, and not otherwise."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from include.company import Company
from include.kpis import basis
from include.kpis.score import score
from include.lake import TABLES, Entry, Lake, Pull
from tests.kpis.factory import PULLED, at, land

DAY = date(2026, 10, 31)
Made = Callable[..., tuple[float, bytes]]


@pytest.fixture
def made(tmp_path: Path, company: Company) -> Made:
    """Score the night; when its file was written, and what it holds."""
    land(tmp_path, {"leads": [{"lead_id": "L1", "created_at": at("2026-10-05"), "country": "ES"}]})

    def again(company: Company = company) -> tuple[float, bytes]:
        file = score(Lake(tmp_path), company, "europe", DAY)
        return file.stat().st_mtime_ns, file.read_bytes()

    return again


def test_nothing_changed_and_nothing_is_written(made: Made) -> None:
    assert made() == made()


def test_a_row_more_is_scored(made: Made, tmp_path: Path) -> None:
    _, before = made()
    land(tmp_path, {"leads": [{"lead_id": "L2", "created_at": at("2026-10-05"), "country": "ES"}]})

    assert made()[1] != before


def test_a_pull_that_brought_nothing_may_still_cover_a_day_more(made: Made, tmp_path: Path) -> None:
    first, _ = made()
    table = next(iter(TABLES))
    Lake(tmp_path).record("test", [Entry("test", table, pulls=(Pull(DAY, DAY, PULLED + timedelta(days=9), None),))])

    assert made()[0] != first


def test_another_configuration_is_scored(made: Made, company: Company) -> None:
    first, _ = made()

    assert made(company.model_copy(update={"currency": "EUR"}))[0] != first


@pytest.mark.parametrize("lost", ["data.parquet", "basis"])
def test_what_was_not_written_to_the_end_is_made_anew(made: Made, tmp_path: Path, lost: str) -> None:
    first, content = made()
    (tmp_path / "scores" / f"day={DAY}" / "night=europe" / lost).unlink()

    again, same = made()

    assert again != first
    assert same == content


@pytest.mark.parametrize("pattern", basis._COMPUTING)
def test_every_part_of_the_code_that_counts_is_there(pattern: str) -> None:
    assert any(basis._CODE.glob(pattern))
