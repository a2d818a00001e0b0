"""Proofs of concept: whose they are, what counts as passed and as a success, and what their buyers mean to do."""

from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from include.company import Company
from include.kpis.quality import quality
from include.lake import TABLES
from tests.kpis.billing import rates
from tests.kpis.factory import Row, Scored, at, land, score

LEAD = {"lead_id": "L1", "created_at": at("2026-08-01")}
DEAL = {"opportunity_id": "O1", "primary_lead_id": "L1", "account_id": "A1", "created_at": at("2026-08-20")}
END = "2026-10-31"


def poc(name: str = "P1", **given: Any) -> Row:
    """A POC of the deal O1, executed on 10 October, as it was known then."""
    known = {"poc_id": name, "opportunity_id": "O1", "started_at": at("2026-10-01"), "executed_at": at("2026-10-10")}
    return {**known, "updated_at": at("2026-10-10"), **given}


def evaluated(name: str = "P1", on: str = "2026-10-15", by: str = "2026-11-30", **given: Any) -> Row:
    """A POC evaluated as a success, whose buyer means to buy `by` a day."""
    result = {"evaluated_at": at(on), "evaluation_result": "success", "intent_to_buy_by": date.fromisoformat(by)}
    return poc(name, **{**result, "updated_at": at(on), **given})


def event(name: str, day: str, goal: str | None = None, **given: Any) -> Row:
    kind = "poc_goal_accomplished" if goal else "poc_event"
    return {"event_id": name, "poc_id": "P1", "event_type": kind, "goal_id": goal, "occurred_at": at(day), **given}


@pytest.fixture
def scored(tmp_path: Path, company: Company) -> Any:
    """Scores of what is asked, from POCs of one deal and from any other rows."""

    def from_pocs(*pocs: Row, asked: tuple[str, ...], day: str = END, **tables: list[Row]) -> Scored:
        known = {"leads": [LEAD], "opportunities": [DEAL], "pocs": list(pocs), **tables}
        return score(land(Path(mkdtemp(dir=tmp_path)), known), company, day, *asked)

    return from_pocs


def test_a_poc_stands_where_its_deal_does_else_its_lead_else_its_account(scored: Any) -> None:
    leads = [
        {**LEAD, "channel": "event", "country": "ES"},
        {"lead_id": "L2", "created_at": at("2026-08-01"), "country": "MX"},
    ]
    accounts = [{"account_id": "A3", "created_at": at("2026-01-01"), "country": "CN"}]
    deal = {**DEAL, "product": "core", "owner_rep_id": "R1"}
    pocs = [
        poc("P1", country="US"),
        poc("P2", opportunity_id=None, lead_id="L2", country="US"),
        poc("P3", opportunity_id=None, account_id="A3", country="US"),
        poc("P4", opportunity_id=None, country="US"),
    ]
    found = scored(*pocs, asked=("pocs_executed",), leads=leads, accounts=accounts, opportunities=[deal])

    for region in ("spain", "mexico", "china", "united_states"):
        assert found.value("pocs_executed", END, region=region) == 1
    assert found.value("pocs_executed", END, channel="event") == 1
    assert found.value("pocs_executed", END, region="spain", rep="R1") == 1
    assert found.value("pocs_executed", END, breakdown="product", member="core") == 1
    assert found.value("pocs_executed", END, breakdown="opportunity_type", member="new") == 1


def test_e_test_pocs_of_tests_and_of_deals_that_do_not_count_are_out(scored: Any) -> None:
    deals = [DEAL, {**DEAL, "opportunity_id": "O2", "is_test": True}]
    others = [{"lead_id": "T", "is_test": True}, {"lead_id": "D", "deleted_at": at("2026-09-01")}]
    leads = [LEAD, *({**other, "created_at": at("2026-08-01")} for other in others)]
    accounts = [{"account_id": "T", "created_at": at("2026-01-01"), "is_test": True}]
    pocs = [
        poc("P1"),
        poc("P2", is_test=True),
        poc("P3", opportunity_id="O2"),
        poc("P4", opportunity_id=None, lead_id="T"),
        poc("P5", opportunity_id=None, account_id="T"),
        poc("P6", opportunity_id=None, lead_id="D"),
    ]
    found = scored(*pocs, asked=("pocs_executed",), leads=leads, accounts=accounts, opportunities=deals)

    assert found.value("pocs_executed", END) == 1


