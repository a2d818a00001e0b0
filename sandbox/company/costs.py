"""What selling costs besides ads: pay by the week, commissions, events, agencies, tools, travel; some booked late."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from zlib import crc32

from sandbox.company.calendar import DAY, FIRST, first_of_month, local_day, midnight, weekday
from sandbox.company.chance import Draw
from sandbox.company.deals import WON, Deal
from sandbox.company.firms import Firms
from sandbox.company.markets import ELSEWHERE, LEADS_PER_YEAR, TEAMS, Market
from sandbox.company.people import births, expected
from sandbox.company.reps import Rep, team
from sandbox.company.spoiled import spoiled
from sandbox.company.trials import Poc, trials

SUBJECT = 9
FILE = 3
WAYS = ("amount", "number", "currency", "country", "cells", "scope", "type")
COMMISSION = 0.07
TOOLS = 31_000
MONTHLY = (
    ("event", "event", "lead", 0.09),
    ("agency", "paid_search", "visitor", 0.05),
    ("content", "organic_search", "visitor", 0.06),
)
"""Type, channel, stage and size (as a share of the team's pay) of what each market pays every month."""
PAID_FOR: tuple[tuple[str, str | None], ...] = (("new", None), ("new", "lead"), ("new", None), ("existing", None))
"""Scope and stage of every four reps' pay: one looks after new leads, one after customers."""


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
    poc: str | None = None
    campaign: str | None = None
    hours: Decimal | None = None
    wrong: str | None = None


def costs(firms: Firms, now: datetime) -> list[Cost]:
    """All entries booked by now, commissions and what POCs took last."""
    stamp = int(now.timestamp() * 1000)
    days = range(FIRST, now.date().toordinal() + 1)
    drawn = [cost for day in days for cost in _day(firms, day)]
    drawn += [cost for day in days for deal in births(firms, day).deals for cost in _commission(deal)]
    drawn += [cost for day in days for poc in trials(firms, day)[0] for cost in _poc(poc)]
    return [_as_typed(firms.seed, cost) for cost in drawn if cost.booked <= stamp]


def _as_typed(seed: int, cost: Cost) -> Cost:
    """The entry as somebody keyed it in; by its own id, whatever else is in the list."""
    return replace(cost, wrong=spoiled(seed, FILE, crc32(cost.id.encode()), WAYS))


def _day(firms: Firms, day: int) -> Iterator[Cost]:
    scale = firms.leads_per_year / LEADS_PER_YEAR
    draw = Draw(firms.seed, SUBJECT, day)
    for market in TEAMS:
        if weekday(day) == 4:
            yield from (_pay(market, rep, n, day, scale) for n, rep in _at_work(firms, market, day))
        if day == first_of_month(day) + 14:
            busy = expected(market, day, firms.leads_per_year) / firms.leads_per_year / market.share * 365.25
            yield from _monthly(draw, market, day, scale * busy)
        if weekday(day) < 5 and draw.chance(0.5):
            yield _travel(draw, market, day, scale)
    if day == first_of_month(day):
        booked = midnight(ELSEWHERE.zone, day + 1)
        yield Cost(f"tools-{day}", day, booked, "tools", "new", _money(TOOLS * scale), "USD")


def _at_work(firms: Firms, market: Market, day: int) -> list[tuple[int, Rep]]:
    at = midnight(market.zone, day)
    everybody = enumerate(team(firms.seed, market.code))
    return [(n, rep) for n, rep in everybody if rep.joined <= at and (rep.left is None or at < rep.left)]


def _entry(market: Market, cost_id: str, day: int, late: int, kind: str, scope: str, amount: float) -> Cost:
    """A market's entry of `day`, in the list once that day and `late` more are over."""
    booked = midnight(market.zone, day + 1) + late * DAY
    return Cost(cost_id, day, booked, kind, scope, _money(amount), market.currency, country=market.code)


def _money(amount: float) -> Decimal:
    return Decimal(round(amount * 100)) / 100


def _pay(market: Market, rep: Rep, n: int, day: int, scale: float) -> Cost:
    scope, stage = PAID_FOR[n % len(PAID_FOR)]
    entry = _entry(market, f"pay-{rep.id}-{day}", day, 0, "rep_pay", scope, market.pay / 52 * scale)
    return replace(entry, stage=stage, rep=rep.id)


def _monthly(draw: Draw, market: Market, day: int, scale: float) -> Iterator[Cost]:
    for kind, channel, stage, size in MONTHLY:
        amount = market.pay * market.reps / 12 * size * scale * draw.between(0.6, 1.4)
        entry = _entry(market, f"{kind}-{market.code}-{day}", day, int(draw.between(0, 20)), kind, "new", amount)
        campaign = f"event-{1 + (day - FIRST) // 91:02d}" if kind == "event" else None
        yield replace(entry, stage=stage, channel=channel, campaign=campaign)
    fees = _entry(market, f"other-{market.code}-{day}", day, 3, "other", "new", market.pay / 52 * 0.4 * scale)
    yield replace(fees, stage="sql")


def _travel(draw: Draw, market: Market, day: int, scale: float) -> Cost:
    """A trip or a dinner, handed in up to forty days later."""
    kind, scope = draw.pick(("travel", "entertainment")), "new" if draw.chance(0.7) else "existing"
    amount = market.pay / 250 * draw.between(0.2, 1.6) * scale
    return _entry(market, f"{kind}-{market.code}-{day}", day, int(draw.between(0, 40)), kind, scope, amount)


def _poc(poc: Poc) -> Iterator[Cost]:
    """The hours of those who ran it, entered when it is over, and now and then what it was run on."""
    deal = poc.deal
    if deal is None or poc.type != "poc" or deal.market is ELSEWHERE:
        return
    zone, hourly, dice = deal.market.zone, deal.market.pay / 1_700, crc32(poc.id.encode())
    named = {"stage": "poc", "rep": deal.owners[0][1], "deal": deal.id, "poc": poc.id}
    if poc.ended is not None:
        hours = Decimal(round((10 + 6 * poc.goals) * (0.6 + dice % 97 / 97), 1))
        worked = local_day(zone, poc.ended)
        entry = _entry(deal.market, f"time-{poc.id}", worked, 2, "poc_time", "new", float(hours) * hourly)
        yield replace(entry, hours=hours.quantize(Decimal("0.1")), **named)
    if dice % 5 < 2:
        rented = local_day(zone, poc.started)
        entry = _entry(deal.market, f"material-{poc.id}", rented, 5, "poc_material", "new", hourly * (4 + dice % 23))
        yield replace(entry, **named)


def _commission(deal: Deal) -> Iterator[Cost]:
    """A share of a deal that is won in the end; nobody's money elsewhere."""
    if deal.end[1] == WON and deal.defect is None and deal.market is not ELSEWHERE:
        closed = local_day(deal.market.zone, deal.end[0])
        scope = "new" if deal.type == "newbusiness" else "existing"
        amount = (deal.amounts[0][1] or deal.amounts[-1][1] or 0) * COMMISSION
        entry = _entry(deal.market, f"commission-{deal.id}", closed, deal.id % 9, "commission", scope, amount)
        yield replace(entry, currency=deal.currency, rep=deal.owners[0][1], deal=deal.id)
