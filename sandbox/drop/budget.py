"""fx_rates.csv: the controller's rates, one a fiscal year."""

from collections.abc import Iterator
from datetime import date

from sandbox.company.fx import budget
from sandbox.world import World

HEADER = ("rate_date", "base_currency", "quote_currency", "rate_type", "rate")
CURRENCIES = ("USD", "MXN", "CNY", "MYR", "JPY")
FIRST_YEAR = 2024


def rows(world: World) -> Iterator[tuple[object, ...]]:
    """A year's rates are known from its first day."""
    yield HEADER
    for year in range(FIRST_YEAR, world.clock.now.year + 1):
        for currency in CURRENCIES:
            yield date(year, 1, 1), "EUR", currency, "budget", budget(world.seed, currency, year)
