"""Several regions in one task: what one lacks stops no other."""

import pytest
from apart import apart


def test_what_one_raises_is_kept_under_its_name_and_the_others_are_done() -> None:
    done = []

    def work(name: str) -> None:
        if name == "south":
            raise KeyError(name)
        done.append(name)

    faults = apart(work, ["north", "south", "company"])
    assert done == ["north", "company"]
    assert [(name, repr(fault)) for name, fault in faults.items()] == [("south", "KeyError('south')")]


def test_nothing_to_do_is_no_fault() -> None:
    assert apart(print, []) == {}


def test_what_ends_the_task_is_no_fault_of_a_name() -> None:
    def stopped(name: str) -> None:
        raise KeyboardInterrupt(name)

    with pytest.raises(KeyboardInterrupt, match="north"):
        apart(stopped, ["north", "south"])
