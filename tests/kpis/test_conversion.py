"""From stage to stage: who moved on, how soon, and in which order the company has its stages."""

from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from include.company import Company
from tests.kpis.billing import account, item
from tests.kpis.factory import Row, Scored, at, land, score

END = "2026-10-31"


def lead(name: str = "L1", day: str = "2026-06-01", **given: Any) -> Row:
    return {"lead_id": name, "created_at": at(day), **given}


def moved(stage: str, day: str, name: str = "L1", **given: Any) -> Row:
    return {"entity_id": name, "stage": stage, "entered_at": at(day), **given}


def deal(
    name: str = "L1", day: str = "2026-06-20", closed: str | None = None, status: str = "won", **given: Any
) -> Row:
    """The deal of the lead of its name."""
    known = {"opportunity_id": f"O{name}", "primary_lead_id": name, "account_id": f"A{name}", "created_at": at(day)}
    decided = {"status": status, "closed_at": at(closed), "updated_at": at(closed)} if closed else {}
    return {**known, **decided, **given}


def deal_moved(stage: str, day: str, name: str = "L1", **given: Any) -> Row:
    return moved(stage, day, f"O{name}", entity_type="opportunity", **given)


@pytest.fixture
def scored(tmp_path: Path, company: Company) -> Any:
    """Scores of what is asked from rows, with the company's stages in their order, or in another."""

    def from_rows(*asked: str, day: str = END, order: tuple[str, ...] = (), **tables: list[Row]) -> Scored:
        funnel = company.funnel.model_copy(update={"order": order or company.funnel.order})
        here = company.model_copy(update={"funnel": funnel})
        return score(land(Path(mkdtemp(dir=tmp_path)), tables), here, day, *asked)

    return from_rows


def parts(scored: Scored, kpi: str, end: str = "2026-06-30", **cell: Any) -> tuple[Any, Any]:
    row = scored.row(kpi, end, **cell)
    return row["numerator"], row["denominator"]


def test_e_skip_who_is_further_has_passed_all_stages_before(scored: Any) -> None:
    """From lead straight to a deal, and from there straight to won: each stage between was passed on that day."""
    found = scored(
        "stage_conversion_rate", "sal_count", "negotiations_initiated", "time_in_negotiation", "mql_to_sql_time",
        leads=[lead()], opportunities=[deal(closed="2026-07-10")],
    )  # fmt: skip

    assert found.value("sal_count", "2026-06-30") == 1
    assert found.value("negotiations_initiated", "2026-07-31") == 1
    assert [parts(found, "stage_conversion_rate", stage=stage) for stage in ("mql", "sql", "sal")] == [(1, 1)] * 3
    assert parts(found, "stage_conversion_rate", stage="opportunity") == (1, 1)
    assert parts(found, "stage_conversion_rate", "2026-07-31", stage="negotiation") == (1, 1)
    assert parts(found, "time_in_negotiation", "2026-07-31") == (0, 0)
    assert parts(found, "mql_to_sql_time") == (0, 0)


def test_e_reenter_a_stage_counts_once_by_its_first_entry_and_each_visit_takes_its_time(scored: Any) -> None:
    history = [
        deal_moved("negotiation", "2026-06-22"),
        deal_moved("opportunity", "2026-06-25"),
        deal_moved("negotiation", "2026-07-01"),
    ]
    found = scored(
        "negotiations_initiated", "negotiation_to_won_rate", "time_in_negotiation",
        leads=[lead()], opportunities=[deal(closed="2026-07-11")],
        crm_stage_history=[*history, deal_moved("won", "2026-07-11")],
    )  # fmt: skip

    ends = ("2026-06-30", "2026-07-31")
    assert [found.value("negotiations_initiated", end) for end in ends] == [1, 0]
    assert parts(found, "negotiation_to_won_rate") == (1, 1)
    assert [parts(found, "time_in_negotiation", end) for end in ends] == [(3, 1), (10, 1)]


