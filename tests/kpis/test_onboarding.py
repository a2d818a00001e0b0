"""From trying to paying and using: trials, sign-ups and onboarding."""

from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from include.company import Company
from tests.kpis.billing import account, item, line
from tests.kpis.factory import Row, Scored, at, land, score

END, MAY = "2026-10-31", "2026-05-31"


@pytest.fixture
def scored(tmp_path: Path, company: Company) -> Any:
    """Scores of what is asked, for accounts A, B, S (below A) and T (a test) and any other rows."""

    def from_rows(*asked: str, day: str = END, **tables: list[Row]) -> Scored:
        accounts = [
            account("A", channel="email"),
            account("B", country="ES"),
            account("S", parent_account_id="A", country="MX"),
            account("T", is_test=True),
        ]
        return score(land(Path(mkdtemp(dir=tmp_path)), {"accounts": accounts, **tables}), company, day, *asked)

    return from_rows


def parts(scored: Scored, kpi: str, end: str = MAY, **cell: Any) -> tuple[Any, Any]:
    row = scored.row(kpi, end, **cell)
    return row["numerator"], row["denominator"]


def trial(name: str, day: str, **given: Any) -> Row:
    return {"poc_id": f"P{name}", "type": "trial", "account_id": name, "started_at": at(day), **given}


def paid(name: str, day: str, amount: float = 100, **given: Any) -> Row:
    """An invoice of the account, issued and paid on `day`."""
    return line(f"in_{name}_{day}", day, amount, **{"account_id": name, "paid_at": at(day), **given})


def back(of: str, day: str, amount: float, kind: str = "refund", **given: Any) -> Row:
    return line(f"{kind}_{of}_{day}", day, amount, **{"doc_type": kind, "original_doc_id": of, **given})


def test_a_trial_is_paid_by_its_first_invoice_above_nought(scored: Any) -> None:
    """45 days after 4 May is 18 June. What was paid before the trial, an invoice that nobody paid, and one of nothing
    are no conversion."""
    lines = [paid("A", "2026-06-18"), paid("B", "2026-05-02"), paid("B", "2026-06-19")]
    unpaid = [paid("A", "2026-05-20", status="open", paid_at=None), paid("A", "2026-05-21", 0)]
    trials = [trial("A", "2026-05-04"), trial("B", "2026-05-04"), trial("T", "2026-05-04")]
    found = scored("trial_to_paid_rate", pocs=trials, billing_lines=[*lines, *unpaid])

    assert parts(found, "trial_to_paid_rate") == (1, 2)
    assert parts(found, "trial_to_paid_rate", region="spain") == (0, 1)
    assert parts(scored("trial_to_paid_rate", pocs=trials, billing_lines=unpaid), "trial_to_paid_rate") == (0, 2)


def test_e_refund_a_first_invoice_given_back_whole_within_the_window_undoes_the_conversion(scored: Any) -> None:
    first = paid("A", "2026-05-20")
    name = first["doc_id"]

    def converted(*lines: Row) -> Any:
        found = scored("trial_to_paid_rate", pocs=[trial("A", "2026-05-04")], billing_lines=[first, *lines])
        return found.row("trial_to_paid_rate", MAY)["numerator"]

    assert converted() == 1
    assert converted(back(name, "2026-06-18", 100)) == 0
    assert converted(back(name, "2026-06-19", 100)) == 1
    assert converted(back(name, "2026-06-01", 60)) == 1
    assert converted(back(name, "2026-06-01", 60), back(name, "2026-06-10", 40)) == 0
    assert converted(back(name, "2026-06-01", 60), back(name, "2026-06-01", 60, "credit_note")) == 1
    assert converted(back(name, "2026-06-01", -100, "credit_note")) == 0
    assert converted(back(name, "2026-06-01", 100), paid("A", "2026-06-02")) == 0


def test_who_has_no_poc_of_type_trial_tries_by_subscription_and_everybody_once(scored: Any) -> None:
    """A has both: the POC speaks. B tries twice. S pays as A."""
    items = [
        item("A", "2026-04-02", 0, status="trialing", trial_start=at("2026-04-02")),
        item("B", "2026-05-03", 0, status="trialing", trial_start=at("2026-05-03"), product="core"),
        item("B2", "2026-05-09", 0, account_id="B", status="trialing", trial_start=at("2026-05-09")),
    ]
    pocs = [trial("A", "2026-05-04"), trial("S", "2026-05-06"), trial("B", "2026-05-01", type="poc")]
    found = scored("trial_to_paid_rate", subscription_items=items, pocs=pocs, billing_lines=[paid("S", "2026-05-20")])

    assert parts(found, "trial_to_paid_rate") == (1, 2)
    assert parts(found, "trial_to_paid_rate", "2026-04-30") == (0, 0)
    assert parts(found, "trial_to_paid_rate", breakdown="product", member="core") == (0, 1)


