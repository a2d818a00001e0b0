"""Activity and reps: who stands out by more than chance, and nobody else."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from include.report import reps
from include.report.activity import activity
from include.report.compose import compose
from include.report.figures import Message
from include.report.funnel_plot import FunnelPlot
from include.report.material import Material
from include.report.selection import OF_REPS
from include.report.tables import Table
from tests.report import selling, synthetic
from tests.report.test_html import rendered, text_of

END = date(2026, 10, 31)
Row = dict[str, Any]


def changed(change: Any) -> Material:
    table = synthetic.scores(END, ("malaysia",))
    rows = [row for old in table.to_pylist() for row in change(old)]
    return synthetic.material(END, "malaysia", pa.Table.from_pylist(rows, schema=table.schema))


def tables(material: Material) -> list[Table]:
    return [block for row in activity(material).rows for block in row if isinstance(block, Table)]


def test_a_rep_far_below_the_team_is_named_and_one_with_few_deals_is_not(malaysia: Material) -> None:
    found = {str(rep.name.value): rep.verdict for rep in reps.ranked(malaysia)}
    assert found == dict.fromkeys(selling.NAMES, "inside") | {"Ben Ooi": "below", "Farid Osman": "few"}
    assert activity(malaysia).lead == replace(
        activity(malaysia).lead, id="activity.lead.outside", values=activity(malaysia).lead.values
    )
    assert activity(malaysia).lead.values["n"].value == 1


def test_nobody_is_ranked_by_a_rate(malaysia: Material) -> None:
    _, volumes, rates = tables(malaysia)
    sold = [row.entries[0].value.value for row in volumes.rows if row.kind == "row"]  # type: ignore[union-attr]
    decided = [row.entries[0].value.value for row in rates.rows if row.kind == "row"]  # type: ignore[union-attr]
    assert sold == sorted(sold, reverse=True)  # type: ignore[type-var]
    assert decided == sorted(decided, reverse=True)  # type: ignore[type-var]
    few = next(row for row in rates.rows if getattr(row.head, "value", "") == "Farid Osman")
    assert [entry.status for entry in few.entries][-1] == "few"
    assert few.entries[1].value.value is None  # type: ignore[union-attr]


def test_the_plot_has_those_with_cases_enough(malaysia: Material) -> None:
    plot = next(block for row in activity(malaysia).rows for block in row if isinstance(block, FunnelPlot))
    assert {point.name.value for point in plot.points} == set(selling.NAMES) - {"Farid Osman"}


def test_a_rep_without_a_name_is_shown_by_id_and_no_rep_by_the_word(malaysia: Material) -> None:
    assert replace(malaysia, reps={}).rep("malaysia-0").value == "malaysia-0"
    assert malaysia.rep("unassigned").kind == "code"


def many(row: Row) -> list[Row]:
    """The first rep's scores again for 300 reps, each smaller than the one before."""
    if row["rep"] != "malaysia-0":
        return [row]
    small = [Decimal(1) / (at + 2) for at in range(300)]
    return [row, *(_part(row, part, at) for at, part in enumerate(small))]


def _part(row: Row, part: Decimal, at: int) -> Row:
    money = row["denominator"] is None and row["numerator"] is not None
    return row | {
        "rep": f"X{at:03d}",
        "numerator": row["numerator"] and round(row["numerator"] * part, 2),
        "denominator": row["denominator"] and round(row["denominator"] * part, 2),
        "value": row["value"] * float(part) if money else row["value"],
        "n": int(row["n"] * float(part)),
    }


def test_300_reps_are_thirty_rows_and_one_that_says_how_many() -> None:
    material = changed(many)
    _, volumes, rates = tables(material)
    assert len(volumes.rows) == reps.MOST + 2
    rest = volumes.rows[-2]
    assert isinstance(rest.head, Message)
    assert rest.head.values["n"].value == 306 - reps.MOST
    assert len(rates.rows) == reps.MOST + 1
    assert activity(material).notes[0].id == "reps.note.more"


def test_the_company_has_its_regions_in_the_place_of_reps() -> None:
    material = synthetic.material(END, "company")
    assert not material.cells.members("rep", *OF_REPS)
    volumes = tables(material)[1]
    assert {row.head.value for row in volumes.rows if row.kind == "row"} == set(synthetic.SIZE)  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=1+1", "ذ" * 3, "x" * 100_000])
def test_a_hostile_name_of_a_rep_is_text(malaysia: Material, name: str) -> None:
    html = rendered(compose(replace(malaysia, reps={"malaysia-1": name})), "en_MY")
    assert "<script>alert" not in html
    assert len(html) < 300_000
    assert "Ben Ooi" not in text_of(html)
