"""A lead as it is born: who, where, through which channel; its stages are the journey's."""

from dataclasses import dataclass, field

from sandbox.company.calendar import FIRST, HOUR, OPENING, midnight
from sandbox.company.campaigns import campaign_of
from sandbox.company.chance import Draw
from sandbox.company.firms import INTERNAL_DOMAIN, SEGMENTS, Firm, Firms, internal_firm
from sandbox.company.markets import HOSTILE, HUBSPOT_WORD, Market
from sandbox.company.places import PLACES, Place
from sandbox.company.reps import on_duty

ORIGIN = {"event": "event", "partner": "partner"}
REASONS = ("no budget", "student", "competitor", "wrong contact", "not a fit")


@dataclass(slots=True)
class Lead:
    """A CRM contact with everything that will ever happen to it; lists are (stamp, value) in order of time.

    `channel` and `places`, `channels` hold the first value and later edits. `merged` = (stamp, survivor's id) of a
    duplicate that was merged away; `absorbed` lists what was merged into this one. `defect` = a property that was
    entered wrong, so that no version of the lead can be used.
    """

    id: int
    created: int
    market: Market
    email: str
    places: list[tuple[int, Place]]
    channels: list[tuple[int, str]]
    campaign: str | None
    segment: str
    origin: str
    qualification: str | None = None
    program: str | None = None
    firm: Firm | None = None
    firm_since: int = 0
    owners: list[tuple[int, int]] = field(default_factory=list)
    stages: list[tuple[int, str]] = field(default_factory=list)
    statuses: list[tuple[int, str]] = field(default_factory=list)
    disqualify_reason: str | None = None
    merged: tuple[int, int] | None = None
    absorbed: list[tuple[int, int]] = field(default_factory=list)
    deleted: int | None = None
    test: bool = False
    defect: tuple[str, str] | None = None

    @property
    def stamps(self) -> list[int]:
        """Every change of the record, in order."""
        lists = (self.places, self.channels, self.owners, self.stages, self.statuses, self.absorbed)
        changes = {at for changed in lists for at, _ in changed}
        return sorted({self.created, *changes, *([self.firm_since] if self.firm else [])})

    @property
    def archived(self) -> int | None:
        return self.merged[0] if self.merged else self.deleted


def born(draw: Draw, firms: Firms, market: Market, day: int, lead_id: int) -> Lead:
    """A new lead of `day`, at its first stage."""
    created = _arrival(draw, market, day)
    channel = draw.weighted(market.mix)
    word = "AI_REFERRALS" if draw.chance(0.005) else HUBSPOT_WORD[channel]
    lead = Lead(
        id=lead_id,
        created=created,
        market=market,
        email=f"person{lead_id}@mail.example",
        places=[(created, draw.weighted(PLACES[market.code]))],
        channels=[(created, word)],
        campaign=campaign_of(draw, market, channel, day),
        segment=draw.weighted(SEGMENTS),
        origin=ORIGIN.get(channel, "outbound" if draw.chance(0.05) else "inbound"),
        stages=[(created, "subscriber" if draw.chance(0.05) else "lead")],
        statuses=[(created, "NEW")],
    )
    if channel == "email":
        lead.program = draw.pick(("newsletter", "nurture", "webinar"))
    lead.owners = [(created, draw.pick(on_duty(firms.seed, market.code, created)).id)]
    if draw.chance(0.75):
        lead.firm, lead.firm_since = firms.find(draw, market, day), created
    _rare(draw, lead)
    return lead


def _arrival(draw: Draw, market: Market, day: int) -> int:
    """Most leads come by day; on the very first day nothing is stamped before it began in UTC."""
    hours = 7 + 14 * draw.u() if draw.chance(0.85) else 23.9 * draw.u()
    stamp = midnight(market.zone, day) + int(hours * HOUR)
    return stamp if day > FIRST else max(stamp, OPENING + HOUR + int(draw.u() * HOUR))


def _rare(draw: Draw, lead: Lead) -> None:
    """Test accounts, wrong entries, hostile names, missing countries, late edits of place."""
    dice = draw.u()
    if dice < 0.005:
        _make_test(draw, lead)
    elif dice < 0.013:
        lead.defect = draw.pick(
            (
                ("hs_country_region_code", "QQ"),
                ("createdate", "yesterday"),
                ("qualification_type", "xql"),
                ("lead_origin", "?"),
            )
        )
    elif dice < 0.015:
        place = lead.places[0][1]
        lead.places = [(lead.created, place._replace(city=draw.pick(HOSTILE)))]


def _make_test(draw: Draw, lead: Lead) -> None:
    """Internal address, or an ordinary one in the company's own test account, or both."""
    lead.test = True
    kind = draw.u()
    if kind < 0.7:
        lead.email = f"qa{lead.id}@{INTERNAL_DOMAIN}"
    if kind > 0.3:
        lead.firm, lead.firm_since = internal_firm(), lead.created
    else:
        lead.firm = None