def test_e_censor_trials_are_immature_until_their_window_has_passed(scored: Any) -> None:
    """45 days after the end of May is 15 July."""
    trials = [trial("A", "2026-05-04")]
    before, after = (scored("trial_to_paid_rate", day=day, pocs=trials) for day in ("2026-07-14", "2026-07-15"))

    assert before.row("trial_to_paid_rate", MAY)["status"] == "immature"
    assert after.row("trial_to_paid_rate", MAY)["status"] == "ok"


def event(kind: str, day: str, name: str = "A", **given: Any) -> Row:
    number = "-".join(str(value) for value in given.values())
    return {
        "event_id": f"{kind}{day}{name}{number}",
        "event_type": kind,
        "account_id": name,
        "occurred_at": at(day),
        **given,
    }


def test_e_reenter_who_signs_up_again_is_the_same_user(scored: Any) -> None:
    """Users by who they are, else by their account; active after the first sign-up, at most 14 days."""
    events = [
        event("signup", "2026-05-02", user_id="u1"),
        event("signup", "2026-05-20", user_id="u1"),
        event("activation", "2026-05-16", user_id="u1"),
        event("signup", "2026-05-02", user_id="u2"),
        event("activation", "2026-05-17", user_id="u2"),
        event("signup", "2026-05-03", "B"),
        event("activation", "2026-05-02", "B"),
        event("signup", "2026-05-03", "S"),
        event("activation", "2026-05-05", "S", user_id="u9"),
        event("signup", "2026-05-03", "T"),
        event("activation", "2026-06-20", user_id="u1"),
    ]
    found = scored("activation_rate", product_events=events)

    assert parts(found, "activation_rate") == (2, 4)
    assert parts(found, "activation_rate", channel="email") == (2, 3)
    assert parts(found, "activation_rate", region="spain") == (0, 1)


def test_an_event_reported_twice_or_after_the_cutoff_is_none(scored: Any) -> None:
    again = event("signup", "2026-05-02")
    events = [again, {**again, "occurred_at": at("2026-05-03")}, event("activation", "2026-05-04")]

    assert parts(scored("activation_rate", product_events=events), "activation_rate") == (1, 1)
    assert parts(
        scored("activation_rate", day="2026-05-03", product_events=events), "activation_rate", "2026-05-03"
    ) == (
        0,
        1,
    )


def test_onboarding_is_over_with_the_last_required_step_or_when_the_product_says_so(scored: Any) -> None:
    """B did both steps that A has to do, one of them again later; A did one; S is A."""

    def step(day: str, number: int, name: str, required: bool = True) -> Row:
        return event("onboarding_step", day, name, step_no=number, is_required=required)

    begun = [event("onboarding_start", "2026-05-02", name) for name in ("A", "B", "T")]
    steps = [
        step("2026-05-03", 1, "A"),
        step("2026-05-03", 1, "B"),
        step("2026-07-01", 2, "B"),
        step("2026-07-20", 2, "B"),
        step("2026-05-04", 9, "A", required=False),
    ]
    done = event("onboarding_completed", "2026-06-20", "S")

    def completed(*events: Row) -> tuple[Any, Any]:
        return parts(
            scored("onboarding_completion_rate", product_events=[*begun, *steps, *events]), "onboarding_completion_rate"
        )

    assert completed() == (1, 2)
    assert completed(done) == (2, 2)
    assert completed(event("onboarding_start", "2026-04-02", "B")) == (0, 1)
    assert completed(step("2026-05-05", 3, "A")) == (0, 2)


def test_e_tz_a_user_signs_up_on_the_local_date_of_its_account(scored: Any) -> None:
    late = [{**event("signup", "2026-05-31", "B"), "occurred_at": at("2026-05-31", 23)}]

    assert parts(scored("activation_rate", product_events=late), "activation_rate") == (0, 0)
    assert parts(scored("activation_rate", product_events=late), "activation_rate", "2026-06-30") == (0, 1)
