from collections.abc import Iterator

import pytest

from sandbox.clock import DEFAULT, Clock, read
from sandbox.world import World
from tests.sandbox.served import Sandbox, started

SMALL = 2_000


@pytest.fixture
def small() -> World:
    """A company of a tenth of the size, at the default clock."""
    return World(Clock(read(DEFAULT)), leads_per_year=SMALL)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    drop = tmp_path_factory.mktemp("drop")
    process, url = started(drop, "--leads-per-year", str(SMALL))
    yield Sandbox(url, drop)
    process.terminate()
    process.wait(10)
