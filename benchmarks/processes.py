"""CPU and memory of this process and all it started, from /proc (Linux)."""

import os
from collections.abc import Callable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_of(work: Callable[[], object]) -> float:
    """Seconds that this process, its children and theirs spend until `work` returns."""
    before = _cpu()
    work()
    return _cpu() - before


def peak() -> float:
    """The most memory that this process held so far, in MB."""
    return _status("VmHWM") / 1024


def now() -> float:
    """The memory that this process holds, in MB."""
    return _status("VmRSS") / 1024


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def _cpu() -> float:
    """Of each process its own time, and that of the children it has waited for."""
    parents, spent = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        parents[int(folder.name)], spent[int(folder.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    ours = {os.getpid()}
    while more := {child for child, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(spent[each] for each in ours if each in spent) / TICKS
