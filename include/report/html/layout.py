"""How the parts of a page share its width, where its labels stand, and what its columns are sorted by."""

from markupsafe import Markup

from include.report.figures import Value
from include.report.funnel_plot import FunnelPlot
from include.report.lines import Lines
from include.report.report import Report
from include.report.section import Section
from include.report.tables import Entry, Table
from include.report.typography import width
from include.report.words import Words

LABEL_LINE = 27
"""Characters of a card's label that fit one line; a Han character takes two."""


def shape(section: Section, row: tuple[object, ...]) -> str:
    """How two blocks share the width."""
    if isinstance(row[0], Table) and isinstance(row[-1], Lines):
        return "priced"
    if isinstance(row[0], FunnelPlot):
        return "plotted"
    if section.id == "quality":
        return "wide"
    return "stages" if section.id == "funnel" and isinstance(row[0], Table) else ""


def number_widths(table: Table, words: Words) -> list[str]:
    """For each column, the room its longest number takes, so that bars beside the numbers start on one line."""
    columns = zip(*(row.entries for row in table.rows), strict=True)
    longest = [max(len(words.show(entry.value)) for entry in column) for column in columns]
    return [f"{0.56 * length + 0.1:.2f}em" for length in longest]


def key(entry: Entry) -> Markup:
    """What a column is sorted by: the number behind the words; none where a status stands in its place."""
    number = entry.value.value if entry.value is not None else entry.range.at if entry.range is not None else None
    return Markup("") if number is None or isinstance(number, str) else Markup(' data-n="{}"').format(f"{number:.6g}")


def side(value: float, scale: float) -> str:
    """Where a label of the bullet is pinned: to the left of its mark, or to its right near the start."""
    at = 100 * value / scale
    return f"right:{100 - at:.2f}%" if at > 50 else f"left:{at:.2f}%"


def long_labels(report: Report, words: Words) -> list[bool]:
    """For each row of four cards, whether a label needs a second line."""
    widths = [width(words.show(Value("kpi", card.kpi))) for card in report.cards]
    return [max(widths[at : at + 4]) > LABEL_LINE for at in range(0, len(widths), 4)]
