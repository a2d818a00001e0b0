"""What a run may know: the vendor's stamps before the region's cutoff, and nothing later."""

from datetime import date, timedelta
from pathlib import Path

from include.company import Company
from tests.kpis.factory import at, land, score


def lead(name: str = "L1", day: str = "2026-10-02", **given: object) -> dict[str, object]:
    return {"lead_id": name, "created_at": at(day), **given}


def deal(**given: object) -> dict[str, object]:
    return {"opportunity_id": "O1", "primary_lead_id": "L1", "created_at": at("2026-09-01"), "amount": 100, **given}


def test_place_and_channel_are_those_of_the_earliest_version(tmp_path: Path, company: Company) -> None:
    later = lead(channel="email", country="ES", updated_at=at("2026-10-05"))
    lake = land(tmp_path, {"leads": [lead(), later]})

    scored = score(lake, company, "2026-10-31", "leads_created")

    assert scored.value("leads_created", "2026-10-31", region="united_states", channel="paid_search") == 1
    assert not scored.all("leads_created", channel="email")


def test_an_event_has_its_region_s_local_date(tmp_path: Path, company: Company) -> None:
    """20:00 UTC on 31 October is 1 November in Kuala Lumpur."""
    lake = land(tmp_path, {"leads": [lead(created_at=at("2026-10-31", 20), country="MY"), lead("L2", "2026-10-31")]})

    scored = score(lake, company, "2026-11-01", "leads_created")

    assert scored.value("leads_created", "2026-11-01", region="malaysia") == 1
    assert scored.value("leads_created", "2026-10-31", region="united_states") == 1
    assert scored.value("leads_created", "2026-10-31") == 1


def test_what_is_stamped_after_the_cutoff_is_not_known(tmp_path: Path, company: Company) -> None:
    known_late = {"entity_id": "L1", "stage": "mql", "entered_at": at("2026-10-03"), "recorded_at": at("2026-11-20")}
    lake = land(tmp_path, {"leads": [lead()], "crm_stage_history": [known_late]})

    assert score(lake, company, "2026-10-31", "mql_count").value("mql_count", "2026-10-31") == 0
    assert score(lake, company, "2026-11-30", "mql_count").value("mql_count", "2026-10-31") == 1


def test_a_version_from_later_stands_in_without_its_later_fields(tmp_path: Path, company: Company) -> None:
    """Only the won version of 5 November is known: on 31 October the deal was open."""
    closed = deal(status="won", closed_at=at("2026-11-05"), updated_at=at("2026-11-05"))
    lake = land(tmp_path, {"leads": [lead(day="2026-08-01")], "opportunities": [closed]})

    then = score(lake, company, "2026-10-31", "pipeline_value", "deals_won")
    later = score(lake, company, "2026-11-30", "pipeline_value", "deals_won")

    assert (then.value("pipeline_value", "2026-10-31"), then.value("deals_won", "2026-10-31")) == (100, 0)
    assert (later.value("pipeline_value", "2026-10-31"), later.value("deals_won", "2026-11-30")) == (100, 1)
    assert later.value("pipeline_value", "2026-11-30") == 0


def test_pipeline_is_as_it_stood_with_the_amount_it_then_had(tmp_path: Path, company: Company) -> None:
    """E_PIT: an amount raised in October does not change September."""
    states = [(100, "2026-09-01", True), (250, "2026-10-10", False)]
    history = [
        {
            "entity_type": "opportunity",
            "entity_id": "O1",
            "stage": "opportunity",
            "entered_at": at("2026-09-01"),
            "valid_from": at(day),
            "recorded_at": at(day),
            "amount": amount,
            "currency": "USD",
            "is_stage_change": changed,
        }
        for amount, day, changed in states
    ]
    raised = deal(amount=250, updated_at=at("2026-10-10"))
    lake = land(tmp_path, {"leads": [lead()], "opportunities": [deal(), raised], "crm_stage_history": history})

    scored = score(lake, company, "2026-10-31", "pipeline_value")

    assert scored.value("pipeline_value", "2026-09-30") == 100
    assert scored.value("pipeline_value", "2026-10-31") == 250
    assert scored.value("pipeline_value", "2026-08-31") == 0


