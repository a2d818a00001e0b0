"""A night is scored again when something it is made of has changed, and not otherwise."""

import os
import shutil
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


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory, company: Company) -> Path:
    """The file of a night's scores, made once; its lake is only to be copied."""
    root = tmp_path_factory.mktemp("lake")
    land(root, {"leads": [{"lead_id": "L1", "created_at": at("2026-10-05"), "country": "ES"}]})
    return score(Lake(root), company, "europe", DAY)


def written(file: Path) -> tuple[float, bytes]:
    """When it was written, and what it holds."""
    return file.stat().st_mtime_ns, file.read_bytes()


@pytest.fixture
def made(tmp_path: Path, scored: Path, company: Company) -> Made:
    """Score the night in a lake of its own, where it is scored. Its files are links: a lake knows them by their inodes,
    and replaces them, but writes into none."""
    shutil.copytree(scored.parents[3], tmp_path, copy_function=os.link, dirs_exist_ok=True)

    def again(company: Company = company) -> tuple[float, bytes]:
        return written(score(Lake(tmp_path), company, "europe", DAY))

    return again


def test_nothing_changed_and_nothing_is_written(made: Made, scored: Path) -> None:
    assert made() == made() == written(scored)


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
