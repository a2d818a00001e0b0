"""Arithmetic that is written down and worked out later: a declaration adds, scales, multiplies and divides what it
counts, and scoring.py turns the tree into SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

Node = Any
"""A leaf (what is counted), a whole number (a factor), or an Operation on two nodes."""


class Term:
    """What a KPI may be made of: a measure, a KPI, or an operation on them."""

    def __add__(self, other: Term) -> Operation:
        return Operation("+", self, other)

    def __sub__(self, other: Term) -> Operation:
        return Operation("-", self, other)

    def __mul__(self, other: Term) -> Operation:
        return Operation("*", self, other)

    def __rmul__(self, factor: int) -> Operation:
        return Operation("*", factor, self)

    def filtered(self, condition: str) -> Term:
        """The same over fewer rows. Raises TypeError for what has no rows of its own."""
        raise TypeError(f"only what a KPI is made of can be filtered by {condition}, not the KPI")

    def __truediv__(self, other: Term) -> Operation:
        return Operation("/", self, other)


@dataclass(frozen=True)
class Operation(Term):
    """Two nodes under a sign. By nothing is divided nothing: the result is null."""

    sign: Literal["+", "-", "*", "/"]
    left: Node
    right: Node

    def filtered(self, condition: str) -> Operation:
        """The same over fewer rows."""
        return Operation(self.sign, *(mapped(side, lambda leaf: leaf.filtered(condition)) for side in self.sides))

    @property
    def sides(self) -> tuple[Node, Node]:
        return self.left, self.right


def leaves(node: Node) -> Iterator[Any]:
    """What the operation is of, from the left, without its factors."""
    if isinstance(node, Operation):
        for side in node.sides:
            yield from leaves(side)
    elif not isinstance(node, int):
        yield node


def mapped(node: Node, change: Callable[[Any], Node]) -> Node:
    """The same operation with each leaf changed."""
    if isinstance(node, Operation):
        return Operation(node.sign, *(mapped(side, change) for side in node.sides))
    return node if isinstance(node, int) else change(node)
