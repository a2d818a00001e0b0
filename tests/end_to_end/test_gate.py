"""Spend a hundredfold: its region and the company are held, the other is mailed; mended, all are, once."""

from datetime import date, timedelta

import pytest

from tests.end_to_end.conftest import Ran
from tests.end_to_end.own_company import SPEND, OwnCompany, fill, founded, spend
from tests.end_to_end.test_bad_input import last_day_over

pytestmark = pytest.mark.slow

Runs = tuple[OwnCompany, date, Ran, list[str], Ran]


def write(company: OwnCompany, day: date, last: float) -> None:
    """Four campaigns a day in both regions for 250 days; Germany's of the last day cost `last` each."""
    days = [day - timedelta(days=back) for back in range(250)]
    rows = [
        spend(each, f"c{number}", country, currency, f"{last if country == 'DE' and each == day else 100 + number:.2f}")
        for each in days
        for country, currency in (("DE", "EUR"), ("US", "USD"))
        for number in range(4)
    ]
    company.put("ads", "ad_spend_daily", SPEND, *rows)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """A run with the fault and who had mail then, and a run after it was mended."""
    company, day = founded(tmp_path_factory.mktemp("gate")), last_day_over()
    fill(company, day)
    write(company, day, 10_000)
    held = company.report(f"{day}")
    readers = company.readers()
    write(company, day, 101)
    return company, day, held, readers, company.report(f"{day}")


def test_it_is_held_with_source_day_and_next_step(runs: Runs) -> None:
    _, day, held, _, _ = runs
    said = " ".join(held.output.split())
    assert held.code == 1
    assert "Traceback" not in held.output
    assert said.count(f"ads, {day}: ad_spend_daily in germany: spend: the ") == 2, said
    assert "10,000.00" in said
    assert "mend them, then clear land and score in this run" in said


def test_only_the_other_region_is_mailed(runs: Runs) -> None:
    assert runs[3] == ["usa@example.com"]


def test_mended_everybody_is_mailed_once(runs: Runs) -> None:
    company, _, _, _, mended = runs
    assert mended.code == 0, mended.output
    assert company.readers() == ["germany@example.com", "usa@example.com", "whole@example.com"]


def test_the_held_report_said_so_and_the_mended_one_does_not(runs: Runs) -> None:
    company, day, _, _, _ = runs
    archived = [file.read_text() for file in (company.data / "reports" / "archive").glob("*/report.html")]
    assert sum("Retenido" in page for page in archived) == 1
    assert "Retenido" not in company.page(f"{day}", "germany", "es_ES")
