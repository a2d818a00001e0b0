"""Leads of a month with all that comes of them: versions, stages, deals and their accounts, activities.

Each table is a function of the month and the number of leads alone. There are skipped stages, stages recorded late,
versions that change the place, merged, deleted and test records, deals without a lead, and versions after the day.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.kpis.columns import DAY_US, HOUR, Numbers, ids, stamps, table, words
from benchmarks.kpis.company import PLACES

CHANNELS = (
    *("organic_search", "paid_search", "paid_social", "email"),
    *("referral", "direct", "event", "partner"),
)
_SHARES = (0.20, 0.22, 0.18, 0.12, 0.08, 0.07, 0.05, 0.08)
STAGES = ("lead", "mql", "sql", "sal", "opportunity", "poc", "poc_evaluation", "negotiation", "won", "lost")
_GO_ON = (1, 0.62, 0.52, 0.80, 0.70, 0.60, 0.80, 0.75, 0.55)
_MEDIAN_HOURS = (0, 30, 70, 20, 60, 100, 120, 90, 200)
_SKIPPED = (0, 0.05, 0.05, 0.25, 0, 0.30, 0.20, 0.10, 0)
SUBDIVISIONS, CITIES = 3, 4
"""Of a country, and of a subdivision."""


@dataclass(frozen=True)
class Batch:
    """Leads `first`, `first` + 1, … with their traits, and when each reached each stage (0 = never)."""

    first: int
    created: Numbers
    country: Numbers
    city: Numbers
    channel: Numbers
    reached: Numbers
    random: np.random.Generator

    @property
    def numbers(self) -> Numbers:
        return np.arange(self.first, self.first + len(self.created))


def batch(seed: int, first: int, count: int, begins: int, ends: int) -> Batch:
    """`count` leads created between two moments (microseconds)."""
    random = np.random.default_rng((7, seed))
    created = np.sort(random.integers(begins, ends, count))
    country = random.choice(len(PLACES), count, p=[place.weight for place in PLACES])
    city = np.minimum(random.pareto(1.2, count).astype(np.int64), SUBDIVISIONS * CITIES - 1)
    channel = random.choice(len(CHANNELS), count, p=_SHARES)
    return Batch(first, created, country, city, channel, _reached(random, created, channel), random)


def _reached(random: np.random.Generator, created: Numbers, channel: Numbers) -> Numbers:
    reached = np.zeros((len(_GO_ON), len(created)), np.int64)
    at, goes_on = created.copy(), np.ones(len(created), bool)
    for stage, share in enumerate(_GO_ON):
        if stage:
            goes_on &= random.random(len(created)) < share * (0.85 + 0.04 * channel)
            at = at + (_MEDIAN_HOURS[stage] * np.exp(random.normal(0, 0.9, len(created))) * HOUR).astype(np.int64)
        reached[stage] = np.where(goes_on, at, 0)
    return reached


def tables(these: Batch) -> dict[str, pa.Table]:
    """The landed rows of `these` leads."""
    kind = these.random.choice(3, len(these.created), p=[0.92, 0.05, 0.03])
    has_deal = these.reached[4] > 0
    decided = np.where(these.random.random(len(kind)) < 0.8, these.reached[4] + 40 * DAY_US, 0)
    closed = np.where(these.reached[8] > 0, these.reached[8], np.where(has_deal, decided, 0))
    deals = Deals(np.flatnonzero(has_deal), kind[has_deal], closed[has_deal])
    return {
        "leads": _leads(these, deals),
        "crm_stage_history": pa.concat_tables([_lead_history(these), _deal_history(these, deals)]),
        "accounts": _accounts(these, deals),
        "opportunities": _opportunities(these, deals),
        "activities": _activities(these),
    }


@dataclass(frozen=True)
class Deals:
    """The leads (by place in the batch) that have a deal, its kind (new, upsell, renewal), and when it was decided."""

    lead: Numbers
    kind: Numbers
    closed: Numbers


def place(country: Numbers, city: Numbers) -> dict[str, Any]:
    """The columns of a place; a few know no subdivision or city."""
    names = [each.country for each in PLACES]
    parts = [f"{name}-{part}" for name in names for part in range(SUBDIVISIONS)]
    cities = [f"{part} city {number}" for part in parts for number in range(CITIES)]
    number = country * SUBDIVISIONS * CITIES + city
    nowhere = city == SUBDIVISIONS * CITIES - 1
    return {
        "country": words(country, names),
        "subdivision": words(np.where(nowhere, len(parts), number // CITIES), [*parts, None]),
        "city": words(np.where(nowhere, len(cities), number), [*cities, None]),
    }


def _leads(these: Batch, deals: Deals) -> pa.Table:
    """One version when created, one as an MQL (2 % somewhere else by then), one with the account, one when merged."""
    random, count = these.random, len(these.created)
    owner = random.integers(0, 200, count)
    is_test, deleted = random.random(count) < 0.005, random.random(count) < 0.003
    into = np.where((random.random(count) < 0.01) & (these.numbers > these.first), random.integers(0, count, count), -1)
    into = np.where(into < np.arange(count), into, -1)
    none = np.full(count, -1)
    account = none.copy()
    account[deals.lead] = these.first + deals.lead

    def version(where: Numbers, at: Numbers, accounts: Numbers, survivors: Numbers, moved: Numbers) -> pa.Table:
        known = {
            **place(these.country[where], moved[where]),
            "lead_id": ids("L", these.numbers[where]),
            "created_at": stamps(these.created[where]),
            "updated_at": stamps(at[where]),
            "account_id": ids("A", accounts[where]),
            "merged_into_lead_id": ids("L", np.where(survivors >= 0, these.first + survivors, -1)[where]),
            "merged_at": stamps(at[where], (survivors >= 0)[where]),
            "channel": words(these.channel[where], CHANNELS),
            "campaign_id": ids("c", these.channel[where] * 10 + these.numbers[where] % 10),
            "origin": "inbound",
            "qualification_type": words(np.where(at > these.created, 0, 1)[where], ["mql", None]),
            "segment": words(these.numbers[where] % 3, ["small", "mid", "large"]),
            "owner_rep_id": ids("R", owner[where]),
            "is_test": pa.array(is_test[where]),
            "deleted_at": stamps(at[where], (deleted & (at > these.created))[where]),
        }
        return table("leads", int(where.sum()), known)

    qualified, opened = these.reached[1], these.reached[4]
    elsewhere = np.where(random.random(count) < 0.02, (these.city + 1) % (SUBDIVISIONS * CITIES), these.city)
    merged = these.created + random.integers(1, 10 * DAY_US, count)
    everyone = np.ones(count, bool)
    return pa.concat_tables(
        [
            version(everyone, these.created, none, none, these.city),
            version(qualified > 0, qualified, none, none, elsewhere),
            version(opened > 0, opened, account, none, elsewhere),
            version(into >= 0, np.maximum(merged, opened) + 1, account, into, elsewhere),
        ]
    )


def _late(random: np.random.Generator, at: Numbers) -> Numbers:
    """When a change was recorded: most at once, one in a hundred days later."""
    return at + np.where(random.random(len(at)) < 0.01, random.integers(0, 5 * DAY_US, len(at)), 0)


def _history(these: Batch, entity: str, letter: str, numbers: Numbers, stage: Numbers, at: Numbers) -> pa.Table:
    known = {
        "entity_type": entity,
        "entity_id": ids(letter, numbers),
        "stage": words(stage, [*STAGES, "disqualified"]),
        "source_stage": words(stage, [*STAGES, "disqualified"]),
        "is_stage_change": True,
        "entered_at": stamps(at),
        "valid_from": stamps(at),
        "recorded_at": stamps(_late(these.random, at)),
    }
    return table("crm_stage_history", len(at), known)


def _lead_history(these: Batch) -> pa.Table:
    """Up to sal, and of those who came no further one in two disqualified."""
    parts = []
    for stage in range(4):
        seen = (these.reached[stage] > 0) & (these.random.random(len(these.created)) >= _SKIPPED[stage])
        parts.append((these.numbers[seen], np.full(seen.sum(), stage), these.reached[stage][seen]))
    ended = (these.reached[4] == 0) & (these.random.random(len(these.created)) < 0.5)
    last = these.reached[:4].max(axis=0) + these.random.integers(HOUR, 60 * DAY_US, len(these.created))
    parts.append((these.numbers[ended], np.full(ended.sum(), len(STAGES)), last[ended]))
    numbers, stages, at = (np.concatenate(each) for each in zip(*parts, strict=True))
    return _history(these, "lead", "L", numbers, stages, at)


def _deal_history(these: Batch, deals: Deals) -> pa.Table:
    """From its creation on; the close as won or lost."""
    numbers, reached = these.first + deals.lead, these.reached[:, deals.lead]
    parts = []
    for stage in range(4, 8):
        seen = (reached[stage] > 0) & (these.random.random(len(numbers)) >= _SKIPPED[stage])
        parts.append((numbers[seen], np.full(seen.sum(), stage), reached[stage][seen]))
    closed, won = deals.closed > 0, reached[8] > 0
    parts.append((numbers[closed], np.where(won, 8, 9)[closed], deals.closed[closed]))
    who, stages, at = (np.concatenate(each) for each in zip(*parts, strict=True))
    return _history(these, "opportunity", "D", who, stages, at)


def _accounts(these: Batch, deals: Deals) -> pa.Table:
    """One a deal, made an hour before it; one in 30 below the one made before; a second version of one in five."""
    numbers = these.first + deals.lead
    born = these.reached[4][deals.lead] - HOUR
    below = (numbers % 30 == 0) & (np.arange(len(numbers)) > 0)
    parent = np.where(below, np.roll(numbers, 1), -1)

    def version(where: Numbers, at: Numbers) -> pa.Table:
        known = {
            **place(these.country[deals.lead][where], these.city[deals.lead][where]),
            "account_id": ids("A", numbers[where]),
            "parent_account_id": ids("A", parent[where]),
            "name": "Account",
            "segment": words(numbers[where] % 3, ["small", "mid", "large"]),
            "channel": words(these.channel[deals.lead][where], CHANNELS),
            "account_owner": ids("R", numbers[where] % 200),
            "created_at": stamps(born[where]),
            "is_test": pa.array(numbers[where] % 300 == 7),
            "updated_at": stamps(at[where]),
        }
        return table("accounts", int(where.sum()), known)

    return pa.concat_tables([version(born > 0, born), version(numbers % 5 == 0, born + 20 * DAY_US)])


def _opportunities(these: Batch, deals: Deals) -> pa.Table:
    """A version when created, one with another amount at negotiation, one when decided. Only new ones have a lead."""
    numbers, reached = these.first + deals.lead, these.reached[:, deals.lead]
    amount = np.round(np.exp(these.random.normal(9, 1, len(numbers))), 2)
    none = np.zeros(len(numbers), np.int64)
    currency = these.country[deals.lead]

    def version(where: Numbers, at: Numbers, closed: Numbers, amounts: Numbers) -> pa.Table:
        status = np.where(closed == 0, 0, np.where(reached[8] > 0, 1, 2))
        known = {
            "opportunity_id": ids("D", numbers[where]),
            "primary_lead_id": ids("L", np.where(deals.kind == 0, numbers, -1)[where]),
            "account_id": ids("A", numbers[where]),
            "type": words(deals.kind[where], ["new", "upsell", "renewal"]),
            "created_at": stamps(reached[4][where]),
            "closed_at": stamps(closed[where], (closed > 0)[where]),
            "status": words(status[where], ["open", "won", "lost"]),
            "amount": amounts[where],
            "currency": words(currency[where], [each.currency for each in PLACES]),
            "product": words(numbers[where] % 2, ["crm", "helpdesk"]),
            "owner_rep_id": ids("R", numbers[where] % 200),
            "is_test": False,
            "updated_at": stamps(at[where]),
        }
        return table("opportunities", int(where.sum()), known)

    return pa.concat_tables(
        [
            version(reached[4] > 0, reached[4], none, amount),
            version(reached[7] > 0, reached[7], none, amount * 0.9),
            version(deals.closed > 0, deals.closed, deals.closed, amount * 0.9),
        ]
    )


def _activities(these: Batch) -> pa.Table:
    """Two a lead, in the weeks after its creation."""
    count = 2 * len(these.created)
    lead = these.random.integers(0, len(these.created), count)
    at = these.created[lead] + (these.random.exponential(10, count) * DAY_US).astype(np.int64)
    known = {
        "activity_id": ids("X", 2 * these.first + np.arange(count)),
        "type": words(these.random.integers(0, 4, count), ["call", "email", "meeting", "voicemail"]),
        "direction": "outbound",
        "is_automated": False,
        "rep_id": ids("R", lead % 200),
        "lead_id": ids("L", these.numbers[lead]),
        "started_at": stamps(at),
        "outcome": words(these.random.integers(0, 2, count), ["connected", "no_answer"]),
        "updated_at": stamps(at),
    }
    return table("activities", count, known)
