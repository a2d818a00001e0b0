"""A company of its own, with files only: what is wrong in them is rejected or named, all the rest is reported."""

import email
import email.policy
import json
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pypdfium2
import pytest

from tests.end_to_end.conftest import Ran, without_our_script
from tests.end_to_end.own_company import COSTS, NAME, OwnCompany, fill, founded, spend

pytestmark = pytest.mark.slow

HOSTILE = "<script>alert(1)</script>"
EDITIONS = [("germany", "es_ES"), ("usa", "en_US"), ("company", "en_US")]


def last_day_over() -> date:
    """Yesterday, where it ended last."""
    return datetime.now(ZoneInfo("America/New_York")).date() - timedelta(days=1)


def wrong_spend(day: date) -> dict[str, tuple[str, str]]:
    """A row of ad spend, from row 4 of the file on, and the reason it must be given."""
    return {
        "row 4": (spend(day, "c", "DE", "XQX", "7"), "currency: 'XQX' is no ISO 4217 code"),
        "row 5": (spend(day, "c", "QQ", "EUR", "7"), "country: 'QQ' is no ISO 3166-1 code"),
        "row 6": (spend(day, "c", "DE", "EUR", "-7"), "spend: '-7' is negative"),
        "row 7": (f"{day},ads,1", "line: 3 cells where the header has 12"),
        "row 8": (spend(day, '"c', "DE", "EUR", "7"), "line: a quote is not closed or the text is not UTF-8"),
        "row 9": (spend(day, "c", "DE", HOSTILE, "7"), f"currency: '{HOSTILE}' is no ISO 4217 code"),
        "row 10": (spend(day, "c", "DE", "EUR", "NaN"), "spend: 'NaN' is no number"),
    }


@pytest.fixture(scope="module")
def day() -> date:
    return last_day_over()


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory, day: date) -> OwnCompany:
    made = founded(tmp_path_factory.mktemp("own"))
    unrated = spend(day, "swiss", "US", "CHF", "9")  # a currency that is one, and has no rate
    sound = [spend(day, name, "DE", "EUR", "1.5") for name in (HOSTILE, "{{7*7}}", "=1+1")]
    fill(made, day, *(row for row, _ in wrong_spend(day).values()), unrated, *sound)
    return made


@pytest.fixture(scope="module")
def ran(company: OwnCompany) -> Ran:
    return company.report()


class Text(HTMLParser):
    """What a page says, and the elements it is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said, self.tags = "", set[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.said += data


def test_without_a_day_the_last_one_that_is_over_is_reported(ran: Ran, company: OwnCompany, day: date) -> None:
    assert ran.code == 0, ran.output
    assert f"{NAME}, {day}" in ran.output
    assert [folder.name for folder in (company.data / "reports").glob("20*")] == [f"{day}"]


def test_the_sample_company_takes_no_part(ran: Ran, company: OwnCompany, day: date) -> None:
    assert ran.code == 0, ran.output
    assert not (company.data / "sandbox.log").exists()
    assert "sample data" not in company.page(f"{day}", "company", "en_US").lower()


def test_everybody_gets_the_report(ran: Ran, company: OwnCompany) -> None:
    assert ran.code == 0, ran.output
    assert company.readers() == ["germany@example.com", "usa@example.com", "whole@example.com"]


def test_each_wrong_row_is_rejected_with_its_row_and_reason(ran: Ran, company: OwnCompany, day: date) -> None:
    assert ran.code == 0, ran.output
    files = f"{company.data}/lake/rejects/ad_spend_daily/day=*/ads.parquet"
    rows = duckdb.sql(f"select origin, reasons, record from read_parquet('{files}', hive_partitioning = false)")
    rejected = {origin: (reasons, json.loads(record)) for origin, reasons, record in rows.fetchall()}
    expected = wrong_spend(day)
    assert set(rejected) == {f"ad_spend_daily.csv, {row}" for row in expected}
    for row, (line, reason) in expected.items():
        reasons, record = rejected[f"ad_spend_daily.csv, {row}"]
        assert reasons == [reason]
        cells = [record] if isinstance(record, str) else record.values() if isinstance(record, dict) else record
        assert sorted(cells) == sorted([line] if isinstance(record, str) else line.split(","))


@pytest.mark.parametrize(("region", "currency", "amount"), [("germany", "EUR", "104.75"), ("usa", "USD", "80")])
def test_nothing_else_is_lost(
    ran: Ran, company: OwnCompany, day: date, region: str, currency: str, amount: str
) -> None:
    assert ran.code == 0, ran.output
    file = company.data / "lake" / "ad_spend_daily" / f"day={day}" / "ads.parquet"
    country = {"germany": "DE", "usa": "US"}[region]
    landed = (
        f"select sum(spend) from read_parquet('{file}', hive_partitioning = false) where country = ? and currency = ?"
    )
    assert duckdb.execute(landed, [country, currency]).fetchall() == [(Decimal(amount),)]


def test_sound_spend_is_scored_beside_rejects(ran: Ran, company: OwnCompany, day: date) -> None:
    assert ran.code == 0, ran.output
    assert scored(company, day, "europe", "ad_spend", "germany", "EUR") == ("ok", Decimal("104.75"))
    assert scored(company, day, "europe", "leads_created", "germany", None)[1] == 20


def scored(
    company: OwnCompany, day: date, night: str, kpi: str, region: str, currency: str | None
) -> tuple[str, Decimal]:
    """Status and amount of a region's own day (leads: of the day two before)."""
    file = company.data / "lake" / "scores" / f"day={day}" / f"night={night}" / "data.parquet"
    cut = " and ".join(
        f"{name} is null"
        for name in ("stage", "channel", "country", "subdivision", "city", "rep", "breakdown", "member")
    )
    query = (
        f"select status, numerator from read_parquet('{file}', hive_partitioning = false) where kpi = ? and region = ? "
        f"and grain = 'day' and currency is not distinct from ? and period_end = ? and {cut} and statistic = 'value'"
    )
    end = day if currency else day - timedelta(days=2)
    (row,) = duckdb.execute(query, [kpi, region, currency, end]).fetchall()
    return row[0], row[1]


