"""What is accepted, and the reason for each row that is not."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from include.lake import TABLES
from include.sources.strict import Batch, Raw, read

FIRST = date(2026, 10, 31)
COST: dict[str, Any] = {
    "cost_id": "k1", "cost_date": "2026-10-03", "cost_type": "travel", "acquisition_scope": "new", "stage": "lead",
    "country": "MX", "hours": "1.5", "amount": "120.50", "currency": "MXN",
}  # fmt: skip
EVENT: dict[str, Any] = {
    "event_id": "e1", "account_id": "a1", "event_type": "signup", "step_no": "3", "is_required": "true",
    "occurred_at": "2026-10-03T10:00:00Z",
}  # fmt: skip


def reading(table: str, *rows: dict[str, Any]) -> Batch:
    return read("files", table, [Raw(row, row, f"row {n}") for n, row in enumerate(rows, 2)], FIRST)


def reasons(table: str, row: dict[str, Any]) -> list[str]:
    (rejected,) = reading(table, row).rejects.to_pylist()
    return list(rejected["reasons"])


def test_text_becomes_typed_cells_and_an_empty_cell_null() -> None:
    (row,) = reading("sales_costs", COST | {"channel": ""}).rows.to_pylist()

    assert row["cost_date"] == date(2026, 10, 3)
    assert (row["amount"], row["hours"]) == (Decimal("120.5000"), Decimal("1.5000"))
    assert (row["channel"], row["_source"]) == (None, "files")


def test_rows_have_exactly_the_columns_of_the_table() -> None:
    assert reading("sales_costs", COST).rows.schema == TABLES["sales_costs"].schema
    assert reading("sales_costs").rows.schema == TABLES["sales_costs"].schema


@pytest.mark.parametrize(
    ("table", "cells", "reason"),
    [
        ("sales_costs", {"currency": "XQX"}, "currency: 'XQX' is no ISO 4217 code"),
        ("sales_costs", {"currency": "usd"}, "currency: 'usd' is no ISO 4217 code"),
        ("sales_costs", {"country": "QQ"}, "country: 'QQ' is no ISO 3166-1 code"),
        ("sales_costs", {"country": "EU"}, "country: 'EU' is no ISO 3166-1 code"),
        ("sales_costs", {"amount": "-0.01"}, "amount: '-0.01' is negative"),
        ("sales_costs", {"amount": "12,50"}, "amount: '12,50' is no number"),
        ("sales_costs", {"amount": "NaN"}, "amount: 'NaN' is no number"),
        ("sales_costs", {"amount": "-inf"}, "amount: '-inf' is no number"),
        ("sales_costs", {"amount": "1e15"}, "amount: '1e15' has too many digits"),
        ("sales_costs", {"amount": ""}, "amount: missing"),
        ("sales_costs", {"cost_id": None}, "cost_id: missing"),
        ("sales_costs", {"stage": chr(0xD800)}, r"stage: '\ud800' is no Unicode text"),
        ("sales_costs", {"country": ["MX"]}, "country: ['MX'] is no ISO 3166-1 code"),
        ("sales_costs", {"cost_date": "3.10.2026"}, "cost_date: '3.10.2026' is no date (YYYY-MM-DD)"),
        ("sales_costs", {"cost_date": "2026-02-30"}, "cost_date: '2026-02-30' is no date (YYYY-MM-DD)"),
        ("sales_costs", {"acquisition_scope": "both"}, "acquisition_scope: 'both' is none of new, existing"),
        ("product_events", {"occurred_at": "2026-10-03T10:00:00"},
         "occurred_at: '2026-10-03T10:00:00' is a date and time without a zone (write …Z)"),
        ("product_events", {"occurred_at": "later"}, "occurred_at: 'later' is no date and time"),
        ("product_events", {"step_no": "2.5"}, "step_no: '2.5' is no whole number"),
        ("product_events", {"step_no": True}, "step_no: True is no number"),
        ("product_events", {"is_required": "maybe"}, "is_required: 'maybe' is neither true nor false"),
    ],
)  # fmt: skip
def test_a_row_is_rejected_with_column_cell_and_reason(table: str, cells: dict[str, Any], reason: str) -> None:
    assert reasons(table, (COST if table == "sales_costs" else EVENT) | cells) == [reason]


def test_a_rate_of_zero_converts_nothing() -> None:
    rate = {
        "rate_date": "2026-10-03",
        "base_currency": "EUR",
        "quote_currency": "USD",
        "rate_type": "budget",
        "rate": 0,
    }
    assert reasons("fx_rates", rate) == ["rate: 0 is not above zero"]


def test_a_row_tells_all_that_is_wrong_with_it() -> None:
    assert reasons("sales_costs", COST | {"country": "QQ", "amount": "-1"}) == [
        "country: 'QQ' is no ISO 3166-1 code",
        "amount: '-1' is negative",
    ]


def test_a_reject_keeps_the_record_and_where_it_came_from() -> None:
    (rejected,) = reading("sales_costs", COST | {"stage": "<b>", "amount": "?"}).rejects.to_pylist()

    assert '"stage": "<b>"' in rejected["record"]
    assert (rejected["origin"], rejected["_source"]) == ("row 2", "files")


@pytest.mark.parametrize(
    ("cost_date", "day", "key"),
    [("2026-10-03", date(2026, 10, 3), '["k1"]'), ("soon", FIRST, '["k1"]')],
    ids=["readable", "unreadable: the first day of the range"],
)
def test_a_reject_lies_under_its_date(cost_date: str, day: date, key: str) -> None:
    (rejected,) = reading("sales_costs", COST | {"cost_date": cost_date, "amount": "?"}).rejects.to_pylist()

    assert (rejected["day"], rejected["key"]) == (day, key)


def test_a_reject_of_a_log_has_no_key_without_its_stamp() -> None:
    told = [EVENT | {"step_no": "x"}, EVENT | {"occurred_at": "x"}]
    keys = [rejected["key"] for rejected in reading("product_events", *told).rejects.to_pylist()]

    assert keys == ['["e1", "2026-10-03 10:00:00+00:00"]', None]


def test_of_rows_with_the_same_key_the_last_stays() -> None:
    batch = reading("sales_costs", COST, COST | {"amount": "7"}, COST | {"cost_id": "k2"})

    assert [(row["cost_id"], row["amount"]) for row in batch.rows.to_pylist()] == [("k1", 7), ("k2", Decimal("120.5"))]
    assert (batch.landed, batch.superseded) == (3, 1)


def test_a_faulty_row_takes_no_ones_place() -> None:
    batch = reading("sales_costs", COST, COST | {"amount": "?"})

    assert (batch.rows.num_rows, batch.rejects.num_rows, batch.superseded) == (1, 1, 0)


@pytest.mark.parametrize(
    ("table", "own"), [("leads", "created_at"), ("pocs", "started_at"), ("crm_stage_history", "valid_from")]
)
def test_a_missing_stamp_is_the_rows_own_creation_or_validity(table: str, own: str) -> None:
    moment = "2026-10-03T10:00:00+02:00"
    cells = {
        field.name: "false" if pa.types.is_boolean(field.type) else "x"
        for field in TABLES[table].schema
        if not field.nullable
    }
    enums = {name: words[0] for name, words in TABLES[table].enums.items()}
    stamps = {field.name: moment for field in TABLES[table].schema if pa.types.is_timestamp(field.type)}
    row = cells | enums | stamps | {own: moment, TABLES[table].filed_by: ""}

    (read_back,) = reading(table, row).rows.to_pylist()
    assert read_back[TABLES[table].filed_by] == datetime(2026, 10, 3, 8, tzinfo=UTC)


def test_a_missing_stamp_of_an_event_is_a_fault() -> None:
    assert reasons("product_events", EVENT | {"occurred_at": ""}) == ["occurred_at: missing"]


def test_a_defect_of_the_mapping_is_the_reason_and_nothing_is_called_missing() -> None:
    batch = read("files", "sales_costs", [Raw({}, ["a"], "row 9", ("line: 1 cells",))], FIRST)

    assert batch.rejects.to_pylist()[0]["reasons"] == ["line: 1 cells"]


def test_vendors_binary_fractions_are_rounded() -> None:
    (row,) = reading("sales_costs", COST | {"amount": 0.1 + 0.2}).rows.to_pylist()

    assert row["amount"] == Decimal("0.3000")


cells = st.one_of(
    st.text(max_size=8), st.none(), st.integers(), st.floats(), st.booleans(), st.lists(st.integers(), max_size=2)
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries({name: st.one_of(st.just(value), cells) for name, value in COST.items()}), max_size=6
    )
)
def test_whatever_comes_every_row_is_accepted_rejected_or_superseded(rows: list[dict[str, Any]]) -> None:
    batch = reading("sales_costs", *rows)

    assert batch.rows.num_rows + batch.rejects.num_rows + batch.superseded == len(rows)
    assert all(row["amount"] >= 0 and row["amount"].is_finite() for row in batch.rows.to_pylist())
