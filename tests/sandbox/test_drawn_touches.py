"""What happens around leads and deals: touches, mailings, trials, buying committees, what POCs cost."""

import itertools
from collections import Counter, defaultdict
from decimal import Decimal

import pytest

from sandbox.company.activities import CONNECTED, Activity, touches
from sandbox.company.calendar import DAY, FIRST
from sandbox.company.costs import Cost, costs
from sandbox.company.deals import Deal
from sandbox.company.firms import Firms
from sandbox.company.mailings import Mailing, mailings
from sandbox.company.people import births
from sandbox.company.trials import Event, Poc, trials
from sandbox.wire.hubspot.reading import associations
from sandbox.world import World

DAYS = range(FIRST, FIRST + 540)


@pytest.fixture(scope="module")
def firms() -> Firms:
    return Firms(seed=7, leads_per_year=5_000)


@pytest.fixture(scope="module")
def activities(firms: Firms) -> list[Activity]:
    return [one for day in DAYS for one in touches(firms, day)]


@pytest.fixture(scope="module")
def sends(firms: Firms) -> list[Mailing]:
    return [one for day in DAYS for one in mailings(firms, day)]


@pytest.fixture(scope="module")
def tried(firms: Firms) -> tuple[list[Poc], list[Event]]:
    drawn = [trials(firms, day) for day in DAYS]
    return [poc for pocs, _ in drawn for poc in pocs], [event for _, events in drawn for event in events]


@pytest.fixture(scope="module")
def deals(firms: Firms) -> list[Deal]:
    return [deal for day in DAYS for deal in births(firms, day).deals]


@pytest.mark.parametrize("drawn", [touches, mailings, trials])
def test_a_day_asked_for_alone_is_the_day_asked_for_among_others(drawn: object, firms: Firms) -> None:
    assert callable(drawn)
    among_others = repr([drawn(firms, day) for day in range(FIRST + 98, FIRST + 103)][2])
    drawn.cache_clear()  # type: ignore[attr-defined]
    births.cache_clear()
    assert repr(drawn(firms, FIRST + 100)) == among_others


def test_attempts_and_meetings_are_numbered_in_order_of_time(activities: list[Activity]) -> None:
    by_lead: dict[int, list[Activity]] = defaultdict(list)
    for one in activities:
        by_lead[one.lead].append(one)
    for some in by_lead.values():
        in_order = {one.at: one for one in some}
        attempts = [one.attempt for _, one in sorted(in_order.items()) if one.attempt]
        meetings = [one.meeting for _, one in sorted(in_order.items()) if one.meeting]
        assert attempts == sorted(set(attempts)), some
        assert meetings == sorted(set(meetings)), some
    assert max(len(some) for some in by_lead.values()) <= 40


def test_no_two_touches_share_an_id(activities: list[Activity]) -> None:
    assert len({one.id for one in activities}) == len(activities)


