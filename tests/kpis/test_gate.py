"""The gate over a lake: what a night measures, whom it concerns, what a person accepted, and what is forgotten."""

import json
from collections.abc import Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from include.company import Company, ConfigError, SourceConfig
from include.kpis import calendar, gate, stored
from include.kpis.materialise import materialise
from include.kpis.schema import SCORES
from include.kpis.score import score
from include.lake import REJECTS, Lake, Landing, partition
from include.thresholds import Accepted, Gate
from tests.kpis.factory import PULLED, Row, at, land, rows

D = date(2026, 10, 30)


def leads(day: date, number: int, country: str = "US") -> list[Row]:
    stamp = at(day.isoformat())
    return [
        {"lead_id": f"{country}{day}{each}", "created_at": stamp, "country": country, "updated_at": stamp}
        for each in range(number)
    ]


def months(number: int, country: str = "US", last: int | None = None) -> list[Row]:
    """So many leads a day for ninety days, `last` on D."""
    days = [D - timedelta(days=back) for back in range(90)]
    return [row for day in days for row in leads(day, last if day == D and last is not None else number, country)]


def spend(amount: float, last: float) -> list[Row]:
    """Three campaigns in Spain for 260 days."""
    return [
        {
            "date": D - timedelta(days=back), "country": "ES", "currency": "EUR", "campaign_id": f"c{each}",
            "spend": round((last if back == 0 else amount) * (1 + each / 3), 2),
        }
        for back in range(260)
        for each in range(3)
    ]  # fmt: skip


def measure(lake: Lake, company: Company, night: str) -> None:
    """What scoring a night does for the gate, without its scores."""
    with closing(lake.connect()) as connection:
        calendar.prepare(connection, company, D)
        materialise(connection, gate.NEEDS)
        found = gate.measured(connection, lake, company, night, D, SCORES.empty_table())
    partition.write(stored.file(lake.root, night, D, "gate"), partition.encode(found))


def told(lake: Lake, company: Company, region: str, night: str = "americas") -> list[tuple[str, str, str, str | None]]:
    measure(lake, company, night)
    found = gate.findings(lake, company, company.regions[region], D)
    return [(each.rule, each.level, each.table, each.region) for each in found]


def test_a_plain_lake_passes(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path, {"leads": months(40), "ad_spend_daily": spend(100, 100)})
    assert told(lake, company, "united_states") == []
    assert told(lake, company, "company") == []


def test_a_day_without_leads_holds_its_region_and_the_company_and_no_other(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path, {"leads": [*months(40, last=0), *months(40, "MX")]})
    assert told(lake, company, "united_states") == [("volume", "hold", "leads", "united_states")]
    assert told(lake, company, "mexico") == []
    assert ("volume", "hold", "leads", "united_states") in told(lake, company, "company")


def test_spend_a_hundredfold_holds_and_names_its_source(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path, {"ad_spend_daily": spend(100, 10_000)})
    assert told(lake, company, "spain", "europe") == [("amounts", "hold", "ad_spend_daily", "spain")]
    [found] = gate.read(lake, company, company.regions["spain"], D)
    assert (found.source, found.first) == ("test", D)
    assert found.found / found.usual == pytest.approx(100, rel=0.01)


def test_scoring_a_night_measures_it(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path, {"ad_spend_daily": spend(100, 10_000)})
    score(lake, company, "europe", D)
    assert [each.rule for each in gate.read(lake, company, company.regions["spain"], D)] == ["amounts"]


def test_what_was_mended_is_forgotten_by_the_next_scoring(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path, {"ad_spend_daily": spend(100, 10_000)})
    assert told(lake, company, "spain", "europe") != []
    mended = rows("ad_spend_daily", [row for row in spend(100, 100) if row["date"] == D])
    lake.replace(Landing("test", "ad_spend_daily", D, D, PULLED, mended, mended.num_rows))
    assert told(lake, company, "spain", "europe") == []


def test_a_deal_counts_with_the_amount_it_has_now(tmp_path: Path, company: Company) -> None:
    """Two noughts too many, typed and taken back the same day."""
    account = {"account_id": "A", "created_at": at("2026-01-01")}
    deals: list[Row] = [
        {"opportunity_id": f"O{back}", "created_at": at(str(D - timedelta(days=back))), "amount": 900 + back}
        for back in range(200)
    ]
    typed = {**deals[1], "amount": 90_000, "updated_at": at(str(D), 8)}
    lake = land(tmp_path / "typed", {"accounts": [account], "opportunities": [*deals, typed]})
    assert told(lake, company, "united_states") == [("amounts", "hold", "opportunities", "united_states")]
    again = {**typed, "amount": 901, "updated_at": at(str(D), 9)}
    lake = land(tmp_path / "again", {"accounts": [account], "opportunities": [*deals, typed, again]})
    assert told(lake, company, "united_states") == []


def test_what_is_stamped_after_the_day_is_not_judged(tmp_path: Path, company: Company) -> None:
    later = leads(D + timedelta(days=1), 5000)
    lake = land(tmp_path, {"leads": [*months(40), *later]})
    assert told(lake, company, "united_states") == []


