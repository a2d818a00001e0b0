"""What the templates know: the report, the edition's words, and how each part of the page is laid out."""

from dataclasses import replace
from typing import Any

from include.report.figures import Message, Value
from include.report.footer import as_of, css_text, page_of
from include.report.html.drawing import draw, spark
from include.report.html.layout import key, long_labels, number_widths, shape, side
from include.report.report import Report
from include.report.typography import width
from include.report.words import Words

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


def _definition(kpi: str, words: Words) -> tuple[str, str]:
    declared = words.kpis[kpi]
    return words.language.gettext(declared.label), words.language.gettext(declared.description)


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
        "shape": shape,
        "width": width,
        "number_widths": lambda table: number_widths(table, words),
        "key": key,
        "part": lambda value, whole: f"{100 * value / whole:.2f}%",
        "side": side,
        "spark": lambda card: spark(card, words),
        "draw": lambda chart, units: draw(chart, words, units),
        "long_labels": long_labels(report, words),
    }
