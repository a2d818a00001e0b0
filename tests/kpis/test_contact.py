"""From the first contact to the lead, the deal and the money, from landed rows to scores."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from include.company import Company
from include.lake import Lake
from tests.kpis.billing import line
from tests.kpis.factory import Row, Scored, at, land, score
from tests.kpis.touches import held, lead, mailing, touch, won

JUNE, JULY, OCTOBER = "2026-06-30", "2026-07-31", "2026-10-31"
DAYS = timedelta(days=1)


def scored(root: Path, company: Company, *kpis: str, day: str = OCTOBER, **tables: Sequence[Row]) -> Scored:
    """The scores of a company that has the lead L1 of 1 May, and `tables`."""
    return score(land(root, {"leads": [lead("L1")], **tables}), company, day, *kpis)


def pair(found: Scored, kpi: str, end: str = JUNE, **cell: Any) -> tuple[float, float]:
    row = found.row(kpi, end, **cell)
    return float(row["numerator"]), float(row["denominator"])


@pytest.mark.parametrize(("late", "converted"), [(30, 1), (31, 0)])
def test_a_prospect_loaded_to_be_called_becomes_a_lead_by_its_history(
    tmp_path: Path, company: Company, late: int, converted: int
) -> None:
    """`never` did not answer. `asked` was a lead when it came, `known` before it was called; nobody called `quiet`."""
    loaded = {"origin": "outbound"}
    leads = [
        *(lead(name, **loaded) for name in ("cold", "never", "known", "quiet")),
        lead("asked", origin="inbound"),
    ]
    touches = [touch(name, "2026-06-10", lead_id=name) for name in ("cold", "never", "known", "asked")]
    history = [
        {"entity_id": "cold", "stage": "lead", "entered_at": at("2026-06-10", 13) + late * DAYS},
        {"entity_id": "known", "stage": "lead", "entered_at": at("2026-06-09")},
        {"entity_id": "quiet", "stage": "lead", "entered_at": at("2026-06-09")},
    ]

    found = scored(
        tmp_path, company, "contact_to_lead_rate", leads=leads, activities=touches, crm_stage_history=history
    )

    assert pair(found, "contact_to_lead_rate") == (converted, 2)


def test_an_account_called_before_it_had_a_lead_becomes_one_with_its_first(tmp_path: Path, company: Company) -> None:
    accounts = [{"account_id": "A", "created_at": at("2026-05-01")}]
    touches = [touch("call", "2026-06-10", lead_id=None, account_id="A")]
    leads = [lead("L1", "2026-06-20", account_id="A")]

    found = scored(tmp_path, company, "contact_to_lead_rate", leads=leads, accounts=accounts, activities=touches)

    assert pair(found, "contact_to_lead_rate") == (1, 1)


def test_nurtured_leads_that_became_sqls_afterwards_are_converted(tmp_path: Path, company: Company) -> None:
    """L1 within a year; L2 was SQL before it was nurtured; L3 never was."""
    programme = {"program_type": "nurture"}
    sends = [
        mailing(f"{name} {day}", day, lead_id=name, **programme)
        for name in ("L1", "L2", "L3")
        for day in ("2025-06-10", "2025-08-10")
    ]
    history = [
        {"entity_id": "L1", "stage": "sql", "entered_at": at("2026-06-10")},
        {"entity_id": "L2", "stage": "sql", "entered_at": at("2025-06-09")},
    ]
    leads = [lead(name, "2025-05-01", channel="event") for name in ("L1", "L2", "L3")]

    found = scored(
        tmp_path, company, "nurture_conversion_rate", leads=leads, activities=sends, crm_stage_history=history
    )

    assert pair(found, "nurture_conversion_rate", "2025-06-30") == (1, 3)
    assert pair(found, "nurture_conversion_rate", "2025-06-30", channel="event") == (1, 3)
    assert pair(found, "nurture_conversion_rate", "2025-08-31") == (0, 0)


def test_campaign_leads_over_clicks_of_ads_and_mails_each_person_once_a_campaign(
    tmp_path: Path, company: Company
) -> None:
    """3 leads, 2 of campaigns, 5 clicks on ads; L1 clicked in two mails of spring, in one of autumn, L2 in one."""
    leads = [
        lead("L1", "2026-06-01", campaign_id="spring"),
        lead("L2", "2026-06-01", campaign_id="c1"),
        lead("L3", "2026-06-01"),
    ]
    sends = [
        mailing("one", "2026-06-02", clicked=DAYS),
        mailing("two", "2026-06-05", clicked=DAYS),
        mailing("three", "2026-06-06", clicked=DAYS, campaign_id="autumn"),
        mailing("four", "2026-05-30", clicked=3 * DAYS, lead_id="L2"),
        mailing("five", "2026-06-07", opened=DAYS, lead_id="L3"),
    ]
    spend = [{"date": date(2026, 6, 3), "clicks": 5, "spend": 1}]

    found = scored(tmp_path, company, "campaign_to_lead_rate", leads=leads, activities=sends, ad_spend_daily=spend)

    assert pair(found, "campaign_to_lead_rate") == (2, 8)
    assert pair(found, "campaign_to_lead_rate", breakdown="campaign", member="spring") == (1, 2)
    assert pair(found, "campaign_to_lead_rate", channel="email") == (0, 3)


def test_E_NEG_a_lead_called_before_it_was_logged_has_no_response_time(  # noqa: N802
    tmp_path: Path, company: Company
) -> None:
    """L1 was answered after 6 hours, L2 after 30 days and L3 after 31; L4 was called first, L5 got a mailing."""
    leads = [lead(f"L{n}", "2026-06-10") for n in range(1, 6)]
    touches = [
        touch("soon", "2026-06-10", started_at=at("2026-06-10", 18), outcome="no_answer"),
        touch("again", "2026-06-12"),
        touch("month", "2026-07-10", "email", lead_id="L2"),
        touch("late", "2026-07-11", lead_id="L3"),
        touch("early", "2026-06-09", lead_id="L4"),
        touch("afterwards", "2026-06-11", lead_id="L4"),
        mailing("blast", "2026-06-10", lead_id="L5"),
    ]

    found = scored(tmp_path, company, "lead_response_time", leads=leads, activities=touches)

    assert pair(found, "lead_response_time") == (6 + 30 * 24, 2)
    assert found.value("lead_response_time", JUNE) == 363


def deal(day: str, contacts: Sequence[tuple[str, str | None, bool]]) -> Row:
    """An open deal as of `day` with people, since when each was engaged, and whether in a key role."""
    listed = [
        {"lead_id": name, "first_engaged_at": since and at(since), "is_key_role": key} for name, since, key in contacts
    ]
    return {"opportunity_id": "O1", "primary_lead_id": "L1", "created_at": at("2026-05-02"), "contacts": listed,
            "updated_at": at(day)}  # fmt: skip


def test_E_PIT_a_contact_counts_from_the_day_it_was_engaged(tmp_path: Path, company: Company) -> None:  # noqa: N802
    """The third key role was engaged in July; one name is no key role, one never engaged, one a merged double."""
    people = [("L1", "2026-05-03", True), ("L2", "2026-06-03", True), ("L3", "2026-07-03", True)]
    others = [("L4", "2026-06-03", False), ("L5", None, True), ("L6", "2026-06-03", True)]
    merged = lead("L6", merged_into_lead_id="L2", merged_at=at("2026-05-20"), updated_at=at("2026-05-20"))
    leads = [*(lead(f"L{n}") for n in range(1, 7)), merged]
    lake = land(
        tmp_path, {"leads": leads, "opportunities": [deal("2026-05-02", []), deal("2026-07-03", people + others)]}
    )

    found = score(lake, company, OCTOBER, "multi_contact_pipeline_ratio")

    assert [pair(found, "multi_contact_pipeline_ratio", end) for end in (JUNE, JULY)] == [(0, 1), (1, 1)]


def test_a_sales_cycle_begins_with_the_earliest_of_lead_touch_and_deal(tmp_path: Path, company: Company) -> None:
    """L1 of 1 May was called on 21 April; L2 came with the deal, and its e-mail of 1 May was a machine's."""
    touches = [
        touch("call", "2026-04-21"),
        touch("mail", "2026-05-01", "email", lead_id="L2", is_automated=True),
    ]
    leads = [lead("L1"), lead("L2", "2026-06-10")]
    deals = [won("O1", "2026-06-20"), won("O2", "2026-06-30", created="2026-06-10", primary_lead_id="L2")]

    found = scored(tmp_path, company, "sales_cycle_length", leads=leads, opportunities=deals, activities=touches)

    assert pair(found, "sales_cycle_length") == (60 + 20, 2)
    assert found.value("sales_cycle_length", JUNE) == 40


