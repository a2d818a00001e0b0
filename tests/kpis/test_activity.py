"""Touches, mailings and what comes of them, from landed rows to scores."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from include.company import Company
from tests.kpis.factory import Row, Scored, at, land, score
from tests.kpis.touches import held, lead, mailing, touch, won

JUNE, JULY, OCTOBER = "2026-06-30", "2026-07-31", "2026-10-31"
DAYS = timedelta(days=1)


def scored(root: Path, company: Company, *kpis: str, day: str = OCTOBER, **tables: Sequence[Row]) -> Scored:
    """The scores of a company that has the lead L1 of 1 May, and `tables`."""
    return score(land(root, {"leads": [lead("L1")], **tables}), company, day, *kpis)


def test_each_kind_of_touch_is_counted_on_its_day(tmp_path: Path, company: Company) -> None:
    touches = [
        touch("call", "2026-06-02", outcome="connected", duration_minutes=12.5),
        touch("cold", "2026-06-03", outcome="no_answer", duration_minutes=1),
        touch("message", "2026-06-04", outcome="voicemail"),
        touch("recorder", "2026-06-05", "voicemail"),
        touch("answered", "2026-06-06", "call", direction="inbound", outcome="connected", duration_minutes=3),
        touch("mail", "2026-06-07", "email", outcome="replied"),
        touch("sequence", "2026-06-08", "email", is_automated=True),
        touch("asked", "2026-06-09", purpose="qualification", outcome="no_answer"),
        touch("filled", "2026-06-10", "form", direction="inbound"),
        mailing("blast", "2026-06-11"),
    ]
    wanted = {
        "calls_made": 4,
        "emails_sent": 1,
        "voicemails_left": 2,
        "qualification_activities": 2,
        "contact_attempts": 6,
        "contacts_reached": 2,
        "connect_rate": 2 / 6,
        "phone_minutes": 15.5,
        "meetings_held": 0,
    }

    found = scored(tmp_path, company, *wanted, activities=touches)

    assert {name: found.value(name, JUNE) for name in wanted} == wanted
    assert found.value("contact_attempts", JUNE, breakdown="activity_type", member="call") == 4
    assert found.value("calls_made", JUNE, region="united_states", rep="r1") == 4
    assert found.row("phone_minutes", JUNE)["n"] == 2


def test_an_appointment_counts_when_it_is_booked_and_a_meeting_when_it_is_held(
    tmp_path: Path, company: Company
) -> None:
    """One is cancelled, and one booked for a day to come."""
    meetings = [
        held("demo", "2026-07-05", "demo", booked_at=at("2026-06-20")),
        touch(
            "off", "2026-07-06", "meeting", outcome="cancelled", booked_at=at("2026-06-21"), updated_at=at("2026-07-06")
        ),
        touch("soon", "2026-11-05", "meeting", booked_at=at("2026-07-22"), updated_at=at("2026-07-22")),
    ]

    found = scored(tmp_path, company, "appointments_booked", "meetings_held", activities=meetings)

    assert [found.value("appointments_booked", end) for end in (JUNE, JULY)] == [2, 1]
    assert [found.value("meetings_held", end) for end in (JUNE, JULY)] == [0, 1]
    assert found.value("meetings_held", JULY, breakdown="activity_type", member="demo") == 1


def test_a_prospect_is_first_contacted_once_however_many_records_it_had(tmp_path: Path, company: Company) -> None:
    """L2 is merged into L1; an answer to an inbound e-mail is the contact, the e-mail was none; A has no person."""
    merged = lead("L2", merged_into_lead_id="L1", merged_at=at("2026-05-20"), updated_at=at("2026-05-20"))
    touches = [
        touch("asks", "2026-06-01", "email", direction="inbound"),
        touch("missed", "2026-06-02", "meeting", direction=None, outcome="no_show"),
        touch("one", "2026-06-10", lead_id="L2"),
        touch("two", "2026-07-10"),
        touch("firm", "2026-07-11", lead_id=None, account_id="A"),
        touch("again", "2026-07-12", "email", lead_id=None, account_id="A"),
    ]
    accounts = [{"account_id": "A", "created_at": at("2026-05-01")}]

    leads = [lead("L1"), lead("L2"), merged]
    found = scored(tmp_path, company, "opportunity_sessions", leads=leads, accounts=accounts, activities=touches)

    assert [found.value("opportunity_sessions", end) for end in (JUNE, JULY)] == [1, 1]


def test_E_ACTDUP_a_touch_counts_once(tmp_path: Path, company: Company) -> None:  # noqa: N802
    """Linked to another lead later, and logged again by the telephone system: with the deal, by the same rep in the
    same minute. Another rep's, another minute's and another prospect's are touches of their own."""
    minute = at("2026-06-02") + timedelta(seconds=20)
    touches = [
        touch("call", "2026-06-02", outcome="connected", duration_minutes=4),
        touch("call", "2026-06-02", outcome="connected", duration_minutes=4, lead_id="L3", updated_at=at("2026-06-09")),
        touch("copy", "2026-06-02", started_at=minute, lead_id=None, opportunity_id="O1"),
        touch("other rep", "2026-06-02", rep_id="r2"),
        touch("other minute", "2026-06-02", started_at=at("2026-06-02", 12, 1)),
        touch("other prospect", "2026-06-02", lead_id="L2"),
    ]
    leads = [lead(name) for name in ("L1", "L2", "L3")]
    tables = {"leads": leads, "opportunities": [won("O1", "2026-07-01")]}

    found = scored(tmp_path, company, "calls_made", "phone_minutes", activities=touches, **tables)

    assert found.value("calls_made", JUNE) == 4
    assert found.value("calls_made", JUNE, region="united_states", rep="r1") == 3
    assert found.value("phone_minutes", JUNE) == 4


