"""Scores, targets and data quality become one region's Report."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC

from include.company import SECTIONS, Region
from include.report.activity import activity
from include.report.banner import banner
from include.report.cards import cards
from include.report.cells import Cell
from include.report.channels import channels
from include.report.contents import cells, values
from include.report.costs import costs
from include.report.earlier import WINDOW, kept
from include.report.figures import Message, Value
from include.report.funnel import funnel
from include.report.material import Material
from include.report.pace import pace
from include.report.periods import last_days
from include.report.pipeline import pipeline
from include.report.places import places
from include.report.quality import quality
from include.report.reasons import reasons
from include.report.report import Report, Score
from include.report.restated import restated
from include.report.retention import retention
from include.report.section import Section
from include.report.verdict import KPI, bullet, verdict
from include.report.version import version
from include.report.watch import watch

BUILDERS: dict[str, Callable[[Material], Section | None]] = {
    "funnel": funnel,
    "channels": channels,
    "places": places,
    "pipeline": pipeline,
    "activity": activity,
    "costs": costs,
    "retention": retention,
    "restated": restated,
    "quality": quality,
}
"""How each section below page 1 is made; None where the company has nothing of the kind."""


def compose(material: Material) -> Report:
    """The report of a region and a day. Same material, same report."""
    status, sentence = verdict(material)
    shown = cards(material)
    built = (BUILDERS[name](material) for name in material.region.sections or SECTIONS)
    sections = tuple(section for section in built if section is not None)
    region, frame = material.region, material.frame
    report = Report(
        company=material.company.name,
        region=region.id,
        region_name=name(region),
        day=material.day.isoformat(),
        currency=region.currency,
        timezone=region.timezone,
        cutoff=region.cutoff(material.day).astimezone(UTC).isoformat(),
        paper=region.paper,
        sample=material.company.is_sample,
        now=Value("span", str(frame.now)),
        previous=Value("span", str(frame.previous)),
        year_ago=Value("span", str(frame.year_ago)),
        running=frame.running,
        status=status,
        verdict=sentence,
        bullet=bullet(material),
        why=reasons(material),
        watch=watch(material),
        cards=shown,
        pace_note=_pace_note(material),
        sections=sections,
        defined=_defined(material, tuple(card.kpi for card in shown), sections),
        banner=banner(material),
        version=version(),
        spent=kept(material.cells, last_days(material.day, WINDOW)),
    )
    return replace(report, scores=_scores(material, report))


def name(region: Region) -> Value:
    """A team of one country is called by the country, in the reader's language; others by their configured name."""
    if len(region.countries) == 1 and not region.subdivisions:
        return Value("place", region.countries[0])
    return Value("region", region.id)


def _pace_note(material: Material) -> Message:
    """How the cards are read; while the month runs, how much of a target is due and where that share comes from."""
    if not material.frame.running:
        return Message("cards.note")
    due = pace(material.cells, KPI, material.frame)
    learnt = "cards.note.learnt" if due.n else "cards.note.calendar"
    return Message(learnt, {"due": Value("share", due.due), "day": Value("date", material.day.isoformat())})


def _defined(material: Material, carded: tuple[str, ...], sections: tuple[Section, ...]) -> tuple[str, ...]:
    """Every KPI the report shows, cards first, then as declared."""
    named = {str(value.value) for value in values(sections) if value.kind == "kpi"}
    used = {cell.split("|", 1)[0] for cell in cells(sections)}
    return (*carded, *(kpi for kpi in material.kpis if kpi in named | used and kpi not in carded))


def _scores(material: Material, report: Report) -> tuple[Score, ...]:
    """The scores that the report names, each once; sums of several months are none."""
    named = dict.fromkeys(cells((report.verdict, report.why, report.watch, report.cards, report.sections)))
    found = (material.cells.known(cell) for cell in named)
    return tuple(_score(material, cell) for cell in found if cell is not None)


def _score(material: Material, cell: Cell) -> Score:
    value = material.write(cell.kpi, cell.value)
    return Score(cell.id, cell.kpi, _cut(material, cell), value, cell.unit, cell.currency, cell.n, cell.status)


def _cut(material: Material, cell: Cell) -> tuple[Value, ...]:
    """The members of a cell, in words to be: stage, channel, place."""
    stage, channel, region, country, subdivision, rep = cell.key[6:]
    members = {
        "stage": stage,
        "channel": channel,
        "region": region if material.region.is_company else None,
        "place": subdivision or country,
    }
    named = tuple(Value(kind, member) for kind, member in members.items() if member is not None)  # type: ignore[arg-type]
    return named if rep is None else (*named, material.rep(rep))
