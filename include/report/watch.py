"""What to look at: who or what, why, and what is at stake there; the most at stake first."""

from collections.abc import Iterator
from dataclasses import replace

from include.report import channel
from include.report.cards import cards, grows, off, reached
from include.report.cells import Cell, Cut
from include.report.facts import Fact, Told, score, sentence, worked
from include.report.figures import Message, Value
from include.report.first_page import Card, Watch
from include.report.material import NOBODY, Material
from include.report.periods import year_to
from include.report.place import RATE, Place, ranked
from include.report.reason import against
from include.report.status import too_few, trust
from include.report.verdict import KPI

MOST, MOST_CARDS = 4, 2
ADDED = ("numerator", "denominator", "n")
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
        share, now, goal = reached(material, card.kpi), material.now(card.kpi), material.goal(card.kpi)
        if card.kpi == KPI or card.status not in ("risk", "behind") or share is None or now is None or goal is None:
            continue
        if now.denominator is not None and too_few(now):  # one customer more or less moves what each has cost
            continue
        said: dict[str, Value | Told] = {
            "kpi": Value("kpi", card.kpi),
            "now": material.tell(card.kpi, score(now)),
            "target": material.tell(card.kpi, goal),
        }
        yield Watch(
            sentence("watch.card", said),
            _short(card, now, share, material.frame.running),
            sentence("value", {"it": off(material, card.kpi).told("lack")}),
            1 - (share.number or 0.0),
        )


def _short(card: Card, now: Cell, share: Fact, running: bool) -> Message:
    """How far a key figure is from what was due: of the target so far, of the target, or above a limit."""
    if card.ceiling and card.beside is not None:
        return replace(card.beside, id="watch.card.why.limit")
    due = "due" if running and grows(now) else "target"
    return sentence(f"watch.card.why.{due}", {"share": share.told("share")})


def _channels(material: Material) -> Iterator[Watch]:
    """Channels whose MQL became SQL less often than chance allows; at stake: the SQL lost."""
    found = [name for name in channel.ranked(material) if name not in NOBODY]
    for name in found:
        if not channel.fell(material, name, len(found)):
            continue
        now, then = material.now(channel.RATE, channel=name), material.before(channel.RATE, channel=name)
        if now is None or then is None or now.value is None or then.value is None:
            continue
        lost = worked("product", worked("difference", score(then), score(now)), score(now, "n"))
        said: dict[str, Value | Told] = {
            "channel": Value("channel", name),
            "now": material.tell(now.kpi, score(now)),
            "n": score(now, "n").told("count"),
        }
        total = material.now("sql_count")
        yield Watch(
            sentence("watch.channel", said),
            sentence("watch.channel.why", {"before": material.tell(then.kpi, score(then))} | against(material)),
            sentence("stake.sql", {"n": lost.told("count")}),
            (lost.number or 0.0) / total.value if total and total.value else 0.0,
        )


def _places(material: Material) -> Iterator[Watch]:
    """Places that win fewer deals than chance allows; at stake: the deals lost in twelve months."""
    found = ranked(material)
    won = sum((place.rate.numerator or 0.0) for place in found if place.rate is not None)
    return (_place(material, place, won) for place in found if place.verdict == "below" and place.rate is not None)


def _place(material: Material, place: Place, won: float) -> Watch:
    (_, mean), (n, rate) = (_year(material, cut) for cut in (Cut(), place.cut))
    lost = worked("product", worked("difference", mean, rate), n)
    said: dict[str, Value | Told] = {"place": place.name, "rate": rate.told("percent"), "n": n.told("count")}
    cells = () if place.rate is None else (place.rate.id,)  # twelve months in one, as in the table of places
    return Watch(
        replace(sentence("watch.place", said), cells=cells),
        replace(sentence("watch.place.why", {"mean": mean.told("percent")}), cells=()),
        replace(sentence("stake.deals", {"n": lost.told("count")}, "n"), cells=()),
        (lost.number or 0.0) / won if won else 0.0,
    )


def _year(material: Material, cut: Cut) -> tuple[Fact, Fact]:
    """The cases and the rate of the last twelve months."""
    months = [material.cells.get(RATE, end, **cut) for end in year_to(material.day)]
    known = [month for month in months if month is not None and month.status in ("ok", "partial")]
    above, below, n = (worked("sum", *(score(month, name) for month in known)) for name in ADDED)
    return n, worked("ratio", above, below)


def _spend(material: Material) -> Iterator[Watch]:
    """Ad spend that no channel carries; at stake: its share."""
    lost, total = material.now("ad_spend", channel=UNALLOCATED), material.now("ad_spend")
    if lost is None or total is None or trust(lost) or trust(total) or not lost.value or not total.value:
        return
    share = worked("ratio", score(lost), score(total))
    if share.number is not None and share.number >= NOTABLE:
        yield Watch(
            sentence("watch.spend", {"spend": material.tell(lost.kpi, score(lost))}),
            Message("watch.spend.why"),
            sentence("value", {"it": share.told("percent")}),
            share.number,
        )


def _coverage(material: Material) -> Iterator[Watch]:
    """A pipeline smaller than what is left of the target; at stake: the money that is not there."""
    cell = material.now(COVERAGE)
    if not material.frame.running or cell is None or trust(cell) or not cell.denominator:
        return
    if cell.value is None or cell.value >= 1:
        return
    rest, open_ = score(cell, "denominator"), score(cell, "numerator")
    said = {"coverage": material.tell(COVERAGE, score(cell)), "rest": material.tell("pipeline_value", rest)}
    yield Watch(
        sentence("watch.coverage", said),
        Message("watch.coverage.why"),
        sentence("value", {"it": material.tell("pipeline_value", worked("difference", rest, open_))}),
        1 - cell.value,
    )
