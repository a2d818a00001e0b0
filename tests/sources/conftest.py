from pathlib import Path

import pytest

from include.company import Company, load
from include.lake import Lake

CONFIG = Path(__file__).parents[2] / "config"


@pytest.fixture(scope="session")
def company() -> Company:
    return load(CONFIG)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")
