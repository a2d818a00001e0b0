"""One worker a room: its fixtures (a sample run, Airflow's database) are made once, and rooms run side by side."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Longest room first, so that the others fill the second worker meanwhile."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(item.path.relative_to(HERE).parts[0]))
    items.sort(key=lambda item: "end_to_end" not in item.path.parts)