def test_e_censor_a_stage_is_immature_until_its_window_has_passed(scored: Any) -> None:
    """90 days after the end of June are over on 28 September."""
    rows: dict[str, list[Row]] = {"leads": [lead(), lead("L2")], "crm_stage_history": [moved("mql", "2026-08-30")]}
    asked = ("stage_conversion_rate", "stage_drop_off_rate")
    before, after = (scored(*asked, day=day, **rows) for day in ("2026-09-27", "2026-09-28"))

    assert [before.row(kpi, "2026-06-30", stage="lead")["status"] for kpi in asked] == ["immature"] * 2
    assert [after.row(kpi, "2026-06-30", stage="lead")["status"] for kpi in asked] == ["ok"] * 2
    assert [after.value(kpi, "2026-06-30", stage="lead") for kpi in asked] == [0.5, 0.5]
    assert [before.value(kpi, "2026-06-30", stage="lead") for kpi in asked] == [0.5, None], "who has not may yet"


def test_who_moves_on_too_late_has_dropped_off(scored: Any) -> None:
    history = [moved("mql", "2026-08-30"), moved("mql", "2026-08-31", "L2")]
    found = scored("stage_drop_off_rate", leads=[lead(), lead("L2"), lead("L3")], crm_stage_history=history)

    assert parts(found, "stage_drop_off_rate", stage="lead") == (2, 3)


def test_conversion_and_drop_off_add_up_to_all_in_every_cell(scored: Any) -> None:
    leads = [lead(f"L{n}", f"2026-0{5 + n % 3}-0{1 + n}", channel="email" if n % 2 else "event") for n in range(8)]
    history = [moved("mql", f"2026-07-{10 + n}", f"L{n}") for n in range(0, 8, 3)]
    found = scored(
        "stage_conversion_rate", "stage_drop_off_rate",
        leads=leads, crm_stage_history=history, opportunities=[deal("L1", "2026-08-01", "2026-08-30", "lost")],
    )  # fmt: skip

    def by_cell(kpi: str) -> dict[tuple[Any, ...], Row]:
        return {tuple(list(row.values())[1:16]): row for row in found.all(kpi) if row["denominator"]}

    on, off = by_cell("stage_conversion_rate"), by_cell("stage_drop_off_rate")
    assert len(on) > 100
    assert on.keys() == off.keys()
    for cell, row in on.items():
        assert row["numerator"] + off[cell]["numerator"] == row["denominator"] == off[cell]["denominator"]


SAL_FIRST = (
    "visitor", "lead", "mql", "sal", "sql", "opportunity", "poc", "poc_evaluation", "negotiation", "won",
    "renewal_expansion",
)  # fmt: skip
ACCEPTED = [moved("mql", "2026-06-02"), moved("mql", "2026-06-02", "L2"), moved("sal", "2026-06-05")]


def test_sal_after_sql(scored: Any) -> None:
    """The default: who was accepted has been qualified."""
    found = scored(
        "sql_to_sal_rate", "stage_conversion_rate", "sql_count", "sal_count", "mql_to_sql_rate",
        leads=[lead(), lead("L2")], crm_stage_history=[*ACCEPTED, moved("sql", "2026-06-05", "L2")],
    )  # fmt: skip

    assert [found.value(kpi, "2026-06-30") for kpi in ("sql_count", "sal_count")] == [2, 1]
    assert parts(found, "sql_to_sal_rate") == (1, 2)
    assert parts(found, "mql_to_sql_rate") == (2, 2)
    assert parts(found, "stage_conversion_rate", stage="sql") == (1, 2)
    assert parts(found, "stage_conversion_rate", stage="sal") == (0, 1)


