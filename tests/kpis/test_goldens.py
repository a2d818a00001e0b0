"""The specification's worked examples, from landed rows through facts and compiled SQL to scores."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from include.company import Company
from include.lake import Lake
from tests.kpis.factory import at, land, score


def rate(day: str, **quotes: float) -> list[dict[str, object]]:
    """Units of each currency per euro on `day`."""
    return [{"rate_date": date.fromisoformat(day), "quote_currency": name, "rate": quotes[name]} for name in quotes]


def test_g1_chimney_sweep(tmp_path: Path, company: Company) -> None:
    """100 calls at $50, 20 sales at $2,500."""
    leads = [{"lead_id": f"L{n}", "created_at": at("2026-01-05")} for n in range(100)]
    won = [
        {
            "opportunity_id": f"O{n}",
            "primary_lead_id": f"L{n}",
            "account_id": f"A{n}",
            "created_at": at("2026-01-06"),
            "status": "won",
            "closed_at": at("2026-01-20"),
            "amount": 2500,
            "updated_at": at("2026-01-20"),
        }
        for n in range(20)
    ]
    spend = [{"date": date(2026, 1, 5), "spend": 5000}]
    lake = land(tmp_path, {"leads": leads, "opportunities": won, "ad_spend_daily": spend})

    kpis = ("bookings", "cost_per_lead", "cac", "media_cac", "roas", "ad_spend", "leads_created", "deals_won")
    returns = ("marketing_roi", "revenue_per_lead", "margin_after_acquisition", "lead_to_won_rate")
    scored = score(lake, company, "2026-01-31", *kpis, *returns)

    assert scored.value("leads_created", "2026-01-31") == 100
    assert scored.value("lead_to_won_rate", "2026-01-31") == 0.20
    assert scored.value("bookings", "2026-01-31") == 50_000
    assert scored.value("ad_spend", "2026-01-31") == 5_000
    assert scored.value("cost_per_lead", "2026-01-31") == 50
    assert scored.value("cac", "2026-01-31") == 250
    assert scored.value("media_cac", "2026-01-31") == 250
    assert scored.value("roas", "2026-01-31") == 10
    assert scored.value("marketing_roi", "2026-01-31") == 9
    assert scored.value("revenue_per_lead", "2026-01-31") == 500
    margin = scored.row("margin_after_acquisition", "2026-01-31")
    assert margin["numerator"] == 45_000
    assert margin["numerator"] / scored.row("deals_won", "2026-01-31")["numerator"] == 2_250


def test_g2_spanish_lag(tmp_path: Path, company: Company) -> None:
    """One lag, three rules: over the month two earlier, over the same month, and of the same MQLs."""
    starts = {1: "2026-01-10", 2: "2026-02-10", 3: "2026-03-10"}
    ends = {1: "2026-01-25", 2: "2026-02-25", 3: "2026-03-25"}
    became = {(1, 1): 10, (1, 2): 16, (2, 2): 14, (1, 3): 18, (2, 3): 26, (3, 3): 6}
    leads, history = [], []
    for month, count in {1: 200, 2: 250, 3: 100}.items():
        sql_months = [later for (first, later), many in became.items() if first == month for _ in range(many)]
        for number in range(count):
            name = f"M{month}-{number}"
            leads.append({"lead_id": name, "created_at": at(starts[month])})
            history.append({"entity_id": name, "stage": "mql", "entered_at": at(starts[month], 13)})
            if number < len(sql_months):
                history.append({"entity_id": name, "stage": "sql", "entered_at": at(ends[sql_months[number]])})
    lake = land(tmp_path, {"leads": leads, "crm_stage_history": history})

    rules = ("mql_to_sql_rate_lagged", "mql_to_sql_rate_period", "mql_to_sql_rate")
    scored = score(lake, company, "2026-03-31", *rules)

    assert scored.value("mql_to_sql_rate_lagged", "2026-03-31") == 0.25
    assert scored.value("mql_to_sql_rate_period", "2026-03-31") == 0.50
    assert scored.value("mql_to_sql_rate", "2026-01-31") == 0.22
    assert scored.value("mql_to_sql_rate_lagged", "2026-01-31") is None
    assert scored.value("mql_to_sql_rate_lagged", "2026-02-28") is None


def test_g4_sales_velocity(tmp_path: Path, company: Company) -> None:
    """50 worked in March, 8 won and 12 lost of them, $160,000 won after 80 days each; a renewal is none of it."""
    closed = {"won": range(8), "lost": range(8, 20), "renewal": range(50, 51)}
    created = ["2026-01-01" if n < 8 else "2026-03-10" if n in range(40, 50) else "2026-02-10" for n in range(51)]
    state = {n: name for name, numbers in closed.items() for n in numbers}
    deals = [
        {
            "opportunity_id": f"O{n}",
            "primary_lead_id": f"L{n}",
            "account_id": f"A{n}",
            "type": "renewal" if n == 50 else "new",
            "created_at": at(created[n]),
            "amount": 20_000,
            **_closed(state.get(n)),
        }
        for n in range(51)
    ]
    gone = {**deals[8], "opportunity_id": "gone", "closed_at": at("2026-02-27"), "updated_at": at("2026-02-27")}
    leads = [{"lead_id": f"L{n}", "created_at": at(created[n])} for n in range(51)]
    lake = land(tmp_path, {"leads": leads, "opportunities": [*deals, gone]})

    row = score(lake, company, "2026-03-31", "sales_velocity").row("sales_velocity", "2026-03-31")

    assert (row["numerator"], row["denominator"]) == (64_000_000, 12_800)
    assert (row["value"], row["status"], row["n"]) == (5_000, "ok", 50)


def _closed(how: str | None) -> dict[str, object]:
    """Decided on 22 March, the 80th day of the year."""
    if how is None:
        return {}
    stamp = at("2026-03-22")
    return {"status": "lost" if how == "lost" else "won", "closed_at": stamp, "updated_at": stamp}


def test_g5_multi_currency_cac(tmp_path: Path, company: Company) -> None:
    """Each amount at its own date's rate; channels direct, the total loaded; test and upsell wins are none."""
    rates = [
        *rate("2026-01-09", USD=1.0, MYR=4.0),
        *rate("2026-01-12", USD=1.10, MYR=4.4),
        *rate("2026-01-20", USD=1.12, CNY=8.0),
        *rate("2026-01-23", USD=1.2, MYR=5.0),
    ]
    spend = [
        {"date": date(2026, 1, 10), "spend": 4000, "currency": "MYR", "country": "MY"},
        {"date": date(2026, 1, 25), "spend": 4000, "currency": "MYR", "country": "MY"},
        {"date": date(2026, 1, 12), "spend": 1000, "currency": "EUR", "country": "ES", "channel": "paid_social"},
        {"date": date(2026, 1, 20), "spend": 7000, "currency": "CNY", "country": "CN", "channel": "event"},
    ]
    spend = [{**row, "campaign_id": f"c{number}"} for number, row in enumerate(spend)]
    costs = [{"cost_id": "rep", "cost_date": date(2026, 1, 31), "cost_type": "rep_pay", "amount": 1960}]
    wins = ["paid_search", "paid_search", "event", "organic_search", "organic_search", "paid_social", "direct"]
    leads = [{"lead_id": f"L{n}", "created_at": at("2026-01-02"), "channel": wins[n]} for n in range(7)]
    accounts = [{"account_id": f"A{n}", "created_at": at("2026-01-02"), "is_test": n == 5} for n in range(7)]
    won = [
        {
            "opportunity_id": f"O{n}",
            "primary_lead_id": f"L{n}",
            "account_id": f"A{n}",
            "type": "upsell" if n == 6 else "new",
            "created_at": at("2026-01-03"),
            "status": "won",
            "closed_at": at("2026-01-28"),
            "amount": 1,
            "updated_at": at("2026-01-28"),
        }
        for n in range(7)
    ]
    tables = {"leads": leads, "accounts": accounts, "opportunities": won, "ad_spend_daily": spend}
    lake = land(tmp_path, {**tables, "sales_costs": costs, "fx_rates": rates})

    scored = score(lake, company, "2026-01-31", "cac", "media_cac", "ad_spend", "new_customers", "deals_won")

    assert scored.row("ad_spend", "2026-01-31")["numerator"] == Decimal("4040.000000000")
    assert scored.value("new_customers", "2026-01-31") == 5
    assert scored.value("deals_won", "2026-01-31") == 6
    assert scored.value("media_cac", "2026-01-31") == 808
    assert scored.value("cac", "2026-01-31") == 1200
    spent = {"paid_search": 1960, "paid_social": 1100, "event": 980}
    assert {name: scored.row("ad_spend", "2026-01-31", channel=name)["numerator"] for name in spent} == spent
    by_channel = {channel: scored.value("cac", "2026-01-31", channel=channel) for channel in ("paid_search", "event")}
    assert by_channel == {"paid_search": 980, "event": 980}
    assert scored.value("cac", "2026-01-31", channel="organic_search") == 0
    assert scored.value("cac", "2026-01-31", channel="paid_social") is None
    assert scored.row("cac", "2026-01-31", channel="unallocated")["numerator"] == 1960