def test_what_is_stamped_after_the_cutoff_is_not_known(scored: Any) -> None:
    """Only the version of November is known: on 31 October the POC had not ended."""
    later = evaluated(on="2026-11-10", executed_at=at("2026-11-05"), accomplished_at=at("2026-11-05"))
    asked = ("pocs_executed", "pocs_passed", "successful_poc_evaluations")

    then, now = (scored(later, asked=asked, day=day) for day in (END, "2026-11-30"))

    assert [then.value(kpi, END) for kpi in asked] == [0, 0, 0]
    assert [now.value(kpi, "2026-11-30") for kpi in asked] == [1, 1, 1]


def test_a_poc_that_is_passed_or_evaluated_after_the_cutoff_is_not_yet(scored: Any) -> None:
    later = evaluated(on="2026-11-10", accomplished_at=at("2026-11-05"))
    asked = ("poc_pass_rate", "poc_cost_per_successful_poc")

    then, now = (scored(later, asked=asked, day=day) for day in (END, "2026-11-30"))

    assert (then.value("poc_pass_rate", END), now.value("poc_pass_rate", END)) == (0, 1)
    assert [each.row("poc_cost_per_successful_poc", END)["denominator"] for each in (then, now)] == [0, 1]


def test_e_tz_a_poc_ends_on_the_local_date_of_its_region(scored: Any) -> None:
    """20:00 UTC on 30 September is 1 October in Kuala Lumpur."""
    found = scored(poc(executed_at=at("2026-09-30", 20)), asked=("pocs_executed",), leads=[{**LEAD, "country": "MY"}])

    assert [found.value("pocs_executed", end) for end in ("2026-09-30", END)] == [0, 1]


def test_e_goaldup_a_goal_counts_once_a_poc_and_not_after_its_end(scored: Any) -> None:
    events = [
        event("e1", "2026-10-03", "G1"),
        event("e2", "2026-10-04", "G1"),
        event("e3", "2026-10-05", "G2"),
        event("e4", "2026-10-20", "G3"),
        event("e5", "2026-09-30", "G1", poc_id="P2"),
        event("e6", "2026-10-06"),
        event("e7", "2026-10-07"),
    ]
    pocs = [poc(goals_planned=4), poc("P2", goals_planned=0)]
    found = scored(*pocs, asked=("poc_goal_completion_rate", "poc_events_accomplished"), product_events=events)

    row = found.row("poc_goal_completion_rate", END)
    assert (row["numerator"], row["denominator"], row["value"]) == (2, 4, 0.5)
    assert found.value("poc_events_accomplished", END) == 3 + 2
    assert found.value("poc_events_accomplished", "2026-09-30") == 1
    assert found.value("poc_events_accomplished", "2026-10-04", "day") == 0


def test_a_success_is_an_intention_to_buy_within_two_calendar_months(scored: Any) -> None:
    """Two months after 31 December is the end of February."""
    asked = ("successful_poc_evaluations",)
    pocs = [
        evaluated("P1", "2025-12-31", "2026-02-28"),
        evaluated("P2", "2025-12-31", "2026-03-01"),
        evaluated("P3", "2025-12-31", "2026-02-28", evaluation_result="fail"),
        evaluated("P4", "2025-12-31", intent_to_buy_by=None),
    ]
    deal = {**DEAL, "created_at": at("2025-08-20")}
    found = scored(*pocs, asked=asked, opportunities=[deal], leads=[{**LEAD, "created_at": at("2025-08-01")}])

    assert found.value("successful_poc_evaluations", "2025-12-31") == 1


def test_e_censor_success_is_of_the_executed_within_sixty_days_and_immature_before(scored: Any) -> None:
    pocs = [
        evaluated("P1", "2026-10-09", executed_at=at("2026-08-10")),
        evaluated("P2", "2026-10-10", executed_at=at("2026-08-10")),
    ]
    before, after = (scored(*pocs, asked=("poc_success_rate",), day=day) for day in ("2026-10-29", "2026-10-30"))

    row = after.row("poc_success_rate", "2026-08-31")
    assert (row["numerator"], row["denominator"], row["status"]) == (1, 2, "ok")
    assert before.row("poc_success_rate", "2026-08-31")["status"] == "immature"


def test_e_neg_a_poc_that_ends_before_it_begins_counts_but_takes_no_time(tmp_path: Path, company: Company) -> None:
    pocs = [poc("P1"), poc("P2", started_at=at("2026-10-20"))]
    lake = land(tmp_path, {"leads": [LEAD], "opportunities": [DEAL], "pocs": pocs})
    found = score(lake, company, END, "pocs_executed", "poc_time_to_finish")

    row = found.row("poc_time_to_finish", END)
    assert found.value("pocs_executed", END) == 2
    assert (row["numerator"], row["denominator"], row["value"]) == (9, 1, 9)
    assert quality(lake, company, company.whole, date(2026, 10, 31)).negative_durations == 1


