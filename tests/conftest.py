"""What runs in one process where pytest runs in several (`make test`), and in which order."""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

SAMPLE = "tests/end_to_end/sample/"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What runs Airflow and its servers begins first, the sample company before all: it takes longest and often waits,
    and the other rooms fill the gaps."""
    items.sort(key=lambda item: (not item.nodeid.startswith(SAMPLE), "end_to_end" not in item.path.parts))


class ByModule(LoadScopeScheduling):
    """A module's tests share a process, so its fixtures are made once; so do all that read the sample company."""

    def _split_scope(self, nodeid: str) -> str:
        return SAMPLE if nodeid.startswith(SAMPLE) else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByModule:
    config.option.loadscopereorder = False  # else the module of most tests begins first, however short they are
    return ByModule(config, log)