def test_a_reopened_deal_is_open_again_and_was_closed_then(tmp_path: Path, company: Company) -> None:
    """E_REOPEN."""
    moves = [("opportunity", "2026-08-01"), ("lost", "2026-09-10"), ("opportunity", "2026-10-10")]
    history = [
        {"entity_type": "opportunity", "entity_id": "O1", "stage": stage, "entered_at": at(day)} for stage, day in moves
    ]
    created = at("2026-08-01")
    versions = [
        deal(created_at=created),
        deal(created_at=created, status="lost", closed_at=at("2026-09-10"), updated_at=at("2026-09-10")),
        deal(created_at=created, updated_at=at("2026-10-10")),
    ]
    lake = land(tmp_path, {"leads": [lead()], "opportunities": versions, "crm_stage_history": history})

    scored = score(lake, company, "2026-10-31", "pipeline_value", "deals_lost")

    ends = ("2026-08-31", "2026-09-30", "2026-10-31")
    assert [scored.value("pipeline_value", end) for end in ends] == [100, 0, 100]
    assert scored.value("deals_lost", "2026-09-30") == 0
    assert score(lake, company, "2026-09-30", "deals_lost").value("deals_lost", "2026-09-30") == 1


def test_merges_are_followed_to_the_end_of_the_chain(tmp_path: Path, company: Company) -> None:
    """A into B into C: one person, created when A was, where A came from, with what any of them reached."""
    rows = [
        lead("A", "2026-09-01", channel="event"),
        lead("B", "2026-09-05"),
        lead("C", "2026-09-09"),
        lead("A", "2026-09-01", channel="event", **_into("B", "2026-09-12")),
        lead("B", "2026-09-05", **_into("C", "2026-09-20")),
    ]
    history = [{"entity_id": "B", "stage": "mql", "entered_at": at("2026-09-15")}]
    lake = land(tmp_path, {"leads": rows, "crm_stage_history": history})

    before = score(lake, company, "2026-09-16", "leads_created")
    after = score(lake, company, "2026-09-30", "leads_created", "mql_count", "lead_to_mql_rate")

    assert before.value("leads_created", "2026-09-16") == 2
    assert after.value("leads_created", "2026-09-30") == 1
    assert after.value("leads_created", "2026-09-30", channel="event") == 1
    assert after.value("mql_count", "2026-09-30", channel="event") == 1
    assert after.value("lead_to_mql_rate", "2026-09-30") == 1


def _into(survivor: str, day: str) -> dict[str, object]:
    """HubSpot archives a merged record: its deletion is the merge, not the end of the person."""
    return {"merged_into_lead_id": survivor, "merged_at": at(day), "deleted_at": at(day), "updated_at": at(day)}


def test_deleted_and_test_records_are_out(tmp_path: Path, company: Company) -> None:
    rows = [
        lead("gone", "2026-10-02", deleted_at=at("2026-10-05"), updated_at=at("2026-10-05")),
        lead("test", "2026-10-02", is_test=True),
        lead("colleague", "2026-10-02", account_id="us"),
        lead("real", "2026-10-02"),
    ]
    accounts = [{"account_id": "us", "created_at": at("2026-01-01"), "is_test": True}]
    lake = land(tmp_path, {"leads": rows, "accounts": accounts})

    assert score(lake, company, "2026-10-31", "leads_created").value("leads_created", "2026-10-31") == 1


def test_a_deletion_is_known_only_from_its_own_day(tmp_path: Path, company: Company) -> None:
    gone = lead("gone", "2026-10-02", deleted_at=at("2026-10-05"), updated_at=at("2026-10-05"))
    lake = land(tmp_path, {"leads": [lead("gone", "2026-10-02"), gone]})

    assert score(lake, company, "2026-10-04", "leads_created").value("leads_created", "2026-10-04") == 1
    assert score(lake, company, "2026-10-05", "leads_created").value("leads_created", "2026-10-05") == 0


