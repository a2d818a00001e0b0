"""What to look at: who or what, why, and what is at stake there; the most at stake first."""

from collections.abc import Iterator

from include.report import channels
from include.report.cards import cards, grows
from include.report.figures import Message, Value
from include.report.material import Material
from include.report.place import ranked
from include.report.report import Card, Watch
from include.report.status import trust
from include.report.verdict import KPI

MOST, MOST_CARDS = 4, 2
COVERAGE = "pipeline_coverage"
UNALLOCATED = "unallocated"
NOTABLE = 0.02
"""The share of ad spend without a channel that is worth a line."""


def watch(material: Material) -> tuple[Watch, ...]:
    """At most four lines, by what is at stake."""
    late = sorted(_cards(material), key=lambda line: -line.weight)[:MOST_CARDS]
    found = [*late, *_channels(material), *_places(material), *_spend(material), *_coverage(material)]
    return tuple(sorted(found, key=lambda line: -line.weight)[:MOST])


def _cards(material: Material) -> Iterator[Watch]:
    """Key figures at risk or behind, but for the bookings, of which the verdict speaks; at stake: what is lacking."""
    for card in cards(material):
        reached = card.reached.value
        if card.kpi == KPI or card.status not in ("risk", "behind") or not isinstance(reached, float):
            continue
        said = {"kpi": Value("kpi", card.kpi), "now": card.figure.shown, "target": card.target}
        yield Watch(
            Message("watch.card", said, cells=(card.figure.cell,)),
            _short(material, card),
            Message("value", {"it": Value("lack", (1 / reached if card.ceiling else reached) - 1)}),
            1 - reached,
        )


def _short(material: Material, card: Card) -> Message:
    """How far a key figure is from what was due: of the target so far, of the target, or above a limit."""
    if card.ceiling and card.beside is not None:
        return Message("watch.card.why.limit", card.beside.values)
    now = material.now(card.kpi)
    if material.frame.running and now is not None and grows(now):
        return Message("watch.card.why.due", {"share": card.reached})
    return Message("watch.card.why.target", {"share": card.reached})


def _channels(material: Material) -> Iterator[Watch]:
    """Channels whose MQL became SQL less often than chance allows; at stake: the SQL lost."""
    found = [name for name in channels.ranked(material) if name not in channels.NOBODY]
    for name in found:
        if not channels.fell(material, name, len(found)):
            continue
        now, then = material.now(channels.RATE, channel=name), material.before(channels.RATE, channel=name)
        if now is None or then is None or now.value is None or then.value is None:
            continue
        lost = round((then.value - now.value) * (now.n or 0))
        said = {"channel": Value("channel", name), "now": material.written(now), "n": Value("count", now.n)}
        before = {"before": material.written(then), "then": Value("span", str(material.frame.previous))}
        total = material.now("sql_count")
        weight = lost / total.value if total and total.value else 0.0
        yield Watch(
            Message("watch.channel", said, cells=(now.id,)),
            Message("watch.channel.why", before, cells=(then.id,)),
            Message("stake.sql", {"n": Value("count", lost)}),
            weight,
        )


def _places(material: Material) -> Iterator[Watch]:
    """Places that win fewer deals than chance allows; at stake: the deals lost in twelve months."""
    found = ranked(material)
    mean = next((place.mean for place in found), None)
    won = sum((place.rate.numerator or 0.0) for place in found if place.rate is not None)
    for place in found:
        rate = place.rate
        if place.verdict != "below" or rate is None or rate.value is None or mean is None:
            continue
        lost = round((mean - rate.value) * (rate.n or 0))
        said = {"place": place.name, "rate": material.written(rate), "n": Value("count", rate.n)}
        yield Watch(
            Message("watch.place", said, cells=(rate.id,)),
            Message("watch.place.why", {"mean": Value("percent", mean)}),
            Message("stake.deals", {"n": Value("count", lost)}, plural="n"),
            lost / won if won else 0.0,
        )


def _spend(material: Material) -> Iterator[Watch]:
    """Ad spend that no channel carries; at stake: its share."""
    lost, total = material.now("ad_spend", channel=UNALLOCATED), material.now("ad_spend")
    if lost is None or total is None or trust(lost) or trust(total) or not lost.value or not total.value:
        return
    share = lost.value / total.value
    if share >= NOTABLE:
        said = {"spend": material.written(lost)}
        yield Watch(
            Message("watch.spend", said, cells=(lost.id,)),
            Message("watch.spend.why"),
            Message("value", {"it": Value("percent", share)}),
            share,
        )


def _coverage(material: Material) -> Iterator[Watch]:
    """A pipeline smaller than what is left of the target; at stake: the money that is not there."""
    cell = material.now(COVERAGE)
    if not material.frame.running or cell is None or trust(cell) or not cell.denominator:
        return
    if cell.value is None or cell.value >= 1:
        return
    lacking = cell.denominator - (cell.numerator or 0.0)
    said = {"coverage": material.written(cell), "rest": material.write("pipeline_value", cell.denominator)}
    yield Watch(
        Message("watch.coverage", said, cells=(cell.id,)),
        Message("watch.coverage.why"),
        Message("value", {"it": material.write("pipeline_value", lacking)}),
        1 - cell.value,
    )
