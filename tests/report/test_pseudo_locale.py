"""A pseudo-language, ［Ｓａｌｅｓ］ for "Sales", made from the messages of the product and run through the report.

A word in plain letters is data, or CLDR's, or it bypasses the catalogue and no language will ever say it.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from babel.messages.pofile import write_po

from bin import words
from include.company import Edition
from include.delivery.words import words as mail_of
from include.report import language as language_module
from include.report.catalogues import PLACEHOLDER, catalogue_file, texts
from include.report.compose import compose
from include.report.document import Draft
from include.report.edition import draft
from include.report.formats import Formats
from include.report.material import Material
from include.report.pdf import print_page
from include.report.subdivisions import subdivision
from tests.report import synthetic
from tests.report.test_banner import EVERY

PSEUDO = "en_AU"  # CLDR's en_XA is not in Babel: English as Australia counts and dates, which has no catalogue here
PLAIN = re.compile(r"[A-Za-z]{2,}")
TECHNICAL = {
    "class", "style", "id", "href", "lang", "charset", "name", "role", "scope", "tabindex", "colspan", "rowspan", "d",
    "viewBox", "xmlns", "preserveAspectRatio", "focusable", "transform", "fill", "stroke", "points", "type", "rel",
    "text-anchor", "font-family", "dominant-baseline", "aria-hidden",
    "aria-sort", "aria-labelledby", "aria-describedby", "for", "src",
    "patternUnits", "data-sort", "data-kind", "aria-controls", "aria-expanded", "stroke-dasharray", "media", "property",
}  # fmt: skip
MACHINES = {"viewport", "color-scheme", "generator", "theme-color"}
"""Names of <meta> whose content no reader sees."""


def wide(text: str) -> str:
    """Every letter as its full-width twin, which the fonts draw; placeholders and %% as they are; in brackets."""
    parts = re.split(r"(%\(\w+\)[sd]|%%|\{\w*\})", text)
    twins = {
        ord(letter): chr(ord(letter) + 0xFEE0) for letter in map(chr, range(ord("A"), ord("z") + 1)) if letter.isalpha()
    }
    return f"［{''.join(part if PLACEHOLDER.fullmatch(part) else part.translate(twins) for part in parts)}］"


@pytest.fixture(autouse=True)
def pseudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue of the pseudo-language, in place of the real ones."""
    catalogue = _messages()
    for message in catalogue:
        if message.id:
            said = tuple(map(wide, texts(message.id)))
            message.string = said if message.pluralizable else said[0]
    file = catalogue_file(PSEUDO, tmp_path)
    file.parent.mkdir(parents=True)
    with file.open("wb") as text:
        write_po(text, catalogue)
    monkeypatch.setattr(language_module, "CATALOGUES", tmp_path)


@cache
def _messages():  # type: ignore[no-untyped-def]
    return words.collect()


def drafted(material: Material) -> Draft:
    return draft(compose(material), Edition(region=material.region, locale=PSEUDO), material.company)


def empty(region: str) -> Material:
    return synthetic.material(date(2026, 10, 31), region, synthetic.scores(date(2026, 10, 31), ()).slice(0, 0))


CASES = {
    "a month that runs": lambda: synthetic.material(date(2026, 10, 14), "malaysia"),
    "a month that ended, with a source missing": lambda: synthetic.material(date(2026, 10, 31), "china"),
    "a target that is met": lambda: synthetic.material(date(2026, 10, 31), "spain"),
    "the company": lambda: synthetic.material(date(2026, 10, 31), "company"),
    "no targets": lambda: replace(synthetic.material(date(2026, 10, 14), "mexico"), targets={}),
    "everything the gate can find": lambda: replace(synthetic.material(date(2026, 10, 31), "spain"), gate=EVERY),
    "nothing at all": lambda: empty("united_states"),
}


@pytest.mark.parametrize("case", CASES)
def test_no_text_of_a_report_bypasses_the_catalogue(case: str) -> None:
    material = CASES[case]()
    written = drafted(material)
    root = ElementTree.fromstring(written.html.partition("\n")[2])
    seen = [written.title, written.subject, *texts_of(root), *labels(written.data)]
    plain = {word for text in seen for word in PLAIN.findall(text)}
    made = compose(material)
    ids = set(PLAIN.findall(f"{made.archive_id} {made.version}"))
    assert plain - known_words(material) - ids == set()
    assert sum("［" in text for text in seen) > 100


