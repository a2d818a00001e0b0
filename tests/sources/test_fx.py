"""The central bank's two files."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from include.company import Company
from include.lake import Lake
from include.sources import Days, SourceError, build, client, load

from .vendor import Answer, Asked, Vendor, serving

CSV = "Date,USD,JPY,CYP,\n2026-10-30,1.1581,176.2,N/A,\n2026-10-29,1.16,176,N/A,\n2024-11-01,1.0882,166,N/A,\n"
XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
                 xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><Cube>
<Cube time="2026-10-30"><Cube currency="USD" rate="1.1581"/><Cube currency="XQX" rate="2"/></Cube>
<Cube time="2026-10-29"><Cube currency="USD" rate="1.16"/></Cube>
<Cube time="2026-08-03"><Cube currency="USD" rate="1.1"/></Cube>
</Cube></gesmes:Envelope>"""
SAMPLE = Path(__file__).parents[3] / "shared" / "data" / "ecb" / "eurofxref-hist.sample.csv"
RECENT = Days(date(2026, 10, 29), date(2026, 10, 30))


def zipped(text: str) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        archive.writestr("eurofxref-hist.csv", text)
    return held.getvalue()


def bank(text: str = CSV, xml: bytes = XML) -> Callable[[Asked], Answer]:
    def answer(asked: Asked) -> Answer:
        recent = asked.path.endswith("90d.xml")
        return Answer(xml if recent else zipped(text), kind="text/xml" if recent else "application/zip")

    return answer


def pulled(company: Company, vendor: Vendor, days: Days) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    batches = list(build(company, "fx").pull(client.session(vendor.url), "fx_rates", days))
    rows = [row for batch in batches for row in batch.rows.to_pylist()]
    return rows, [row for batch in batches for row in batch.rejects.to_pylist()]


def test_recent_days_come_from_the_short_file(company: Company) -> None:
    with serving(bank()) as vendor:
        rows, rejects = pulled(company, vendor, RECENT)

    assert [(row["rate_date"], row["quote_currency"], row["rate"]) for row in rows] == [
        (date(2026, 10, 29), "USD", Decimal("1.16")),
        (date(2026, 10, 30), "USD", Decimal("1.1581")),
    ]
    assert {(row["base_currency"], row["rate_type"]) for row in rows} == {("EUR", "daily_close")}
    assert [each["reasons"] for each in rejects] == [["quote_currency: 'XQX' is no ISO 4217 code"]]
    assert vendor.paths() == ["GET /stats/eurofxref/eurofxref-hist-90d.xml"]


def test_older_days_come_from_the_long_file_without_the_dead_and_the_empty_column(company: Company) -> None:
    with serving(bank()) as vendor:
        rows, rejects = pulled(company, vendor, Days(date(2024, 11, 1), date(2024, 11, 3)))

    assert [(row["rate_date"].isoformat(), row["quote_currency"]) for row in rows] == [
        ("2024-11-01", "USD"),
        ("2024-11-01", "JPY"),
    ]
    assert rejects == []


def test_a_weekend_lands_as_days_without_rates(company: Company, lake: Lake) -> None:
    with serving(bank()) as vendor:
        load(build(company, "fx"), client.session(vendor.url), lake, Days(date(2026, 10, 29), date(2026, 11, 1)))

    assert sorted(file.parent.name for file in lake.root.glob("fx_rates/*/fx.parquet")) == [
        f"day={date(2026, 10, 19) + timedelta(days=n)}" for n in range(14)
    ], "ten days before the range too: the rate that holds on its first day was published then"
    assert lake.scan("fx_rates").num_rows == 2


@pytest.mark.parametrize(("days", "told"), [
    (RECENT, r"90d\.xml is no XML"),
    (Days(date(2024, 11, 1), date(2026, 10, 31)), r"hist\.zip begins with '<html><p>moved' where Date was due"),
])  # fmt: skip
def test_a_page_in_place_of_a_file_ends_the_pull(company: Company, lake: Lake, days: Days, told: str) -> None:
    page = "<html><p>moved"
    with serving(bank(page, page.encode())) as vendor, pytest.raises(SourceError, match=told) as fault:
        load(build(company, "fx"), client.session(vendor.url), lake, days)

    assert str(fault.value).startswith(f"fx, {days.first}..{days.last}: ")
    assert lake.health() == []


@pytest.mark.skipif(not SAMPLE.exists(), reason="needs the bank's own file in ../shared/data")
def test_the_banks_own_file_is_read_without_a_reject(company: Company) -> None:
    text = SAMPLE.read_text()
    first = min(line[:10] for line in text.splitlines()[1:] if line)
    with serving(bank(text)) as vendor:
        rows, rejects = pulled(company, vendor, Days(date.fromisoformat(first), date(2026, 11, 1)))

    assert rejects == []
    assert {"USD", "MXN", "CNY", "MYR"} <= {row["quote_currency"] for row in rows}
