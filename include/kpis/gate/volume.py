"""Volume: whether as many rows came as usual.

Usual is the median of the same weekday over the last weeks: weekends are compared with weekends, and one odd week (a
holiday, a trade fair, an earlier fault) moves a median of eight hardly at all. A number counts as unusual only when it
is beyond its own noise as well: more than `deviations` widths from the median, a width being the spread of those weeks
or, where that is less, the square root of the median (independent arrivals). So nothing is said of a region with three
leads a day, where none at all is a plain day. What one day is too short to tell, a week of seven days may: both are
asked, and the company's total as well, which tells earliest. A table of daily sums (spend, visitors) is no chance: if
each of those weekdays had rows and this day has none, it holds however few they were.

Weeks inside a table's restatement window are passed over: one bad pull rewrites all of them at once, and they would
vouch for each other. On days named `quiet` (public holidays) few rows are no news, nor is their weekday usual.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from statistics import median

from include.company import COMPANY
from include.kpis.gate.finding import Finding, Level
from include.lake import TABLES
from include.thresholds import Volume

Rows = Mapping[date, int]
SPANS = {"day": 1, "week": 7}
FEWEST_WEEKS = 4
SMALL = 10
"""A rise is measured from here up: from nought to five is five rows, not five hundred percent."""


def reach(limits: Volume) -> int:
    """How many days before D the rule looks at, for any table."""
    return max(7 * (_weeks_passed_over(name) + limits.weeks + 1) for name in TABLES)


def volume(counts: Mapping[tuple[str, str], Rows], day: date, limits: Volume) -> Iterator[Finding]:
    """What is unusual about the rows of `day`, by table and region; `counts` are rows by day."""
    for (name, region), rows in sorted((dict(counts) | _totals(counts)).items()):
        found = [_judged(name, region, rows, day, span, limits) for span in SPANS]
        worst = sorted((each for each in found if each), key=lambda each: each.level != "hold")
        yield from worst[:1]


def _totals(counts: Mapping[tuple[str, str], Rows]) -> dict[tuple[str, str], Rows]:
    totals: dict[tuple[str, str], dict[date, int]] = {}
    for (name, _), rows in counts.items():
        total = totals.setdefault((name, COMPANY), {})
        for day, number in rows.items():
            total[day] = total.get(day, 0) + number
    return dict(totals)


def _judged(name: str, region: str, rows: Rows, day: date, span: str, limits: Volume) -> Finding | None:
    quiet = {*limits.quiet.get("all", ()), *limits.quiet.get(region, ())}
    usual = _usual(name, rows, day, SPANS[span], limits.weeks, quiet)
    if len(usual) < FEWEST_WEEKS or quiet & set(_span(day, SPANS[span])):
        return None
    found = _sum(rows, day, SPANS[span])
    level = level_of(found, usual, limits, arrives=TABLES[name].kind == "log")
    if level is None:
        return None
    first = day - timedelta(days=SPANS[span] - 1)
    return Finding("volume", level, name, region, "", span, first, day, found, median(usual))


def level_of(found: int, usual: Sequence[int], limits: Volume, *, arrives: bool) -> Level | None:
    """How grave `found` rows are where `usual` ones came before. `arrives`: by chance, one at a time."""
    middle = median(usual)
    if not arrives and found == 0 and min(usual) > 0:
        return "hold"
    spread = 1.4826 * median(abs(each - middle) for each in usual)
    widths = (found - middle) / max(spread, middle**0.5, 1)
    if widths <= -limits.deviations:
        return _level(found < limits.hold_below * middle, found < limits.warn_below * middle)
    if widths >= limits.deviations:
        large = max(middle, SMALL)
        return _level(found > limits.hold_above * large, found > limits.warn_above * large)
    return None


def _level(hold: bool, warn: bool) -> Level | None:
    return "hold" if hold else "warn" if warn else None


def _usual(name: str, rows: Rows, day: date, span: int, weeks: int, quiet: set[date]) -> list[int]:
    """The same span in each of the weeks before that was whole, after the first row ever seen."""
    begun = min(rows, default=day)
    ends = [day - timedelta(days=7 * (back + _weeks_passed_over(name))) for back in range(1, weeks + 1)]
    known = [end for end in ends if end - timedelta(days=span - 1) >= begun and not quiet & set(_span(end, span))]
    return [_sum(rows, end, span) for end in known]


def _weeks_passed_over(name: str) -> int:
    """Whole weeks that a pull restates."""
    return -(-TABLES[name].restated_days // 7)


def _span(last: date, days: int) -> Iterator[date]:
    return (last - timedelta(days=back) for back in range(days))


def _sum(rows: Rows, last: date, days: int) -> int:
    return sum(rows.get(each, 0) for each in _span(last, days))