def test_a_customer_is_new_once_for_all_accounts_under_one_parent(tmp_path: Path, company: Company) -> None:
    accounts = [
        {"account_id": "top", "created_at": at("2026-01-01")},
        {"account_id": "mid", "created_at": at("2026-01-01"), "parent_account_id": "top"},
        {"account_id": "low", "created_at": at("2026-01-01"), "parent_account_id": "mid"},
    ]
    deals = [
        {"opportunity_id": name, "account_id": name, "created_at": at("2026-01-02"), **_won(day)}
        for name, day in {"top": "2026-10-20", "low": "2026-09-10"}.items()
    ]
    lake = land(tmp_path, {"accounts": accounts, "opportunities": deals})

    scored = score(lake, company, "2026-10-31", "new_customers", "deals_won")

    assert (scored.value("new_customers", "2026-09-30"), scored.value("new_customers", "2026-10-31")) == (1, 0)
    assert scored.value("deals_won", "2026-10-31") == 1


def _won(day: str) -> dict[str, object]:
    return {"status": "won", "closed_at": at(day), "updated_at": at(day), "amount": 10}


def test_a_missing_rate_takes_its_own_row_out(tmp_path: Path, company: Company) -> None:
    """A rate serves seven days; the spend of the eighth cannot be converted."""
    rates = [
        {"rate_date": date(2026, 10, 1), "quote_currency": "USD", "rate": 1.1},
        {"rate_date": date(2026, 10, 1), "quote_currency": "MYR", "rate": 4.4},
    ]
    spend = [
        {"date": date(2026, 10, 1) + timedelta(days=late), "spend": 40, "currency": "MYR", "country": "MY"}
        for late in (7, 8)
    ]
    lake = land(tmp_path, {"fx_rates": rates, "ad_spend_daily": spend})

    scored = score(lake, company, "2026-10-31", "ad_spend")

    assert scored.value("ad_spend", "2026-10-31", region="malaysia", currency="MYR") == 80
    assert scored.value("ad_spend", "2026-10-31", region="malaysia", currency="USD") == 10
    assert scored.value("ad_spend", "2026-10-31") == 10


def test_a_rep_is_in_the_team_that_was_known_then(tmp_path: Path, company: Company) -> None:
    moved = {"rep_id": "r1", "team": "south", "region": "united_states", "updated_at": at("2026-11-10")}
    lake = land(tmp_path, {"leads": [lead(owner_rep_id="r1")], "reps": [{**moved, "team": "north", **_ON_DUTY}, moved]})

    teams = [
        {row["member"] for row in score(lake, company, day, "leads_created").all("leads_created", breakdown="team")}
        for day in ("2026-10-31", "2026-11-30")
    ]

    assert teams == [{"north"}, {"south"}]


_ON_DUTY = {"updated_at": at("2026-01-01")}


def test_what_becomes_of_a_customer_does_not_open_the_deal_again(tmp_path: Path, company: Company) -> None:
    """A CRM that moves won deals on to the renewal's stage."""
    moves = [("opportunity", "2026-08-01"), ("won", "2026-09-10"), ("renewal_expansion", "2026-10-01")]
    history = [
        {"entity_type": "opportunity", "entity_id": "O1", "stage": stage, "entered_at": at(day)} for stage, day in moves
    ]
    won = deal(created_at=at("2026-08-01"), **_won("2026-09-10"))
    lake = land(tmp_path, {"leads": [lead()], "opportunities": [won], "crm_stage_history": history})

    scored = score(lake, company, "2026-10-31", "pipeline_value")

    ends = ("2026-08-31", "2026-09-30", "2026-10-31")
    assert [scored.value("pipeline_value", end) for end in ends] == [10, 0, 0]


def test_deals_of_no_account_make_a_customer_of_each_person(tmp_path: Path, company: Company) -> None:
    """Two people, one of whom buys twice, and a deal of nobody."""
    deals = [
        ("O1", "L1", "2026-09-10"),
        ("O2", "L2", "2026-09-11"),
        ("O3", "L1", "2026-10-12"),
        ("O4", None, "2026-10-13"),
    ]
    rows = [
        deal(opportunity_id=name, primary_lead_id=whose, account_id=None, **_won(day)) for name, whose, day in deals
    ]
    lake = land(tmp_path, {"leads": [lead(day="2026-08-01"), lead("L2", "2026-08-01")], "opportunities": rows})

    scored = score(lake, company, "2026-10-31", "new_customers")

    assert [scored.value("new_customers", end) for end in ("2026-09-30", "2026-10-31")] == [2, 1]
