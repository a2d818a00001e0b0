"""The cells of a night: which there are, in which money, and that each occurs once and adds up."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from include.company import Company
from include.kpis import KPIS
from include.kpis.schema import KEY, SCORES
from include.kpis.score import score as write_scores
from include.lake import Lake
from tests.kpis.billing import account, ended, item, line
from tests.kpis.factory import Row, Scored, at, land, score
from tests.kpis.touches import of_each_kind

COUNTRIES = ("US", "MX", "ES", "CN", "MY", "SG", None)
CURRENCIES = {"US": "USD", "MX": "MXN", "ES": "EUR", "CN": "CNY", "MY": "MYR"}


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """A few leads, deals and costs in every region, in none, and nowhere."""
    leads, history, deals, spend, costs, activities = [], [], [], [], [], []
    for number in range(70):
        country, day = COUNTRIES[number % 7], f"2026-{8 + number % 3:02d}-{1 + number % 28:02d}"
        name = f"L{number}"
        place = {"subdivision": f"{country}-01", "city": f"City of {country}"} if country else {}
        channel = ("paid_search", "event", "email")[number % 3]
        who = {"owner_rep_id": f"r{country}", "channel": channel, "segment": ("small", "large")[number % 2]}
        leads.append({"lead_id": name, "created_at": at(day), "country": country, **place, **who})
        history.append({"entity_id": name, "stage": "mql", "entered_at": at(day, 15)})
        closed = {"status": ("won", "lost")[number % 2], "closed_at": at(day, 16), "updated_at": at(day, 16)}
        closed = closed if number % 5 else {"status": "open"}
        currency = CURRENCIES.get(country or "", "USD")
        money = {"amount": 100 + number, "tcv": 300 + number, "probability": 0.5, "currency": currency}
        deal = {"opportunity_id": f"O{number}", "primary_lead_id": name, "account_id": name, "created_at": at(day, 15)}
        deals.append({**deal, **closed, **money, "owner_rep_id": f"r{country}"})
        activities += of_each_kind(name, day, f"r{country}")
        spent = {"date": date.fromisoformat(day), "campaign_id": name, "country": country, "spend": 7 + number}
        spend.append({**spent, "channel": channel, "currency": currency, "impressions": 100 + number, "clicks": number})
        paid = {"amount": 50 + number, "currency": currency, "country": country, "cost_type": "rep_pay"}
        costs.append({"cost_id": name, "cost_date": spent["date"], "rep_id": f"r{country}", **paid})
    rates = {"USD": 1.1, "MXN": 20, "CNY": 7.8, "MYR": 4.6}
    fx = [
        {"rate_date": date(2026, month, day), "quote_currency": name, "rate": rate}
        for month in (7, 8, 9, 10)
        for day in (1, 8, 15, 22, 29)
        for name, rate in rates.items()
    ]
    tables = {"leads": leads, "crm_stage_history": history, "opportunities": deals, **billing(), **pocs(leads)}
    tables |= {"activities": activities, "reps": [{"rep_id": f"r{country}"} for country in COUNTRIES]}
    tables |= {"ad_spend_daily": spend, "sales_costs": costs, "fx_rates": fx}
    return land(tmp_path_factory.mktemp("lake"), tables)


def pocs(leads: list[Row]) -> dict[str, list[Row]]:
    """A POC of every deal, passed within its day, the intention to buy before long."""
    runs, goals = [], []
    for number, lead in enumerate(leads):
        ended = dict.fromkeys(("started_at", "executed_at", "accomplished_at"), lead["created_at"])
        success = {"evaluated_at": lead["created_at"], "evaluation_result": "success"}
        intent = {"intent_to_buy_by": lead["created_at"].date() + timedelta(days=50)}
        runs.append({"poc_id": f"P{number}", "opportunity_id": f"O{number}", **ended, **success, **intent})
        goal = {"event_id": f"e{number}", "poc_id": f"P{number}", "event_type": "poc_goal_accomplished"}
        goals.append({**goal, "goal_id": "G1", "occurred_at": lead["created_at"]})
    return {"pocs": runs, "product_events": goals}


def billing() -> dict[str, list[Row]]:
    """Customers in every region, in none, and nowhere: they come, grow, shrink, leave and return, and are billed."""
    steps = [("2026-07-02", 100), ("2026-08-03", 160), ("2026-08-20", 90), ("2026-09-05", 0), ("2026-10-03", 50)]
    accounts, items, lines = [], [], []
    for number in range(28):
        country = COUNTRIES[number % 7]
        name, money = f"L{number}", {"currency": CURRENCIES.get(country or "", "USD")}
        place = {"country": country, "subdivision": f"{country}-01"} if country else {"country": None}
        accounts.append(account(name, channel=("event", "email")[number % 2], segment="small", **place))
        paid = [(day, amount + number) for day, amount in steps[: 2 + number % 4]]
        items += [item(name, day, amount, **money) if amount >= 50 else ended(name, day) for day, amount in paid]
        money |= {"variable_cost": 9}
        lines += [line(f"in {name} {day}", day, amount, account_id=name, **money) for day, amount in paid]
    return {"accounts": accounts, "subscription_items": items, "billing_lines": lines}


@pytest.fixture(scope="module")
def scored(lake: Lake, company: Company) -> Scored:
    return score(lake, company, "2026-10-14")


def test_the_key_is_unique(scored: Scored) -> None:
    keys = Counter(tuple(row[name] for name in KEY) for row in scored.rows)

    assert keys.most_common(1)[0][1] == 1


@pytest.mark.parametrize("kpi", [name for name, kpi in KPIS.items() if not kpi.is_ratio])
def test_regions_add_up_to_the_company(scored: Scored, kpi: str) -> None:
    """Every region, unassigned and unallocated, in the company's money: exactly the company's row."""
    totals: Counter[tuple[object, ...]] = Counter()
    whole = {}
    for row in scored.all(kpi, **dict.fromkeys(("channel", "country", "rep", "stage", "breakdown"))):
        if row["numerator"] is not None and row["currency"] in (None, "USD"):
            key = (row["grain"], row["period_start"], row["period_end"])
            if row["region"] is None:
                whole[key] = row["numerator"]
            else:
                totals[key] += row["numerator"]
    assert kpi == "visitors" or any(whole.values())
    assert {key: totals[key] for key in whole} == whole


def test_parts_of_every_cut_add_up_to_the_cell_above(scored: Scored) -> None:
    above = scored.row("leads_created", "2026-09-30", region="mexico")["numerator"]
    for cut in ("channel", "country", "rep", "segment"):
        name = "member" if cut == "segment" else cut
        said = dict.fromkeys(("channel", "country", "subdivision", "city", "rep", "breakdown"))
        said |= {"breakdown": "segment"} if cut == "segment" else {}
        rows = scored.all("leads_created", grain="month", period_end=date(2026, 9, 30), region="mexico")
        rows = [row for row in rows if row[name] and all(row[each] == said[each] for each in said if each != name)]
        assert rows
        assert sum(row["numerator"] for row in rows) == above, cut


def test_region_cells_come_in_both_moneys_and_company_cells_in_one(scored: Scored) -> None:
    def moneys(**cell: object) -> set[str]:
        said = {**dict.fromkeys(("channel", "country", "rep", "breakdown")), **cell}
        return {row["currency"] for row in scored.all("bookings", grain="month", **said)}

    assert moneys(region="spain") == {"EUR", "USD"}
    assert moneys(region="united_states") == {"USD"}
    assert moneys(region=None) == {"USD"}
    assert moneys(region="unassigned") == {"USD"}


def test_a_place_in_no_region_is_unassigned_and_spend_without_one_unallocated(scored: Scored) -> None:
    assert scored.value("leads_created", "2026-09-30", region="unassigned", country="SG") is not None
    assert scored.value("leads_created", "2026-09-30", region="unassigned", country="unknown") is not None
    assert scored.value("ad_spend", "2026-09-30", region="unallocated", currency="USD") is not None


def test_days_go_down_to_the_country_and_cities_are_of_two_months(scored: Scored) -> None:
    leads = scored.all("leads_created")

    assert not [
        row for row in leads if row["grain"] == "day" and (row["subdivision"] or row["rep"] or row["breakdown"])
    ]
    assert {row["grain"] for row in leads if row["city"]} == {"month"}
    assert {row["period_start"] for row in leads if row["city"]} <= {date(2026, 9, 1), date(2026, 10, 1)}


def test_grains_are_those_the_kpi_lists(scored: Scored) -> None:
    for name, kpi in KPIS.items():
        assert {row["grain"] for row in scored.all(name)} == set(kpi.grains)


def test_a_running_period_has_its_comparisons(scored: Scored) -> None:
    """14 days of October beside 14 days of September and of last October."""
    rows = scored.all("leads_created", grain="month", region=None, channel=None, breakdown=None)
    ends = {(row["period_start"], row["period_end"]) for row in rows}

    assert {
        (date(2026, 10, 1), date(2026, 10, 14)),
        (date(2026, 9, 1), date(2026, 9, 14)),
        (date(2026, 9, 1), date(2026, 9, 30)),
        (date(2025, 10, 1), date(2025, 10, 14)),
    } <= ends


def test_nothing_in_a_period_is_a_row_too(scored: Scored) -> None:
    row = scored.row("leads_created", "2025-03-31", region="spain")

    assert (row["value"], row["status"]) == (0.0, "ok")


@pytest.mark.parametrize("night", ["asia", "europe", "americas"])
def test_a_night_scores_its_own_regions_and_the_company_s_night_all(lake: Lake, company: Company, night: str) -> None:
    rows = score(lake, company, "2026-10-14", "leads_created", "bookings", night=night).rows

    own = set(company.nights[night].regions)
    others = {region.id for region in company.teams()} - own | {"unassigned", None}
    assert {row["region"] for row in rows} == (own | others if night == "americas" else own)


def test_a_region_reads_the_same_in_its_own_night_and_the_company_s(lake: Lake, company: Company) -> None:
    nights = {night: score(lake, company, "2026-10-14", "bookings", night=night) for night in ("asia", "americas")}

    assert nights["asia"].all("bookings", region="china") == nights["americas"].all("bookings", region="china")


def test_the_file_has_the_fixed_columns_and_the_same_bytes_again(lake: Lake, company: Company) -> None:
    day = date(2026, 10, 14)
    file = write_scores(lake, company, "europe", day)
    before = file.read_bytes()

    assert file == lake.root / "scores" / "day=2026-10-14" / "night=europe" / "data.parquet"
    assert pq.read_schema(file).equals(SCORES)
    file.unlink()
    assert write_scores(lake, company, "europe", day).read_bytes() == before


def test_every_kpi_runs_on_an_empty_lake(tmp_path: Path, company: Company) -> None:
    rows = score(Lake(tmp_path), company, "2026-10-14").rows

    assert {row["kpi"] for row in rows} == set(KPIS)
    assert {row["status"] for row in rows} == {"missing"}
