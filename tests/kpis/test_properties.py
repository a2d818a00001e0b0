"""What holds for any rows: how they lie in the lake changes nothing, and a late row only its own periods."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from include.company import Company
from include.lake import Lake
from tests.kpis.factory import at, land, score

FEW = settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
KPIS = ("leads_created", "mql_count", "lead_to_mql_rate", "bookings", "ad_spend", "cost_per_lead", "time_in_stage")
DAY = "2026-10-14"
Tables = dict[str, list[dict[str, Any]]]

people = st.lists(
    st.tuples(
        st.integers(0, 90),
        st.sampled_from(["US", "MX", "ES", "SG"]),
        st.sampled_from(["paid_search", "event"]),
        st.none() | st.integers(0, 40),
        st.none() | st.integers(1, 900),
    ),
    min_size=1,
    max_size=12,
)


def rows(drawn: list[tuple[Any, ...]]) -> Tables:
    """Leads made in the last ninety days, some with a later MQL, some with a won deal, each with its spend."""
    tables: Tables = {"leads": [], "crm_stage_history": [], "opportunities": [], "ad_spend_daily": []}
    for number, (back, country, channel, wait, amount) in enumerate(drawn):
        name, day = f"L{number}", date.fromisoformat(DAY) - timedelta(days=back)
        tables["leads"].append({"lead_id": name, "created_at": at(str(day)), "country": country, "channel": channel})
        spend = {"date": day, "campaign_id": name, "country": country, "channel": channel, "spend": 5}
        tables["ad_spend_daily"].append(spend)
        if wait is not None:
            moved = at(str(day), 13) + timedelta(days=wait)
            tables["crm_stage_history"].append({"entity_id": name, "stage": "mql", "entered_at": moved})
        if amount is not None:
            closed = at(str(day), 14)
            deal = {"opportunity_id": name, "primary_lead_id": name, "account_id": name, "amount": amount}
            won = {"status": "won", "closed_at": closed, "updated_at": closed, "created_at": closed}
            tables["opportunities"].append({**deal, **won})
    return tables


def scored(lake: Lake, company: Company) -> list[dict[str, Any]]:
    return score(lake, company, DAY, *KPIS).rows


@FEW
@given(people, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(company: Company, drawn: list[tuple[Any, ...]], chance: Any) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as two:
        tables = rows(drawn)
        shuffled = {name: chance.sample(each, len(each)) for name, each in tables.items()}

        assert scored(land(Path(one), tables), company) == scored(land(Path(two), shuffled), company)


@FEW
@given(people)
def test_landing_the_same_rows_again_changes_nothing(company: Company, drawn: list[tuple[Any, ...]]) -> None:
    with TemporaryDirectory() as one:
        before = scored(land(Path(one), rows(drawn)), company)

        assert scored(land(Path(one), rows(drawn)), company) == before


@FEW
@given(people)
def test_versions_without_a_change_change_nothing(company: Company, drawn: list[tuple[Any, ...]]) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as two:
        tables = rows(drawn)
        touched = [{**lead, "updated_at": lead["created_at"] + timedelta(hours=1)} for lead in tables["leads"]]
        again = {**tables, "leads": [*tables["leads"], *touched]}

        assert scored(land(Path(one), tables), company) == scored(land(Path(two), again), company)


@FEW
@given(people)
def test_totals_are_pooled_parts(company: Company, drawn: list[tuple[Any, ...]]) -> None:
    """Numerator and denominator of the whole are the sums over regions, and value is their ratio: no mean of ratios."""
    with TemporaryDirectory() as one:
        known = scored(land(Path(one), rows(drawn)), company)
    plain = [row for row in known if row["kpi"] == "lead_to_mql_rate" and not (row["channel"] or row["country"])]
    plain = [row for row in plain if row["grain"] == "month" and not (row["rep"] or row["breakdown"])]
    for whole in (row for row in plain if row["region"] is None):
        parts = [row for row in plain if row["region"] and row["period_end"] == whole["period_end"]]
        parts = [row for row in parts if row["period_start"] == whole["period_start"]]
        for side in ("numerator", "denominator"):
            assert sum(row[side] or 0 for row in parts) == (whole[side] or 0)
        if whole["value"] is not None:
            assert whole["value"] == float(whole["numerator"]) / float(whole["denominator"])


@FEW
@given(people, st.integers(0, 90))
def test_a_late_row_changes_only_its_own_periods(company: Company, drawn: list[tuple[Any, ...]], back: int) -> None:
    late = date.fromisoformat(DAY) - timedelta(days=back)
    with TemporaryDirectory() as one:
        before = {_key(row): row for row in scored(land(Path(one), rows(drawn)), company)}
        lead = {"lead_id": "late", "created_at": at(str(late)), "updated_at": at(DAY, 20)}
        after = {_key(row): row for row in scored(land(Path(one), {"leads": [lead]}), company)}
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}

    assert changed
    assert all(_reads_from(key) <= late <= key[4] for key in changed)


def _reads_from(key: tuple[Any, ...]) -> date:
    """The first day a score reads: an effect explains a change, so it reads the month before its own as well."""
    start: date = key[3]
    return (start - timedelta(days=1)).replace(day=1) if str(key[1]).endswith("_effect") else start


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row.values())[:16]
