"""What the templates know: the report, the edition's words, and how each part of the page is laid out."""

from dataclasses import replace
from typing import Any

from markupsafe import Markup

from include.report.figures import Message, Value
from include.report.footer import as_of, css_text, page_of
from include.report.funnel_plot import FunnelPlot
from include.report.html.drawing import draw, spark
from include.report.lines import Lines
from include.report.report import Report
from include.report.section import Section
from include.report.tables import Entry, Table
from include.report.typography import width
from include.report.words import Words

LABEL_LINE = 27
"""Characters of a card's label that fit one line; a Han character takes two."""
MARKS = ("ahead", "on", "risk", "behind", "few", "partial", "missing", "none")


def title(report: Report, words: Words) -> str:
    """Malaysia: sales report."""
    text = words.language.gettext("%(region)s: sales report")
    return text % {"region": words.show(report.region_name)}


def context(report: Report, words: Words) -> dict[str, Any]:
    """Every name that a template may use."""
    return {"report": report, **_texts(report, words), **_ways_to_say(words), **_layout(report, words)}


def _texts(report: Report, words: Words) -> dict[str, Any]:
    return {
        "lang": words.language.html_lang,
        "title": title(report, words),
        "day": words.show(Value("date_long", report.day)),
        "company": words.data(report.company),
        "as_of": as_of(report, words),
        "page_of": page_of(words),
        "sample": css_text(words.language.gettext("Sample data")),
        "stop": words.language.gettext(". "),
        "gap": "" if words.language.html_lang.startswith("zh") else " ",
        "marks": [(kind, words.say(Message(f"mark.{kind}"))) for kind in MARKS],
        "definitions": [_definition(kpi, words) for kpi in report.defined],
    }


def _ways_to_say(words: Words) -> dict[str, Any]:
    def say(text: str, **values: str) -> str:
        found = words.language.gettext(text)
        return found % values if values else found

    def plural(one: str, many: str, number: int) -> str:
        return words.language.ngettext(one, many, number) % {"n": words.formats.num(number)}

    return {
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
        "heading": lambda name: words.say(Message(f"section.{name}")),
    }


def _layout(report: Report, words: Words) -> dict[str, Any]:
    return {
        "shape": _shape,
        "width": width,
        "number_widths": lambda table: _number_widths(table, words),
        "key": _key,
        "part": lambda value, whole: f"{100 * value / whole:.2f}%",
        "side": _side,
        "spark": lambda card: spark(card, words),
        "draw": lambda chart, units: draw(chart, words, units),
        "long_labels": _long_labels(report, words),
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


def _definition(kpi: str, words: Words) -> tuple[str, str]:
    declared = words.kpis[kpi]
    return words.language.gettext(declared.label), words.language.gettext(declared.description)


def _side(value: float, scale: float) -> str:
    """Where a label of the bullet is pinned: to the left of its mark, or to its right near the start."""
    at = 100 * value / scale
    return f"right:{100 - at:.2f}%" if at > 50 else f"left:{at:.2f}%"


def _long_labels(report: Report, words: Words) -> list[bool]:
    """For each row of four cards, whether a label needs a second line."""
    widths = [width(words.show(Value("kpi", card.kpi))) for card in report.cards]
    return [max(widths[at : at + 4]) > LABEL_LINE for at in range(0, len(widths), 4)]
