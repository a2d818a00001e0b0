"""The table of channels: what each brought, what it cost, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from include.report.cells import Cell, added, number
from include.report.channel import MONEY, RATE, SPEND, VOLUMES, fell
from include.report.figures import NOTHING, Message, Status, Value
from include.report.material import NOBODY, Material
from include.report.status import trust
from include.report.tables import Bar, Column, Entry, Row, Table

COSTS = ("cost_per_lead", "cac", "roas")
MOST = 20
"""Channels with a row of their own; the rest share one."""


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
        return number(self.now(kpi))

    @property
    def rate(self) -> float | None:
        cell = self.now(RATE)
        return None if cell is None or trust(cell) else cell.value

    def _found(self, kpi: str, find: Callable[..., Cell | None]) -> Cell | None:
        if len(self.names) > 1:
            return added(find(kpi, channel=name) for name in self.names)
        return find(kpi, channel=self.names[0] if self.names else None)


def table(material: Material, found: list[str]) -> Table:
    """A row for each of the channels `found`, in that order, and one for all of them."""
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
    length = part.number(MONEY) / top if part.names and top > 0 else 0.0
    booked = replace(_volume(part, MONEY), bar=Bar(length) if 0 < length <= 1 else None)  # the rest may exceed the top
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
        return Entry(status="few") if trust(now) == "few" else Entry(NOTHING)
    down = len(part.names) == 1 and fell(part.material, part.names[0], among)
    past = None if then is None or trust(then) or then.value is None else min(then.value / widest, 1.0)
    return Entry(part.material.written(now), Bar(rate / widest, "bad" if down else "rate", past), cell=_id(part, now))
