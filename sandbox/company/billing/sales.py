"""How won deals become subscriptions: plan, seats, currency, coupon, and what the customer's later deals change."""

from dataclasses import dataclass
from decimal import Decimal

from sandbox.company import fx
from sandbox.company.billing import catalogue
from sandbox.company.billing.catalogue import MONTHS, Coupon, Discount, Price, level, seat
from sandbox.company.billing.life import Course, live
from sandbox.company.billing.papers import State, Subscription
from sandbox.company.billing.periods import DAY, later
from sandbox.company.chance import Draw, noise
from sandbox.company.deals import LOST, WON, Deal
from sandbox.company.firms import Firm
from sandbox.company.markets import TEAMS

SUBJECT = 11
CURRENCY = {market.code: market.currency for market in TEAMS}
IN_YEN = 0.02
"""A few customers everywhere are billed in yen."""
OFF = 0.03
"""Bills that are not what the deal says, besides those with a coupon for the first months."""
YEARLY = {"SMB": 0.38, "Mid-Market": 0.45, "Enterprise": 0.52}


@dataclass(frozen=True)
class Terms:
    """What was agreed: a price, so many seats, a coupon or none."""

    price: Price
    quantity: int
    discount: Discount | None


def currency_of(seed: int, firm: Firm) -> str:
    """A customer's one currency: its country's, dollars elsewhere, and yen for a few."""
    own = CURRENCY.get(firm.place.country or "", "USD")
    return "JPY" if noise(seed, SUBJECT, firm.id) < IN_YEN else own


def won_at(deal: Deal) -> int | None:
    """When a deal was first won, in seconds."""
    return next((at // 1000 for at, stage in deal.stages if stage == WON), None)


def subscribe(seed: int, deal: Deal, later_deals: list[Deal], horizon: int) -> Subscription | None:
    """The subscription a won new or cross-sold deal starts within three days; None if that is after the horizon."""
    won = won_at(deal)
    if won is None or won > horizon:
        return None
    draw = Draw(seed, SUBJECT, deal.id)
    start = won + int(draw.between(0.05, 2.9) * DAY)
    currency = currency_of(seed, deal.firm)
    one = Subscription(str(deal.id), deal.firm, currency, start, deal)
    terms = _agree(draw, one, _yearly(seed, deal, currency, won))
    one.by_invoice = terms.price.interval == "year" and draw.chance(0.6)
    plain = terms.price.interval == "month" and not (terms.discount and terms.discount.coupon.amount)
    one.metered = catalogue.call(currency) if draw.chance(0.14) and plain else None
    begin(draw, one, terms, _course(deal, later_deals), horizon)
    return one


def begin(draw: Draw, one: Subscription, terms: Terms, course: Course, horizon: int) -> None:
    """Active from the first moment."""
    end = later(one.created, MONTHS[terms.price.interval])
    first = State(one.created, "created", "active", terms.price, terms.quantity, one.created, end, terms.discount)
    one.states.append(first)
    live(draw, one, first, course, horizon)


def _yearly(seed: int, deal: Deal, currency: str, won: int) -> float:
    """A deal's amount in the customer's currency, in major units."""
    amount = Decimal(deal.amounts[-1][1] or 0)
    if deal.currency == currency:
        return float(amount)
    day = _published(won // DAY + 719_163)
    if deal.currency not in (*fx.LEVEL, "EUR"):
        return float(amount) * level(currency) * 0.9 / 2_600
    here, there = (1 if one == "EUR" else fx.rate(seed, one, day) for one in (deal.currency, currency))
    return float(amount / here * there)


def _published(day: int) -> int:
    return next(one for one in range(day, day - 8, -1) if fx.is_published(one))


def _agree(draw: Draw, one: Subscription, yearly: float) -> Terms:
    """Seats that come to the yearly amount, after a lasting coupon."""
    assert one.deal
    wrong = _wrong(draw) if draw.chance(OFF) else None
    amount = yearly * (wrong or 1.0)
    interval = "year" if draw.chance(YEARLY[one.firm.segment]) else "month"
    tier = "connect" if one.deal.type == "crosssell" else catalogue.tier_for(yearly / level(one.currency))
    price = seat(tier, interval, one.currency)
    scale = price.unit * 12 // MONTHS[interval]
    minor = amount * (1 if one.currency == "JPY" else 100)
    coupon = None if wrong else _coupon(draw, interval, one.currency, minor / 12 * MONTHS[interval])
    if coupon and coupon.amount:
        minor += coupon.amount * 12 / MONTHS[interval]
    elif coupon and coupon.months is None:
        minor /= 1 - (coupon.percent or 0) / 100
    return Terms(price, max(1, round(minor / scale)), granted(one, coupon, one.created))


def _wrong(draw: Draw) -> float:
    size = draw.between(0.06, 0.24)
    return 1 + size if draw.chance(0.4) else 1 - size


def _coupon(draw: Draw, interval: str, currency: str, invoiced: float) -> Coupon | None:
    dice = draw.u()
    if dice < 0.06:
        return draw.pick(catalogue.PERCENT)
    if dice < 0.08 and interval == "month":
        return draw.pick(catalogue.WELCOME)
    taken = catalogue.AMOUNT[currency, interval]
    return taken if 0.08 < dice < 0.12 and invoiced > 4 * (taken.amount or 0) else None


def granted(one: Subscription, coupon: Coupon | None, start: int) -> Discount | None:
    """A coupon put to work when the first paid period begins, so that it ends between two periods."""
    if coupon is None:
        return None
    end = later(start, coupon.months) if coupon.months else None
    return Discount(f"di_{one.key}", coupon, start, end)


def _course(deal: Deal, later_deals: list[Deal]) -> Course:
    """Renewals decide what happens when a term is over, extensions add seats."""
    course = Course(undone=deal.end[0] // 1000 if _was_undone(deal) else None)
    if deal.type != "newbusiness":
        return course
    previous, months = deal, 0
    for one in later_deals:
        amount = (one.amounts[-1][1] or 0) / max(previous.amounts[-1][1] or 1, 1)
        if one.type == "renewal":
            months += previous.term
            renewed = one.end[1] == WON
            course.ends[months] = (one.end[0] // 1000, amount if renewed else None)
            previous = one
        elif one.type == "upsell" and (won := won_at(one)) is not None:
            course.grows.append((won + DAY, 1 + (one.amounts[-1][1] or 0) / max(deal.amounts[-1][1] or 1, 1)))
    return course


def _was_undone(deal: Deal) -> bool:
    return deal.end[1] == LOST and any(stage == WON for _, stage in deal.stages)
