"""The accounts: firms drawn on the day they enter the CRM, and how a lead finds its firm without any stored state."""

from dataclasses import dataclass, field
from functools import cache

from sandbox.company.calendar import DAY, FIRST, HOUR, OPENING, growth, midnight, office
from sandbox.company.chance import Draw, Weighted
from sandbox.company.markets import HOSTILE, HUBSPOT_WORD, LEADS_PER_YEAR, MARKETS, Market
from sandbox.company.names import FIRM_HEAD, FIRM_TAIL, INDUSTRIES, of
from sandbox.company.places import PLACES, Place
from sandbox.company.reps import on_duty

SUBJECT = 2
PER_YEAR = 4_000
FIRST_ID = 5_000_000_000
SEED_FIRMS = 6
"""Firms of each market on the first day, so that every later lead can find one."""
INTERNAL_DOMAIN = "corong-internal.example"
SEGMENTS = Weighted({"SMB": 60.0, "Mid-Market": 30.0, "Enterprise": 10.0})
_WORDS = Weighted(dict.fromkeys(HUBSPOT_WORD.values(), 1.0))


@dataclass(slots=True)
class Firm:
    """An account. `owners`, `parents` are (stamp, value) in order; `defect` is a property that was entered wrong."""

    id: int
    created: int
    name: str
    domain: str
    place: Place
    zone: str
    channel: str
    segment: str
    industry: str
    owners: list[tuple[int, int]]
    parents: list[tuple[int, int]] = field(default_factory=list)
    test: bool = False
    defect: tuple[str, str] | None = None

    @property
    def stamps(self) -> list[int]:
        return sorted({self.created, *(at for at, _ in self.owners), *(at for at, _ in self.parents)})


@dataclass(frozen=True)
class Firms:
    """The firms of a company, by market and day."""

    seed: int
    leads_per_year: int

    def born(self, day: int) -> list[Firm]:
        """All firms that enter the CRM on `day`."""
        tests = [internal_firm()] if day == FIRST else []
        return tests + [firm for market in MARKETS for firm in self.of(market, day)]

    def of(self, market: Market, day: int) -> list[Firm]:
        return _drawn(self.seed, self.leads_per_year, day)[market.code]

    def find(self, draw: Draw, market: Market, day: int) -> Firm:
        """A sound firm that was known before `day`; recent ones are likelier."""
        back = int(draw.lognormal(45, 1.1)) + 1
        then = max(FIRST, day - back)
        while True:
            if sound := [firm for firm in self.of(market, then) if firm.defect is None]:
                return draw.pick(sound)
            then = max(FIRST, then - 1)


def internal_firm() -> Firm:
    """The account in which the company's own people try things out."""
    return Firm(
        FIRST_ID + 1,
        OPENING,
        "Corong QA",
        INTERNAL_DOMAIN,
        Place("US", "NY", "New York"),
        "America/New_York",
        "DIRECT_TRAFFIC",
        "SMB",
        INDUSTRIES[0],
        [(OPENING, 7001)],
        test=True,
    )


@cache
def _drawn(seed: int, leads_per_year: int, day: int) -> dict[str, list[Firm]]:
    """The firms of a day by market."""
    draw = Draw(seed, SUBJECT, day)
    busy = PER_YEAR / 365 * leads_per_year / LEADS_PER_YEAR * growth(day)
    found: dict[str, list[Firm]] = {}
    for row, market in enumerate(MARKETS):
        count = SEED_FIRMS if day == FIRST else draw.count(busy * market.share)
        base = FIRST_ID + (day - FIRST) * 100_000 + 10_000 * row + 10
        found[market.code] = [_firm(draw, seed, market, day, base + n) for n in range(count)]
    return found


def _firm(draw: Draw, seed: int, market: Market, day: int, firm_id: int) -> Firm:
    first = day == FIRST
    created = OPENING + firm_id % 1_000 if first else office(market.zone, day, draw.u())
    name = f"{draw.pick(of(FIRM_HEAD, market.code))} {draw.pick(of(FIRM_TAIL, market.code))}"
    if draw.chance(0.004):
        name = draw.pick(HOSTILE)
    firm = Firm(
        id=firm_id,
        created=created,
        name=name,
        domain=f"firm{firm_id}.example",
        place=draw.weighted(PLACES[market.code]),
        zone=market.zone,
        channel=draw.weighted(_WORDS),
        segment=draw.weighted(SEGMENTS),
        industry=draw.pick(INDUSTRIES),
        owners=[(created, draw.pick(on_duty(seed, market.code, created)).id)],
    )
    if draw.chance(0.08):
        moved = created + int(draw.between(5, 200) * DAY)
        firm.owners.append((moved, draw.pick(on_duty(seed, market.code, moved)).id))
    if not first:
        _adopt(draw, market, firm, midnight(market.zone, day))
        firm.defect = _defect(draw)
    return firm


def _adopt(draw: Draw, market: Market, firm: Firm, today: int) -> None:
    """One firm in twenty belongs to one of the market's first firms; half of those links are made a month later."""
    if draw.chance(0.05):
        parent = FIRST_ID + 10_000 * MARKETS.index(market) + 10 + int(draw.u() * SEED_FIRMS)
        firm.parents.append((firm.created if draw.chance(0.5) else today + 30 * DAY + 9 * HOUR, parent))


def _defect(draw: Draw) -> tuple[str, str] | None:
    if draw.chance(0.012):
        return draw.pick((("hs_country_region_code", "QQ"), ("createdate", "not a date")))
    return None
