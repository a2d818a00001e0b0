"""Contestants one after another, each in a process of its own, several times over; the middle of what each took."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.kpis.company import ROOT

Command = Sequence[str | Path]


class Failed(Exception):
    """A contestant ended with an error; the message is its last words."""


@dataclass(frozen=True)
class Taken:
    """CPU and wall seconds and peak MB of a process and all it started; `work` is the CPU that it says it worked."""

    cpu: float
    wall: float
    peak: float
    work: float


def contest(name: str, folder: Path, out: Path) -> Command:
    """The command that runs one of contest.py."""
    return [sys.executable, "-m", "benchmarks.kpis.contest", name, folder, out]


def interleaved(commands: Mapping[str, Command], rounds: int) -> dict[str, Taken]:
    """The medians. Every round begins with another one, so that none always follows the same."""
    names = list(commands)
    taken: dict[str, list[Taken]] = {name: [] for name in names}
    for number in range(rounds):
        for name in (*names[number % len(names) :], *names[: number % len(names)]):
            taken[name].append(run(commands[name]))
    return {name: _middle(each) for name, each in taken.items()}


def run(command: Command) -> Taken:
    """One run. Raises Failed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout is not None
        said = process.stdout.read().decode()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise Failed(f"{command}: {said[-1500:]}")
    last = said.strip().splitlines()[-1:]
    work = float(last[0]) if last and last[0].replace(".", "").isdigit() else 0.0
    return Taken(used.ru_utime + used.ru_stime, time.perf_counter() - began, used.ru_maxrss / 1024, work)


def _middle(taken: Iterable[Taken]) -> Taken:
    known = list(taken)
    return Taken(
        *(statistics.median(getattr(each, name) for each in known) for name in ("cpu", "wall", "peak", "work"))
    )
