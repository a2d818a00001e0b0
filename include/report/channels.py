"""Channels: what each brought, what it cost, and what came of it."""

from include.company import UNASSIGNED
from include.report.cells import Cell
from include.report.figures import NOTHING, Message, Status, Value
from include.report.material import Material
from include.report.report import Bar, Column, Entry, Row, Section, Table
from include.report.statistics import beyond_chance, rates_differ
from include.report.status import FEW, trust

VOLUMES = ("leads_created", "mql_count", "sql_count", "deals_won")
RATE, MONEY, SPEND = "mql_to_sql_rate_period", "bookings", "ad_spend"
COSTS = ("cost_per_lead", "cac", "roas")
MOST = 20
"""Rows of the table; the rest are summed up in a note."""
NOBODY = ("unknown", "unallocated", UNASSIGNED)


def channels(material: Material) -> Section:
    """The channels of the month so far, by bookings."""
    found = ranked(material)
    rest = len(found) - MOST
    return Section(
        id="channels",
        lead=_lead(material, found),
        rows=((_table(material, found[:MOST]),),),
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
        return Message("channels.lead.none")
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


def _table(material: Material, found: list[str]) -> Table:
    heads = [f"column.{kpi}" for kpi in (*VOLUMES, RATE, MONEY, SPEND, *COSTS)]
    bars = (f"column.{RATE}", f"column.{MONEY}")
    top = max((_number(material, MONEY, name) for name in found), default=0.0)
    widest = max((_rate(material, name) or 0.0 for name in [None, *found]), default=0.0) or 1.0
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
        rows=(
            *(_row(material, name, top, widest, len(found)) for name in found),
            _row(material, None, top, widest, len(found)),
        ),
    )


def _row(material: Material, name: str | None, top: float, widest: float, among: int) -> Row:
    volumes = tuple(_volume(material, kpi, name) for kpi in VOLUMES)
    costs = tuple(_entry(material, material.now(kpi, channel=name)) for kpi in (SPEND, *COSTS))
    money = material.now(MONEY, channel=name)
    bar = Bar(_number(material, MONEY, name) / top) if name is not None and top > 0 else None
    booked = Entry(material.volume(MONEY, money), bar, cell="" if money is None else money.id)
    kind = "total" if name is None else "aside" if name in NOBODY else "row"
    head = Value("code", "total") if name is None else Value("channel", name)
    return Row(head, (*volumes, _rate_entry(material, name, widest, among), booked, *costs), kind)


def _volume(material: Material, kpi: str, name: str | None) -> Entry:
    cell = material.now(kpi, channel=name)
    return Entry(material.volume(kpi, cell), cell="" if cell is None else cell.id)


def _entry(material: Material, cell: Cell | None) -> Entry:
    standing = trust(cell) if cell is not None else None
    shown: Status | None = standing if standing in ("missing", "immature", "few") else None
    return Entry(material.column(cell), status=shown, cell="" if cell is None else cell.id)


def _rate_entry(material: Material, name: str | None, widest: float, among: int) -> Entry:
    now, then = material.now(RATE, channel=name), material.before(RATE, channel=name)
    rate = _rate(material, name)
    if now is None or rate is None:
        few = now is not None and (now.n or 0) < FEW and trust(now) == "few"
        return Entry(status="few") if few else Entry(NOTHING)
    down = name is not None and fell(material, name, among)
    past = None if then is None or trust(then) or then.value is None else min(then.value / widest, 1.0)
    return Entry(material.written(now), Bar(rate / widest, "bad" if down else "rate", past), cell=now.id)


def _rate(material: Material, name: str | None) -> float | None:
    cell = material.now(RATE, channel=name)
    return None if cell is None or trust(cell) else cell.value


def _number(material: Material, kpi: str, name: str | None) -> float:
    cell = material.now(kpi, channel=name)
    return 0.0 if cell is None or cell.value is None else cell.value
