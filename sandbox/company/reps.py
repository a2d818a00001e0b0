"""The sales people: fixed teams, with people who joined later and people who left."""

from dataclasses import dataclass
from functools import cache

from sandbox.company.calendar import DAY, FIRST, OPENING, midnight
from sandbox.company.chance import Draw
from sandbox.company.markets import TEAMS, US, Market
from sandbox.company.names import FAMILY, GIVEN

SUBJECT = 1


@dataclass(frozen=True)
class Rep:
    """`left` is when the owner was deactivated, or None."""

    id: int
    given: str
    family: str
    team: str
    market: str
    joined: int
    left: int | None

    @property
    def email(self) -> str:
        return f"rep{self.id}@corong-sample.example"


@cache
def roster(seed: int) -> tuple[Rep, ...]:
    """Everybody who ever sells; two in seven join in the first eighteen months, one in nine leaves."""
    draw = Draw(seed, SUBJECT, 0)
    return tuple(
        _rep(draw, market, 7001 + 100 * row + n, n) for row, market in enumerate(TEAMS) for n in range(market.reps)
    )


def _rep(draw: Draw, market: Market, rep_id: int, n: int) -> Rep:
    joined, left = draw.between(20, 540), draw.between(250, 900)
    return Rep(
        id=rep_id,
        given=draw.pick(GIVEN[market.code]),
        family=draw.pick(FAMILY[market.code]),
        team=market.team,
        market=market.code,
        joined=midnight(market.zone, FIRST + int(joined)) if n % 7 in (5, 6) else OPENING,
        left=midnight(market.zone, FIRST + int(left)) if n % 9 == 4 else None,
    )


@cache
def team(seed: int, market: str) -> tuple[Rep, ...]:
    """The reps of a market; elsewhere is sold from the United States."""
    code = market if market in {m.code for m in TEAMS} else US.code
    return tuple(rep for rep in roster(seed) if rep.market == code)


def on_duty(seed: int, market: str, stamp: int) -> tuple[Rep, ...]:
    """The reps of a market who work at `stamp`, to the day; never empty, each team keeps its first rep."""
    return _on_duty(seed, market, stamp // DAY)


@cache
def _on_duty(seed: int, market: str, day: int) -> tuple[Rep, ...]:
    begins = max(day * DAY, OPENING)
    return tuple(rep for rep in team(seed, market) if rep.joined <= begins and (rep.left is None or begins < rep.left))
