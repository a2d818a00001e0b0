"""The charts of a page, each in the edition's words."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from include.report import attainment, axes, bars, bridge, charts, plot, survival
from include.report.blocks import Attained, Bars, Funnel, Survival, Waterfall
from include.report.figures import Value
from include.report.first_page import Card, Spark
from include.report.funnel_plot import FunnelPlot
from include.report.lines import Lines
from include.report.section import Block
from include.report.words import Words

DRAWN: dict[type, Callable[[Any, Words], Markup]] = {
    FunnelPlot: plot.funnel_plot,
    Waterfall: bridge.waterfall,
    Survival: survival.survival,
    Attained: attainment.attainment,
    Bars: bars.bars,
    Funnel: bars.funnel,
}
"""How each other kind of chart is drawn; tables and heat maps are templates."""


def draw(chart: Block, words: Words, units: float) -> Markup:
    """A chart; a line chart in a narrow column has fewer units, so that its text stays as large."""
    return charts.lines(chart, words, units) if isinstance(chart, Lines) else DRAWN[type(chart)](chart, words)


def spark(card: Card, words: Words) -> Markup:
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