def test_what_a_poc_cost_follows_it_whenever_it_was_paid(scored: Any) -> None:
    """E_FX: each entry at the rate of its own date, in the money of the POC's region and of the company."""
    costs = [
        {"cost_id": "1", "cost_type": "poc_time", "amount": 100, "currency": "EUR", "cost_date": date(2026, 9, 2)},
        {"cost_id": "2", "cost_type": "poc_material", "amount": 30, "cost_date": date(2026, 10, 12), "country": "US"},
        {"cost_id": "3", "cost_type": "travel", "amount": 500, "cost_date": date(2026, 10, 12)},
        {"cost_id": "4", "cost_type": "poc_time", "amount": 900, "cost_date": date(2026, 11, 2)},
    ]
    fx = [*rates("2026-09-02", USD=1.2), *rates("2026-10-12", USD=1.5)]
    found = scored(
        poc(accomplished_at=at("2026-10-10")),
        poc("P2"),
        asked=("poc_cost_per_accomplished_poc", "poc_cost_per_successful_poc"),
        leads=[{**LEAD, "country": "ES"}],
        sales_costs=[{**cost, "poc_id": "P1"} for cost in costs],
        fx_rates=fx,
    )

    assert found.value("poc_cost_per_accomplished_poc", END) == 150
    assert found.value("poc_cost_per_accomplished_poc", END, region="spain", currency="EUR") == 120
    assert found.value("poc_cost_per_accomplished_poc", "2026-09-30") is None
    assert found.row("poc_cost_per_successful_poc", END)["status"] == "null"


def test_where_nobody_keeps_what_pocs_cost_they_cost_nothing_known(scored: Any) -> None:
    found = scored(poc(accomplished_at=at("2026-10-10")), asked=("poc_cost_per_accomplished_poc",))

    assert found.row("poc_cost_per_accomplished_poc", END)["status"] == "null"


def test_missing_where_a_poc_s_goals_or_costs_have_no_source_and_nothing_else_is(
    tmp_path: Path, company: Company
) -> None:
    without = [name for name in TABLES if name not in ("product_events", "sales_costs")]
    lake = land(tmp_path, {"leads": [LEAD], "opportunities": [DEAL], "pocs": [poc()]}, covered=without)
    asked = ("poc_pass_rate", "poc_goal_completion_rate", "poc_events_accomplished", "poc_cost_per_accomplished_poc")
    found = score(lake, company, END, *asked)

    assert [found.row(kpi, END)["status"] for kpi in asked] == ["ok", "missing", "missing", "missing"]


def test_a_poc_costs_what_was_spent_up_to_its_stage_in_the_configured_order(scored: Any) -> None:
    stages = {"visitor": 1, "lead": 2, "sal": 4, "poc": 8, "poc_evaluation": 16, "negotiation": 32, None: 64}
    costs = [
        {"cost_id": str(amount), "cost_date": date(2026, 10, 2), "stage": stage, "amount": amount}
        for stage, amount in stages.items()
    ]
    existing = {"cost_id": "x", "cost_date": date(2026, 10, 2), "acquisition_scope": "existing", "stage": "lead"}
    found = scored(
        evaluated(),
        asked=("cost_per_poc", "cost_per_successful_poc"),
        sales_costs=[*costs, {**existing, "amount": 128}],
        ad_spend_daily=[{"date": date(2026, 10, 2), "spend": 1000}],
    )

    assert found.value("cost_per_poc", END) == 1000 + 1 + 2 + 4 + 8
    assert found.value("cost_per_successful_poc", END) == 1000 + 1 + 2 + 4 + 8 + 16


def test_an_intention_comes_true_by_the_day_the_buyer_named(scored: Any) -> None:
    def deal(number: int, day: str) -> Row:
        won = {"status": "won", "closed_at": at(day), "updated_at": at(day)}
        return {**DEAL, "opportunity_id": f"O{number}", **won}

    pocs = [
        evaluated(
            f"P{number}", "2026-08-15", by="2026-10-10", opportunity_id=f"O{number}", executed_at=at("2026-08-11")
        )
        for number in (1, 2, 3)
    ]
    deals = [deal(1, "2026-10-10"), deal(2, "2026-10-11"), {**DEAL, "opportunity_id": "O3"}]
    found = scored(*pocs, asked=("buy_intent_realisation_rate",), opportunities=deals, day="2026-11-30")

    row = found.row("buy_intent_realisation_rate", "2026-08-31")
    assert (row["numerator"], row["denominator"], row["status"]) == (1, 3, "ok")


