"""The little statistics a report needs to tell a change from chance."""

from math import sqrt
from statistics import NormalDist

Z95, Z998 = 1.96, 3.09


def interval(successes: float, n: float, z: float = Z95) -> tuple[float, float]:
    """Wilson's score interval of a proportion (Wilson 1927, JASA 22)."""
    rate = successes / n
    centre = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(rate * (1 - rate) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return centre - half, centre + half


def limits(mean: float, n: float, z: float = Z95) -> tuple[float, float]:
    """Where the rate of `n` cases falls by chance around the mean of all, as in a funnel plot (Spiegelhalter 2005)."""
    half = z * sqrt(mean * (1 - mean) / n)
    return max(mean - half, 0.0), min(mean + half, 1.0)


def rates_differ(now: float, n_now: float, then: float, n_then: float) -> float:
    """z of the difference of two proportions, pooled; its sign is that of the change. 0 where nothing can differ."""
    pooled = (now * n_now + then * n_then) / (n_now + n_then)
    spread = sqrt(max(pooled * (1 - pooled), 0.0) * (1 / n_now + 1 / n_then))
    return (now - then) / spread if spread > 0 else 0.0


def beyond_chance(z: float, among: int) -> bool:
    """Whether the furthest of `among` differences is further than chance takes it 19 times in 20 (Bonferroni)."""
    return abs(z) >= NormalDist().inv_cdf(1 - 0.025 / max(among, 1))


def counts_differ(now: float, then: float) -> float:
    """z of the difference of two counts of rare events (Poisson)."""
    return (now - then) / sqrt(now + then) if now + then > 0 else 0.0
