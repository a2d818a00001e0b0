"""What was sold: by whom it came, where, and of which leads."""

from pathlib import Path
from typing import Any

import pytest

from include.company import Company
from tests.kpis.billing import rates
from tests.kpis.factory import Row, Scored, at, land, score
from tests.kpis.selling import deal, lead, state, won

OCTOBER = "2026-10-31"


@pytest.fixture
def scored(tmp_path: Path, company: Company) -> Any:
    """Scores of `kpis` from deals and whatever else; each deal has a lead of its name, of 1 July."""

    def from_deals(deals: list[Row], *kpis: str, day: str = OCTOBER, **others: list[Row]) -> Scored:
        names = {each["opportunity_id"] for each in deals}
        tables = {"leads": [lead(name, "2026-07-01") for name in sorted(names)], **others, "opportunities": deals}
        return score(land(tmp_path, tables), company, day, *kpis)

    return from_deals


def test_a_contract_is_worth_its_total_at_the_rate_of_its_day(scored: Any) -> None:
    fx = [*rates("2026-10-05", USD=1.1), *rates("2026-10-20", USD=1.5)]
    deals = [won("a", "2026-10-05", tcv=3000, currency="EUR"), won("b", "2026-10-20", tcv=100, type="renewal")]
    found = scored([*deals, deal("open", "2026-10-01", tcv=9)], "contract_value", fx_rates=fx)

    assert found.value("contract_value", OCTOBER) == 3400


def placed() -> tuple[list[Row], list[Row]]:
    """300 and 100 in two states of the US, 600 in Mexico."""
    places = {
        "ny": ("US", "US-NY", "New York", 300),
        "tx": ("US", "US-TX", "Austin", 100),
        "mx": ("MX", None, None, 600),
    }
    leads = [
        lead(name, "2026-07-01", country=country, subdivision=state, city=city)
        for name, (country, state, city, _) in places.items()
    ]
    return [won(name, "2026-10-20", amount) for name, (*_, amount) in places.items()], leads


def test_sales_by_location_are_bookings_and_shares_are_of_the_place_above(scored: Any) -> None:
    deals, leads = placed()
    fx = rates("2026-10-20", USD=1, MXN=20)
    found = scored(deals, "sales_by_location", "sales_location_share", "bookings", leads=leads, fx_rates=fx)

    usa = {"region": "united_states", "country": "US"}
    assert found.value("sales_by_location", OCTOBER, **usa) == 400
    assert found.value("sales_by_location", OCTOBER) == found.value("bookings", OCTOBER) == 1000
    assert found.value("sales_location_share", OCTOBER, region="united_states") == 0.4
    assert found.value("sales_location_share", OCTOBER, **usa, subdivision="US-NY") == 0.75
    assert found.value("sales_location_share", OCTOBER, **usa, subdivision="US-NY", city="New York") == 1


def test_e_negshare_where_a_part_is_negative_nobody_has_a_share(scored: Any) -> None:
    """A credited deal in Texas: New York's share of the country would be 150 %. Mexico's of itself is untouched."""
    deals, leads = placed()
    deals[1]["amount"] = -100  # type: ignore[index]
    fx = rates("2026-10-20", USD=1, MXN=20)
    found = scored(deals, "sales_location_share", leads=leads, fx_rates=fx)

    usa = {"region": "united_states", "country": "US"}
    for name in ("US-NY", "US-TX"):
        assert found.row("sales_location_share", OCTOBER, **usa, subdivision=name)["status"] == "null"
    assert found.row("sales_location_share", OCTOBER, region="mexico", currency="USD")["status"] == "null"
    assert found.value("sales_location_share", OCTOBER, region="mexico", country="MX", currency="USD") == 1


def test_e_zero_nothing_sold_is_no_share(scored: Any) -> None:
    found = scored([], "sales_location_share", "customer_channel_share")

    assert found.row("sales_location_share", OCTOBER, region="spain", currency="USD")["status"] == "null"
    assert found.row("customer_channel_share", OCTOBER)["status"] == "null"


def test_e_attr_customers_stay_with_the_channel_their_lead_first_came_by(scored: Any) -> None:
    """The CRM moved one to e-mail in September; the split is that of new_customers, and its shares add up to one."""
    leads = [lead("a", "2026-07-01", channel="event"), lead("b", "2026-07-01"), lead("c", "2026-07-01")]
    moved = lead("a", "2026-07-01", channel="email", updated_at=at("2026-09-01"))
    found = scored(
        [won(name, "2026-10-20") for name in "abc"],
        *("new_customers_by_channel", "customer_channel_share", "new_customers"),
        leads=[*leads, moved],
    )

    assert found.value("new_customers_by_channel", OCTOBER) == found.value("new_customers", OCTOBER) == 3
    by_channel = {
        name: found.value("customer_channel_share", OCTOBER, channel=name) for name in ("event", "paid_search")
    }
    assert by_channel == {"event": pytest.approx(1 / 3), "paid_search": pytest.approx(2 / 3)}
    assert not found.all("customer_channel_share", channel="email")


@pytest.mark.parametrize(("day", "value", "status"), [("2026-10-31", 350, "immature"), ("2027-01-27", 350, "ok")])
def test_e_censor_revenue_per_lead_is_settled_when_the_last_lead_has_had_its_180_days(
    scored: Any, day: str, value: float, status: str
) -> None:
    """Of two leads of July one won 300 within 180 days and 400 more on the 180th; what came on the 181st is late."""
    deals = [
        won("a", "2026-08-20", 300),
        won("a2", "2026-07-05", 400, primary_lead_id="a"),
        won("a3", "2026-12-29", 5000, primary_lead_id="a"),
        won("a4", "2026-08-21", 70_000, primary_lead_id="a", type="renewal"),
    ]
    leads = [lead("a", "2026-07-01"), lead("b", "2026-07-31", channel="email")]
    row = scored(deals, "revenue_per_lead", day=day, leads=leads).row("revenue_per_lead", "2026-07-31")

    assert (row["value"], row["denominator"], row["status"]) == (value, 2, status)


