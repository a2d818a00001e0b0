"""What goes wrong when people keep lists: which rows of a file are spoiled, and how."""

from sandbox.company.chance import noise

SUBJECT = 7
SHARE = 0.01


def spoiled(seed: int, file: int, row: int, ways: tuple[str, ...]) -> str | None:
    """How a row is spoiled, or None for the 99 % that are fine. `file` and `row` number files and rows."""
    dice = noise(seed, SUBJECT + 100 * file, row)
    return ways[int(dice / SHARE * len(ways))] if dice < SHARE else None
