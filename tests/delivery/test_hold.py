"""What holds a region's report: a required source, serving the region, that does not cover the day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from include.company import Company, Region, load
from include.delivery import reasons_to_hold
from include.lake import TABLES, Lake, Landing

COMPANY = load(Path(__file__).parents[2] / "config")
DAY = date(2026, 10, 31)
SPAIN, CHINA = COMPANY.regions["spain"], COMPANY.regions["china"]
HELD = {
    "hubspot": ("leads", "accounts"),
    "google_ads": ("ad_spend_daily",),
    "stripe": ("subscription_items", "billing_lines"),
    "fx": ("fx_rates",),
    "china_ads": ("ad_spend_daily",),
    "web_analytics": ("web_sessions_daily",),
    "planning": ("targets", "sales_costs"),
}
NEEDED_IN_SPAIN = ("hubspot", "google_ads", "stripe", "fx")


@dataclass(frozen=True)
class Pulls:
    """A lake into which sources land nothing, but completely."""

    lake: Lake

    def land(self, source: str, at: datetime, tables: tuple[str, ...] = (), day: date = DAY) -> None:
        landings = [
            Landing(source, table, day, day, at, TABLES[table].schema.empty_table(), landed=0)
            for table in tables or HELD[source]
        ]
        self.lake.record(source, [self.lake.land(landing) for landing in landings])

    def hold(self, region: Region, company: Company = COMPANY) -> list[str]:
        return reasons_to_hold(company, region, DAY, HELD, self.lake)


@pytest.fixture
def pulls(tmp_path: Path) -> Pulls:
    return Pulls(Lake(tmp_path))


def test_nothing_holds_a_region_whose_required_sources_were_read_after_its_day(pulls: Pulls) -> None:
    for source in NEEDED_IN_SPAIN:
        pulls.land(source, SPAIN.cutoff(DAY))
    assert pulls.hold(SPAIN) == []


def test_a_pull_that_began_before_the_days_end_does_not_do(pulls: Pulls) -> None:
    for source in ("google_ads", "stripe", "fx"):
        pulls.land(source, SPAIN.cutoff(DAY))
    pulls.land("hubspot", SPAIN.cutoff(DAY) - timedelta(seconds=1))
    [reason] = pulls.hold(SPAIN)
    assert reason == (
        "hubspot does not cover 2026-10-31: no complete pull of accounts, leads began after the day had ended in spain "
        "(2026-10-31 23:00 UTC); mend the source, then clear its task in this run"
    )


def test_a_pull_of_another_day_does_not_do(pulls: Pulls) -> None:
    for source in ("hubspot", "stripe", "fx"):
        pulls.land(source, SPAIN.cutoff(DAY))
    pulls.land("google_ads", SPAIN.cutoff(DAY), day=DAY - timedelta(1))
    [reason] = pulls.hold(SPAIN)
    assert reason.startswith("google_ads does not cover 2026-10-31")


def test_the_same_pull_may_do_for_one_region_and_come_too_early_for_another(pulls: Pulls) -> None:
    between = datetime(2026, 10, 31, 18, tzinfo=UTC)
    assert CHINA.cutoff(DAY) < between < SPAIN.cutoff(DAY)
    for source in ("hubspot", "google_ads", "stripe", "fx", "china_ads"):
        pulls.land(source, between)
    assert pulls.hold(CHINA) == []
    assert len(pulls.hold(SPAIN)) == 4


def test_a_source_that_serves_other_regions_or_is_not_required_holds_nothing(pulls: Pulls) -> None:
    for source in NEEDED_IN_SPAIN:
        pulls.land(source, SPAIN.cutoff(DAY))
    assert pulls.hold(SPAIN) == []  # china_ads serves china alone; planning and web_analytics are not required


def test_the_company_needs_every_required_source(pulls: Pulls) -> None:
    whole = COMPANY.whole
    for source in NEEDED_IN_SPAIN:
        pulls.land(source, whole.cutoff(DAY))
    [reason] = pulls.hold(whole)
    assert reason.startswith("china_ads does not cover")


def test_every_source_that_lacks_is_named(pulls: Pulls) -> None:
    assert [reason.split()[0] for reason in pulls.hold(CHINA)] == ["hubspot", "stripe", "fx", "china_ads"]


def test_a_table_the_source_turned_out_not_to_have_holds_nothing(pulls: Pulls) -> None:
    """Files: a table without a file is an empty table."""
    files = replace_required(COMPANY, "planning")
    for source in NEEDED_IN_SPAIN:
        pulls.land(source, SPAIN.cutoff(DAY))
    pulls.land("planning", SPAIN.cutoff(DAY), tables=("targets",))
    assert pulls.hold(SPAIN, files) == []


def test_a_source_that_was_never_read_holds_even_if_nobody_knows_its_tables(pulls: Pulls) -> None:
    [*_, reason] = reasons_to_hold(COMPANY, CHINA, DAY, HELD | {"china_ads": ()}, pulls.lake)
    assert reason.startswith("china_ads does not cover 2026-10-31: no complete pull of any table")


def test_a_file_that_was_there_and_is_gone_holds(pulls: Pulls) -> None:
    pulls.land("china_ads", CHINA.cutoff(DAY) - timedelta(1), day=DAY - timedelta(1))
    [*_, reason] = reasons_to_hold(COMPANY, CHINA, DAY, HELD | {"china_ads": ()}, pulls.lake)
    assert reason.startswith("china_ads does not cover 2026-10-31: no complete pull of ad_spend_daily")


def replace_required(company: Company, source: str) -> Company:
    required = company.sources[source].model_copy(update={"required": True})
    return company.model_copy(update={"sources": company.sources | {source: required}})
