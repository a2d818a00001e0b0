"""The change of a ratio, split into mix and rate: a worked example, and that parts add up to the change above."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from include.company import Company
from include.kpis import KPIS, decomposition
from tests.kpis.factory import Row, Scored, at, land, score

FEW = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
EFFECTS = decomposition.STATISTICS
RATES = ("win_rate", "average_deal_size", "cac")


def deals(month: str, channel: str, won: int, lost: int, country: str = "US", day: str = "10") -> dict[str, list[Row]]:
    """Deals decided on a day of a month, the first of them won."""
    names = [f"{month}-{day} {channel} {country} {number}" for number in range(won + lost)]
    begun = {"created_at": at(f"{month}-02"), "channel": channel, "country": country}
    closed = {"closed_at": at(f"{month}-{day}"), "updated_at": at(f"{month}-{day}"), "created_at": at(f"{month}-03")}
    decided = [
        {"opportunity_id": name, "primary_lead_id": name, "account_id": name, "amount": 10 + number, **closed}
        for number, name in enumerate(names)
    ]
    won_first = [{**row, "status": "won" if number < won else "lost"} for number, row in enumerate(decided)]
    return {"leads": [{"lead_id": name, **begun} for name in names], "opportunities": won_first}


def together(*parts: dict[str, list[Row]]) -> dict[str, list[Row]]:
    return {name: [row for part in parts for row in part[name]] for name in ("leads", "opportunities")}


def effects(scored: Scored, kpi: str, **cell: Any) -> tuple[Any, ...]:
    said = {"channel": None, "country": None, "region": None, **cell}
    rows = [row for name in EFFECTS for row in scored.all(kpi, statistic=name, **said)]
    return tuple(row["value"] for row in rows)


@pytest.fixture
def scored(tmp_path: Path, company: Company) -> Scored:
    """September: email 6 of 10, events 2 of 10: 8 of 20. October: email 3 of 5, events 6 of 15: 9 of 20."""
    tables = together(
        *(deals("2026-09", "email", 6, 4), deals("2026-09", "event", 2, 8)),
        *(deals("2026-10", "email", 3, 2), deals("2026-10", "event", 6, 9)),
    )
    return score(land(tmp_path, tables), company, "2026-10-31", "win_rate")


def test_shares_that_moved_are_mix_and_rates_that_moved_are_rate(scored: Scored) -> None:
    """E-mail lost a quarter of the deals at 0.6 each; events won a quarter at 0.3, and their rate doubled."""
    assert effects(scored, "win_rate", channel="email") == pytest.approx((-0.25 * 0.6, 0.0))
    assert effects(scored, "win_rate", channel="event") == pytest.approx((0.25 * 0.3, 0.625 * 0.2))


def test_a_region_s_change_is_split_within_it(scored: Scored) -> None:
    us = "united_states"
    assert effects(scored, "win_rate", region=us, channel="event") == effects(scored, "win_rate", channel="event")
    assert effects(scored, "win_rate", region=us, country="US") == pytest.approx((0, 0.05))
    assert effects(scored, "win_rate", region=us) == pytest.approx((0, 0.05))


def test_only_the_latest_month_is_explained_and_only_in_its_cuts(scored: Scored) -> None:
    rows = [row for name in EFFECTS for row in scored.all("win_rate", statistic=name)]

    assert {(row["grain"], row["period_start"], row["period_end"]) for row in rows} == {
        ("month", date(2026, 10, 1), date(2026, 10, 31))
    }
    assert not [row for row in rows if row["rep"] or row["breakdown"] or row["subdivision"] or row["city"]]
    assert {row["numerator"] for row in rows} == {None}


def test_e_openperiod_a_running_month_is_compared_with_as_many_days(tmp_path: Path, company: Company) -> None:
    """Up to the fourteenth of each: what was decided late in September does not count."""
    late = deals("2026-09", "email", 9, 0, day="20")
    tables = together(deals("2026-09", "email", 1, 1), deals("2026-10", "email", 1, 0), late)

    scored = score(land(tmp_path, tables), company, "2026-10-14", "win_rate")

    assert effects(scored, "win_rate", channel="email") == (0, 0.5)
    assert {row["status"] for row in scored.all("win_rate", statistic="mix_effect", channel="email")} == {"partial"}


def test_e_zero_no_rate_before_is_no_change(tmp_path: Path, company: Company) -> None:
    scored = score(land(tmp_path, deals("2026-10", "email", 1, 1)), company, "2026-10-31", "win_rate")

    (row,) = scored.all("win_rate", statistic="mix_effect", channel="email", region=None)
    assert (row["value"], row["status"]) == (None, "null")


def test_ratios_of_two_sums_are_explained_and_nothing_else() -> None:
    explained = {name for name, kpi in KPIS.items() if decomposition.applies(kpi)}

    assert {*RATES, "lead_to_mql_rate", "mql_to_sql_rate_period", "time_in_stage", "nrr"} <= explained
    assert explained.isdisjoint({"leads_created", "ltv", "visitor_to_lead_rate", "cohort_retention_curve"})
    assert explained.isdisjoint({"sales_location_share", "revenue_growth_rate", "predicted_clv"})


decided = st.lists(
    st.tuples(
        st.sampled_from(["2026-09", "2026-10"]),
        st.sampled_from(["email", "event", "paid_search"]),
        st.sampled_from(["US", "ES", "MY", "SG"]),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    min_size=4,
    max_size=14,
    unique_by=lambda drawn: drawn[:3],
)
spent = st.lists(
    st.tuples(
        st.sampled_from(["2026-09-05", "2026-10-05"]),
        st.sampled_from(["email", "event", "direct"]),
        st.sampled_from(["US", "ES", None]),
        st.integers(1, 900),
    ),
    max_size=6,
    unique_by=lambda drawn: drawn[:3],
)


@FEW
@given(decided, spent)
def test_the_effects_of_a_cut_add_up_to_the_change_above(company: Company, drawn: list[Any], costs: list[Any]) -> None:
    """Also where channels come and go, and where cost has no customers."""
    tables = together(*(deals(month, channel, won, lost, country) for month, channel, country, won, lost in drawn))
    tables["ad_spend_daily"] = [
        {"date": date.fromisoformat(day), "campaign_id": channel, "channel": channel, "country": country, "spend": cost}
        for day, channel, country, cost in costs
    ]
    tables["fx_rates"] = [
        {"rate_date": date(2026, month, 28), "quote_currency": name, "rate": rate}
        for month in (8, 9, 10)
        for name, rate in {"USD": 1.1, "MYR": 4.7}.items()
    ]
    with TemporaryDirectory() as root:
        rows = score(land(Path(root), tables), company, "2026-10-31", *RATES).rows
    months = [row for row in rows if row["grain"] == "month" and plain(row)]
    wholes = [row for row in months if row["statistic"] == "value" and not (row["channel"] or row["country"])]
    now, then = ([row for row in wholes if row["period_start"] == date(2026, month, 1)] for month in (10, 9))
    assert now
    for above in now:
        before = [row["value"] for row in then if same(row, above)]
        if above["value"] is not None and before and before[0] is not None:
            for cut in ("channel", "region" if above["region"] is None else "country"):
                changed = sum(row["value"] for row in months if of(row, above, cut))
                assert changed == pytest.approx(above["value"] - before[0], abs=1e-9, rel=1e-12), (above, cut)


def plain(row: Row) -> bool:
    return not any(row[name] for name in ("rep", "breakdown", "subdivision", "city"))


def same(row: Row, above: Row, but: Iterable[str] = ()) -> bool:
    names = ("kpi", "stage", "region", "channel", "country", "currency", "statistic")
    return all(row[name] == above[name] for name in names if name not in but)


def of(row: Row, above: Row, cut: str) -> bool:
    others = {"region", "channel", "country"} - {cut}
    rolled = all(row[name] == above[name] for name in others)
    return row["statistic"] in EFFECTS and row[cut] is not None and rolled and same(row, above, (cut, "statistic"))