def test_E_TEST_touches_of_tests_are_none(tmp_path: Path, company: Company) -> None:  # noqa: N802
    touches = [
        touch("real", "2026-06-02"),
        touch("test lead", "2026-06-03", lead_id="T"),
        touch("test firm", "2026-06-04", lead_id=None, account_id="us"),
        touch("test deal", "2026-06-05", lead_id=None, opportunity_id="O"),
    ]
    leads = [lead("L1"), lead("T", is_test=True)]
    accounts = [{"account_id": "us", "created_at": at("2026-05-01"), "is_test": True}]
    deals = [won("O", "2026-06-20", is_test=True)]

    found = scored(
        tmp_path, company, "calls_made", activities=touches, leads=leads, accounts=accounts, opportunities=deals
    )

    assert found.value("calls_made", JUNE) == 1


def test_E_TZ_a_touch_has_the_local_date_of_its_prospect_s_region(tmp_path: Path, company: Company) -> None:  # noqa: N802
    """18:00 UTC on 30 June is 1 July in Kuala Lumpur."""
    touches = [touch("late", "2026-06-30", started_at=at("2026-06-30", 18))]

    found = scored(tmp_path, company, "calls_made", leads=[lead("L1", country="MY")], activities=touches)

    assert [found.value("calls_made", end, region="malaysia") for end in (JUNE, JULY)] == [0, 1]


def test_what_was_logged_after_the_cutoff_is_not_known(tmp_path: Path, company: Company) -> None:
    """The call was corrected in July: until then it had reached nobody."""
    touches = [
        touch("call", "2026-06-02", outcome="no_answer"),
        touch("call", "2026-06-02", outcome="connected", updated_at=at("2026-07-10")),
    ]
    lake = land(tmp_path, {"leads": [lead("L1")], "activities": touches})

    then, now = (score(lake, company, day, "contacts_reached") for day in (JUNE, JULY))

    assert [each.value("contacts_reached", JUNE) for each in (then, now)] == [0, 1]


def rep(name: str, since: str, **given: Any) -> Row:
    start = datetime.fromisoformat(since).replace(hour=5, tzinfo=UTC)
    return {"rep_id": name, "team": "East", "region": "united_states", "valid_from": start, **given}


def test_E_REPDAYS_who_joins_or_leaves_counts_for_the_days_employed(tmp_path: Path, company: Company) -> None:  # noqa: N802
    """30 days of June: one rep all of them, one from the 16th, one to the 6th. One came in July, left and came back."""
    gone = {"valid_to": at("2026-06-06", 21), "updated_at": at("2026-06-06", 21)}
    left = {"valid_to": at("2026-07-10"), "updated_at": at("2026-07-10")}
    back = at("2026-07-22")
    reps = [
        rep("r1", "2025-01-01"),
        rep("r2", "2026-06-16"),
        rep("r3", "2025-01-01"),
        rep("r3", "2025-01-01", **gone),
        rep("r4", "2026-07-01"),
        rep("r4", "2026-07-01", **left),
        rep("r4", "2026-07-22", updated_at=back),
    ]
    touches = [touch(f"call {n}", f"2026-06-{n:02d}") for n in range(1, 18)]
    touches += [touch("mail", "2026-06-18", "email"), mailing("blast", "2026-06-11")]

    found = scored(tmp_path, company, "activity_per_rep", reps=reps, activities=touches)

    row = found.row("activity_per_rep", JUNE)
    assert (row["numerator"], float(row["denominator"])) == (18, pytest.approx(1 + 15 / 30 + 6 / 30, abs=1e-8))
    assert found.value("activity_per_rep", JUNE, region="united_states", rep="r1") == 18
    assert found.value("activity_per_rep", JUNE, region="united_states", rep="r2") == 0
    calls = found.row("activity_per_rep", JUNE, breakdown="activity_type", member="call")
    assert (calls["numerator"], calls["denominator"]) == (17, row["denominator"])
    july = found.row("activity_per_rep", JULY, region="united_states", rep="r4")
    assert float(july["denominator"]) == pytest.approx(20 / 31, abs=1e-8)
    quarter = found.row("activity_per_rep", JUNE, "quarter")
    assert float(quarter["denominator"]) == pytest.approx(1 + 15 / 91 + 67 / 91, abs=1e-8)


