"""Deals: from opportunity to won or lost, re-opened, corrected afterwards, renewed and extended."""

from dataclasses import dataclass, field
from itertools import pairwise

from sandbox.company.calendar import DAY, HOUR
from sandbox.company.chance import Draw, Weighted
from sandbox.company.firms import Firm
from sandbox.company.leads import Lead
from sandbox.company.markets import CURRENCY_OF, HOSTILE, Market
from sandbox.company.reps import on_duty
from sandbox.company.steps import Steps

OPEN, POC, EVALUATION, NEGOTIATION = "appointmentscheduled", "pocstarted", "pocevaluation", "contractsent"
WON, LOST = "closedwon", "closedlost"
CLOSED = (WON, LOST)
LIST_PRICE = {"SMB": 9_500.0, "Mid-Market": 27_000.0, "Enterprise": 82_000.0}
SLOWNESS = {"SMB": 0.75, "Mid-Market": 1.0, "Enterprise": 1.5}
CHANCES = {"SMB": 1.05, "Mid-Market": 0.98, "Enterprise": 0.8}
PRODUCTS = ("Insight", "Insight Plus", "Connect")
LOST_REASONS = ("price", "no decision", "competitor", "timing", "missing feature", HOSTILE[0])
_TERM = Weighted({12: 0.8, 24: 0.12, 36: 0.08})
_DROP = Weighted({1: 0.36, 2: 0.22, 3: 0.2, 4: 0.22})


@dataclass(slots=True)
class Deal:
    """A CRM deal with everything that will ever happen to it; lists are (stamp, value) in order of time.

    Amounts are whole units of `currency`, None where not known yet; they are a year's worth, whatever the term.
    `lead` is the id of its first contact; `contacts` are (joined at, lead's id, role), the first one included.
    """

    id: int
    created: int
    market: Market
    name: str
    type: str
    currency: str
    lead: int | None
    firm: Firm
    product: str
    term: int
    stages: list[tuple[int, str]]
    amounts: list[tuple[int, int | None]]
    closes: list[tuple[int, int]]
    owners: list[tuple[int, int]]
    lost_reasons: list[tuple[int, str]] = field(default_factory=list)
    contacts: list[tuple[int, int, str]] = field(default_factory=list)
    deleted: int | None = None
    defect: tuple[str, str] | None = None

    @property
    def stamps(self) -> list[int]:
        lists = (self.stages, self.amounts, self.closes, self.owners, self.lost_reasons)
        return sorted({at for changed in (*lists, self.contacts) for at, *_ in changed})

    @property
    def archived(self) -> int | None:
        return self.deleted

    @property
    def end(self) -> tuple[int, str]:
        """The last stage of all and when it is entered."""
        return self.stages[-1]


def sell(draw: Draw, seed: int, lead: Lead, firm: Firm, created: int) -> Deal:
    """The deal that a qualified lead becomes."""
    deal = start(draw, seed, lead, firm, created, "newbusiness")
    steps = Steps(draw, lead.market, created)
    slow = SLOWNESS[lead.segment]
    won = draw.chance(lead.market.win * CHANCES[lead.segment])
    path = [(OPEN, 8.0), *([(POC, 17.0), (EVALUATION, 8.0)] if draw.chance(0.7) else []), (NEGOTIATION, 11.0)]
    reached = path if won else path[: min(draw.weighted(_DROP), len(path))]
    for (_, days), (following, _) in pairwise(reached):
        _enter(draw, deal, steps.after(days * slow, 0.6), following)
    _close(draw, deal, steps.after(reached[-1][1] * slow, 0.6), WON if won else LOST)
    _reopen(draw, deal, steps)
    _afterwards(draw, seed, deal)
    _spoil(draw, deal)
    return deal


