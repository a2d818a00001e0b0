"""A night's scores for the tests of reports, made once."""

from datetime import date

import pytest

from include.report.compose import compose
from include.report.fonts import configure
from include.report.material import Material
from include.report.report import Report
from tests.report import synthetic

END = date(2026, 10, 31)
MIDDLE = date(2026, 10, 14)


@pytest.fixture(scope="session", autouse=True)
def fonts() -> None:
    configure()


@pytest.fixture(scope="session")
def malaysia() -> Material:
    return synthetic.material(END, "malaysia")


@pytest.fixture(scope="session")
def malaysia_running() -> Material:
    return synthetic.material(MIDDLE, "malaysia")


@pytest.fixture(scope="session")
def report(malaysia: Material) -> Report:
    return compose(malaysia)


@pytest.fixture(scope="session")
def running(malaysia_running: Material) -> Report:
    return compose(malaysia_running)
