"""Intervals, limits and differences against published or hand-counted values."""

import pytest

from include.report.statistics import counts_differ, interval, limits, rates_differ


def test_wilson_interval_of_the_textbook() -> None:
    """81 of 263: Newcombe 1998, Statistics in Medicine 17, table I, method 3: 0.2553 to 0.3662."""
    low, high = interval(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_wilson_interval_stays_within_nought_and_one() -> None:
    assert interval(0, 20)[0] == pytest.approx(0)
    assert interval(20, 20)[1] == pytest.approx(1)


def test_limits_narrow_with_the_number_of_cases() -> None:
    assert limits(0.25, 100) == pytest.approx((0.25 - 1.96 * 0.0433, 0.25 + 1.96 * 0.0433), abs=1e-4)
    assert limits(0.02, 10)[0] == 0.0


def test_the_difference_of_two_rates_in_standard_errors() -> None:
    assert rates_differ(0.3, 100, 0.2, 100) == pytest.approx(1.633, abs=1e-3)
    assert rates_differ(0.2, 100, 0.3, 100) == pytest.approx(-1.633, abs=1e-3)
    assert rates_differ(0.0, 50, 0.0, 50) == 0.0


def test_the_difference_of_two_counts_in_standard_errors() -> None:
    assert counts_differ(60, 40) == pytest.approx(2.0)
    assert counts_differ(0, 0) == 0.0