@pytest.mark.parametrize(("taken", "value"), [("2026-12-28", 100), ("2026-12-29", 0)])
def test_a_window_of_180_days_ends_with_its_last_day(scored: Any, taken: str, value: float) -> None:
    found = scored([won("a", taken, 100)], "revenue_per_lead", "revenue_per_opportunity", day="2027-01-31")

    assert [found.value(name, "2026-07-31") for name in ("revenue_per_lead", "revenue_per_opportunity")] == [value] * 2


def test_revenue_per_opportunity_is_of_those_created_in_the_period(scored: Any) -> None:
    deals = [
        won("a", "2026-09-20", 300),
        deal("b", "2026-07-02", 900),
        won("c", "2026-08-01", 50, type="renewal"),
        won("d", "2026-08-02", 10_000, created="2026-06-30"),
    ]
    row = scored(deals, "revenue_per_opportunity").row("revenue_per_opportunity", "2026-07-31")

    assert (row["numerator"], row["denominator"], row["value"]) == (300, 2, 150)


def test_e_dedup_a_merged_lead_s_deal_is_its_survivor_s(scored: Any) -> None:
    """A came in June by an event and was merged into B of July: one lead, of June."""
    into = {"merged_into_lead_id": "b", "merged_at": at("2026-08-01"), "updated_at": at("2026-08-01")}
    leads = [lead("a", "2026-06-10", channel="event", **into), lead("b", "2026-07-10")]
    found = scored([won("x", "2026-08-20", 80, primary_lead_id="a")], "revenue_per_lead", leads=leads)

    row = found.row("revenue_per_lead", "2026-06-30", channel="event")
    assert (row["numerator"], row["denominator"]) == (80, 1)
    assert found.row("revenue_per_lead", "2026-07-31")["denominator"] == 0


def test_marketing_brought_what_came_by_its_channels_inbound_or_by_an_event(scored: Any) -> None:
    came = {
        "a": {"channel": "paid_search", "origin": "outbound"},
        "b": {"channel": "partner", "origin": "inbound"},
        "c": {"channel": "referral", "origin": "event"},
        "d": {"channel": "partner", "origin": "partner"},
        "e": {"channel": "direct", "origin": None},
    }
    leads = [lead(name, "2026-07-01", **how) for name, how in came.items()]
    deals = [won(name, "2026-10-20", 10**number) for number, name in enumerate(came)]
    deals.append(won("f", "2026-10-20", 500, primary_lead_id="a", type="renewal"))
    found = scored(deals, "marketing_sourced_revenue", "marketing_sourced_revenue_share", leads=leads)

    assert found.value("marketing_sourced_revenue", OCTOBER) == 111 + 500
    assert found.value("marketing_sourced_revenue_share", OCTOBER) == 611 / 11_611


def test_e_pit_an_opportunity_is_created_with_the_amount_it_had_that_day(scored: Any) -> None:
    """Created at 100, raised to 900 in November and sold at 700; one nobody had valued yet; one without a history."""
    history = [state("a", "2026-10-05", 100), state("a", "2026-10-20", 900, is_stage_change=False),
               state("b", "2026-10-05"), state("b", "2026-10-09", 40, is_stage_change=False)]  # fmt: skip
    deals = [
        won("a", "2026-10-25", 700, created="2026-10-05"),
        deal("b", "2026-10-05", 40),
        deal("c", "2026-10-06", 7),
        deal("r", "2026-10-06", 5000, type="renewal"),
    ]
    found = scored(deals, "opportunity_dollars", crm_stage_history=history)

    assert found.value("opportunity_dollars", OCTOBER) == 107
    assert found.value("opportunity_dollars", "2026-10-06", "day") == 7


def test_e_reopen_a_deal_counts_when_it_was_last_closed(scored: Any) -> None:
    """Won in August, taken back in September, won again for less in October: as of August it was a deal of August."""
    versions = [
        deal("a", "2026-07-01"),
        won("a", "2026-08-10", 100),
        deal("a", "2026-07-01", 100, updated_at=at("2026-09-10")),
        won("a", "2026-10-10", 60),
    ]
    now = scored(versions, "bookings")
    then = scored(versions, "bookings", day="2026-08-31")

    assert [now.value("bookings", end) for end in ("2026-08-31", "2026-10-31")] == [0, 60]
    assert then.value("bookings", "2026-08-31") == 100


def test_e_closebias_a_clean_up_moves_the_rate_by_close_and_not_that_of_the_cohort(scored: Any) -> None:
    """Eight dead deals of July are closed together on the last of September: September's win rate halves overnight,
    what July's opportunities brought stays, and both stand in the scores of the same cell."""
    sold = [won("a", "2026-08-03", 500), won("b", "2026-09-10", 300)]
    lost = {"status": "lost", "closed_at": at("2026-09-30"), "updated_at": at("2026-09-30")}
    dead = [deal(f"d{number}", "2026-07-03", 10, **lost) for number in range(8)]
    kpis = ("win_rate", "revenue_per_opportunity")
    before = scored([*sold, *(deal(f"d{number}", "2026-07-03", 10) for number in range(8))], *kpis, day="2026-09-29")
    after = scored([*sold, *dead], *kpis, day="2026-09-30")

    assert (before.value("win_rate", "2026-09-29"), after.value("win_rate", "2026-09-30")) == (1, 1 / 9)
    assert [each.value("revenue_per_opportunity", "2026-07-31") for each in (before, after)] == [80, 80]
