"""Walking forward through a market's working time."""

from sandbox.company.calendar import HOUR, local_day, office
from sandbox.company.chance import Draw
from sandbox.company.markets import Market


class Steps:
    """A lead's or deal's time line: each step is later than the one before and falls into working hours."""

    def __init__(self, draw: Draw, market: Market, start: int) -> None:
        self._draw, self._market = draw, market
        self.last = start

    def after(self, median_days: float, sigma: float = 0.8) -> int:
        """The stamp of the next step, a lognormal number of days (at the market's pace) after the last."""
        days = self._draw.lognormal(median_days * self._market.pace, sigma)
        stamp = office(
            self._market.zone, local_day(self._market.zone, self.last + int(days * 24 * HOUR)), self._draw.u()
        )
        self.last = max(stamp, self.last + int((0.2 + self._draw.u()) * HOUR))
        return self.last
