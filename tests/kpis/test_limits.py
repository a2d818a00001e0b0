"""Whether a rep or a region differs by more than chance: Wilson's interval, and the limits of the cell above."""

from pathlib import Path
from typing import Any

import pytest

from include.company import Company
from include.kpis import KPIS, limits
from include.lake import Lake
from tests.kpis.factory import Scored, at, land, score

WON = {"Ana": ("ES", 9, 10), "Bo": ("ES", 1, 10), "Cy": ("US", 10, 20)}
"""Where a rep's deals are, how many of them were won, and how many decided."""


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    leads, deals = [], []
    for rep, (country, won, decided) in WON.items():
        for number in range(decided):
            name = f"{rep}{number}"
            leads.append({"lead_id": name, "created_at": at("2026-10-01"), "country": country})
            closed = {"closed_at": at("2026-10-20"), "updated_at": at("2026-10-20"), "account_id": name}
            deal = {
                "opportunity_id": name,
                "primary_lead_id": name,
                "owner_rep_id": rep,
                "created_at": at("2026-10-02"),
            }
            deals.append({**deal, **closed, "status": "won" if number < won else "lost"})
    return land(tmp_path, {"leads": leads, "opportunities": deals})


@pytest.fixture
def scored(lake: Lake, company: Company) -> Scored:
    return score(lake, company, "2026-10-31", "win_rate", "bookings")


def ends(scored: Scored, kind: str, grain: str = "month", **cell: Any) -> tuple[Any, ...]:
    return tuple(
        scored.value("win_rate", "2026-10-31", grain, statistic=f"{kind}_{end}", **cell) for end in ("low", "high")
    )


def test_wilson_s_interval_is_of_the_cell_s_own_cases(scored: Scored) -> None:
    """9 of 10 and 1 of 10, as tables of the interval print them: 0.5958 to 0.9821, and the mirror of it."""
    assert ends(scored, "wilson", region="spain", rep="Ana") == pytest.approx((0.59585, 0.98212), abs=1e-5)
    assert ends(scored, "wilson", region="spain", rep="Bo") == pytest.approx((1 - 0.98212, 1 - 0.59585), abs=1e-5)


def test_limits_are_of_the_region_at_the_size_of_the_rep(scored: Scored) -> None:
    """Half of Spain's twenty were won: of ten a rep wins half, give or take 1.96 (3.09) times 0.1581."""
    error = (0.25 / 10) ** 0.5
    for rep in ("Ana", "Bo"):
        for kind, errors in (("limit95", 1.959964), ("limit998", 3.090232)):
            expected = (max(0, 0.5 - errors * error), min(1, 0.5 + errors * error))
            assert ends(scored, kind, region="spain", rep=rep) == pytest.approx(expected, abs=1e-6)


def test_a_region_is_judged_by_the_company_in_the_company_s_night_only(
    lake: Lake, company: Company, scored: Scored
) -> None:
    assert ends(scored, "limit95", region="united_states") == pytest.approx(
        (0.5 - 1.959964 * (0.25 / 20) ** 0.5, 0.5 + 1.959964 * (0.25 / 20) ** 0.5), abs=1e-6
    )
    own = score(lake, company, "2026-10-31", "win_rate", night="europe")
    assert not own.all("win_rate", statistic="limit95_low", rep=None)
    assert ends(own, "limit95", region="spain", rep="Ana") == ends(scored, "limit95", region="spain", rep="Ana")


def test_months_and_quarters_latest_only_reps_and_regions_only(scored: Scored) -> None:
    rows = [row for name in limits.STATISTICS for row in scored.all("win_rate", statistic=name)]

    assert {(row["grain"], str(row["period_start"])) for row in rows} == {
        ("month", "2026-10-01"),
        ("quarter", "2026-10-01"),
    }
    assert not [row for row in rows if row["region"] is None or row["channel"] or row["country"] or row["breakdown"]]
    assert ends(scored, "wilson", "quarter", region="spain", rep="Ana") == ends(
        scored, "wilson", region="spain", rep="Ana"
    )


def test_proportions_have_limits_and_nothing_else(scored: Scored) -> None:
    have = {name for name, kpi in KPIS.items() if limits.applies(kpi)}

    assert {"win_rate", "lead_to_mql_rate", "logo_churn_rate", "renewal_rate", "upsell_success_rate"} <= have
    assert have.isdisjoint({"mql_to_sql_rate_period", "cac", "nrr", "time_in_stage", "leads_created", "roas"})
    assert {row["statistic"] for row in scored.all("bookings")} == {"value"}


def test_nothing_and_everything_still_has_a_width() -> None:
    assert limits.wilson(0, 5) == pytest.approx((0, 0.434482), abs=1e-6)
    assert limits.wilson(5, 5) == pytest.approx((0.565518, 1), abs=1e-6)