def test_a_rep_without_a_landed_region_works_where_most_of_the_rep_s_people_are(
    tmp_path: Path, company: Company
) -> None:
    leads = [lead(f"L{n}", country=country, owner_rep_id="r1") for n, country in enumerate(("ES", "US", "ES"), 1)]
    touches = [touch("call", "2026-06-02")]

    reps = [rep("r1", "2025-01-01", region=None)]
    found = scored(tmp_path, company, "activity_per_rep", leads=leads, reps=reps, activities=touches)

    assert found.row("activity_per_rep", JUNE, region="spain")["denominator"] == 1
    assert found.row("activity_per_rep", JUNE, region="spain", country="ES")["denominator"] == 1
    assert found.row("activity_per_rep", JUNE, region="united_states")["denominator"] == 0


def test_E_ZERO_nobody_tried_is_no_rate_and_nobody_answered_is_nought(tmp_path: Path, company: Company) -> None:  # noqa: N802
    found = scored(tmp_path, company, "connect_rate", activities=[touch("call", "2026-06-02")])

    rows = [found.row("connect_rate", end) for end in (JUNE, JULY)]
    assert [(row["value"], row["status"]) for row in rows] == [(0, "ok"), (None, "null")]


def test_attempts_up_to_the_booking_of_a_first_appointment_are_what_it_took(tmp_path: Path, company: Company) -> None:
    """Three before the booking, one after it; the second appointment is another matter. L2 booked at once."""
    touches = [
        *(touch(f"try {n}", f"2026-06-0{n}") for n in (1, 2, 3)),
        held("first", "2026-06-20", booked_at=at("2026-06-05")),
        touch("confirm", "2026-06-19", "email"),
        held("second", "2026-06-28", booked_at=at("2026-06-21")),
        held("at once", "2026-06-12", "demo", booked_at=at("2026-06-11"), lead_id="L2"),
    ]

    leads = [lead("L1"), lead("L2")]
    found = scored(tmp_path, company, "touches_per_appointment", leads=leads, activities=touches)

    row = found.row("touches_per_appointment", JUNE)
    assert (row["numerator"], row["denominator"], row["value"]) == (3, 2, 1.5)
    assert found.value("touches_per_appointment", JUNE, breakdown="activity_type", member="meeting") == 3


def test_a_deal_took_the_touches_up_to_its_close_that_no_earlier_deal_took(tmp_path: Path, company: Company) -> None:
    """L1 was sold to on 20 June after four touches, and again on 20 July after one; the deal of L2 took none."""
    touches = [
        mailing("blast", "2026-05-20"),
        touch("call", "2026-06-01", outcome="connected", duration_minutes=10),
        touch("later", "2026-06-02", outcome="no_answer", duration_minutes=1),
        held("demo", "2026-06-10", "demo"),
        touch("thanks", "2026-06-25", outcome="connected", duration_minutes=5),
        touch("set-up", "2026-06-26", opportunity_id="O1", outcome="connected", duration_minutes=30),
        touch("invoice", "2026-08-01", outcome="connected", duration_minutes=99),
    ]
    deals = [
        won("O1", "2026-06-20"),
        won("O2", "2026-07-20", type="upsell"),
        won("O3", "2026-06-21", primary_lead_id="L2"),
        won("O4", "2026-06-22", type="renewal"),
    ]
    kpis = ("touches_per_won_deal", "phone_minutes_per_won_deal")

    leads = [lead("L1"), lead("L2")]
    found = scored(tmp_path, company, *kpis, leads=leads, opportunities=deals, activities=touches)

    assert [found.value("touches_per_won_deal", end) for end in (JUNE, JULY)] == [2, 1]
    assert [found.value("phone_minutes_per_won_deal", end) for end in (JUNE, JULY)] == [5, 5]


