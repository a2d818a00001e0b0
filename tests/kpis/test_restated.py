"""What a day changed of the months before it: both sides from one lake, each as known at its own cutoff."""

from contextlib import closing
from datetime import date
from pathlib import Path

from include.company import Company
from include.kpis import KPIS, calendar, score
from include.kpis.materialise import materialise
from include.kpis.measure import Measure
from include.kpis.restated import NAMES, NEEDS, changes, restated
from include.lake import Lake
from tests.kpis.factory import at, land

DAY = date(2026, 10, 15)


def deal(name: str, amount: int, updated: str, **given: object) -> dict[str, object]:
    won = {"status": "won", "closed_at": at("2026-09-20")}
    return {
        "opportunity_id": name, "primary_lead_id": "L1", "created_at": at("2026-09-01"), "amount": amount,
        "updated_at": at(updated), **won, **given,
    }  # fmt: skip


def corrected(root: Path) -> Lake:
    """A deal of September, won for 100, corrected to 130 on 15 October; another of 15 October itself."""
    lead = {"lead_id": "L1", "created_at": at("2026-08-01"), "country": "MY"}
    deals = [deal("O1", 100, "2026-09-20"), deal("O1", 130, "2026-10-15"),
             deal("O2", 70, "2026-10-15", closed_at=at("2026-10-15"))]  # fmt: skip
    rates = [
        {"rate_date": day, "quote_currency": code, "rate": rate}
        for day in (date(2026, 9, 20), date(2026, 10, 15))
        for code, rate in {"USD": 1, "MYR": 4}.items()
    ]
    return land(root, {"leads": [lead], "opportunities": deals, "fx_rates": rates})


def compared(lake: Lake, company: Company, day: date) -> list[dict[str, object]]:
    with closing(lake.connect()) as connection:
        calendar.prepare(connection, company, day)
        materialise(connection, NEEDS)
        return restated(connection, lake, company, day).to_pylist()


def test_a_correction_of_the_day_is_found_in_the_month_that_it_corrects(tmp_path: Path, company: Company) -> None:
    found = {
        (row["kpi"], row["region"], row["month"], row["currency"]): (row["before"], row["after"])
        for row in compared(corrected(tmp_path), company, DAY)
    }
    september = date(2026, 9, 1)
    assert found[("bookings", "company", september, "USD")] == (100, 130)
    assert found["bookings", "malaysia", september, "MYR"] == (400, 520)
    assert {key[0] for key in found} == {"bookings"}
    assert {key[2] for key in found} == {september}


def test_what_happened_on_the_day_itself_restates_nothing(tmp_path: Path, company: Company) -> None:
    """The deal of 15 October is news of the 15th; on the 16th nothing is known otherwise."""
    assert compared(corrected(tmp_path), company, date(2026, 10, 16)) == []


def test_a_late_landing_is_no_restatement(tmp_path: Path, company: Company) -> None:
    """A row landed today with an old stamp is known on both sides, whatever the scores of yesterday said."""
    lake = corrected(tmp_path)
    score.score(lake, company, "americas", date(2026, 10, 16))
    again = land(tmp_path, {"leads": [{"lead_id": "L2", "created_at": at("2026-09-05"), "country": "MY"}]})
    assert compared(again, company, date(2026, 10, 17)) == []


def test_a_night_keeps_it_beside_its_scores(tmp_path: Path, company: Company) -> None:
    lake = corrected(tmp_path)
    assert changes(lake, "americas", DAY, "company") is None
    score.score(lake, company, "americas", DAY)
    found = changes(lake, "americas", DAY, "company")
    assert found is not None
    assert [(each.kpi, each.month, each.before, each.after) for each in found] == [
        ("bookings", date(2026, 9, 1), 100, 130)
    ]


def test_it_compares_plain_sums_of_the_facts_it_asks_for() -> None:
    for name in NAMES:
        measure = KPIS[name].numerator
        assert isinstance(measure, Measure)
        assert measure.fact in NEEDS
        assert KPIS[name].denominator is None
