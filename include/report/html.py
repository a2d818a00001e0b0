"""A Report in one edition's words as one self-contained page: well-formed XML, no fetch, data never a template."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from traceback import extract_tb
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from include.report import attainment, axes, bars, bridge, charts, plot, survival
from include.report.blocks import Attained, Bars, Funnel, Survival, Waterfall
from include.report.figures import Message, Value
from include.report.first_page import Card, Spark
from include.report.footer import as_of, css_text, page_of
from include.report.funnel_plot import FunnelPlot
from include.report.lines import Lines
from include.report.page_fonts import with_fonts
from include.report.report import Report
from include.report.section import Block, Section
from include.report.tables import Entry, Table
from include.report.theme_css import style
from include.report.typography import label, tie, width
from include.report.words import Words
from include.theme import TEMPLATES, Theme

HOUSE = Theme()
"""The look without a company's own."""
LABEL_LINE = 27
"""Characters of a card's label that fit one line; a Han character takes two."""


class PageError(RuntimeError):
    """A template is at fault; the message says which, and what it lacks."""


@cache
def environment(overlay: Path | None = None) -> ImmutableSandboxedEnvironment:
    """Escapes always, knows every name it uses, and cannot reach or change anything else.

    A template found in `overlay` takes the place of the house's own, which it can still include as `corong/<name>`.
    """
    house = FileSystemLoader(TEMPLATES)
    own = [] if overlay is None else [FileSystemLoader(overlay)]
    env = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*own, house, PrefixLoader({"corong": house})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals["message"] = Message
    env.filters |= {"tie": tie, "label": label}
    return env


def page(report: Report, words: Words, theme: Theme = HOUSE) -> str:
    """The report's page, in the company's look. Raises PageError."""
    try:
        template = environment(theme.templates).get_template("report.html.j2")
        return with_fonts(template.render(_context(report, words), logo=theme.logo, theme=style(theme)))
    except TemplateError as fault:
        raise PageError(f"{_place(fault)}: {fault}") from fault


def _place(fault: BaseException) -> str:
    """`cards.html.j2, line 12`: the innermost template that the fault passed through."""
    if isinstance(fault, TemplateSyntaxError):
        return f"{fault.name}, line {fault.lineno}"
    frames = [frame for frame in extract_tb(fault.__traceback__) if frame.filename.endswith((".j2", ".css"))]
    return f"{Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else "template"


def title(report: Report, words: Words) -> str:
    """Malaysia: sales report."""
    text = words.language.gettext("%(region)s: sales report")
    return text % {"region": words.show(report.region_name)}


def _context(report: Report, words: Words) -> dict[str, Any]:
    def say(text: str, **values: str) -> str:
        found = words.language.gettext(text)
        return found % values if values else found

    def plural(one: str, many: str, number: int) -> str:
        return words.language.ngettext(one, many, number) % {"n": words.formats.num(number)}

    return {
        "report": report,
        "lang": words.language.html_lang,
        "title": title(report, words),
        "day": words.show(Value("date_long", report.day)),
        "company": words.data(report.company),
        "as_of": as_of(report, words),
        "page_of": page_of(words),
        "sample": css_text(words.language.gettext("Sample data")),
        "stop": words.language.gettext(". "),
        "gap": "" if words.language.html_lang.startswith("zh") else " ",
        "_": say,
        "ngettext": plural,
        "undrawn": lambda: words.undrawn,
        "say": words.say,
        "show": words.show,
        "tell": lambda it: words.say(it) if isinstance(it, Message) else words.show(it),
        "long": lambda value: replace(value, kind="span_long"),
        "year": lambda value: Value("year_month", str(value.value).split("/")[0]),
        "kpi": lambda name: Value("kpi", name),
        "it_is_text": lambda value: value.kind in ("data", "code", "kpi"),
        "shape": _shape,
        "width": width,
        "number_widths": lambda table: _number_widths(table, words),
        "key": _key,
        "heading": lambda name: words.say(Message(f"section.{name}")),
        "part": lambda value, whole: f"{100 * value / whole:.2f}%",
        "side": _side,
        "spark": lambda card: _spark(card, words),
        "draw": lambda chart, units: _draw(chart, words, units),
        "long_labels": _long_labels(report, words),
        "marks": [(kind, words.say(Message(f"mark.{kind}"))) for kind in MARKS],
        "definitions": [_definition(kpi, words) for kpi in report.defined],
    }


