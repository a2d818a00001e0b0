"""One worker a room: its fixtures (a sample run, Airflow's database) are made once, and rooms run side by side."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)  # before xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The sample company's tests first, so that the others fill the second worker meanwhile."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=lambda item: _group(item) != "sample")


def _group(item: pytest.Item) -> str:
    room, *rest = item.path.relative_to(HERE).parts
    if "sample" in getattr(item, "fixturenames", ()):
        return "sample"
    return rest[0] if room == "end_to_end" else room
