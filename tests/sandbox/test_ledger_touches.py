"""The ledger's touches, mailings and POCs against worked examples, made by hand and put through its own counting."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from sandbox.company.activities import CONNECTED, NO_ANSWER, VOICEMAIL, Activity
from sandbox.company.calendar import DAY, FIRST
from sandbox.company.chance import Draw
from sandbox.company.deals import start
from sandbox.company.firms import Firms, internal_firm
from sandbox.company.leads import born
from sandbox.company.mailings import Mailing
from sandbox.company.markets import US
from sandbox.company.trials import Event, Poc
from sandbox.ledger import RATIOS, pocs, read_terms, touches
from sandbox.ledger.exchange import Exchange
from sandbox.ledger.known import Sale
from sandbox.ledger.tally import Row, Tally

TERMS = read_terms()
JUNE = date(2026, 6, 1)
CUTOFF = TERMS.cutoff("united_states", date(2026, 6, 30))
HERE = touches.Place("united_states", CUTOFF)


def at(day: int, hour: int = 17) -> int:
    return int(datetime(2026, 6, day, hour, tzinfo=UTC).timestamp() * 1000)


@pytest.fixture
def tally() -> Tally:
    return Tally(TERMS, Exchange(7), RATIOS)


def june(tally: Tally) -> dict[str, Row]:
    return {
        row.kpi: row for row in tally.rows() if (row.month, row.region, row.channel) == (JUNE, "united_states", None)
    }


def call(outcome: str, word: str | None = None) -> Activity:
    return Activity(1, "calls", at(3), at(3), 7001, 1, outcome, inbound=False, minutes=4.5, word=word)


def mail(**told: int) -> Activity:
    return replace(Activity(2, "emails", at(3), at(3), 7001, 1, "SENT", inbound=False, minutes=0.0), **told)


def test_attempts_are_reached_when_connected_or_answered_by_then(tally: Tally) -> None:
    for one in (call(CONNECTED), call(NO_ANSWER, "Qualification"), call(VOICEMAIL)):
        touches._touch(tally, one, "call", HERE)
    for one in (mail(replied=at(4)), mail(replied=CUTOFF), mail(inbound=True)):
        touches._touch(tally, one, "email", HERE)

    told = june(tally)
    assert (told["connect_rate"].numerator, told["connect_rate"].denominator) == (2, 5)
    counts = ("calls_made", "emails_sent", "voicemails_left", "contact_attempts", "qualification_activities")
    assert [told[kpi].numerator for kpi in counts] == [3, 2, 1, 5, 1]
    assert told["phone_minutes"].numerator == Decimal("4.5")


def test_a_meeting_is_booked_on_one_day_and_held_on_another(tally: Tally) -> None:
    ahead = Activity(3, "meetings", at(30, 16), at(2), 7001, 1, "COMPLETED", inbound=False, minutes=0.0)
    touches._touch(tally, ahead, "demo", HERE)
    touches._touch(tally, replace(ahead, at=CUTOFF), "demo", HERE)
    touches._touch(tally, replace(ahead, outcome="NO_SHOW"), "presentation", HERE)
    touches._touch(tally, ahead, "approach", HERE)

    assert (june(tally)["appointments_booked"].numerator, june(tally)["meetings_held"].numerator) == (3, 1)


def test_machines_open_only_in_the_raw_rate_and_late_opens_in_none(tally: Tally) -> None:
    sent = Mailing("m", 1, "marketing_email", at(3), at(3), delivered=at(3))
    opened = replace(sent, opened=at(4), by_machine=False)
    for one in (
        sent,
        opened,
        replace(opened, clicked=at(5)),
        replace(sent, opened=at(3), by_machine=True),
        replace(opened, opened=at(3) + 8 * DAY),
    ):
        touches._mailing(tally, one, HERE)

    told = {kpi: (row.numerator, row.denominator) for kpi, row in june(tally).items()}
    assert told == {
        "email_open_rate": (3, 5),
        "email_open_rate_adjusted": (2, 4),
        "email_click_rate": (1, 5),
    }


def test_pocs_of_golden_g7(tally: Tally) -> None:
    """P1 3/4 passed, success, wants to buy in 30 days; P2 2/4 passed, fail; P3 1/5; P4 4/4 passed, success, in 90."""
    lead = born(Draw(1, 2, 3), Firms(1, 1_000), US, FIRST + 10, 1)
    deal = start(Draw(1, 2, 4), 1, lead, internal_firm(), at(1), "newbusiness")
    sale = Sale(deal, "united_states", "direct", CUTOFF)
    drawn = [
        (4, 3, True, "success", 30),
        (4, 2, True, "fail", 0),
        (5, 1, False, "fail", 0),
        (4, 4, True, "success", 90),
    ]
    for n, (goals, reached, passed, result, intent) in enumerate(drawn):
        poc = Poc(
            f"p{n}", "poc", 1, deal, deal.firm, "America/New_York", at(2), 21, goals, reached, passed, at(12), at(20),
            result, intent,
        )  # fmt: skip
        met = [Event(f"e{n}{goal}", 1, "poc_goal_accomplished", at(5), poc.id, f"g{goal}") for goal in range(reached)]
        again = [replace(one, id=f"{one.id}-again", at=at(6)) for one in met]
        too_late = [Event(f"l{n}", 1, "poc_goal_accomplished", at(13), poc.id, "g9")] if n == 0 else []
        pocs._count(tally, pocs.Counted(poc, sale, [*met, *again, *too_late]))

    told = {kpi: row.value for kpi, row in june(tally).items()}
    assert told["poc_pass_rate"] == Decimal("0.75")
    assert told["poc_goal_completion_rate"] == Decimal(10) / Decimal(17)
    assert (told["pocs_executed"], told["pocs_passed"], told["successful_poc_evaluations"]) == (4, 3, 1)
    assert told["poc_events_accomplished"] == 11
    assert told["poc_time_to_finish"] == 10


def test_two_calendar_months_end_with_a_shorter_month() -> None:
    assert pocs._months_on(date(2025, 12, 31), 2) == date(2026, 2, 28)
    assert pocs._months_on(date(2026, 6, 15), 2) == date(2026, 8, 15)