def _shape(section: Section, row: tuple[object, ...]) -> str:
    """How two blocks share the width."""
    if isinstance(row[0], Table) and isinstance(row[-1], Lines):
        return "priced"
    if isinstance(row[0], FunnelPlot):
        return "plotted"
    if section.id == "quality":
        return "wide"
    return "stages" if section.id == "funnel" and isinstance(row[0], Table) else ""


def _number_widths(table: Table, words: Words) -> list[str]:
    """For each column, the room its longest number takes, so that bars beside the numbers start on one line."""
    columns = zip(*(row.entries for row in table.rows), strict=True)
    longest = [max(len(words.show(entry.value)) for entry in column) for column in columns]
    return [f"{0.56 * length + 0.1:.2f}em" for length in longest]


def _key(entry: Entry) -> Markup:
    """What a column is sorted by: the number behind the words; none where a status stands in its place."""
    number = entry.value.value if entry.value is not None else entry.range.at if entry.range is not None else None
    return Markup("") if number is None or isinstance(number, str) else Markup(' data-n="{}"').format(f"{number:.6g}")


MARKS = ("ahead", "on", "risk", "behind", "few", "partial", "missing", "none")


def _definition(kpi: str, words: Words) -> tuple[str, str]:
    declared = words.kpis[kpi]
    return words.language.gettext(declared.label), words.language.gettext(declared.description)


def _side(value: float, scale: float) -> str:
    """Where a label of the bullet is pinned: to the left of its mark, or to its right near the start."""
    at = 100 * value / scale
    return f"right:{100 - at:.2f}%" if at > 50 else f"left:{at:.2f}%"


def _spark(card: Card, words: Words) -> Markup:
    assert card.spark is not None  # the template asks for cards with a line only
    ends = {"kpi": words.show(Value("kpi", card.kpi))}
    ends |= {name: words.show(value) for name, value in zip(("first", "last"), card.spark.shown, strict=True)}
    alt = words.language.gettext("%(kpi)s: from %(first)s to %(last)s") % ends
    return charts.spark(card.spark, alt, card.status in ("behind", "risk"), _said(card.spark, words))


def _said(spark: Spark, words: Words) -> list[str]:
    """Each point in words: its period, and its value."""
    kind = spark.shown[0].kind
    spans = (Value("span", "/".join(cell.split("|")[3:5]) if cell else None) for cell in spark.cells)
    pairs = zip(spans, spark.values, strict=True)
    return [axes.named(words, words.show(span), words.show(Value(kind, value))) for span, value in pairs]


def _draw(chart: Block, words: Words, units: float) -> Markup:
    """A chart; a line chart in a narrow column has fewer units, so that its text stays as large."""
    return charts.lines(chart, words, units) if isinstance(chart, Lines) else DRAWN[type(chart)](chart, words)


DRAWN: dict[type, Callable[[Any, Words], Markup]] = {
    FunnelPlot: plot.funnel_plot,
    Waterfall: bridge.waterfall,
    Survival: survival.survival,
    Attained: attainment.attainment,
    Bars: bars.bars,
    Funnel: bars.funnel,
}
"""How each other kind of chart is drawn; tables and heat maps are templates."""


def _long_labels(report: Report, words: Words) -> list[bool]:
    """For each row of four cards, whether a label needs a second line."""
    widths = [width(words.show(Value("kpi", card.kpi))) for card in report.cards]
    return [max(widths[at : at + 4]) > LABEL_LINE for at in range(0, len(widths), 4)]