@pytest.mark.parametrize(("region", "locale"), [("usa", "en_US"), ("company", "en_US")])
def test_a_missing_rate_is_named_to_those_it_concerns(
    ran: Ran, company: OwnCompany, day: date, region: str, locale: str
) -> None:
    assert ran.code == 0, ran.output
    said = " ".join(Text(company.page(f"{day}", region, locale)).said.split())
    assert re.search(rf"\bCHF\b[^.]*\b{day.day}\b|\b{day.day}\b[^.]*\bCHF\b", said), said[-3000:]


def test_a_missing_rate_is_not_named_to_others(ran: Ran, company: OwnCompany, day: date) -> None:
    assert ran.code == 0, ran.output
    assert "CHF" not in company.page(f"{day}", "germany", "es_ES")


@pytest.mark.parametrize(("region", "locale"), EDITIONS)
def test_reasons_and_names_that_attack_stay_text(
    ran: Ran, company: OwnCompany, day: date, region: str, locale: str
) -> None:
    assert ran.code == 0, ran.output
    page = Text(without_our_script(company.page(f"{day}", region, locale)))
    name = {"germany": HOSTILE, "usa": "=1+1", "company": NAME}[region]
    assert "script" not in page.tags
    assert name in page.said
    assert HOSTILE in page.said  # the reason of row 9
    folder = company.data / "reports" / f"{day}" / region / locale
    with pypdfium2.PdfDocument(folder / "report.pdf") as pdf:
        assert name in "".join(sheet.get_textpage().get_text_range() for sheet in pdf)
    assert name in json.loads((folder / "manifest.json").read_text())["subject"]


def test_mails_carry_the_names_as_text(ran: Ran, company: OwnCompany) -> None:
    assert ran.code == 0, ran.output
    for reader, name in (("germany", HOSTILE), ("usa", "=1+1"), ("whole", NAME)):
        message = letter(company.data / "mailbox", reader)
        assert name in message["Subject"]
        body = message.get_body(("html",))
        assert body is not None
        assert "script" not in Text(body.get_content()).tags


def letter(mailbox: Path, reader: str) -> email.message.EmailMessage:
    (file,) = mailbox.glob(f"*_{reader}@example.com_*.eml")
    parsed = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert isinstance(parsed, email.message.EmailMessage)
    return parsed


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory, day: date) -> tuple[Ran, OwnCompany]:
    """A drop whose books were saved with a column that nobody knows."""
    made = founded(tmp_path_factory.mktemp("broken"))
    fill(made, day)
    made.put("books", "sales_costs", COSTS.replace("amount", "sum"), f"c1,{day},tools,new,lead,US,50,USD")
    return made.report(f"{day}"), made


def test_a_file_that_cannot_be_read_is_named_with_row_and_next_step(broken: tuple[Ran, OwnCompany], day: date) -> None:
    ran, _ = broken
    said = " ".join(ran.output.split())
    assert ran.code == 1
    assert "Traceback" not in ran.output
    assert f"land.files: books, {day}: " in said
    assert "sales_costs.csv, row 1: the header lacks the columns amount" in said
    assert "it has columns that the table does not have: sum. Next: the columns are: cost_id," in said


def test_only_those_who_need_the_file_are_held(broken: tuple[Ran, OwnCompany], day: date) -> None:
    ran, company = broken
    assert company.readers() == ["germany@example.com"]
    assert " ".join(ran.output.split()).count(f"books does not cover {day}") == 2


def test_a_day_that_is_not_over_is_refused_with_the_last_that_is(company: OwnCompany) -> None:
    ran = company.report(f"{datetime.now(UTC).date() + timedelta(days=2)}")
    assert ran.code == 2
    assert f"make report DAY={last_day_over()}" in " ".join(ran.output.split())