def start(draw: Draw, seed: int, lead: Lead, firm: Firm, created: int, kind: str) -> Deal:
    """A fresh deal at its first stage."""
    market = lead.market
    country = lead.places[0][1].country or ""
    currency = CURRENCY_OF.get(country, market.currency)
    term = draw.weighted(_TERM)
    amount = price(draw, lead, currency, term)
    known = kind != "newbusiness" or draw.chance(0.85)
    return Deal(
        id=0,
        created=created,
        market=market,
        name=HOSTILE[2] if draw.chance(0.002) else f"{firm.name} {kind}",
        type=kind,
        currency=currency,
        lead=lead.id,
        firm=firm,
        product=draw.pick(PRODUCTS),
        term=term,
        stages=[(created, OPEN)],
        amounts=[(created, amount if known else None), *([] if known else [(created + HOUR, amount)])],
        closes=[(created, created + int(draw.between(50, 90) * DAY))],
        owners=[(created, draw.pick(on_duty(seed, market.code, created)).id)],
    )


def price(draw: Draw, lead: Lead, currency: str, term: int) -> int:
    """An amount for the whole term, in tens."""
    level = {"EUR": 0.82, "COP": 2_600.0}.get(currency, lead.market.price)
    return max(10, round(draw.lognormal(LIST_PRICE[lead.segment], 0.35) * level * term / 120) * 10)


def _enter(draw: Draw, deal: Deal, stamp: int, stage: str) -> None:
    """The next stage: the amount may be revised, the close date may slip."""
    deal.stages.append((stamp, stage))
    if draw.chance(0.25) and deal.amounts[-1][0] < stamp:
        deal.amounts.append((stamp, _revised(deal, draw.between(0.75, 1.2))))
    if draw.chance(0.4):
        deal.closes.append((stamp, max(deal.closes[-1][1], stamp) + int(draw.between(7, 35) * DAY)))


def _revised(deal: Deal, factor: float) -> int:
    return max(10, round((deal.amounts[-1][1] or 0) * factor / 10) * 10)


def _close(draw: Draw, deal: Deal, stamp: int, stage: str) -> None:
    deal.stages.append((stamp, stage))
    deal.closes.append((stamp, stamp))
    if stage == LOST:
        deal.lost_reasons.append((stamp, draw.pick(LOST_REASONS)))


def _reopen(draw: Draw, deal: Deal, steps: Steps) -> None:
    """A few decisions are undone: one lost deal in forty, one won deal in a hundred."""
    if not draw.chance(0.025 if deal.end[1] == LOST else 0.01):
        return
    deal.stages.append((steps.after(25, 0.4), NEGOTIATION))
    again = WON if deal.stages[-2][1] == LOST and draw.chance(0.4) else LOST
    _close(draw, deal, steps.after(10, 0.5), again)


def _afterwards(draw: Draw, seed: int, deal: Deal) -> None:
    """Late updates: corrected amounts of closed deals, new owners."""
    closed = deal.end[0]
    if draw.chance(0.05):
        deal.amounts.append((closed + int(draw.between(1, 45) * DAY), _revised(deal, draw.between(0.8, 1.1))))
    if draw.chance(0.06):
        moved = deal.created + int(draw.between(2, 90) * DAY)
        deal.owners.append((moved, draw.pick(on_duty(seed, deal.market.code, moved)).id))


def _spoil(draw: Draw, deal: Deal) -> None:
    """Wrong entries: of the whole record, or a passing stage word that nobody defined."""
    if draw.chance(0.008):
        deal.defect = draw.pick(
            (
                ("deal_currency_code", "XQX"),
                ("amount", "-4500"),
                ("amount", "a lot"),
                ("dealtype", "gift"),
                ("amount", "NaN"),
            )
        )
    elif draw.chance(0.004) and deal.stages[1][0] - deal.stages[0][0] > 6 * HOUR:
        deal.stages.insert(1, (deal.stages[1][0] - 2 * HOUR, "onhold"))
    elif deal.end[1] == LOST and draw.chance(0.004):
        deal.deleted = deal.end[0] + int(draw.between(1, 60) * DAY)
