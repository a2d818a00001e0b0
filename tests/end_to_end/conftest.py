"""The whole product, on data of its own: `make report` for a mid-month day, for a month's end, twice, and later."""

import os
import random
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MID_MONTH, MONTH_END = "2026-10-14", "2026-10-31"


OWN_SCRIPT = (ROOT / "include" / "templates" / "report.js").read_text(encoding="utf-8").rstrip()


def without_our_script(page: str) -> str:
    """A report's page without the one script that is ours; any other that it holds stays."""
    ours = f"<script>\n{OWN_SCRIPT}</script>"
    assert page.count(ours) == 1
    return page.replace(ours, "")


@dataclass(frozen=True)
class Ran:
    """A finished command."""

    code: int
    output: str


@dataclass(frozen=True)
class Sample:
    """A data folder with the sample company's runs in it."""

    data: Path
    environment: dict[str, str]

    def report(self, *arguments: str, **settings: str) -> Ran:
        """Run `make report`'s command, with settings over this sample's."""
        ran = subprocess.run(
            [sys.executable, "-m", "bin.report", *arguments],
            cwd=ROOT, env={**self.environment, **settings}, capture_output=True, text=True, timeout=900,
        )  # fmt: skip
        return Ran(ran.returncode, ran.stdout + ran.stderr)

    def folder(self, day: str, region: str, locale: str) -> Path:
        return self.data / "reports" / day / region / locale

    def mails(self) -> list[Path]:
        return sorted((self.data / "mailbox").glob("*.eml"))


def free_port() -> int:
    """One below those that Linux gives to whoever asks for any: nobody takes it by chance before its server does."""
    while True:
        with socket.socket() as tried, suppress(OSError):
            tried.bind(("127.0.0.1", random.randrange(10_000, 32_000)))
            return int(tried.getsockname()[1])


@pytest.fixture(scope="session")
def new_sample(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Sample]:
    def new() -> Sample:
        data = tmp_path_factory.mktemp("data")
        config = shutil.copytree(ROOT / "config", data / "config")
        sources = config / "sources.toml"
        sources.write_text(sources.read_text().replace('"data/drop"', f'"{data / "drop"}"'))
        settings = {
            "DATA_DIR": str(data),
            "CONFIG_DIR": str(config),
            "PYTHONPATH": str(ROOT),
            "FONTS_DIR": str(ROOT / "data" / "fonts"),
            "SANDBOX_PORT": str(free_port()),
            "MAILBOX_PORT": str(free_port()),
        }
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "LAKE", "REPORTS"))
        }
        return Sample(data, {**kept, **settings})

    return new


@pytest.fixture(scope="session")
def sample(new_sample: Callable[[], Sample]) -> Sample:
    """A mid-month day from nothing, then the month's end on top of it."""
    made = new_sample()
    for day in (MID_MONTH, MONTH_END):
        ran = made.report(day)
        assert ran.code == 0, ran.output
    return made


def pytest_itemcollected(item: pytest.Item) -> None:
    """What reads the sample is marked: `make test` runs it beside the tests that make companies of their own."""
    if "sample" in getattr(item, "fixturenames", ()):
        item.add_marker("sample")