def test_the_pseudo_language_prints_with_every_glyph() -> None:
    assert print_page(drafted(CASES["a month that runs"]()).html).pages > 1


def test_no_text_of_a_mail_bypasses_the_catalogue() -> None:
    company = synthetic.company()
    edition = Edition(region=company.regions["malaysia"], locale=PSEUDO)
    mail = mail_of(company, edition, date(2026, 10, 14), subject="", pages=2)
    seen = [*mail.text.splitlines(), *re.sub(r"<[^>]*>", "\n", mail.html).splitlines()]
    assert {word for text in seen for word in PLAIN.findall(text)} <= {"Sample", "Company", "Malaysia", "October"}


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p>［Ｓａｌｅｓ］ of ［Ｍａｙ］</p>", {"of"}),
        ('<p aria-label="Sales"/>', {"Sales"}),
        ('<p data-hint="Sales"/>', {"Sales"}),
        ("<svg><title>Sales</title></svg>", {"Sales"}),
        ('<style>@page{@top-left{content:"Draft"}}p{color:red}</style>', {"Draft"}),
        ('<meta name="description" content="Sales"/>', {"Sales"}),
        ('<meta name="viewport" content="width=device-width"/>', set()),
        ('<script>say("Sort by this"); on("click")</script>', {"Sort", "by", "this"}),
    ],
)
def test_the_search_finds_what_bypasses(page: str, found: set[str]) -> None:
    seen = texts_of(ElementTree.fromstring(f"<body>{page}</body>"))
    assert {word for text in seen for word in PLAIN.findall(text)} == found


def texts_of(root: ElementTree.Element) -> Iterator[str]:
    """Every text a reader sees or hears: of elements, attributes, CSS's content, sentences in scripts."""
    for element in root.iter():
        tag, text = element.tag.rpartition("}")[2], element.text or ""
        if tag == "style":
            said = re.findall(r"""content:(?:[^;}"]|"[^"]*")*""", text)
            yield from (unescaped(part) for one in said for part in re.findall(r'"([^"]*)"', one))
        elif tag == "script":
            yield from re.findall(r"""["'`]([A-Z][a-z]+(?: [\w.,]+)+)["'`]""", text)
        else:
            yield text
        yield element.tail or ""
        machine = element.get("name") in MACHINES
        yield from (value for name, value in element.items() if name not in TECHNICAL and not machine)


def unescaped(css: str) -> str:
    return re.sub(r"\\([0-9a-f]{6})", lambda match: chr(int(match[1], 16)), css)


def labels(data: bytes) -> list[str]:
    return [row["label"] for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))]


def known_words(material: Material) -> set[str]:
    """Data and CLDR's own words: names of company, places, reps and sources, reasons of rejects, months, currencies."""
    formats = Formats(PSEUDO, material.region.currency)
    days = [date(2026, month, 1) for month in range(1, 13)]
    writers = (formats.month, formats.month_short, formats.day_month, formats.quarter_year_short)
    months = [write(day) for day in days for write in writers]
    codes = [code for codes in synthetic.SUBDIVISIONS.values() for code in codes]
    places = [subdivision(code, PSEUDO) for code in codes] + [formats.territory(code[:2]) for code in codes]
    units = [write(5) for write in (formats.days, formats.hours, formats.in_months)]
    money = [formats.money(1), formats.money_compact(10**6)]
    region = [material.company.name, material.region.name, material.region.timezone, material.region.currency, "am pm"]
    sources = [source.name for source in material.quality.sources] + [each.source or "" for each in material.gate]
    reasons = [reason for reason, _ in material.quality.reasons]
    rates = [rate[0] for rate in material.quality.missing_rates]
    return {
        word
        for text in [*rates, *months, *units, *places, *money, *region, *sources, *reasons, *material.reps.values()]
        for word in PLAIN.findall(text)
    }
