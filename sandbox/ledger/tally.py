"""The counting itself: every event into its cell, its region's, its channel's and the company's."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sandbox.ledger.exchange import Exchange
from sandbox.ledger.terms import Terms

Number = int | Decimal


@dataclass(frozen=True, order=True)
class Row:
    """One cell. Region or channel None = rolled up; `currency` for money, `stage` where the KPI has one.

    `denominator` is None for KPIs that are no ratio. A ratio's value is numerator / denominator, null over zero.
    `age` is the k of a curve, in months.
    """

    kpi: str
    month: date
    region: str | None
    channel: str | None
    currency: str | None
    stage: str | None
    numerator: Decimal
    denominator: Decimal | None
    age: int | None = None

    @property
    def value(self) -> Decimal | None:
        if self.denominator is None:
            return self.numerator
        return self.numerator / self.denominator if self.denominator else None


Cell = tuple[str, date, str | None, str | None, str | None, str | None]


@dataclass
class Tally:
    """Sums by cell; tops and bottoms of ratios apart."""

    terms: Terms
    exchange: Exchange
    ratios: frozenset[str]
    _tops: dict[Cell, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    _bottoms: dict[Cell, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def top(
        self, kpi: str, month: date, region: str, channel: str | None, by: Number = 1, stage: str | None = None
    ) -> None:
        """Add to a numerator that is no money."""
        for a_region, a_channel in _cuts(region, channel):
            self._tops[kpi, month, a_region, a_channel, None, stage] += by

    def bottom(
        self, kpi: str, month: date, region: str, channel: str | None, by: Number = 1, stage: str | None = None
    ) -> None:
        """Add to a denominator of a ratio that is no money."""
        for a_region, a_channel in _cuts(region, channel):
            self._bottoms[kpi, month, a_region, a_channel, None, stage] += by

    def money_top(
        self, kpi: str, month: date, region: str, channel: str | None, amount: Decimal, source: str, day: date
    ) -> None:
        """Add an amount of `source` currency, at the rates of its `day`, to numerators in every currency told."""
        self._money(self._tops, kpi, month, region, channel, amount, source, day)

    def money_bottom(
        self, kpi: str, month: date, region: str, channel: str | None, amount: Decimal, source: str, day: date
    ) -> None:
        self._money(self._bottoms, kpi, month, region, channel, amount, source, day)

    def per(self, kpi: str, month: date, region: str, channel: str | None, by: Number = 1) -> None:
        """Add a count to the denominator of a ratio of money, in every currency told."""
        for a_region, a_channel in _cuts(region, channel):
            for currency in self.terms.currencies(a_region):
                self._bottoms[kpi, month, a_region, a_channel, currency, None] += by

    def _money(
        self, sums: dict[Cell, Decimal], kpi: str, month: date, region: str, channel: str | None, amount: Decimal,
        source: str, day: date,
    ) -> None:  # fmt: skip
        told = {one: self.exchange.convert(amount, source, one, day) for one in self.terms.currencies(region)}
        for a_region, a_channel in _cuts(region, channel):
            for currency in self.terms.currencies(a_region):
                if (converted := told[currency]) is not None:
                    sums[kpi, month, a_region, a_channel, currency, None] += converted

    def put(
        self, kpi: str, month: date, region: str | None, channel: str | None, currency: str | None = None, *,
        top: Number = 0, bottom: Number = 0,
    ) -> None:  # fmt: skip
        """Add to this one cell, rolling nothing up: for what does not add up by itself."""
        cell = kpi, month, region, channel, currency, None
        self._tops[cell] += top
        self._bottoms[cell] += bottom

    def numerators(self, kpi: str) -> dict[Cell, Decimal]:
        """What a KPI's cells have come to."""
        return {cell: top for cell, top in self._tops.items() if cell[0] == kpi}

    def rows(self) -> Iterator[Row]:
        """All cells with anything in them."""
        for cell in self._tops.keys() | self._bottoms.keys():
            bottom = self._bottoms.get(cell, Decimal()) if cell[0] in self.ratios else None
            yield Row(*cell, self._tops.get(cell, Decimal()), bottom)


def _cuts(region: str, channel: str | None) -> list[tuple[str | None, str | None]]:
    cuts: list[tuple[str | None, str | None]] = [(None, None), (region, None)]
    return cuts if channel is None else [*cuts, (None, channel), (region, channel)]
