"""What set-up and `make report` say where the machine cannot serve them: one line with the next step, never a trace."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOBODY = "http://127.0.0.1:9/simple"
"""An index where nobody listens."""


def test_without_a_network_set_up_says_so_and_leaves_nothing_that_looks_done(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    for name in ("bin/setup", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path), "PIP_INDEX_URL": NOBODY, "PIP_RETRIES": "0",
        "PIP_CONFIG_FILE": os.devnull,
    }  # fmt: skip
    ran = subprocess.run([tmp_path / "bin/setup"], env=environment, capture_output=True, text=True, timeout=120)

    assert ran.returncode == 1
    assert "set-up: the package index did not answer; check the network" in ran.stderr.splitlines()[-1]
    assert not list((tmp_path / ".venv").glob("corong-*"))


@pytest.fixture
def disk(tmp_path: Path) -> list[str]:
    """A command that runs another with a small disk of its own at tmp_path/data, of the size that follows it."""
    shell = f'mount -t tmpfs -o size=$0 tmpfs {tmp_path}/data && exec "$@"'
    (tmp_path / "data").mkdir()
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", shell]
    tried = subprocess.run([*command, "1m", "true"], capture_output=True, text=True)
    if tried.returncode:
        pytest.skip(f"this machine lets nobody mount a small disk: {tried.stderr.strip()}")
    return command


def run(tmp_path: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATA_DIR": str(tmp_path / "data"), "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)


def test_a_disk_without_room_is_refused_before_anything_is_made(disk: list[str], tmp_path: Path) -> None:
    ran = run(tmp_path, *disk, "1m", sys.executable, "-m", "bin.report")

    told = " ".join(ran.stdout.split())
    assert ran.returncode == 2
    assert f"the disk that holds {tmp_path}/data has 1 MB left, a run needs 500; free some space" in told
    assert "Traceback" not in ran.stderr


FILL = """
from bin import report
from bin.services import Refused
try:
    with report._room_on_disk(), open(report.data() / "all", "wb") as file:
        while True:
            file.write(bytes(2**24))
except Refused as refused:
    print(refused)
"""


def test_a_disk_that_fills_up_in_between_is_named_whatever_the_error_said(disk: list[str], tmp_path: Path) -> None:
    ran = run(tmp_path, *disk, "502m", sys.executable, "-c", FILL)

    assert f"the disk that holds {tmp_path}/data has 0 MB left" in ran.stdout
