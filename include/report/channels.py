"""Channels: what each brought, what it cost, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from include.report.cells import Cell, added
from include.report.figures import NOTHING, Message, Status, Value
from include.report.material import NOBODY as NOBODY
from include.report.material import Material
from include.report.section import Section
from include.report.statistics import beyond_chance, rates_differ
from include.report.status import FEW, trust
from include.report.tables import Bar, Column, Entry, Row, Table

VOLUMES = ("leads_created", "mql_count", "sql_count", "deals_won")
RATE, MONEY, SPEND = "mql_to_sql_rate_period", "bookings", "ad_spend"
COSTS = ("cost_per_lead", "cac", "roas")
MOST = 20
"""Channels with a row of their own; the rest share one."""


def channels(material: Material) -> Section:
    """The channels of the month so far, by bookings."""
    found = ranked(material)
    rest = len(found) - MOST
    return Section(
        id="channels",
        lead=_lead(material, found),
        rows=((_table(material, found),),),
        notes=(
            *((Message("channels.note.more", {"n": Value("count", rest)}, plural="n"),) if rest > 0 else ()),
            *_unallocated(material),
            Message("channels.note"),
        ),
    )


def _unallocated(material: Material) -> tuple[Message, ...]:
    """The costs in the total's cost per lead that no row of the table carries."""
    cell = material.now("cost_per_lead", channel="unallocated")
    if cell is None or not cell.numerator or cell.numerator < 0:
        return ()
    return (Message("channels.note.unallocated", {"cost": Value("money", cell.numerator)}, cells=(cell.id,)),)


def ranked(material: Material) -> list[str]:
    """The channels with a lead, a deal or a cost, by bookings, then leads; what has no channel comes last."""
    found = material.cells.members("channel", *VOLUMES, MONEY, SPEND)
    found = [name for name in found if any(_number(material, kpi, name) for kpi in (*VOLUMES, MONEY, SPEND))]

    def weight(name: str) -> tuple[bool, float, float, str]:
        return (name in NOBODY, -_number(material, MONEY, name), -_number(material, "leads_created", name), name)

    return sorted(found, key=weight)


def rate_z(material: Material, channel: str) -> float:
    """How far from chance the channel's MQL to SQL rate moved against the same days a month before."""
    now, then = material.now(RATE, channel=channel), material.before(RATE, channel=channel)
    if now is None or then is None or trust(now) or trust(then) or not now.n or not then.n:
        return 0.0
    if now.value is None or then.value is None or max(now.value, then.value) > 1:
        return 0.0
    return rates_differ(now.value, now.n, then.value, then.n)


def fell(material: Material, channel: str, among: int) -> bool:
    """Whether the channel's rate fell by more than chance, as one of so many channels."""
    z = rate_z(material, channel)
    return z < 0 and beyond_chance(z, among)


def _lead(material: Material, found: list[str]) -> Message:
    named = [name for name in found if name not in NOBODY]
    if not named:
        return Message("lead.missing" if material.gone(VOLUMES[0]) else "channels.lead.none")
    worst = min(named, key=lambda name: rate_z(material, name))
    if fell(material, worst, len(named)):
        now, then = material.now(RATE, channel=worst), material.before(RATE, channel=worst)
        return Message(
            "channels.lead.down",
            {"channel": Value("channel", worst), "now": material.written(now), "then": material.written(then)},
            cells=tuple(cell.id for cell in (now, then) if cell),
        )
    total, best = material.now(MONEY), material.now(MONEY, channel=named[0])
    if trust(total) or trust(best) or not total or not best or not total.value or not best.value:
        return Message("channels.lead.volume", {"channel": Value("channel", _most_leads(material, named))})
    return Message(
        "channels.lead.best",
        {"channel": Value("channel", named[0]), "share": Value("share", best.value / total.value)},
        cells=(best.id, total.id),
    )


def _most_leads(material: Material, named: list[str]) -> str:
    return max(named, key=lambda name: _number(material, "leads_created", name))


