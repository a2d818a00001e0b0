"""A region's cells out of a night's scores: its own, in its own money, and nobody else's."""

from datetime import date

from include.report.cells import Cell, Cells
from include.report.scores import read
from tests.report import synthetic

END = date(2026, 10, 31)


def test_a_team_reads_its_own_cells_and_the_company_the_whole_and_its_regions() -> None:
    table = synthetic.scores(END, ("malaysia", "mexico"), whole=True)
    regions = synthetic.company().regions
    assert {cell.key[8] for cell in read(table, regions["malaysia"]).all()} == {"malaysia"}
    company = read(table, regions["company"])
    assert {None, "malaysia", "spain"} <= {cell.key[8] for cell in company.all()}
    assert all(cell.key[7] is None or cell.key[8] is None for cell in company.all())


def test_money_is_in_the_regions_own_currency_and_what_has_none_is_kept() -> None:
    table = synthetic.scores(END, ("malaysia",), whole=True)
    found = {cell.currency for cell in read(table, synthetic.company().regions["malaysia"]).all()}
    assert found == {None, "MYR"}


def test_a_cell_is_found_by_its_grain_its_end_and_its_cut() -> None:
    cells = read(synthetic.scores(END, ("malaysia",)), synthetic.company().regions["malaysia"])
    whole = cells.get("leads_created", END)
    part = cells.get("leads_created", END, channel="paid_search")
    week = cells.get("leads_created", date(2026, 10, 25), "week")
    assert whole is not None
    assert part is not None
    assert week is not None
    assert (whole.value, part.value) == (1656, 466)
    assert week.key[2:5] == ("week", date(2026, 10, 19), date(2026, 10, 25))
    assert cells.get("leads_created", END, channel="nobody") is None


def test_months_add_up_as_ratios_of_sums_and_leave_out_what_has_no_number() -> None:
    def month(end: str, above: float, below: float, status: str = "ok") -> Cell:
        last = date.fromisoformat(end)
        key = ("win_rate", "value", "month", last.replace(day=1), last, None, None, None, "spain", None, None, None)
        return Cell(key, above / below, above, below, "ratio", None, status, int(below))

    rows = (month("2026-08-31", 1, 10), month("2026-09-30", 8, 10, "missing"), month("2026-10-31", 3, 10, "partial"))
    ends = [cell.key[4] for cell in rows]
    total = Cells(rows, "spain").total("win_rate", ends)
    assert total is not None
    assert (total.value, total.n, total.status) == (0.2, 20, "ok")
    assert Cells((), "spain").total("win_rate", ends) is None


def test_a_cells_id_is_its_whole_key() -> None:
    cells = read(synthetic.scores(END, ("malaysia",)), synthetic.company().regions["malaysia"])
    found = cells.get("leads_created", END, channel="paid_search")
    assert found is not None
    assert found.id == "leads_created|value|month|2026-10-01|2026-10-31|||paid_search|malaysia|||"
