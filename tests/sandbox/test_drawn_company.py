"""The drawn company: the same day is the same whenever it is asked for, and it looks like a company."""

from collections import Counter
from datetime import timedelta

import pytest

from sandbox.clock import read
from sandbox.company import fx
from sandbox.company.activities import touches
from sandbox.company.ads import SETTLED_DAYS, by_country, totals
from sandbox.company.calendar import DAY, FIRST, FIRST_DATE
from sandbox.company.campaigns import ACCOUNTS, GOOGLE
from sandbox.company.deals import Deal
from sandbox.company.firms import Firms
from sandbox.company.leads import Lead
from sandbox.company.markets import HOSTILE
from sandbox.company.people import births
from sandbox.world import World

TWO_YEARS = range(FIRST, FIRST + 730)


@pytest.fixture(scope="module")
def firms() -> Firms:
    return Firms(seed=7, leads_per_year=5_000)


@pytest.fixture(scope="module")
def leads(firms: Firms) -> list[Lead]:
    return [lead for day in TWO_YEARS for lead in births(firms, day).leads]


@pytest.fixture(scope="module")
def deals(firms: Firms) -> list[Deal]:
    return [deal for day in TWO_YEARS for deal in births(firms, day).deals]


def test_a_day_asked_for_alone_is_the_day_asked_for_among_others(firms: Firms) -> None:
    among_others = repr([births(firms, day) for day in range(FIRST + 98, FIRST + 103)][2])
    births.cache_clear()
    assert repr(births(firms, FIRST + 100)) == among_others


def test_another_seed_is_another_company(firms: Firms) -> None:
    assert repr(births(Firms(8, 5_000), FIRST + 100)) != repr(births(firms, FIRST + 100))


def test_there_is_no_last_day(firms: Firms) -> None:
    assert births(firms, FIRST + 4_000).leads


def test_lead_numbers_are_as_ordered(leads: list[Lead]) -> None:
    assert 9_500 < len(leads) < 11_000


def test_nothing_is_stamped_before_the_first_day(leads: list[Lead], firms: Firms) -> None:
    opening = read(f"{FIRST_DATE}T00:00:00Z").timestamp() * 1000
    assert min(lead.created for lead in leads) > max(firm.created for firm in firms.born(FIRST)) - DAY
    assert min(lead.created for lead in leads) >= opening


def test_weekends_are_quiet(firms: Firms) -> None:
    by_weekday = Counter((day + 6) % 7 for day in TWO_YEARS for _ in births(firms, day).leads)
    assert by_weekday[6] < 0.6 * by_weekday[1]


def test_about_two_percent_are_merged_duplicates(leads: list[Lead]) -> None:
    assert 0.015 < sum(lead.merged is not None for lead in leads) / len(leads) < 0.035


def test_merges_point_at_leads_that_know_them(leads: list[Lead]) -> None:
    by_id = {lead.id: lead for lead in leads}
    for lead in leads:
        if lead.merged:
            assert (lead.merged[0], lead.id) in by_id[lead.merged[1]].absorbed
            assert lead.created < lead.merged[0]


def test_some_duplicates_are_merged_twice_over(leads: list[Lead]) -> None:
    merged = {lead.id: lead.merged[1] for lead in leads if lead.merged}
    assert any(survivor in merged for survivor in merged.values())


def test_about_half_a_percent_are_tests(leads: list[Lead]) -> None:
    assert 0.002 < sum(lead.test for lead in leads) / len(leads) < 0.009


def test_about_one_percent_of_everything_is_entered_wrong(leads: list[Lead], deals: list[Deal], firms: Firms) -> None:
    accounts = [firm for day in TWO_YEARS for firm in firms.born(day)]
    activities = [touch for day in TWO_YEARS for touch in touches(firms, day)]
    for records in (leads, deals, accounts, activities):
        undefined = sum("onhold" in words or "evangelist" in words for words in map(_words, records))
        wrong = sum(record.defect is not None for record in records) + undefined
        assert 0.004 < wrong / len(records) < 0.02


def _words(record: object) -> set[str]:
    return {stage for _, stage in getattr(record, "stages", ())}


def test_stages_are_skipped_and_entered_again(leads: list[Lead]) -> None:
    paths = [[stage for _, stage in lead.stages] for lead in leads]
    skipping = [path for path in paths if "salesqualifiedlead" in path and "marketingqualifiedlead" not in path]
    again = [path for path in paths if path.count("marketingqualifiedlead") == 2]
    assert len(skipping) > 20
    assert len(again) > 20


def test_stamps_of_a_record_rise(leads: list[Lead], deals: list[Deal]) -> None:
    for record in (*leads, *deals):
        stamps = [at for at, _ in record.stages]
        assert stamps == sorted(set(stamps))


def test_deals_are_reopened_corrected_and_renewed(deals: list[Deal]) -> None:
    outcomes = [[stage for _, stage in deal.stages if stage.startswith("closed")] for deal in deals]
    assert any(len(one) == 2 for one in outcomes)
    assert any(deal.amounts[-1][0] > deal.stages[-1][0] for deal in deals)
    assert {deal.type for deal in deals} == {"newbusiness", "renewal", "upsell", "crosssell"}


def test_hostile_names_occur(leads: list[Lead], firms: Firms) -> None:
    assert {campaign.name for account in ACCOUNTS for campaign in account.campaigns} >= set(HOSTILE)
    assert {lead.campaign for lead in leads} & set(HOSTILE)
    assert {lead.places[0][1].city for lead in leads} & set(HOSTILE)
    assert {firm.name for day in TWO_YEARS for firm in firms.born(day)} & set(HOSTILE)


def test_spend_of_a_day_grows_for_thirty_days_and_then_stands() -> None:
    noon = read("2026-04-01T16:00:00Z")

    def seen(after: int) -> int:
        found = totals(7, 20_000, GOOGLE[0], noon.date().toordinal(), noon + timedelta(days=after))
        return sum(spend.cost for spend in found)

    early, settled = seen(2), seen(SETTLED_DAYS)
    assert 0.9 * settled < early < settled
    assert seen(SETTLED_DAYS + 10) == settled


def test_countries_leave_a_rest(small: World) -> None:
    day = FIRST + 400
    for total in totals(7, 20_000, GOOGLE[0], day, small.clock.now):
        rest = total.cost - sum(part.cost for part in by_country(GOOGLE[0], total))
        assert 0 < rest < 0.06 * total.cost


def test_rates_are_published_on_business_days_only() -> None:
    good_friday = read("2026-04-03T00:00:00Z").date().toordinal()
    assert not fx.is_published(good_friday)
    assert fx.is_published(good_friday - 1)
    assert not fx.is_published(good_friday + 1)
    assert not fx.is_published(good_friday + 3)
