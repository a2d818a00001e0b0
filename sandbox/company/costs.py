"""What selling costs besides ads: pay by the week, commissions, events, agencies, tools, travel; some booked late."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sandbox.company.calendar import DAY, FIRST, first_of_month, local_day, midnight, weekday
from sandbox.company.chance import Draw
from sandbox.company.deals import WON
from sandbox.company.firms import Firms
from sandbox.company.markets import ELSEWHERE, LEADS_PER_YEAR, TEAMS, Market
from sandbox.company.people import births, expected
from sandbox.company.reps import Rep, team
from sandbox.company.spoiled import spoiled

SUBJECT = 9
FILE = 3
WAYS = ("amount", "number", "currency", "country", "cells", "scope", "type")
OFFICE_ZONE = ELSEWHERE.zone
COMMISSION = 0.07
MONTHLY = (
    ("event", "event", "lead", 0.09),
    ("agency", "paid_search", "visitor", 0.05),
    ("content", "organic_search", "visitor", 0.06),
)
"""Type, channel, stage and size (as a share of the team's pay) of what each market pays every month."""


@dataclass(frozen=True)
class Cost:
    """One entry. `booked` is when it enters the list; `country` None = the whole company's."""

    id: str
    day: int
    booked: int
    type: str
    scope: str
    amount: Decimal
    currency: str
    country: str | None = None
    stage: str | None = None
    channel: str | None = None
    rep: int | None = None
    deal: int | None = None
    wrong: str | None = None


def costs(firms: Firms, now: datetime) -> list[Cost]:
    """All entries booked by now, by day."""
    stamp = int(now.timestamp() * 1000)
    last = now.date().toordinal()
    drawn = [cost for day in range(FIRST, last + 1) for cost in _day(firms, day)]
    return [cost for cost in (*drawn, *_commissions(firms, last)) if cost.booked <= stamp]


def _day(firms: Firms, day: int) -> Iterator[Cost]:
    scale = firms.leads_per_year / LEADS_PER_YEAR
    draw = Draw(firms.seed, SUBJECT, day)
    for market in TEAMS:
        if weekday(day) == 4:
            yield from _pay(firms, market, day, scale)
        if day == first_of_month(day) + 14:
            yield from _monthly(firms, draw, market, day, scale)
        if weekday(day) < 5 and draw.chance(0.5):
            yield _travel(firms, draw, market, day, scale)
    if day == first_of_month(day):
        yield _entry(firms, f"tools-{day}", day, OFFICE_ZONE, 0, "tools", "new", 31_000 * scale, "USD", n=900)


def _pay(firms: Firms, market: Market, day: int, scale: float) -> Iterator[Cost]:
    """A week's pay of everybody who works: one in four looks after customers, one in four after new leads."""
    at = midnight(market.zone, day)
    for n, rep in enumerate(team(firms.seed, market.code)):
        if rep.joined <= at and (rep.left is None or at < rep.left):
            yield _weekly(firms, market, day, rep, n, market.pay / 52 * scale)


def _weekly(firms: Firms, market: Market, day: int, rep: Rep, n: int, amount: float) -> Cost:
    scope, stage = (("new", None), ("new", "lead"), ("new", None), ("existing", None))[n % 4]
    return _entry(
        firms,
        f"pay-{rep.id}-{day}",
        day,
        market.zone,
        0,
        "rep_pay",
        scope,
        amount,
        market.currency,
        n=n + 1,
        country=market.code,
        stage=stage,
        rep=rep.id,
    )


def _monthly(firms: Firms, draw: Draw, market: Market, day: int, scale: float) -> Iterator[Cost]:
    busy = expected(market, day, firms.leads_per_year) / firms.leads_per_year / market.share * 365.25
    for n, (kind, channel, stage, size) in enumerate(MONTHLY):
        amount = market.pay * market.reps / 12 * size * scale * busy * draw.between(0.6, 1.4)
        yield _entry(
            firms,
            f"{kind}-{market.code}-{day}",
            day,
            market.zone,
            int(draw.between(0, 20)),
            kind,
            "new",
            amount,
            market.currency,
            n=50 + n,
            country=market.code,
            stage=stage,
            channel=channel,
        )


def _travel(firms: Firms, draw: Draw, market: Market, day: int, scale: float) -> Cost:
    """A trip or a dinner, handed in up to forty days later."""
    kind, scope = draw.pick(("travel", "entertainment")), "new" if draw.chance(0.7) else "existing"
    amount = market.pay / 250 * draw.between(0.2, 1.6) * scale
    return _entry(
        firms,
        f"{kind}-{market.code}-{day}",
        day,
        market.zone,
        int(draw.between(0, 40)),
        kind,
        scope,
        amount,
        market.currency,
        n=80,
        country=market.code,
    )


def _commissions(firms: Firms, last: int) -> Iterator[Cost]:
    """A share of every deal that is won in the end; nobody's money elsewhere."""
    for day in range(FIRST, last + 1):
        for deal in births(firms, day).deals:
            if deal.end[1] == WON and deal.defect is None and deal.market is not ELSEWHERE:
                closed = local_day(deal.market.zone, deal.end[0])
                scope = "new" if deal.type == "newbusiness" else "existing"
                yield _entry(
                    firms,
                    f"commission-{deal.id}",
                    closed,
                    deal.market.zone,
                    deal.id % 9,
                    "commission",
                    scope,
                    (deal.amounts[0][1] or deal.amounts[-1][1] or 0) * COMMISSION,
                    deal.currency,
                    n=100 + deal.id % 700,
                    country=deal.market.code,
                    rep=deal.owners[0][1],
                    deal=deal.id,
                )


def _entry(
    firms: Firms,
    cost_id: str,
    day: int,
    zone: str,
    late: int,
    kind: str,
    scope: str,
    amount: float,
    currency: str,
    *,
    n: int,
    **more: str | int | None,
) -> Cost:
    """An entry of `day`, in the list once that day and `late` more are over."""
    market = TEAMS.index(next((one for one in TEAMS if one.code == more.get("country")), TEAMS[0]))
    return Cost(
        id=cost_id,
        day=day,
        booked=midnight(zone, day + 1) + late * DAY,
        type=kind,
        scope=scope,
        amount=Decimal(round(amount * 100)) / 100,
        currency=currency,
        wrong=spoiled(firms.seed, FILE, (day * 10 + market) * 1_000 + n, WAYS),
        **more,  # type: ignore[arg-type]
    )
