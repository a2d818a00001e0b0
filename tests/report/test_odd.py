"""Odd nights as pages: they fit, every section says why it is empty, and what is too much stands together in a row."""

import re
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import pypdfium2
import pytest

from include.company import Edition
from include.kpis import KPIS
from include.report.channels import MOST, channels
from include.report.compose import compose
from include.report.document import Document
from include.report.edition import render
from include.report.figures import Message, Value
from include.report.material import Material
from include.report.moves import waterfall
from include.report.places import places
from include.report.section import Section
from include.report.tables import Table
from include.report.words import Words
from tests.report import odd
from tests.report.test_html import rendered, text_of

REGION = "malaysia"
BUILT: dict[str, Material] = {}
HEADS = {"Corong", "Saluran", "Tempat", "Saluran paip dan ramalan", "Aktiviti dan wakil jualan", "Kecekapan kos",
         "Pengekalan", "Yang dinyatakan semula", "Kualiti data", "Takrifan"}  # fmt: skip
FURNITURE = re.compile("Data contoh|Data sehingga akhir|Halaman ")
"""What stands in the margins of every page."""


def night(name: str) -> Material:
    if name not in BUILT:
        BUILT[name] = odd.material(REGION, odd.NIGHTS[name])
    return BUILT[name]


@cache
def printed(name: str, locale: str) -> Document:
    material = night(name)
    return render(compose(material), Edition(region=material.region, locale=locale), material.company)


@pytest.mark.parametrize("name", odd.NIGHTS)
def test_it_fits_its_pages(name: str) -> None:
    """No ink in a margin of 14 mm; no page without its number or without anything else; none ends with a heading."""
    pages = pypdfium2.PdfDocument(printed(name, "ms_MY").pdf)
    for at, page in enumerate(pages, 1):
        picture = page.render(scale=1, grayscale=True).to_numpy()
        margin = round(14 / 25.4 * 72)
        assert picture[:, :margin].min() == 255
        assert picture[:, -margin:].min() == 255
        text = page.get_textpage().get_text_range()
        assert f"Halaman {at} daripada {len(pages)}" in text
        assert len(text.split()) > 25
        last = [line for line in text.splitlines() if line.strip() and not FURNITURE.match(line)]
        assert not HEADS & set(last[-1:])


@pytest.mark.parametrize("name", ["nothing", "all null", "all missing"])
@pytest.mark.parametrize("locale", ["en_MY", "zh_Hans_CN"])
def test_no_section_is_blank_without_a_reason(name: str, locale: str) -> None:
    tree = ElementTree.fromstring(rendered(compose(night(name)), locale))
    for section in tree.iter("section"):
        said = [
            " ".join("".join(each.itertext()).split()) for each in section.iter() if each.tag in ("p", "td", "li", "dd")
        ]
        assert any(len(each) > 8 for each in said), section.attrib


def test_what_a_source_did_not_bring_is_not_said_to_be_nothing() -> None:
    text = text_of(rendered(compose(night("all missing")), "en_MY"))
    assert text.count("A source had no data, so this is not known; see data quality.") == 6
    for false in (
        "No channel brought",
        "No lead or deal has a place",
        "Too few leads moved",
        "No new customer",
        "chance",
    ):
        assert false not in text.split("Definitions")[0], false


def table(section: Section) -> Table:
    found = section.rows[0][0]
    assert isinstance(found, Table)
    return found


@pytest.mark.parametrize(("name", "build", "most"), [("500 channels", channels, MOST), ("300 places", places, 18)])
def test_what_is_too_much_stands_together_in_a_row_that_says_how_many(name: str, build, most: int) -> None:  # type: ignore[no-untyped-def]
    section = build(night(name))
    rows = table(section).rows
    assert len(rows) == most + 2
    rest = rows[-2]
    assert isinstance(rest.head, Message)
    assert rest.head.id == "chart.rest"
    assert rest.kind == "aside"
    assert all(entry.cell == "" for entry in rest.entries)
    assert section.notes[0].id == f"{section.id}.note.more"
    assert section.notes[0].values == rest.head.values


def test_the_rest_has_the_sums_and_the_ratio_of_sums_of_its_members() -> None:
    material = night("500 channels")
    whole = table(channels(material))
    heads = [column.head.id for column in whole.columns]
    named = {str(row.head.value) for row in whole.rows if not isinstance(row.head, Message)}
    others = [name for name in material.cells.members("channel", "leads_created") if name not in named]
    assert len(others) == 480
    rest = whole.rows[-2].entries
    for kpi in ("leads_created", "ad_spend", "bookings"):
        found = rest[heads.index(f"column.{kpi}")].value
        assert found is not None
        assert found.value == pytest.approx(sum(material.now(kpi, channel=name).value for name in others), rel=1e-4)  # type: ignore[union-attr]
    cells = [material.now("mql_to_sql_rate_period", channel=name) for name in others]
    rate = rest[heads.index("column.mql_to_sql_rate_period")].value
    assert rate is not None
    assert rate.value == pytest.approx(sum(c.numerator for c in cells) / sum(c.denominator for c in cells), rel=1e-4)  # type: ignore[union-attr, misc]


def test_a_long_table_breaks_with_its_head_repeated_and_no_row_alone() -> None:
    material = night("500 channels")
    below = material.region.model_copy(update={"sections": ("costs", "channels")})
    report = compose(replace(material, region=below))
    document = render(report, Edition(region=below, locale="ms_MY"), material.company)
    pages = pypdfium2.PdfDocument(document.pdf)
    texts = [page.get_textpage().get_text_range() for page in pages]
    split = [text for text in texts if "campaign_" in text]
    assert len(split) == 2
    words = Words("ms_MY", report.currency, material.company, KPIS)
    named = {words.show(row.head) for row in table(channels(material)).rows if isinstance(row.head, Value)}
    for text in split:
        assert "ROAS" in text
        flat = "".join(text.split())
        assert sum("".join(name.split()) in flat for name in named) >= 3
    assert "Jumlah" in split[-1]


def test_a_revenue_below_nothing_is_drawn_and_said() -> None:
    moves = waterfall(night("below nothing")).moves
    assert moves[-1].number < 0
    assert sum(move.number for move in moves[:-1]) == pytest.approx(moves[-1].number)
    assert "−RM 90,000" in text_of(rendered(compose(night("below nothing")), "en_MY"))


def test_no_target_anywhere_is_a_report_too() -> None:
    bare = replace(odd.without_targets(night("one of each")))
    assert "No target" in text_of(rendered(compose(bare), "en_MY"))
