"""Channels: what each brought, what it cost, and what came of it."""

from include.report.cells import ids
from include.report.channel import MONEY, RATE, VOLUMES, fell, ranked, rate_z
from include.report.channel_table import MOST, table
from include.report.figures import Message, Value
from include.report.material import NOBODY, Material
from include.report.section import Section
from include.report.status import trust


def channels(material: Material) -> Section:
    """The channels of the month so far, by bookings."""
    found = ranked(material)
    rest = len(found) - MOST
    return Section(
        id="channels",
        lead=_lead(material, found),
        rows=((table(material, found),),),
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


def _lead(material: Material, found: list[str]) -> Message:
    """The finding: the channel that fell furthest, if by more than chance; else the one that brought the most."""
    named = [name for name in found if name not in NOBODY]
    if not named:
        return Message("lead.missing" if material.gone(VOLUMES[0]) else "channels.lead.none")
    worst = min(named, key=lambda name: rate_z(material, name))
    return _fallen(material, worst) if fell(material, worst, len(named)) else _most(material, named)


def _fallen(material: Material, name: str) -> Message:
    now, then = material.now(RATE, channel=name), material.before(RATE, channel=name)
    told = {"channel": Value("channel", name), "now": material.written(now), "then": material.written(then)}
    return Message("channels.lead.down", told, cells=ids(now, then))


def _most(material: Material, named: list[str]) -> Message:
    """Who brought the most bookings; the most leads, where the bookings cannot be told."""
    total, best = material.now(MONEY), material.now(MONEY, channel=named[0])
    if trust(total) or trust(best) or not total or not best or not total.value or not best.value:
        most = max(named, key=lambda name: material.number("leads_created", channel=name))
        return Message("channels.lead.volume", {"channel": Value("channel", most)})
    told = {"channel": Value("channel", named[0]), "share": Value("share", best.value / total.value)}
    return Message("channels.lead.best", told, cells=ids(best, total))
