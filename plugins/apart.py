"""Work on several things in one task, where what one of them lacks stops no other."""

from collections.abc import Callable, Iterable


def apart(work: Callable[[str], object], names: Iterable[str]) -> dict[str, Exception]:
    """Do the work for one name after the other; the names for which it failed, each with its fault.

    What ends the task itself (its time is over, somebody stops it) is no fault of a name, and goes through.
    """
    faults: dict[str, Exception] = {}
    for name in names:
        try:
            work(name)
        except Exception as fault:  # noqa: BLE001  # the caller tells each, and fails
            faults[name] = fault
    return faults