def test_E_NEG_a_deal_closed_before_anything_began_is_won_and_took_no_time(  # noqa: N802
    tmp_path: Path, company: Company
) -> None:
    deals = [won("O1", "2026-06-20"), won("O2", "2026-06-01", created="2026-06-10", primary_lead_id=None)]

    found = scored(tmp_path, company, "sales_cycle_length", "deals_won", opportunities=deals)

    assert pair(found, "sales_cycle_length") == (50, 1)
    assert found.value("deals_won", JUNE) == 2


@pytest.fixture
def paid(tmp_path: Path) -> Lake:
    """A bought in June and again in July, and paid on 10 July; B bought in June and owes it; C paid without a deal."""
    deals = [
        won("O1", "2026-06-20"),
        won("O2", "2026-07-01", type="upsell"),
        won("O3", "2026-06-20", account_id="B", primary_lead_id="L2"),
    ]
    invoices = [
        line("free", "2026-06-21", 0, paid_at=at("2026-06-21")),
        line("one", "2026-06-25", 100, status="open"),
        line("one", "2026-06-25", 100, paid_at=at("2026-07-10"), updated_at=at("2026-07-10")),
        line("two", "2026-07-25", 100, paid_at=at("2026-07-26"), updated_at=at("2026-07-26")),
        line("owed", "2026-06-25", 100, account_id="B", status="open"),
        line("stray", "2026-06-25", 100, account_id="C", paid_at=at("2026-06-26"), updated_at=at("2026-06-26")),
    ]
    accounts = [{"account_id": name, "created_at": at("2026-05-01")} for name in "ABC"]
    tables = {"leads": [lead("L1"), lead("L2")], "accounts": accounts, "opportunities": deals}
    return land(tmp_path, {**tables, "billing_lines": invoices})


