"""Reference rates of the European Central Bank: units of each currency for one euro, on its business days.

The recent ones are an XML file of 90 days, the older ones a zip with one CSV (newest first, `N/A` where there is no
rate, and a comma too many at the end of each line).
"""

import csv
from collections.abc import Iterator, Mapping
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from include.company import Company, SourceConfig
from include.sources.client import Session
from include.sources.errors import SourceError
from include.sources.source import Days, Source
from include.sources.strict import Raw

RECENT, WHOLE = "/stats/eurofxref/eurofxref-hist-90d.xml", "/stats/eurofxref/eurofxref-hist.zip"
LONGEST_RECENT = 60
CUBE = "{http://www.ecb.int/vocabulary/2002-08-01/eurofxref}Cube"
Quotes = dict[str, str]


class Rates(Source):
    """Rates as published; weekends and holidays have none and are filled when read."""

    tables = ("fx_rates",)

    def fetch(self, session: Session | None, asked: Mapping[str, Days]) -> Iterator[tuple[str, list[Raw]]]:
        if session is None:
            raise SourceError("exchange rates need a connection", f"name it in sources.toml, [{self.name}]")
        for table, days in asked.items():
            published = self._published(session, days)
            yield table, [_raw(day, currency, rate) for day, currency, rate in published]

    def _published(self, session: Session, days: Days) -> list[tuple[str, str, str]]:
        found = _recent(session) if (days.last - days.first).days <= LONGEST_RECENT else {}
        if not found or min(found) > days.first.isoformat():
            found = _whole(session)
        wanted = [day for day in sorted(found) if days.first.isoformat() <= day <= days.last.isoformat()]
        return [(day, currency, rate) for day in wanted for currency, rate in found[day].items()]

    def pieces(self, days: Days) -> list[Days]:
        """The file of all rates comes as one."""
        return [days]


def _recent(session: Session) -> dict[str, Quotes]:
    try:
        root = ElementTree.fromstring(session.fetch(RECENT))
    except ElementTree.ParseError as fault:
        raise SourceError(f"{session.address(RECENT)} is no XML: {fault}", _LOOK) from fault
    return {
        cube.attrib["time"]: {each.attrib["currency"]: each.attrib["rate"] for each in cube}
        for cube in root.iter(CUBE)
        if "time" in cube.attrib
    }


def _whole(session: Session) -> dict[str, Quotes]:
    try:
        with ZipFile(BytesIO(session.fetch(WHOLE))) as archive:
            text = archive.read(archive.namelist()[0]).decode()
    except (BadZipFile, IndexError, UnicodeDecodeError) as fault:
        raise SourceError(f"{session.address(WHOLE)} is no zip with a CSV: {fault}", _LOOK) from fault
    header, *lines = csv.reader(StringIO(text))
    if header[0] != "Date":
        raise SourceError(f"{session.address(WHOLE)} begins with {header[0]!r} where Date was due", _LOOK)
    return {line[0]: _quotes(header, line) for line in lines if line}


def _quotes(header: list[str], line: list[str]) -> Quotes:
    pairs = zip(header[1:], line[1:], strict=False)  # a comma too many at the end
    return {currency: rate for currency, rate in pairs if currency and rate not in ("", "N/A")}


def _raw(day: str, currency: str, rate: str) -> Raw:
    row = {
        "rate_date": day,
        "base_currency": "EUR",
        "quote_currency": currency,
        "rate_type": "daily_close",
        "rate": rate,
    }
    return Raw(row, {"date": day, "currency": currency, "rate": rate}, f"{day} {currency}")


def build(company: Company, config: SourceConfig, root: Path) -> Rates:
    return Rates(company, config, root)


_LOOK = "open that address in a browser; the bank may have moved the file"