def test_some_calls_are_entered_twice(activities: list[Activity]) -> None:
    calls = [one for one in activities if one.kind == "calls"]
    same = Counter((one.rep, one.at // 60_000, one.lead) for one in calls)
    twice = sum(count == 2 for count in same.values())
    assert 0.001 * len(calls) < twice < 0.01 * len(calls)


def test_every_kind_of_touch_occurs(activities: list[Activity]) -> None:
    words = Counter(one.word for one in activities)
    expected = {"First visit", "Product demo", "Presentation", "Prospecting", "Qualification", "Follow-up", "Closing"}
    assert expected | {"Customer care", None} == set(words)
    assert {one.kind for one in activities} == {"calls", "communications", "emails", "meetings"}
    assert sum(one.outcome == CONNECTED for one in activities) / sum(one.kind == "calls" for one in activities) > 0.3
    assert any(one.replied for one in activities)


def test_a_deals_touches_come_while_it_lives(activities: list[Activity]) -> None:
    of_deals = [one for one in activities if one.deal]
    assert len(of_deals) > 1_000
    for one in of_deals:
        assert one.deal
        assert one.deal.created <= one.booked <= one.at


def test_a_mailings_versions_only_add(sends: list[Mailing]) -> None:
    by_id: dict[str, list[Mailing]] = defaultdict(list)
    for one in sends:
        by_id[one.id].append(one)
    for some in by_id.values():
        stamps = [one.updated for one in some]
        assert stamps == sorted(set(stamps))
        for before, after in itertools.pairwise(some):
            for told in ("delivered", "opened", "clicked"):
                assert getattr(before, told) in (None, getattr(after, told))


def test_mailings_are_read_as_mailings_are(sends: list[Mailing]) -> None:
    last = {one.id: one for one in sends if one.type == "marketing_email"}.values()
    delivered = [one for one in last if one.delivered]
    assert 0.02 < sum(one.bounced is not None for one in last) / len(last) < 0.04
    assert 0.3 < sum(one.opened is not None for one in delivered) / len(delivered) < 0.45
    assert 0.03 < sum(one.clicked is not None for one in delivered) / len(delivered) < 0.08
    assert {one.program for one in last} == {"nurture", "newsletter", "webinar"}
    assert all(one.opened and one.opened < one.clicked for one in last if one.clicked)


def test_trials_and_demonstrations_stand_beside_pocs(tried: tuple[list[Poc], list[Event]]) -> None:
    pocs, events = tried
    assert {poc.type for poc in pocs} == {"poc", "trial", "demo"}
    assert all((poc.deal is None) == (poc.type == "trial") for poc in pocs)
    assert len({poc.id for poc in pocs}) == len(pocs)
    started = {event.poc for event in events if event.type == "trial_start"}
    assert started == {poc.id for poc in pocs if poc.type == "trial"}
    assert sum(event.type == "poc_event" for event in events) > 100


def test_a_committee_joins_one_by_one_while_the_deal_is_open(deals: list[Deal], firms: Firms) -> None:
    leads = {lead.id: lead for day in DAYS for lead in births(firms, day).leads}
    for deal in deals:
        stamps = [at for at, *_ in deal.contacts]
        assert stamps == sorted(stamps)
        assert set(stamps) <= set(deal.stamps)
        assert all(leads[lead].created < at for at, lead, _ in deal.contacts[1:])
        assert [lead for _, lead, _ in deal.contacts[:1]] == ([deal.lead] if deal.lead else [])
    sizes = Counter(len(deal.contacts) for deal in deals if deal.type == "newbusiness")
    assert set(sizes) == {0, 1, 2, 3, 4}
    assert sizes[3] + sizes[4] > 0.1 * sum(sizes.values())


def test_the_crm_tells_only_who_has_joined_by_now(small: World) -> None:
    shelf = small.shelf("deals")
    asked = {"inputs": [{"id": str(deal.id)} for deal in shelf.live[:1000]]}
    links = {one["from"]["id"]: one["to"] for one in associations(shelf, "contacts", asked)[1]["results"]}
    for deal in shelf.live[:1000]:
        there = [lead for at, lead, _ in deal.contacts if at <= small.clock.ms]
        assert [link["toObjectId"] for link in links.get(str(deal.id), [])] == there
    labels = {kind["label"] for some in links.values() for link in some for kind in link["associationTypes"]}
    assert {"Decision maker", "Budget holder", "Champion", None} <= labels


@pytest.fixture
def entries(small: World) -> list[Cost]:
    return costs(small.firms, small.clock.now)


def test_a_pocs_costs_name_it(entries: list[Cost], small: World) -> None:
    pocs = {poc.id: poc for day in small.days for poc in trials(small.firms, day)[0]}
    of_pocs = [cost for cost in entries if cost.poc]
    assert {cost.type for cost in of_pocs} == {"poc_time", "poc_material"}
    for cost in of_pocs:
        poc = pocs[str(cost.poc)]
        assert poc.deal
        assert (cost.deal, cost.stage, poc.type) == (poc.deal.id, "poc", "poc")
        assert (cost.hours is not None) == (cost.type == "poc_time")
    assert 0.3 < sum(cost.type == "poc_material" for cost in of_pocs) / len({cost.poc for cost in of_pocs}) < 0.6


def test_every_kind_of_cost_occurs_for_new_and_existing_customers(entries: list[Cost]) -> None:
    kinds = {
        "rep_pay", "commission", "entertainment", "travel", "tools", "agency", "event", "content", "poc_time",
        "poc_material", "other",
    }  # fmt: skip
    assert {cost.type for cost in entries} == kinds
    assert {cost.type for cost in entries if cost.scope == "existing"} == {
        "rep_pay",
        "commission",
        "entertainment",
        "travel",
    }
    assert all(cost.campaign for cost in entries if cost.type == "event")
    assert all(cost.amount > Decimal(0) for cost in entries)


def test_touches_of_a_deal_are_linked_to_it(small: World) -> None:
    shelf = small.shelf("meetings")
    with_deal = [one for one in shelf.live if one.deal][:100]
    asked = {"inputs": [{"id": str(one.id)} for one in with_deal]}
    found = associations(shelf, "deals", asked)[1]["results"]
    assert [one["to"][0]["toObjectId"] for one in found] == [one.deal.id for one in with_deal]
    assert all(one.at - one.booked <= 6 * DAY for one in with_deal)
