"""The sample company, reading from one source `test` that serves every region and holds every table."""

from pathlib import Path

import pytest

from include.company import Company, SourceConfig, load

CONFIG = Path(__file__).parents[2] / "config"


@pytest.fixture(scope="session")
def company() -> Company:
    known = load(CONFIG)
    return known.model_copy(update={"sources": {"test": SourceConfig(name="test", kind="files")}})