@dataclass(frozen=True)
class Part:
    """What a row of the table holds: one channel, several of them together, or, without a name, all of them."""

    material: Material
    names: tuple[str, ...] = ()

    def now(self, kpi: str) -> Cell | None:
        return self._found(kpi, self.material.now)

    def before(self, kpi: str) -> Cell | None:
        return self._found(kpi, self.material.before)

    def number(self, kpi: str) -> float:
        cell = self.now(kpi)
        return 0.0 if cell is None or cell.value is None else cell.value

    @property
    def rate(self) -> float | None:
        cell = self.now(RATE)
        return None if cell is None or trust(cell) else cell.value

    def _found(self, kpi: str, find: Callable[..., Cell | None]) -> Cell | None:
        if len(self.names) > 1:
            return added(find(kpi, channel=name) for name in self.names)
        return find(kpi, channel=self.names[0] if self.names else None)


def _table(material: Material, found: list[str]) -> Table:
    heads = [f"column.{kpi}" for kpi in (*VOLUMES, RATE, MONEY, SPEND, *COSTS)]
    bars = (f"column.{RATE}", f"column.{MONEY}")
    shown, rest = [Part(material, (name,)) for name in found[:MOST]], Part(material, tuple(found[MOST:]))
    parts = [*shown, *([rest] if rest.names else []), Part(material)]
    top = max((part.number(MONEY) for part in shown), default=0.0)
    widest = max((part.rate or 0.0 for part in parts), default=0.0) or 1.0
    return Table(
        title=Message("channels.title"),
        about=Message(
            "channels.about",
            {
                "now": Value("span", str(material.frame.now)),
                "then": Value("span", str(material.frame.previous)),
                "currency": Value("data", material.region.currency),
            },
        ),
        first=Message("column.channel"),
        columns=tuple(Column(Message(head), left=head in bars) for head in heads),
        rows=tuple(_row(part, top, widest, len(found)) for part in parts),
    )


def _row(part: Part, top: float, widest: float, among: int) -> Row:
    volumes = tuple(_volume(part, kpi) for kpi in VOLUMES)
    costs = tuple(_entry(part, kpi) for kpi in (SPEND, *COSTS))
    length = part.number(MONEY) / top if part.names and top > 0 else None
    bar = (
        Bar(length) if length is not None and 0 < length <= 1 else None
    )  # the rest together may be many times the first
    booked = replace(_volume(part, MONEY), bar=bar)
    return Row(_head(part), (*volumes, _rate_entry(part, widest, among), booked, *costs), _kind(part))


def _head(part: Part) -> Value | Message:
    if not part.names:
        return Value("code", "total")
    if len(part.names) == 1:
        return Value("channel", part.names[0])
    return Message("chart.rest", {"n": Value("count", len(part.names))}, plural="n")


def _kind(part: Part) -> str:
    if not part.names:
        return "total"
    return "aside" if len(part.names) > 1 or part.names[0] in NOBODY else "row"


def _id(part: Part, cell: Cell | None) -> str:
    """The score's id; several together are none."""
    return "" if cell is None or len(part.names) > 1 else cell.id


def _volume(part: Part, kpi: str) -> Entry:
    cell = part.now(kpi)
    return Entry(part.material.volume(kpi, cell), cell=_id(part, cell))


def _entry(part: Part, kpi: str) -> Entry:
    cell = part.now(kpi)
    standing = trust(cell) if cell is not None else None
    shown: Status | None = standing if standing in ("missing", "immature", "few") else None
    return Entry(part.material.column(cell), status=shown, cell=_id(part, cell))


def _rate_entry(part: Part, widest: float, among: int) -> Entry:
    now, then = part.now(RATE), part.before(RATE)
    rate = part.rate
    if now is None or rate is None:
        few = now is not None and (now.n or 0) < FEW and trust(now) == "few"
        return Entry(status="few") if few else Entry(NOTHING)
    down = len(part.names) == 1 and fell(part.material, part.names[0], among)
    past = None if then is None or trust(then) or then.value is None else min(then.value / widest, 1.0)
    return Entry(part.material.written(now), Bar(rate / widest, "bad" if down else "rate", past), cell=_id(part, now))


def _number(material: Material, kpi: str, name: str | None) -> float:
    cell = material.now(kpi, channel=name)
    return 0.0 if cell is None or cell.value is None else cell.value