def test_sal_before_sql(scored: Any) -> None:
    """Where sales accepts before it qualifies, the same rows say that who was qualified had been accepted; the rate of
    the pair is from the first of the two to the second, and a stage leads to the next of that order."""
    found = scored(
        "sql_to_sal_rate", "stage_conversion_rate", "sql_count", "sal_count", "mql_to_sql_rate", order=SAL_FIRST,
        leads=[lead(), lead("L2")], crm_stage_history=[*ACCEPTED, moved("sql", "2026-06-05", "L2")],
    )  # fmt: skip

    assert [found.value(kpi, "2026-06-30") for kpi in ("sql_count", "sal_count")] == [1, 2]
    assert parts(found, "sql_to_sal_rate") == (1, 2)
    assert parts(found, "mql_to_sql_rate") == (1, 2)
    assert parts(found, "stage_conversion_rate", stage="mql") == (2, 2)
    assert parts(found, "stage_conversion_rate", stage="sal") == (1, 2)
    assert parts(found, "stage_conversion_rate", stage="sql") == (0, 1)


def test_a_cost_of_accepting_is_one_of_qualifying_only_where_it_comes_before(scored: Any) -> None:
    costs = [
        {"cost_id": stage, "cost_date": date(2026, 10, 2), "stage": stage, "amount": amount}
        for stage, amount in {"mql": 1, "sal": 10, "poc": 100, "poc_evaluation": 1000}.items()
    ]
    poc = {"poc_id": "P", "lead_id": "L1", "started_at": at("2026-10-01"), "executed_at": at("2026-10-05")}
    poc_first = ("visitor", "lead", "poc", "mql", "sql", "sal", "opportunity", "poc_evaluation", "negotiation", "won")
    rows: dict[str, list[Row]] = {"leads": [lead()], "sales_costs": costs, "pocs": [poc]}

    assert scored("cost_per_poc", **rows).value("cost_per_poc", END) == 111
    assert scored("cost_per_poc", order=poc_first, **rows).value("cost_per_poc", END) == 100


def test_an_sql_is_an_opportunity_by_its_deal_or_by_what_the_crm_calls_it(scored: Any) -> None:
    """60 days after 2 June is 1 August."""
    names = ("L1", "L2", "L3")
    history = [moved("sql", "2026-06-02", name) for name in names] + [moved("opportunity", "2026-06-09", "L3")]
    deals = [deal("L1", "2026-08-01"), deal("L2", "2026-08-02")]
    leads = [lead(name) for name in names]
    found = scored("sql_to_opportunity_rate", leads=leads, crm_stage_history=history, opportunities=deals)

    assert parts(found, "sql_to_opportunity_rate") == (2, 3)


def test_pql_and_iql_are_mqls_of_their_kind(scored: Any) -> None:
    kinds = {"L1": "pql", "L2": "pql", "L3": "iql", "L4": "mql"}
    leads = [lead(name, qualification_type=kind) for name, kind in kinds.items()]
    history = [moved("mql", "2026-06-02", name) for name in kinds] + [moved("sql", "2026-06-09", "L1")]
    found = scored("pql_to_sql_rate", "iql_to_sql_rate", "mql_to_sql_rate", leads=leads, crm_stage_history=history)

    assert [parts(found, f"{kind}_to_sql_rate") for kind in ("pql", "iql", "mql")] == [(1, 2), (0, 1), (1, 4)]


def test_e_neg_what_ends_before_it_begins_counts_but_takes_no_time(scored: Any) -> None:
    history = [
        moved("mql", "2026-06-02"), moved("sql", "2026-06-08"),
        moved("mql", "2026-06-09", "L2"), moved("sql", "2026-06-05", "L2", valid_from=at("2026-06-10")),
    ]  # fmt: skip
    deals = [deal(closed="2026-06-24"), deal("L2", closed="2026-06-18", status="lost")]
    found = scored(
        "mql_to_sql_time", "mql_to_sql_rate", "pipeline_transit_time", "win_rate",
        leads=[lead(), lead("L2")], crm_stage_history=history, opportunities=deals,
    )  # fmt: skip

    assert parts(found, "mql_to_sql_time") == (6, 1)
    assert parts(found, "mql_to_sql_rate") == (2, 2)
    assert parts(found, "pipeline_transit_time") == (4, 1)
    assert parts(found, "win_rate") == (1, 2)


