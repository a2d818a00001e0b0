"""Data that others made, beside the repository: specifications, fixtures, tables. Read there and never copied."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data"


def shared(name: str) -> Path:
    """The file or folder `name`; skips the test where it is not at hand."""
    if not (FOLDER / name).exists():
        pytest.skip(f"{name} is not beside the repository (in {FOLDER})")
    return FOLDER / name


def table(folder: str, name: str) -> list[dict[str, str]]:
    """The rows of a CSV table, cells as text."""
    with (shared(folder) / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def moment(told: str) -> datetime:
    """Warehouses write UTC without saying so, and hours with one digit."""
    day, _, time = told.partition(" ")
    return datetime.fromisoformat(f"{day}T{time.zfill(8) if '.' not in time else time}").replace(tzinfo=UTC)


def epoch(told: str) -> int | None:
    return int(moment(told).timestamp()) if told else None