def test_a_source_that_is_late_is_told_as_late_and_not_as_few_rows(tmp_path: Path, company: Company) -> None:
    gone = [row for row in months(40) if row["created_at"] < at(str(D))]
    lake = land(tmp_path, {"leads": gone}, covered=["leads"], pulled=at(str(D), 2))
    assert told(lake, company, "united_states") == [("freshness", "warn", "leads", "united_states")]


def test_a_required_source_that_is_late_holds_unless_within_its_grace(tmp_path: Path, company: Company) -> None:
    required = company.model_copy(update={"sources": {"test": SourceConfig(name="test", kind="files", required=True)}})
    lake = land(tmp_path, {}, covered=["leads"], pulled=at("2026-10-31", 1))
    region = company.regions["united_states"]
    assert [each.level for each in gate.findings(lake, required, region, D)] == ["hold"]
    patient = required.model_copy(update={"gate": Gate.model_validate({"freshness": {"grace_hours": 4}})})
    assert [each.level for each in gate.findings(lake, patient, region, D)] == ["warn"]


def accepting(company: Company, **changes: object) -> Company:
    plain = {"rule": "amounts", "table": "ad_spend_daily", "region": "spain", "first": D, "last": D, "why": "a fair"}
    accepted = Accepted.model_validate(plain | changes)
    return company.model_copy(update={"gate": Gate(accepted=(accepted,))})


@pytest.mark.parametrize(
    ("changes", "level"),
    [({}, "warn"), ({"region": "mexico"}, "hold"), ({"table": "leads"}, "hold"), ({"rule": "volume"}, "hold"),
     ({"first": date(2026, 11, 1), "last": date(2026, 11, 2)}, "hold")],
)  # fmt: skip
def test_what_a_person_accepted_warns_and_nothing_else_does(
    tmp_path: Path, company: Company, changes: dict[str, object], level: str
) -> None:
    lake = land(tmp_path, {"ad_spend_daily": spend(100, 10_000)})
    measure(lake, company, "europe")
    found = gate.read(lake, accepting(company, **changes), company.regions["spain"], D)
    assert [each.level for each in found] == [level]


def test_an_acceptance_that_names_no_table_is_a_configuration_error(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path, {"ad_spend_daily": spend(100, 10_000)})
    measure(lake, company, "europe")
    with pytest.raises(ConfigError, match=r"gate\.toml, accepted, 'a fair': no table is called spending"):
        gate.read(lake, accepting(company, table="spending"), company.regions["spain"], D)


def rejecting(lake: Lake, kept: int, rejected: int, day: date = D, *, keyed: bool = True) -> None:
    """A pull of spend of one day, some of it unreadable."""
    told = [
        {"day": day, "key": json.dumps([str(each)]) if keyed else None, "reasons": ["spend: 'x' is no number"],
         "record": "{}", "origin": f"row {each}", "_source": "test"}
        for each in range(rejected)
    ]  # fmt: skip
    accepted: Sequence[Row] = [{"date": day, "campaign_id": f"k{each}", "spend": 1} for each in range(kept)]
    table = rows("ad_spend_daily", accepted)
    rejects = pa.Table.from_pylist(told, REJECTS)
    entry = lake.replace(Landing("test", "ad_spend_daily", day, day, PULLED, table, kept + rejected, rejects))
    lake.record("test", [entry])


@pytest.mark.parametrize(
    ("kept", "rejected", "level"), [(990, 10, None), (100, 19, None), (900, 100, "warn"), (100, 60, "hold")]
)
def test_a_share_of_rejects_concerns_every_region_that_reads_the_source(
    tmp_path: Path, company: Company, kept: int, rejected: int, level: str | None
) -> None:
    lake = land(tmp_path, {})
    rejecting(lake, kept, rejected)
    expected = [("rejects", level, "ad_spend_daily", None)] if level else []
    for region, night in (("spain", "europe"), ("company", "americas")):
        assert told(lake, company, region, night) == expected


def test_rejects_of_a_source_that_a_region_does_not_read_are_none_of_its_business(
    tmp_path: Path, company: Company
) -> None:
    china = company.model_copy(
        update={"sources": {"test": SourceConfig(name="test", kind="files", regions=("china",))}}
    )
    lake = land(tmp_path, {})
    rejecting(lake, 10, 90)
    assert told(lake, china, "spain", "europe") == []
    assert told(lake, china, "china", "asia") == [("rejects", "hold", "ad_spend_daily", None)]


def test_rejects_that_no_day_can_be_read_of_are_measured_against_the_whole_table(
    tmp_path: Path, company: Company
) -> None:
    """A file of years is read whole, and all of its broken lines lie under the one day that was asked for."""
    years = [{"date": date(2025, 1, 1) + timedelta(days=each), "spend": 1, "channel": "email"} for each in range(660)]
    lake = land(tmp_path, {"ad_spend_daily": years})
    rejecting(lake, 1, 30, keyed=False)
    assert told(lake, company, "spain", "europe") == []
    rejecting(lake, 1, 90, keyed=False)
    assert told(lake, company, "spain", "europe") == [("rejects", "warn", "ad_spend_daily", None)]