class TestIntentions:
    """sql_with_buy_intent_2m: what stood at the end of a month."""

    def value(self, scored: Any, *pocs: Row, end: str = END, **tables: list[Row]) -> float | None:
        found: Scored = scored(*pocs, asked=("sql_with_buy_intent_2m",), **tables)
        return found.value("sql_with_buy_intent_2m", end)

    def test_between_the_day_and_two_calendar_months_later(self, scored: Any) -> None:
        assert self.value(scored, evaluated(by="2026-12-31")) == 1
        assert self.value(scored, evaluated(by="2027-01-01")) == 0
        assert self.value(scored, evaluated(by="2026-10-30")) == 0

    def test_a_lead_counts_once(self, scored: Any) -> None:
        assert self.value(scored, evaluated(), evaluated("P2", by="2026-12-01")) == 1

    def test_e_pit_as_it_stood_then(self, scored: Any) -> None:
        """Evaluated in September with one intention, which the buyer put off in October."""
        put_off = evaluated(on="2026-09-20", by="2027-06-01", updated_at=at("2026-10-20"))
        pocs = [evaluated(on="2026-09-20", by="2026-10-30"), put_off]

        assert self.value(scored, *pocs, end="2026-09-30") == 1
        assert self.value(scored, *pocs) == 0
        assert self.value(scored, *pocs, end="2026-08-31") == 0

    def test_not_once_won_or_lost(self, scored: Any) -> None:
        for status in ("won", "lost"):
            closed = {**DEAL, "status": status, "closed_at": at("2026-10-20"), "updated_at": at("2026-10-20")}
            pocs = [evaluated(on="2026-09-20", by="2026-11-15")]

            assert self.value(scored, *pocs, end="2026-09-30", opportunities=[closed]) == 1
            assert self.value(scored, *pocs, opportunities=[closed]) == 0

    def test_not_while_disqualified(self, scored: Any) -> None:
        moves = [("sql", "2026-09-01"), ("disqualified", "2026-09-25"), ("sql", "2026-10-05")]
        history = [{"entity_id": "L1", "stage": stage, "entered_at": at(day)} for stage, day in moves]
        pocs = [evaluated(on="2026-09-20", by="2026-11-15", opportunity_id=None, lead_id="L1")]

        assert self.value(scored, *pocs, end="2026-09-30", crm_stage_history=history, opportunities=[]) == 0
        assert self.value(scored, *pocs, crm_stage_history=history, opportunities=[]) == 1

    def test_not_before_it_is_an_sql(self, scored: Any) -> None:
        pocs = [evaluated(opportunity_id=None, lead_id="L1")]

        assert self.value(scored, *pocs, opportunities=[]) == 0


def test_an_intention_without_a_deal_comes_true_by_a_deal_won_since(scored: Any) -> None:
    """What the lead had bought before is not what it now means to buy."""
    named = evaluated(opportunity_id=None, lead_id="L1", account_id="A1")
    before, since = (
        {**DEAL, "status": "won", "closed_at": at(day), "updated_at": at(day)} for day in ("2026-09-01", "2026-11-05")
    )
    asked = ("buy_intent_realisation_rate",)

    old = scored(named, asked=asked, day="2026-12-31", opportunities=[before])
    both = scored(named, asked=asked, day="2026-12-31", opportunities=[before, {**since, "opportunity_id": "O2"}])

    assert [each.value(*asked, END) for each in (old, both)] == [0, 1]


@pytest.mark.parametrize(
    ("exits", "lost_on", "means_it"),
    [("disqualified", None, 0), ("lost", None, 0), ("mql", None, 1), (None, "2026-10-20", 0), (None, "2026-09-20", 1)],
)
def test_who_is_lost_means_to_buy_no_more(scored: Any, exits: str | None, lost_on: str | None, means_it: int) -> None:
    """By the lead's own history, or because its only deal was lost since it said so: said afterwards, it counts."""
    history = [{"entity_id": "L1", "stage": "sql", "entered_at": at("2026-09-01")}]
    history += [{"entity_id": "L1", "stage": exits, "entered_at": at("2026-10-20")}] if exits else []
    closed = {"status": "lost", "closed_at": at(lost_on), "updated_at": at(lost_on)} if lost_on else {}
    deals = [{**DEAL, **closed}] if lost_on else []
    named = evaluated(opportunity_id=None, lead_id="L1", account_id="A1")

    found = scored(named, asked=("sql_with_buy_intent_2m",), opportunities=deals, crm_stage_history=history)

    assert found.value("sql_with_buy_intent_2m", END) == means_it
