"""Work on several things in one task, where what one of them lacks stops no other."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor


def apart(work: Callable[[str], object], names: Iterable[str]) -> dict[str, BaseException]:
    """Do the work for one name after the other; the names for which it failed, each with its fault.

    In a thread, since a future keeps whatever its work raised. What is raised here meanwhile (the task's time is over)
    drops the names not begun.
    """
    pool = ThreadPoolExecutor(1)
    try:
        done = {name: pool.submit(work, name) for name in names}
        return {name: fault for name, each in done.items() if (fault := each.exception())}
    finally:
        pool.shutdown(cancel_futures=True)