def test_contacts_per_sale_counts_a_prospect_once_in_every_cell(tmp_path: Path, company: Company) -> None:
    """Two prospects by two reps, one of them by both: 2 over 1 deal, not 3."""
    touches = [
        touch("a", "2026-06-01"),
        touch("b", "2026-06-02", rep_id="r2"),
        touch("c", "2026-06-03", "email"),
        touch("d", "2026-06-04", lead_id="L2"),
        touch("e", "2026-06-05", "email", lead_id="L3", direction="inbound"),
    ]
    tables = {"leads": [lead(name) for name in ("L1", "L2", "L3")], "opportunities": [won("O1", "2026-06-20")]}

    found = scored(tmp_path, company, "contacts_per_sale", activities=touches, **tables)

    assert found.value("contacts_per_sale", JUNE) == 2
    assert found.row("contacts_per_sale", JUNE, region="united_states", rep="r1")["numerator"] == 2
    assert found.row("contacts_per_sale", JUNE, region="united_states", rep="r2")["numerator"] == 1


@pytest.mark.parametrize(("late", "converted"), [(60, 1), (61, 0)])
def test_an_approach_counts_with_the_presentation_held_within_sixty_days(
    tmp_path: Path, company: Company, late: int, converted: int
) -> None:
    """The unanswered call was no approach, the cancelled demo no presentation."""
    day = (at("2026-06-10") + late * DAYS).date().isoformat()
    touches = [
        touch("in vain", "2026-05-30", outcome="no_answer"),
        touch("reached", "2026-06-10", outcome="connected"),
        touch("off", "2026-06-12", "demo", outcome="cancelled"),
        held("shown", day, "presentation"),
        touch("other", "2026-06-11", "approach", lead_id="L2"),
    ]

    leads = [lead("L1"), lead("L2")]
    found = scored(tmp_path, company, "approach_to_presentation_rate", leads=leads, activities=touches)

    row = found.row("approach_to_presentation_rate", JUNE)
    assert (row["numerator"], row["denominator"], row["status"]) == (converted, 2, "ok")


@pytest.mark.parametrize(("late", "converted"), [(45, 1), (46, 0)])
def test_a_first_meeting_is_pitched_through_by_a_second_within_forty_five_days(
    tmp_path: Path, company: Company, late: int, converted: int
) -> None:
    day = (at("2026-06-10") + late * DAYS).date().isoformat()
    touches = [
        held("first", "2026-06-10"),
        touch("missed", "2026-06-15", "meeting", outcome="no_show"),
        held("second", day, "demo"),
    ]

    row = scored(tmp_path, company, "pitch_through_rate", activities=touches).row("pitch_through_rate", JUNE)

    assert (row["numerator"], row["denominator"]) == (converted, 1)


def test_E_CENSOR_a_cohort_whose_window_is_open_is_immature(tmp_path: Path, company: Company) -> None:  # noqa: N802
    """45 days after June end on 14 August."""
    lake = land(tmp_path, {"leads": [lead("L1")], "activities": [held("first", "2026-06-10")]})

    days = ("2026-08-13", "2026-08-14")
    found = [score(lake, company, day, "pitch_through_rate").row("pitch_through_rate", JUNE) for day in days]

    assert [row["status"] for row in found] == ["immature", "ok"]


def test_three_meetings_on_one_won_deal_are_one_of_one(tmp_path: Path, company: Company) -> None:
    """L2 met and was lost, L3 was won 121 days after the meeting."""
    touches = [
        held("one", "2026-06-01"),
        held("two", "2026-06-05"),
        held("three", "2026-06-09", lead_id=None, opportunity_id="O1"),
        held("four", "2026-06-10", lead_id="L2"),
        held("five", "2026-06-10", lead_id="L3"),
    ]
    deals = [
        won("O1", "2026-06-20"),
        won("O2", "2026-06-20", primary_lead_id="L2", status="lost"),
        won("O3", "2026-10-09", primary_lead_id="L3"),
    ]
    leads = [lead(name) for name in ("L1", "L2", "L3")]

    found = scored(tmp_path, company, "meeting_conversion_rate", leads=leads, opportunities=deals, activities=touches)

    row = found.row("meeting_conversion_rate", JUNE)
    assert (row["numerator"], row["denominator"]) == (1, 3)


