"""A vendor that refuses us or does not answer: who needs it waits and is told why, nobody else does."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bin.environment import sample_connections
from include.company import load
from tests.end_to_end.conftest import ROOT, Ran, Sample, free_port

pytestmark = pytest.mark.slow

FIRST, SECOND = "2024-12-18", "2024-12-19"
WRONG = "wrong-refresh-token-of-a-test"
SECRETS = (
    WRONG,
    "sample-hubspot-token",
    "sample-google-refresh",
    "sample-client-secret",
    "sample-developer-token",
    "sample-stripe-key",
    "sample-fx-token",
)
COMPANY = load(ROOT / "config")
NEED_GOOGLE = {region.id for region in COMPANY.regions.values() if COMPANY.sources["google_ads"].serves(region.id)}
READERS = {
    region.id: {reader for readers in region.recipients.values() for reader in readers}
    for region in COMPANY.regions.values()
}


def connection(name: str, port: str, **changes: object) -> str:
    """A source's Airflow connection as the environment holds it, with something wrong."""
    return json.dumps({**sample_connections()[name], "port": int(port), **changes})


def said(ran: Ran) -> str:
    """What was printed, without the line breaks of the terminal's width."""
    return " ".join(ran.output.split())


def mailed(sample: Sample, day: str) -> Counter[tuple[str, str]]:
    """(region, recipient): how many rows the outbox has of them as sent."""
    with closing(sqlite3.connect(sample.data / "delivery.db")) as outbox:
        return Counter(outbox.execute("select region, recipient from deliveries where day = ?", [day]).fetchall())


def everybody(*regions: str) -> Counter[tuple[str, str]]:
    return Counter((region, reader) for region in regions for reader in READERS[region])


def kept(sample: Sample) -> dict[str, int]:
    """Recipient: how many messages the mailbox has."""
    readers = {reader for readers in READERS.values() for reader in readers}
    return Counter(reader for reader in readers for file in sample.mails() if f"_{reader}_" in file.name)


@pytest.fixture(scope="module")
def company(new_sample: Callable[[], Sample]) -> Sample:
    """The sample company when it was young and small."""
    made = new_sample()
    young = {"SANDBOX_LEADS_PER_YEAR": "3000", "SANDBOX_CLOCK": "2024-12-19T12:00:00+00:00"}
    return replace(made, environment=made.environment | young)


@pytest.fixture(scope="module")
def refused(company: Sample) -> tuple[Ran, Counter[tuple[str, str]], dict[str, int]]:
    """A first run with a refresh token that Google does not know; then what outbox and mailbox hold."""
    wrong = connection("google_ads", company.environment["SANDBOX_PORT"], password=WRONG)
    ran = company.report(FIRST, AIRFLOW_CONN_GOOGLE_ADS=wrong)
    return ran, mailed(company, FIRST), kept(company)


@pytest.fixture(scope="module")
def mended(company: Sample, refused: object) -> Ran:  # noqa: ARG001 it comes after
    """The same day again, with the right token."""
    return company.report(FIRST)


@pytest.fixture(scope="module")
def silent(company: Sample, mended: Ran) -> Ran:  # noqa: ARG001 it comes after
    """The day after, when nobody listens at HubSpot's port."""
    dead = connection("hubspot", str(free_port()))
    return company.report(SECOND, AIRFLOW_CONN_HUBSPOT=dead, SANDBOX_CLOCK="2024-12-20T12:00:00+00:00")


Refused = tuple[Ran, Counter[tuple[str, str]], dict[str, int]]


def test_a_refused_token_is_told_with_source_day_and_next_step(refused: Refused) -> None:
    ran, _, _ = refused
    assert ran.code == 1
    assert "Traceback" not in ran.output
    told = said(ran).split("land.google_ads: ")[1:]
    assert len(told) == len([night for night in COMPANY.nights.values() if NEED_GOOGLE & set(night.regions)])
    for each in told:
        assert each.startswith(f"google_ads, {FIRST}: http://127.0.0.1:")
        assert "refuses the refresh token. Next: check the secrets of its Airflow connection and clear" in each


def test_regions_that_need_the_source_are_held_with_the_reason(refused: Refused) -> None:
    ran, outbox, mails = refused
    for region in NEED_GOOGLE:
        assert f"had ended in {region} (" in said(ran)
        assert not any(READERS[region] & set(mails))
    assert said(ran).count(f"google_ads does not cover {FIRST}") == len(NEED_GOOGLE)
    assert not NEED_GOOGLE & {region for region, _ in outbox}


def test_the_region_that_does_not_need_it_is_delivered(refused: Refused) -> None:
    _, outbox, mails = refused
    assert set(COMPANY.regions) - NEED_GOOGLE == {"china"}
    assert outbox == everybody("china")
    assert mails == dict.fromkeys(READERS["china"], 1)


def test_reports_that_are_held_are_made(company: Sample, refused: Refused) -> None:  # noqa: ARG001 it comes after
    for region in COMPANY.regions.values():
        for edition in region.editions:
            assert (company.folder(FIRST, region.id, edition.locale) / "report.pdf").is_file()


def test_the_next_good_run_delivers_who_was_held_and_nobody_twice(company: Sample, mended: Ran) -> None:
    assert mended.code == 0, mended.output
    assert mailed(company, FIRST) == everybody(*COMPANY.regions)


def test_a_silent_vendor_is_told_with_source_day_and_next_step(silent: Ran) -> None:
    assert silent.code == 1
    assert "Traceback" not in silent.output
    assert f"land.hubspot: hubspot, {SECOND}: http://127.0.0.1:" in said(silent)
    assert "does not answer (ConnectionError) after several attempts. Next: " in said(silent)


def test_without_the_crm_everybody_is_held(company: Sample, silent: Ran) -> None:
    assert said(silent).count(f"hubspot does not cover {SECOND}") == len(COMPANY.regions)
    assert mailed(company, SECOND) == Counter()
    assert kept(company) == {reader: 1 for readers in READERS.values() for reader in readers}


def test_no_secret_is_printed_or_kept(company: Sample, refused: Refused, mended: Ran, silent: Ran) -> None:
    """Neither in what a person sees, nor in any file of the data folder: logs, Airflow's database, reports, mail."""
    for ran in (refused[0], mended, silent):
        assert [secret for secret in SECRETS if secret in ran.output] == []
    assert {file: secrets for file in company.data.rglob("*") if (secrets := secrets_in(file))} == {}


def secrets_in(file: Path) -> list[str]:
    content = file.read_bytes() if file.is_file() else b""
    return [secret for secret in SECRETS if secret.encode() in content]