@pytest.fixture
def skipping(tmp_path: Path) -> Path:
    """G6: seven leads that skip, return, are merged, or are tests."""
    moves = {
        "L1": {"mql": 3, "sql": 5},
        "L2": {"sql": 6},
        "L3": {"mql": 4},
        "L4": {"mql": 5, "lead": 8, "mql ": 20},
    }
    created = {"L1": 2, "L2": 2, "L3": 3, "L4": 3, "L5": 4, "L6": 4, "L7": 2}
    deals = {"L1": (10, 20, "won"), "L2": (9, 15, "lost"), "L3": (12, None, "open"), "L7": (3, 9, "won")}
    leads = [{"lead_id": name, "created_at": _on(day), "is_test": name == "L7"} for name, day in created.items()]
    merged = {"lead_id": "L6", "created_at": _on(4), "updated_at": _on(6), "merged_into_lead_id": "L5"}
    history = [
        {"entity_id": name, "stage": stage.strip(), "entered_at": _on(day)}
        for name, stages in moves.items()
        for stage, day in stages.items()
    ]
    opportunities = [
        {
            "opportunity_id": f"O{name}",
            "primary_lead_id": name,
            "account_id": f"A{name}",
            "created_at": _on(opened),
            "updated_at": _on(closed or opened),
            "status": status,
            "closed_at": closed and _on(closed),
        }
        for name, (opened, closed, status) in deals.items()
    ]
    tables = {"leads": [*leads, {**merged, "merged_at": _on(6)}], "crm_stage_history": history}
    return land(tmp_path, {**tables, "opportunities": opportunities}).root


