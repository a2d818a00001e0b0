"""Stripe in the sample company: nights by events and one history by documents tell the same."""

from datetime import UTC, date, datetime, timedelta

import pytest
import requests

from include.company import Company
from include.lake import Lake
from include.sources import Days, build, client, land, load

from ..test_sandbox import NOON, sandbox
from .mrr import midnights, total

FIRST, BEFORE, LAST = date(2024, 11, 1), date(2026, 9, 30), date(2026, 10, 31)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lakes(company: Company, tmp_path_factory: pytest.TempPathFactory) -> tuple[Lake, Lake]:
    """One filled by a month of nights after an earlier history, one by a history of the same days."""
    folder = tmp_path_factory.mktemp("stripe")
    nightly, later = Lake(folder / "nightly"), Lake(folder / "later")
    with sandbox(folder / "drop", f"{BEFORE + timedelta(days=1)}{NOON}", leads=6000) as url:
        session = client.session(url, {"Authorization": "Bearer sample-stripe-key"})
        load(build(company, "stripe"), session, nightly, Days(FIRST, BEFORE))
        day = BEFORE
        while day < LAST:
            day += timedelta(days=1)
            moved = {"now": f"{day + timedelta(days=1)}{NOON}"}
            requests.post(f"{url}/_sandbox/clock", json=moved, timeout=60).raise_for_status()
            land(build(company, "stripe"), session, nightly, Days(day, day))
        load(build(company, "stripe"), session, later, Days(FIRST, LAST))
    return nightly, later


def test_both_ways_tell_the_same_mrr_at_every_midnight_of_a_month(lakes: tuple[Lake, Lake]) -> None:
    nightly, later = (lake.scan("subscription_items").to_pylist() for lake in lakes)
    instants = midnights(BEFORE + timedelta(days=2), LAST + timedelta(days=1))

    assert len(total(later, instants[-1])) > 20
    for instant in instants:
        assert total(nightly, instant) == total(later, instant), instant


def test_items_changed_in_that_month(lakes: tuple[Lake, Lake]) -> None:
    """Else the month would prove nothing."""
    begun = datetime(2026, 10, 1, 12, tzinfo=UTC)
    rows = [row for row in lakes[0].scan("subscription_items").to_pylist() if row["valid_from"] >= begun]

    assert {row["status"] for row in rows} >= {"active", "canceled", "past_due"}
    assert len({row["item_id"] for row in rows}) > 20


def test_both_ways_land_the_same_lines(lakes: tuple[Lake, Lake]) -> None:
    nightly, later = (lake.scan("billing_lines").to_pylist() for lake in lakes)

    assert {row["doc_type"] for row in later} == {"invoice", "payment", "credit_note", "refund"}
    assert sorted(map(str, nightly)) == sorted(map(str, later))


def test_nothing_is_rejected_and_nothing_lost(lakes: tuple[Lake, Lake]) -> None:
    for lake in lakes:
        for health in lake.health():
            assert (health.rejected, health.landed) == (0, health.accepted + health.superseded)