def test_a_follow_up_counts_with_the_next_stage_within_thirty_days(tmp_path: Path, company: Company) -> None:
    """L1 was MQL before and is SQL after. To go back is no advance, nor is a stage skipped before (L2, L4); L3 takes 31
    days."""
    follow_up = {"is_follow_up": True}
    touches = [
        touch("first", "2026-06-05"),
        touch("second", "2026-06-10", **follow_up),
        touch("third", "2026-06-20", **follow_up),
        touch("back", "2026-06-10", lead_id="L2", purpose="follow_up"),
        touch("slow", "2026-06-10", lead_id="L3", **follow_up),
        touch("skipped", "2026-06-10", lead_id="L4", **follow_up),
    ]
    moves = [
        *(("L1", "mql", "2026-06-01"), ("L1", "sql", "2026-06-12")),
        *(("L2", "mql", "2026-06-01"), ("L2", "lead", "2026-06-12"), ("L2", "mql", "2026-06-14")),
        ("L3", "mql", "2026-07-11"),
        *(("L4", "sql", "2026-06-01"), ("L4", "mql", "2026-06-12")),
    ]
    history = [{"entity_id": name, "stage": stage, "entered_at": at(day, 13)} for name, stage, day in moves]
    leads = [lead(f"L{n}") for n in range(1, 5)]

    found = scored(
        tmp_path, company, "follow_up_conversion_rate", leads=leads, crm_stage_history=history, activities=touches
    )

    row = found.row("follow_up_conversion_rate", JUNE)
    assert (row["numerator"], row["denominator"]) == (1, 4)


def open_rates(root: Path, company: Company, sends: Sequence[Row], day: str = OCTOBER) -> dict[str, tuple[int, int]]:
    names = ("email_open_rate", "email_open_rate_adjusted", "email_click_rate", "email_click_to_open_rate")
    found = scored(root, company, *names, day=day, activities=sends)
    rows = {name: found.row(name, JUNE) for name in names}
    return {name: (int(row["numerator"]), int(row["denominator"])) for name, row in rows.items()}


def test_opens_and_clicks_count_within_seven_days_of_what_was_delivered(tmp_path: Path, company: Company) -> None:
    sends = [
        mailing("read", "2026-06-01", opened=7 * DAYS),
        mailing("late", "2026-06-02", opened=8 * DAYS, clicked=8 * DAYS),
        mailing("blind", "2026-06-03", clicked=2 * DAYS),
        mailing("ignored", "2026-06-04"),
        mailing("bounced", "2026-06-05", delivered_at=None, bounced_at=at("2026-06-05")),
    ]

    found = open_rates(tmp_path, company, sends)

    assert found["email_open_rate"] == (1, 4)
    assert found["email_click_rate"] == (1, 4)
    assert found["email_click_to_open_rate"] == (1, 2)


def test_E_MPP_machine_opens_leave_the_adjusted_rate_and_scanner_clicks_all_of_them(  # noqa: N802
    tmp_path: Path, company: Company
) -> None:
    """Ten sent: two opened by people, three by machines alone; one link was followed after nine seconds."""
    sends = [mailing(f"quiet {n}", "2026-06-01") for n in range(4)]
    sends += [mailing(f"read {n}", "2026-06-02", opened=DAYS) for n in range(2)]
    sends += [mailing(f"proxy {n}", "2026-06-03", opened=DAYS, is_machine_open=True) for n in range(3)]
    sends += [mailing("scanned", "2026-06-04", clicked=timedelta(seconds=9))]

    found = open_rates(tmp_path, company, sends)

    assert found["email_open_rate"] == (5, 10)
    assert found["email_open_rate_adjusted"] == (2, 7)
    assert found["email_click_rate"] == (0, 10)
    assert found["email_click_to_open_rate"] == (0, 5)


def test_a_click_is_known_from_its_own_day(tmp_path: Path, company: Company) -> None:
    """The sender keeps one row, which says by now that it was clicked on 4 July."""
    sends = [mailing("read", "2026-06-29", clicked=5 * DAYS, updated_at=at("2026-07-04"))]

    assert open_rates(tmp_path, company, sends, day="2026-07-03")["email_click_rate"] == (0, 1)
    assert open_rates(tmp_path, company, sends, day="2026-07-04")["email_click_rate"] == (1, 1)


def test_a_rep_of_a_region_that_is_no_more_works_where_most_of_the_rep_s_people_are(
    tmp_path: Path, company: Company
) -> None:
    leads = [lead("L1", country="ES", owner_rep_id="r1")]
    reps = [rep("r1", "2025-01-01", region="atlantis"), rep("r2", "2025-01-01", region="atlantis")]

    found = scored(tmp_path, company, "activity_per_rep", leads=leads, reps=reps, activities=[touch("a", "2026-06-02")])

    regions = {None: 2, "spain": 1, "unassigned": 1}
    assert {name: found.row("activity_per_rep", JUNE, region=name)["denominator"] for name in regions} == regions