def _on(day: int) -> datetime:
    return at(f"2026-01-{day:02d}")


def test_g6_stage_skipping(skipping: Path, company: Company) -> None:
    """Reaching a stage passes all before it; each lead counts once a stage."""
    counts = ("leads_created", "mql_count", "sql_count", "opportunities_created", "deals_won")
    rates = ("lead_to_mql_rate", "mql_to_sql_rate", "win_rate")
    scored = score(Lake(skipping), company, "2026-01-31", *counts, *rates)

    assert [scored.value(name, "2026-01-31") for name in counts] == [5, 4, 3, 3, 1]
    assert [scored.value(name, "2026-01-31") for name in rates] == [0.8, 0.75, 0.5]


def test_g6_each_stage_goes_on_to_the_next(skipping: Path, company: Company) -> None:
    """Nobody is lost by skipping (the strict funnel would end at 5/3/1/1/1), and none is above 100 %."""
    kpis = ("stage_conversion_rate", "sql_to_opportunity_rate", "close_rate", "lead_to_won_rate")
    scored = score(Lake(skipping), company, "2026-01-31", *kpis)

    def moved_on(*stages: str) -> list[float | None]:
        return [scored.value("stage_conversion_rate", "2026-01-31", stage=name) for name in stages]

    assert moved_on("lead", "mql", "sql", "sal") == [0.8, 0.75, 1, 1]
    assert moved_on("opportunity", "poc", "poc_evaluation", "negotiation") == [1 / 3, 1, 1, 1]
    later = score(Lake(skipping), company, "2026-05-01", "stage_drop_off_rate")
    assert [later.value("stage_drop_off_rate", "2026-01-31", stage=name) for name in ("lead", "mql")] == [0.2, 0.25]
    assert scored.value("sql_to_opportunity_rate", "2026-01-31") == 1
    assert scored.value("close_rate", "2026-01-31") == 1 / 3
    assert scored.value("lead_to_won_rate", "2026-01-31") == 0.2


