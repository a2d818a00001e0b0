"""Seeded chance with random access by day: one Philox stream for each (seed, subject, day), nothing stored."""

from bisect import bisect
from collections.abc import Callable, Sequence
from math import exp, sqrt
from statistics import NormalDist
from typing import Generic, TypeVar

import numpy as np

T = TypeVar("T")
NORMAL = NormalDist()
_EDGE = 1e-9
BLOCK = 256
_MASK = (1 << 64) - 1


class Draw:
    """The chance of one subject on one day. Two Draws of the same (seed, subject, day) yield the same numbers."""

    def __init__(self, seed: int, subject: int, day: int) -> None:
        key = np.array([seed, subject], dtype=np.uint64)
        counter = np.array([0, 0, 0, day], dtype=np.uint64)
        self._numbers = np.random.Generator(np.random.Philox(key=key, counter=counter))
        self._ahead: list[float] = self._numbers.random(BLOCK).tolist()
        self._next: Callable[[], float] = self._ahead.pop

    def u(self) -> float:
        """Uniform on [0, 1). Numbers are drawn ahead in blocks: one by one they would cost ten times as much."""
        try:
            return self._next()
        except IndexError:
            self._ahead.extend(self._numbers.random(BLOCK).tolist())
            return self._next()

    def chance(self, probability: float) -> bool:
        return self.u() < probability

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.u()

    def pick(self, items: Sequence[T]) -> T:
        return items[int(self.u() * len(items))]

    def weighted(self, table: "Weighted[T]") -> T:
        return table.at(self.u())

    def normal(self) -> float:
        return NORMAL.inv_cdf(min(max(self.u(), _EDGE), 1 - _EDGE))

    def lognormal(self, median: float, sigma: float) -> float:
        return median * exp(sigma * self.normal())

    def count(self, rate: float) -> int:
        """A whole number with mean and variance near `rate`; exact zero when rate is zero."""
        return max(0, int(rate + sqrt(rate) * self.normal() + self.u()))


class Weighted(Generic[T]):
    """Items with weights, ready to draw from."""

    def __init__(self, weights: dict[T, float]) -> None:
        total = sum(weights.values())
        self._weights = {item: weight / total for item, weight in weights.items()}
        self._items = list(weights)
        self._edges = []
        reached = 0.0
        for weight in weights.values():
            reached += weight / total
            self._edges.append(reached)
        self._edges[-1] = 1.0

    def at(self, u: float) -> T:
        return self._items[bisect(self._edges, u)]

    def share(self, item: T) -> float:
        """The item's part of all weights; zero if it is not among them."""
        return self._weights.get(item, 0.0)


def noise(seed: int, subject: int, number: int) -> float:
    """Uniform on [0, 1) by SplitMix64, for single numbers; a stream for each would cost a thousand times as much."""
    return (_mixed(_mixed(seed * 1_000_003 + subject) ^ number) >> 11) / 2**53


def _mixed(number: int) -> int:
    number = (number + 0x9E3779B97F4A7C15) & _MASK
    number = ((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    number = ((number ^ (number >> 27)) * 0x94D049BB133111EB) & _MASK
    return number ^ (number >> 31)