def test_e_attr_a_person_stays_where_it_was_first_touched(scored: Any) -> None:
    """What the CRM says of its channel later moves nothing, and what nobody said is a member of its own."""
    later = lead(channel="email", country="ES", updated_at=at("2026-06-05"))
    leads = [lead(channel="event"), later, lead("L2", country=None)]
    found = scored("lead_to_won_rate", leads=leads, opportunities=[deal(closed="2026-07-10")])

    assert parts(found, "lead_to_won_rate", channel="event") == (1, 1)
    assert parts(found, "lead_to_won_rate", region="united_states") == (1, 1)
    assert parts(found, "lead_to_won_rate", region="unassigned", country="unknown") == (0, 1)
    assert not found.all("lead_to_won_rate", channel="email")


def test_e_reopen_the_last_close_counts(scored: Any) -> None:
    """Lost in June, open again, won in August; as of July it was open."""
    versions = [
        deal(closed="2026-06-28", status="lost"),
        deal(updated_at=at("2026-07-05"), status="open"),
        deal(closed="2026-08-20"),
    ]
    asked = ("close_rate", "win_rate", "pipeline_transit_time")
    june, july, now = (
        scored(*asked, day=day, leads=[lead()], opportunities=versions) for day in ("2026-06-30", "2026-07-31", END)
    )

    assert (parts(june, "win_rate"), parts(june, "close_rate")) == ((0, 1), (0, 1))
    assert (parts(july, "win_rate"), parts(july, "close_rate")) == ((0, 0), (0, 1))
    assert (parts(now, "win_rate"), parts(now, "win_rate", "2026-08-31")) == ((0, 0), (1, 1))
    assert parts(now, "close_rate") == (1, 1)
    assert parts(now, "pipeline_transit_time", "2026-08-31") == (61, 1)


def test_e_closebias_many_deals_closed_at_once_move_the_win_rate_and_not_the_close_rate(scored: Any) -> None:
    """Three dead deals of March are closed on the last day of June, beside the one won of June's two."""
    dead = [deal(f"D{n}", "2026-03-02", "2026-06-30", "lost") for n in range(3)]
    new = [deal("L1", "2026-06-01", "2026-06-20"), deal("L2", "2026-06-01")]
    found = scored("win_rate", "close_rate", day="2026-12-31", opportunities=[*dead, *new])

    assert found.value("win_rate", "2026-06-30") == 0.25
    assert found.value("close_rate", "2026-06-30") == 0.5
    assert found.value("close_rate", "2026-03-31") == 0


def test_win_rate_by_value_leaves_renewals_out(scored: Any) -> None:
    deals = [
        deal("L1", closed="2026-06-25", amount=300),
        deal("L2", closed="2026-06-25", status="lost", amount=100),
        deal("L3", closed="2026-06-25", amount=5000, type="renewal"),
        deal("L4", amount=9000),
    ]
    found = scored("win_rate_value", opportunities=deals)

    assert found.value("win_rate_value", "2026-06-30") == 0.75


def test_renewals_are_no_negotiations_of_the_funnel(scored: Any) -> None:
    deals = [deal("L1", closed="2026-06-25"), deal("L2", closed="2026-06-25", type="renewal")]
    found = scored("negotiations_initiated", "negotiation_to_won_rate", "close_rate", opportunities=deals)

    assert found.value("negotiations_initiated", "2026-06-30") == 1
    assert [parts(found, kpi) for kpi in ("negotiation_to_won_rate", "close_rate")] == [(1, 1), (1, 1)]


def test_only_customers_of_web_channels_are_visitors_that_bought(scored: Any) -> None:
    leads = [lead("L1"), lead("L2", channel="event"), lead("L3", country="CN")]
    visits = [{"period_start": date(2026, 6, 1), "visitors": 50}]
    deals = [deal(name, closed="2026-06-25") for name in ("L1", "L2", "L3")]
    found = scored("overall_conversion_rate", leads=leads, web_sessions_daily=visits, opportunities=deals)

    assert parts(found, "overall_conversion_rate") == (1, 50)


