"""When garbage is collected around the printing of a page."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache


@contextmanager
def undisturbed() -> Iterator[None]:
    """No garbage collection while a page is laid out: its small objects all live until it is written. They go at once
    then, and with them what was left over from making the page and its workbook."""
    _set_aside()
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        if was:
            gc.enable()


@cache
def _set_aside() -> None:
    """What is there before the first page, modules above all, stays: no later collection looks at it. Once a process:
    set aside before every page and put back after it, the garbage in between was never found, 1 MB an edition."""
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)
