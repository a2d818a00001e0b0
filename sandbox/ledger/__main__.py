"""python -m sandbox.ledger --day 2026-10-31: the truth of the last twelve months, as a small table."""

import argparse
import sys
from datetime import date, datetime, timedelta

from sandbox.clock import DEFAULT, Clock, read
from sandbox.company.markets import LEADS_PER_YEAR
from sandbox.ledger import Row, ledger
from sandbox.world import SEED, World

WHOLE = "company"
AT_AN_END = ("mrr", "pipeline_value")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m sandbox.ledger")
    parser.add_argument("--day", type=date.fromisoformat, default=date(2026, 10, 31))
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--leads-per-year", type=int, default=LEADS_PER_YEAR)
    given = parser.parse_args()
    clock = max(read(DEFAULT), _noon_after(given.day))
    rows = ledger(World(Clock(clock), given.seed, given.leads_per_year), given.day)
    sys.stdout.write("\n".join(_table(rows, given.day)) + "\n")


def _noon_after(day: date) -> datetime:
    return read(f"{day + timedelta(days=1)}T12:00:00Z")


def _table(rows: list[Row], day: date) -> list[str]:
    """One line a KPI, one column a region; money in the company's currency; ratios over twelve months."""
    year = [
        row
        for row in rows
        if (day - row.month).days < 365 and row.channel is None and row.currency in (None, "USD") and row.age is None
    ]
    regions = [*sorted({row.region for row in year if row.region}), None]
    lines = [f"{'12 months to ' + str(day):<32}" + "".join(f"{region or WHOLE:>15}" for region in regions)]
    for kpi, stage in sorted({(row.kpi, row.stage or "") for row in year}):
        cells = (
            _value([r for r in year if (r.kpi, r.stage or "", r.region) == (kpi, stage, region)]) for region in regions
        )
        lines.append(f"{f'{kpi} {stage}'.strip():<32}" + "".join(f"{cell:>15}" for cell in cells))
    return lines


def _value(rows: list[Row]) -> str:
    if not rows:
        return "-"
    top = sum(row.numerator for row in rows)
    if rows[0].denominator is None:
        shown = max(rows, key=lambda row: row.month).numerator if rows[0].kpi in AT_AN_END else top
        return f"{shown:,.0f}"
    bottom = sum(row.denominator or 0 for row in rows)
    return f"{top / bottom:,.3f}" if bottom else "-"


if __name__ == "__main__":
    main()