def test_a_new_customer_s_money_comes_with_the_first_payment(paid: Lake, company: Company) -> None:
    found = score(paid, company, OCTOBER, "contact_to_cash_days")

    assert pair(found, "contact_to_cash_days", JUNE) == (0, 0)
    assert pair(found, "contact_to_cash_days", JULY) == (70, 1)


def test_a_payment_is_known_from_its_own_day(paid: Lake, company: Company) -> None:
    days = ("2026-07-09", "2026-07-10")
    rows = [score(paid, company, day, "contact_to_cash_days").row("contact_to_cash_days", day) for day in days]

    assert [(row["value"], row["status"]) for row in rows] == [(None, "null"), (70, "partial")]


def visits(root: Path, *given: Row) -> Lake:
    month = {"period_start": date(2026, 6, 1)}
    return land(root, {"web_sessions_daily": [{**month, **row} for row in given]})


def test_E_BOT_visitors_are_taken_as_the_source_filtered_them_and_a_new_filter_restates(  # noqa: N802
    tmp_path: Path, company: Company
) -> None:
    """100 by the filter of spring; the one of summer finds ten of them to be robots. The version stays with the row."""
    lake = visits(tmp_path, {"visitors": 100, "bot_filter_version": "spring"})
    before = score(lake, company, JUNE, "visitors").value("visitors", JUNE)

    lake = visits(tmp_path, {"visitors": 90, "bot_filter_version": "summer"})

    assert (before, score(lake, company, JUNE, "visitors").value("visitors", JUNE)) == (100, 90)
    with lake.connect() as connection:
        kept = connection.sql("select visitors, bot_filter_version from web_sessions_daily").fetchall()
    assert kept == [(90, "summer")]


def test_E_DISTINCT_the_month_s_visitors_are_the_source_s_not_its_days_nor_its_channels_added(  # noqa: N802
    tmp_path: Path, company: Company
) -> None:
    """Forty came on each of two days, some of them twice; 45 by search and 20 by e-mail, some by both."""
    days = [{"period_grain": "day", "period_start": date(2026, 6, day), "visitors": 40} for day in (29, 30)]
    lake = visits(
        tmp_path, *days, {"visitors": 55}, {"visitors": 45, "channel": "organic_search"},
        {"visitors": 20, "channel": "email"},
    )  # fmt: skip

    found = score(lake, company, JUNE, "visitors")

    assert found.value("visitors", JUNE) == 55
    assert [found.value("visitors", end, "day") for end in ("2026-06-29", JUNE)] == [40, 40]
    assert found.value("visitors", JUNE, channel="email") == 20


def test_a_meeting_of_a_deal_and_one_of_its_person_are_met_once(tmp_path: Path, company: Company) -> None:
    """By the rep and type of the first."""
    touches = [
        held("first", "2026-06-01", "demo"),
        held("second", "2026-06-05", lead_id=None, opportunity_id="O1", rep_id="r2"),
    ]

    found = scored(
        tmp_path, company, "meeting_conversion_rate", opportunities=[won("O1", "2026-06-20")], activities=touches
    )

    assert pair(found, "meeting_conversion_rate") == (1, 1)
    assert pair(found, "meeting_conversion_rate", breakdown="activity_type", member="demo") == (1, 1)
    assert pair(found, "meeting_conversion_rate", region="united_states", rep="r1") == (1, 1)


@pytest.mark.parametrize("survivor", ["asked", "bought"])
def test_who_once_came_by_itself_is_a_lead_since_then(tmp_path: Path, company: Company, survivor: str) -> None:
    """One of two merged records was loaded to be called, the other is a lead by its creation, before any history."""
    records = {"asked": ("2026-05-01", "inbound"), "bought": ("2026-04-01", "import")}
    (merged,) = {*records} - {survivor}
    leads = [lead(name, day, origin=origin) for name, (day, origin) in records.items()]
    into = {"merged_into_lead_id": survivor, "merged_at": at("2026-05-20"), "updated_at": at("2026-05-20")}
    leads.append({**next(each for each in leads if each["lead_id"] == merged), **into})
    history = [{"entity_id": survivor, "stage": "mql", "entered_at": at("2026-06-20")}]
    touches = [touch("call", "2026-06-10", lead_id=survivor)]

    found = scored(
        tmp_path, company, "contact_to_lead_rate", leads=leads, activities=touches, crm_stage_history=history
    )

    assert pair(found, "contact_to_lead_rate") == (0, 0)
