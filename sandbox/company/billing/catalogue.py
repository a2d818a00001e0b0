"""What is sold and for how much: products, prices by currency and interval, coupons, taxes. Money in minor units."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from sandbox.company.markets import TEAMS

OPENED = 1_730_419_200
"""2024-11-01T00:00:00Z in seconds: the catalogue's own stamp."""
ZERO_DECIMAL = ("JPY",)
MONTHS = {"month": 1, "year": 12}
CURRENCIES = ("USD", "MXN", "EUR", "CNY", "MYR", "JPY")
_SEAT = {"starter": 4.0, "growth": 18.0, "scale": 40.0, "connect": 1.0}
"""Dollars for one seat and month."""
_CALL = "api-calls"
_LEVEL = {market.currency: market.price for market in TEAMS} | {"JPY": 150.0}
_COST = {"starter": 0.32, "growth": 0.24, "scale": 0.2, "connect": 0.28, _CALL: 0.4}
"""What running it costs, as a share of the list price."""
_YEAR_FOR = 10
"""A year costs as much as so many months."""
PRODUCTS = {
    "starter": ("prod_insightstarter", "Insight Starter"),
    "growth": ("prod_insightgrowth", "Insight Growth"),
    "scale": ("prod_insightscale", "Insight Scale"),
    "connect": ("prod_connect", "Connect"),
    _CALL: ("prod_apicalls", "API calls"),
}
METER = "mtr_sampleapicalls"
TAX = {"ES": 0.21, "MX": 0.16, "CN": 0.06, "MY": 0.08}
"""Taxes on top, by the customer's country; none elsewhere."""


@dataclass(frozen=True, slots=True)
class Price:
    """`unit` in minor units of `currency`; a metered price is for one call and is billed afterwards."""

    tier: str
    interval: str
    currency: str
    unit: int
    metered: bool = False

    @property
    def lookup_key(self) -> str:
        """Unique among prices, as Stripe demands: starter-monthly, and starter-monthly-mxn elsewhere."""
        plan = f"{self.tier}-{'monthly' if self.interval == 'month' else 'annual'}"
        return plan if self.currency == "USD" else f"{plan}-{self.currency.lower()}"

    @property
    def unit_cost(self) -> Decimal:
        """What one unit costs the company, in major units."""
        list_price = Decimal(self.unit) / (1 if self.currency in ZERO_DECIMAL else 100)
        return (list_price * Decimal(str(_COST[self.tier]))).quantize(Decimal("0.0001"))

    @property
    def id(self) -> str:
        return f"price_{self.lookup_key.replace('-', '')}"


@dataclass(frozen=True, slots=True)
class Coupon:
    """Percent or amount off every invoice, forever or for some months."""

    id: str
    percent: int | None = None
    amount: int | None = None
    currency: str | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Discount:
    """A coupon at work on a subscription, in seconds; `end` None = forever."""

    id: str
    coupon: Coupon
    start: int
    end: int | None

    def off(self, gross: int) -> int:
        """What it takes from an amount of one invoice."""
        if self.coupon.percent is not None:
            return (gross * self.coupon.percent + 50) // 100
        return min(gross, self.coupon.amount or 0)


def minor(amount: float, currency: str) -> int:
    """Major units as the vendor counts: cents, or whole yen."""
    return round(amount if currency in ZERO_DECIMAL else amount * 100)


@cache
def seat(tier: str, interval: str, currency: str) -> Price:
    dollars = _SEAT[tier] * (_YEAR_FOR if interval == "year" else 1)
    return Price(tier, interval, currency, minor(dollars * _LEVEL[currency], currency))


@cache
def call(currency: str) -> Price:
    return Price(_CALL, "month", currency, max(1, minor(0.02 * _LEVEL[currency], currency)), metered=True)


def tier_for(dollars_a_year: float) -> str:
    """Small customers, middling, large."""
    return "starter" if dollars_a_year < 15_000 else "growth" if dollars_a_year < 50_000 else "scale"


def level(currency: str) -> float:
    """Units of a currency for one dollar of list price."""
    return _LEVEL[currency]


PRICES = [seat(tier, interval, currency) for tier in _SEAT for interval in MONTHS for currency in CURRENCIES]
PRICES += [call(currency) for currency in CURRENCIES]
PERCENT = [Coupon("LAUNCH15", percent=15), Coupon("PARTNER10", percent=10)]
WELCOME = [Coupon("WELCOME20", percent=20, months=3), Coupon("WELCOME10", percent=10, months=6)]
AMOUNT = {
    (currency, interval): Coupon(
        f"LESS{currency}{'M' if interval == 'month' else 'Y'}",
        amount=minor(25 * months * _LEVEL[currency], currency),
        currency=currency,
    )
    for currency in CURRENCIES
    for interval, months in (("month", 1), ("year", 10))
}
COUPONS = [*PERCENT, *WELCOME, *AMOUNT.values()]
