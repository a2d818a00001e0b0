"""`make report` and `make ui` never share a data folder."""

from pathlib import Path

import pytest

from bin.only_one import only_one
from bin.services import Refused


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


def test_a_second_command_is_refused_and_told_what_to_do() -> None:
    with (
        only_one("make ui"),
        pytest.raises(Refused, match=r"make ui is running .* stop it .*Trigger"),
        only_one("make report"),
    ):
        pass


def test_the_folder_is_free_again_afterwards() -> None:
    with only_one("make report"):
        pass
    with only_one("make report"):
        pass