def test_e_bot_visitors_are_as_the_source_filtered_them_and_it_says_how(tmp_path: Path, company: Company) -> None:
    visits = [{"period_start": date(2026, 6, 1), "visitors": 50, "sessions": 900, "bot_filter_version": "v7"}]
    lake = land(tmp_path, {"web_sessions_daily": visits})

    assert score(lake, company, END, "visitors").value("visitors", "2026-06-30") == 50
    assert lake.scan("web_sessions_daily").column("bot_filter_version").to_pylist() == ["v7"]


def test_new_customers_are_measured_by_those_there_were_when_the_period_began(scored: Any) -> None:
    """Two paid on 31 May; one of them leaves in June, and two come."""
    accounts = [account(name, channel="email") for name in ("A", "B", "AL1", "AL2")]
    items = [item("A", "2026-01-10", 100), item("B", "2026-01-10", 100), item("AL1", "2026-06-20", 50)]
    leaves = item("B", "2026-06-10", 100, status="canceled", canceled_at=at("2026-06-10"))
    deals = [deal("L1", closed="2026-06-20"), deal("L2", closed="2026-06-21")]
    found = scored(
        "customer_acquisition_rate",
        leads=[lead("L1", channel="email"), lead("L2", channel="email")],
        accounts=accounts, subscription_items=[*items, leaves], opportunities=deals,
    )  # fmt: skip

    assert parts(found, "customer_acquisition_rate") == (2, 2)
    assert found.value("customer_acquisition_rate", "2026-06-30", channel="email") == 1
    assert found.row("customer_acquisition_rate", "2026-01-31")["status"] == "null"


def test_e_lagstart_null_while_the_earlier_month_lies_before_the_data(scored: Any) -> None:
    leads = [lead("L1", "2026-06-01"), lead("L2", "2026-08-01")]
    history = [moved("mql", "2026-06-02"), moved("sql", "2026-08-09"), moved("sql", "2026-07-09", "L2")]
    found = scored("mql_to_sql_rate_lagged", leads=leads, crm_stage_history=history)

    assert found.row("mql_to_sql_rate_lagged", "2026-07-31")["status"] == "null"
    assert found.value("mql_to_sql_rate_lagged", "2026-08-31") == 1


@pytest.mark.parametrize(("day", "mqls"), [("04-27", 27), ("04-28", 28), ("04-29", 28), ("04-30", 28)])
def test_e_openperiod_a_running_month_is_over_as_many_days_of_the_earlier_one(scored: Any, day: str, mqls: int) -> None:
    """One MQL on each day of February; April has two days more."""
    leads = [lead(f"L{number}", "2026-01-05") for number in range(1, 29)]
    history = [moved("mql", f"2026-02-{number:02}", f"L{number}") for number in range(1, 29)]

    found = scored("mql_to_sql_rate_lagged", day=f"2026-{day}", leads=leads, crm_stage_history=history)

    assert found.row("mql_to_sql_rate_lagged", f"2026-{day}")["denominator"] == mqls


def test_a_deal_closed_without_a_word_in_its_history_has_left_its_stage(scored: Any) -> None:
    """Ten days in negotiation, until it was lost; one closed before it is said to have got there has no such time."""
    deals = [deal("late", "2026-09-01", "2026-09-15", "lost"), deal("early", "2026-09-01", "2026-09-04", "lost")]
    history = [deal_moved("negotiation", "2026-09-05", name) for name in ("late", "early")]

    row = scored("time_in_negotiation", opportunities=deals, crm_stage_history=history).row(
        "time_in_negotiation", "2026-09-30"
    )

    assert (row["numerator"], row["denominator"]) == (10, 1)


def test_a_lead_said_to_renew_has_not_won_without_a_deal(scored: Any) -> None:
    """It has passed the stages before."""
    history = [moved("mql", "2026-06-05"), moved("renewal_expansion", "2026-06-20")]
    asked = ("lead_to_won_rate", "sql_count")

    found = scored(*asked, leads=[lead("L1", "2026-06-01")], crm_stage_history=history)

    assert [found.row(kpi, "2026-06-30")["numerator"] for kpi in asked] == [0, 1]