def test_g6_time_in_stage_counts_each_ended_visit(skipping: Path, company: Company) -> None:
    """L1 2 days, L3 8, L4 3: 13/3; the inferred visit of L2 and the open second one of L4 do not count."""
    scored = score(Lake(skipping), company, "2026-01-31", "time_in_stage")

    row = scored.row("time_in_stage", "2026-01-31", stage="mql")
    assert (row["numerator"], row["denominator"], row["n"]) == (13, 3, 3)
    assert scored.value("time_in_stage", "2026-01-31", stage="mql", statistic="median") == 3


def test_g7_pocs(tmp_path: Path, company: Company) -> None:
    """Four executed POCs of ten SQLs: what they cost is carried by those that were accomplished, or a success."""
    leads = [{"lead_id": f"L{n}", "created_at": at("2026-01-02")} for n in range(1, 11)]
    history = [{"entity_id": lead["lead_id"], "stage": "sql", "entered_at": at("2026-01-03")} for lead in leads]
    runs = {
        "P1": (4, 3, True, "success", 30, 1000),
        "P2": (4, 2, True, "fail", None, 2000),
        "P3": (5, 1, False, None, None, 500),
        "P4": (4, 4, True, "success", 90, 1500),
    }
    pocs, goals, costs = [], [], []
    for number, (name, (planned, met, passed, result, days, cost)) in enumerate(runs.items(), 1):
        pocs.append(
            {
                "poc_id": name,
                "lead_id": f"L{number}",
                "started_at": at("2026-01-05"),
                "executed_at": at("2026-01-15"),
                "accomplished_at": at("2026-01-15") if passed else None,
                "goals_planned": planned,
                "evaluated_at": result and at("2026-01-20"),
                "evaluation_result": result,
                "intent_to_buy_by": days and date(2026, 1, 20) + timedelta(days=days),
                "updated_at": at("2026-01-20"),
            }
        )
        for goal in range(met):
            event = {"event_id": f"{name}-{goal}", "poc_id": name, "event_type": "poc_goal_accomplished"}
            goals.append({**event, "goal_id": f"G{goal}", "occurred_at": at("2026-01-10")})
        for kind, day in (("poc_time", 8), ("poc_material", 31)):
            spent = {"cost_id": f"{name}-{kind}", "poc_id": name, "cost_type": kind, "amount": cost / 2}
            costs.append({**spent, "cost_date": date(2026, 1, day)})
    tables = {"leads": leads, "crm_stage_history": history, "pocs": pocs, "product_events": goals, "sales_costs": costs}
    lake = land(tmp_path, tables)

    scored = score(
        lake, company, "2026-01-31", "poc_cost_per_accomplished_poc", "poc_cost_per_successful_poc", "poc_pass_rate",
        "poc_success_rate", "sql_to_accomplished_poc_rate", "sql_to_successful_poc_rate", "poc_goal_completion_rate",
        "pocs_executed", "pocs_passed", "successful_poc_evaluations",
    )  # fmt: skip

    def parts(kpi: str) -> tuple[Decimal, Decimal]:
        row = scored.row(kpi, "2026-01-31")
        return row["numerator"], row["denominator"]

    assert parts("poc_cost_per_accomplished_poc") == (5000, 3)
    assert scored.value("poc_cost_per_accomplished_poc", "2026-01-31") == pytest.approx(1666.67, abs=0.005)
    assert scored.value("poc_cost_per_successful_poc", "2026-01-31") == 5000
    assert scored.value("poc_pass_rate", "2026-01-31") == 0.75
    assert scored.value("poc_success_rate", "2026-01-31") == 0.25
    assert scored.value("sql_to_accomplished_poc_rate", "2026-01-31") == 0.3
    assert scored.value("sql_to_successful_poc_rate", "2026-01-31") == 0.1
    assert parts("poc_goal_completion_rate") == (10, 17)
    counts = ("pocs_executed", "pocs_passed", "successful_poc_evaluations")
    assert [scored.value(name, "2026-01-31") for name in counts] == [4, 3, 1]
