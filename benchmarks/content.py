"""What the renderers are given: a report of 6 pages with 5 charts and 3 tables of 30 rows, in four languages."""

import re
from dataclasses import replace
from datetime import date
from itertools import cycle, islice

from include.company import Edition
from include.report.blocks import Heat
from include.report.compose import compose
from include.report.contents import cells, values
from include.report.edition import draft
from include.report.report import Report
from include.report.section import Section
from include.report.tables import Table
from tests.report import synthetic

DAY = date(2026, 10, 31)
EDITIONS = (("united_states", "en_US"), ("china", "zh_Hans_CN"), ("spain", "es_ES"), ("malaysia", "ms_MY"))
ROWS, TABLES, CHARTS = 30, 3, 5
FONT_FACES = re.compile(r"<style>@font-face.*?</style>\n?", re.DOTALL)


def report(region: str) -> Report:
    """The region's report, its tables 30 rows long, its charts five, the rest of its sections gone."""
    made = compose(synthetic.material(DAY, region))
    blocks = [each for section in made.sections for row in section.rows for each in row]
    tables = [_long(each) for each in blocks if isinstance(each, Table)][:TABLES]
    charts = list(islice(cycle(each for each in blocks if not isinstance(each, Table | Heat)), CHARTS))
    wide, beside = [(each,) for each in tables], [tuple(charts[:2]), tuple(charts[2:4]), tuple(charts[4:])]
    parts = zip(made.sections, wide, beside, (False, True, True), strict=False)
    sections = [replace(each, rows=(*rows,), notices=(), notes=(), page=page) for each, *rows, page in parts]
    return replace(made, sections=tuple(sections), defined=_defined(made, tuple(sections)))


def _defined(made: Report, sections: tuple[Section, ...]) -> tuple[str, ...]:
    """The KPIs of its cards and of the sections that are left: what is gone needs no definition."""
    carded = {card.kpi for card in made.cards}
    named = {str(value.value) for value in values(sections) if value.kind == "kpi"}
    used = {cell.split("|", 1)[0] for cell in cells(sections)}
    return tuple(kpi for kpi in made.defined if kpi in carded | named | used)


def _long(table: Table) -> Table:
    plain = [row for row in table.rows if row.kind == "row"]
    return replace(table, rows=tuple(islice(cycle(plain), ROWS)))


def page(region: str, locale: str) -> str:
    """The report as a page without fonts of its own: every renderer finds the same ones through fontconfig."""
    company = synthetic.company()
    html = draft(report(region), Edition(region=company.regions[region], locale=locale), company).html
    return FONT_FACES.sub("", html)
