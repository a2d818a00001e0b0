"""Ads: what they cost and bring, as the platforms last said, and never added up where they count the same twice."""

from pathlib import Path
from typing import Any

import pytest

from include.company import Company
from tests.kpis.billing import rates
from tests.kpis.factory import Row, Scored, land, score
from tests.kpis.selling import lead, spend

OCTOBER = "2026-10-31"
ADS = ("ad_spend", "ad_impressions", "ad_clicks", "ctr", "cpc", "cpm", "click_to_lead_rate", "cpa_platform")


@pytest.fixture
def scored(tmp_path: Path, company: Company) -> Any:
    """Scores of 31 October from rows of ad platforms, leads and rates."""

    def from_rows(*spent: Row, leads: list[Row] | None = None, fx: list[Row] | None = None) -> Scored:
        tables = {"ad_spend_daily": spent, "leads": leads or [], "fx_rates": fx or []}
        return score(land(tmp_path, tables), company, OCTOBER, *ADS)

    return from_rows


def test_rates_of_ads_are_of_sums(scored: Any) -> None:
    """10 of 100 and 10 of 900 clicked: 2 %, not the mean of 10 % and 1.1 %."""
    found = scored(
        spend("2026-10-05", 30, impressions=100, clicks=10),
        spend("2026-10-06", 10, impressions=900, clicks=10, campaign_id="c2"),
    )

    assert found.value("ad_impressions", OCTOBER) == 1000
    assert found.value("ad_clicks", OCTOBER) == 20
    assert [found.value(name, OCTOBER) for name in ("ctr", "cpc", "cpm")] == [0.02, 2, 40]
    assert found.value("cpm", OCTOBER, breakdown="campaign", member="c2") == pytest.approx(1000 * 10 / 900)


def test_e_zero_a_day_without_clicks_has_no_price_of_one(scored: Any) -> None:
    found = scored(spend("2026-10-05", 30, impressions=100))

    assert (found.row("cpc", OCTOBER)["status"], found.value("ctr", OCTOBER)) == ("null", 0)


def test_only_leads_of_bought_channels_came_by_a_click(scored: Any) -> None:
    leads = [lead(name, "2026-10-05", channel=name) for name in ("paid_search", "paid_social", "email", "unknown")]
    found = scored(spend("2026-10-05", 1, clicks=50), leads=leads)

    assert found.value("click_to_lead_rate", OCTOBER) == 2 / 50


def test_e_attrdup_conversions_are_shown_by_platform_and_never_added_over_platforms(scored: Any) -> None:
    """Both platforms claim the same customer; each has its own figure, both together have none."""
    found = scored(
        spend("2026-10-05", 100, platform_conversions=4),
        spend("2026-10-05", 60, platform_conversions=1, campaign_id="c2"),
        spend("2026-10-05", 300, platform_conversions=2, platform="baidu", campaign_id="b1"),
        spend("2026-10-05", 900, platform="silent", campaign_id="s1"),
    )

    def cpa(breakdown: str, member: str) -> float | None:
        return found.value("cpa_platform", OCTOBER, breakdown=breakdown, member=member)

    assert [cpa("platform", name) for name in ("google_ads", "baidu")] == [160 / 5, 150]
    assert [cpa("campaign", name) for name in ("c1", "c2", "b1")] == [25, 60, 150]
    assert found.row("cpa_platform", OCTOBER)["status"] == "null"
    assert found.row("cpa_platform", OCTOBER, region="united_states")["status"] == "null"
    assert not found.all("cpa_platform", channel="paid_search", breakdown=None)
    assert not found.all("cpa_platform", member="silent")


def test_e_restate_a_date_says_what_the_platform_said_last(tmp_path: Path, company: Company) -> None:
    """The platform took back 20 of 100 two weeks later: all of the date is replaced, its neighbour stays."""
    land(tmp_path, {"ad_spend_daily": [spend("2026-10-05", 100), spend("2026-10-06", 7)]})
    lake = land(tmp_path, {"ad_spend_daily": [spend("2026-10-05", 80)]}, covered=["ad_spend_daily"])

    found = score(lake, company, OCTOBER, "ad_spend")

    assert [found.value("ad_spend", day, "day") for day in ("2026-10-05", "2026-10-06")] == [80, 7]
    assert found.value("ad_spend", OCTOBER) == 87


def test_e_tz_a_platform_s_date_is_taken_as_it_is(scored: Any) -> None:
    """Reported in Shanghai's time for a campaign in the United States: still the platform's date."""
    found = scored(spend("2026-10-31", 5, account_timezone="Asia/Shanghai"))

    assert found.value("ad_spend", OCTOBER, "day", region="united_states") == 5


def test_e_fx_spend_is_at_its_own_day_s_rate_or_the_last_of_seven_days(scored: Any) -> None:
    """100 euros at 1.1 and 100 at 1.3 are 240 dollars; eight days after the last rate there is none, and no spend."""
    fx = [*rates("2026-10-01", USD=1.1), *rates("2026-10-05", USD=1.3)]
    found = scored(*(spend(f"2026-10-{day}", 100, currency="EUR") for day in ("01", "12", "13")), fx=fx)

    row = found.row("ad_spend", OCTOBER)
    assert (row["numerator"], row["currency"]) == (240, "USD")
