"""Subscription items, a version for each change: new, more, fewer, canceled, back again, and some corrected later."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.kpis.columns import DAY_US, Numbers, ids, since_epoch, stamps, table, words
from benchmarks.kpis.company import FIRST, LONGEST, PLACES
from benchmarks.kpis.leads import CHANNELS, SUBDIVISIONS, place
from benchmarks.kpis.money import PER_EURO
from include.kpis.periods import months_later

OFFSET = 1_000_000_000
"""Accounts from here on pay; those of deals are below."""


class Subscriptions:
    """The items of `count` payers (one in ten has a second item) as months go by."""

    def __init__(self, count: int) -> None:
        self.random = np.random.default_rng(19)
        items = count + count // 10
        self.payer = np.arange(items) % count
        self.start = self.random.integers(0, LONGEST, count)[self.payer]
        weights = [each.weight for each in PLACES]
        self.country = self.random.choice(len(PLACES), count, p=weights)
        self.city = self.random.integers(0, SUBDIVISIONS * 4, count)
        self.channel = self.random.integers(0, len(CHANNELS), count)
        factor = np.array([PER_EURO[each.currency] for each in PLACES])[self.country[self.payer]]
        self.price = np.round(np.exp(self.random.normal(3, 1, items)) * factor, 2)
        self.quantity = self.random.integers(1, 20, items)
        self.state = np.zeros(items, np.int64)
        """0 not yet, 1 active, 2 canceled."""

    def accounts(self, since: date) -> pa.Table:
        """Who pays, known since the day after `since`: one in 40 through the account before it."""
        numbers = np.arange(len(self.country))
        born = np.full(len(numbers), since_epoch(since) + DAY_US)
        known: dict[str, Any] = {
            **place(self.country, self.city),
            "account_id": ids("A", OFFSET + numbers),
            "parent_account_id": ids("A", np.where((numbers % 40 == 1), OFFSET + numbers - 1, -1)),
            "name": "Account",
            "segment": words(numbers % 3, ["small", "mid", "large"]),
            "channel": words(self.channel, CHANNELS),
            "created_at": stamps(born),
            "is_test": pa.array(numbers % 300 == 7),
            "updated_at": stamps(born),
        }
        return table("accounts", len(numbers), known)

    def months(self) -> Iterator[pa.Table]:
        """The versions that begin in each month of history, the first two days after it included."""
        for number in range(LONGEST + 1):
            yield self._month(number, months_later(FIRST, number))

    def _month(self, number: int, first: date) -> pa.Table:
        """From the second day on, which is in that month everywhere."""
        days = 2 if number == LONGEST else (months_later(first, 1) - first).days
        chance = self.random.random(len(self.state))
        new = (self.start == number) & (self.state == 0)
        more, fewer = (self.state == 1) & (chance < 0.06), (self.state == 1) & (chance >= 0.06) & (chance < 0.09)
        gone, back = (self.state == 1) & (chance >= 0.09) & (chance < 0.115), (self.state == 2) & (chance < 0.01)
        self.quantity = np.where(
            more, self.quantity + 2, np.where(fewer, np.maximum(self.quantity - 1, 1), self.quantity)
        )
        self.state = np.where(new | back, 1, np.where(gone, 2, self.state))
        changed = np.flatnonzero(new | more | fewer | gone | back)
        at = since_epoch(first) + self.random.integers(DAY_US, days * DAY_US, len(changed))
        versions = self._versions(changed, at, at, self.quantity[changed])
        wrong = np.flatnonzero(self.random.random(len(changed)) < 0.01)
        later = at[wrong] + self.random.integers(1, 20 * DAY_US, len(wrong))
        return pa.concat_tables(
            [versions, self._versions(changed[wrong], at[wrong], later, self.quantity[changed[wrong]] + 1)]
        )

    def _versions(self, items: Numbers, since: Numbers, updated: Numbers, quantity: Numbers) -> pa.Table:
        yearly, discounted = items % 5 == 0, items % 20 == 3
        known = {
            "item_id": ids("I", items),
            "subscription_id": ids("S", self.payer[items]),
            "account_id": ids("A", OFFSET + self.payer[items]),
            "product": words(items % 2, ["crm", "helpdesk"]),
            "plan": words(items % 3, ["starter", "team", "enterprise"]),
            "status": words(self.state[items], ["paused", "active", "canceled"]),
            "valid_from": stamps(since),
            "quantity": quantity,
            "unit_amount": self.price[items] * np.where(yearly, 10, 1),
            "currency": words(self.country[self.payer[items]], [each.currency for each in PLACES]),
            "billing_interval": words(yearly.astype(np.int64), ["month", "year"]),
            "interval_count": np.ones(len(items), np.int64),
            "discount_pct": pa.array(np.where(discounted, 10.0, np.nan), from_pandas=True),
            "discount_ends_at": stamps(since + 100 * DAY_US, discounted),
            "is_metered": False,
            "updated_at": stamps(updated),
        }
        return table("subscription_items", len(items), known)
