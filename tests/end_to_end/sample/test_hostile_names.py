"""Names that attack a page, a template or a spreadsheet stay text; and no region reads of another."""

import email
import email.policy
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import openpyxl
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from include.company import Region, load
from tests.end_to_end.conftest import MID_MONTH, MONTH_END, ROOT, Sample, without_our_script

pytestmark = pytest.mark.slow

HOSTILE = ("<script>alert(1)</script>", "{{7*7}}", "=1+1")
COMPANY = load(ROOT / "config")
EDITIONS = [(region.id, edition.locale) for region in COMPANY.regions.values() for edition in region.editions]
TEAMS = [(region, locale) for region, locale in EDITIONS if region != COMPANY.whole.id]


class Page(HTMLParser):
    """The elements and attributes of a page, as a browser reads them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def landed(sample: Sample, table: str) -> str:
    return f"read_parquet('{sample.data}/lake/{table}/day=*/*.parquet', hive_partitioning = false)"


@pytest.mark.parametrize("name", HOSTILE)
def test_the_landed_data_hold_the_hostile_name_as_it_came(sample: Sample, name: str) -> None:
    for table, column in (("ad_spend_daily", "campaign_name"), ("accounts", "name"), ("leads", "city")):
        query = f"select count(*) from {landed(sample, table)} where {column} = ?"
        ((rows,),) = duckdb.connect().execute(query, [name]).fetchall()
        assert rows > 0, f"{table}.{column}"


@pytest.mark.parametrize("day", [MID_MONTH, MONTH_END])
@pytest.mark.parametrize(("region", "locale"), EDITIONS)
def test_no_page_runs_anything(sample: Sample, day: str, region: str, locale: str) -> None:
    text = without_our_script((sample.folder(day, region, locale) / "report.html").read_text())
    page = Page(text)
    assert not page.tags & {"script", "iframe", "object", "embed", "form"}
    assert not {name for name in page.attributes if name.startswith("on")}
    assert "javascript:" not in text.lower()
    assert not any(name in text for name in HOSTILE[:1])
    assert "{{" not in text.replace(HOSTILE[1], "")


@pytest.mark.parametrize("day", [MID_MONTH, MONTH_END])
@pytest.mark.parametrize(("region", "locale"), EDITIONS)
def test_no_pdf_runs_anything_or_carries_more_than_its_data(sample: Sample, day: str, region: str, locale: str) -> None:
    folder = sample.folder(day, region, locale)
    with pypdfium2.PdfDocument(folder / "report.pdf") as pdf:
        assert pdf.count_attachments() == 1
        assert bytes(pdf.get_attachment(0).get_data()) == (folder / "data.csv").read_bytes()
        assert pdfium.FPDFDoc_GetJavaScriptActionCount(pdf) == 0


def pdf_text(content: bytes | Path) -> str:
    with pypdfium2.PdfDocument(content) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def workbook_text(file: Path) -> str:
    """Names and cells of every sheet."""
    book = openpyxl.load_workbook(file)
    return "\n".join(str(cell) for sheet in book for row in ((sheet.title,), *sheet.values) for cell in row)


def mail_text(file: Path) -> str:
    """Headers, bodies and the attached pages of a message."""
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    parts = [f"{name}: {value}" for name, value in message.items()]
    for part in message.walk():
        if part.get_content_type() == "application/pdf":
            parts.append(pdf_text(part.get_payload(decode=True)))
        elif part.get_content_maintype() == "text":
            parts.append(part.get_content())
    return "\n".join(parts)


@cache
def people_and_places(root: Path) -> dict[str, set[str]]:
    """By region, the names that only its own readers may see: cities, subdivisions and sales people."""
    leads, reps = (f"read_parquet('{root}/lake/{table}/day=*/*.parquet')" for table in ("leads", "reps"))
    places = f"select unnest([city, subdivision]) from {leads} where country in (select unnest(?))"
    people = f"select name from {reps} where team = ?"
    found: dict[str, set[str]] = {}
    for region in COMPANY.teams():
        rows = duckdb.execute(f"{places} union {people}", [list(region.countries), region.name]).fetchall()
        found[region.id] = {name for (name,) in rows if name} - set(HOSTILE)
    return found


def canaries(sample: Sample, own: Region) -> set[str]:
    """What must not be said to `own`: others' readers, names, places, people and accounts."""
    known = people_and_places(sample.data)
    foreign: set[str] = set()
    for region in COMPANY.teams():
        if region.id != own.id:
            foreign |= known[region.id] | {region.name, region.id}
            foreign |= {reader for readers in region.recipients.values() for reader in readers}
    foreign |= {reader for readers in COMPANY.whole.recipients.values() for reader in readers}
    foreign |= {source.name for source in COMPANY.sources.values() if not source.serves(own.id)}
    return foreign - known[own.id]


def found_in(text: str, names: set[str]) -> set[str]:
    return {name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)}


def test_every_region_has_its_canaries(sample: Sample) -> None:
    for region in COMPANY.teams():
        known = people_and_places(sample.data)[region.id]
        assert len(known) > 15, region.id
        assert len(canaries(sample, region)) > 80


@pytest.mark.parametrize("day", [MID_MONTH, MONTH_END])
@pytest.mark.parametrize(("region", "locale"), TEAMS)
def test_a_region_reads_nothing_of_another(sample: Sample, day: str, region: str, locale: str) -> None:
    names, folder = canaries(sample, COMPANY.regions[region]), sample.folder(day, region, locale)
    texts = {name: (folder / name).read_text() for name in ("report.html", "report.json", "data.csv", "manifest.json")}
    texts["report.pdf"] = pdf_text(folder / "report.pdf")
    texts["data.xlsx"] = workbook_text(folder / "data.xlsx")
    assert {name: found_in(text, names) for name, text in texts.items()} == {name: set() for name in texts}


def test_a_mail_tells_a_region_nothing_of_another(sample: Sample) -> None:
    region_of = {
        reader: region for region in COMPANY.teams() for readers in region.recipients.values() for reader in readers
    }
    mails = [file for file in sample.mails() if any(reader in file.name for reader in region_of)]
    assert mails
    for file in mails:
        reader = next(reader for reader in region_of if reader in file.name)
        assert found_in(mail_text(file), canaries(sample, region_of[reader])) == set(), file.name


def test_the_company_does_read_of_its_regions(sample: Sample) -> None:
    """The search finds what is there."""
    text = (sample.folder(MONTH_END, "company", "en_US") / "report.html").read_text()
    assert found_in(text, {region.name for region in COMPANY.teams()}) == {r.name for r in COMPANY.teams()}
