"""DuckDB sees every landed table, whether anything landed or not."""

from decimal import Decimal

import pyarrow as pa
import pytest

from include.lake import TABLES, Lake
from include.lake.views import sql_type

from .made import at, landing, row


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("filled", [False, True], ids=["empty", "with a row"])
def test_a_table_has_its_columns_in_order_and_type(lake: Lake, table: str, filled: bool) -> None:
    if filled:
        lake.land(landing(table, [row(table)]))

    told = lake.connect().sql(f'describe "{table}"').fetchall()
    assert [(name, _plain(kind)) for name, kind, *_ in told] == [
        (field.name, _plain(sql_type(field.type))) for field in TABLES[table].schema
    ]
    assert lake.scan(table).schema == TABLES[table].schema
    assert lake.connect().sql(f'select count(*) from "{table}"').fetchall() == [(int(filled),)]


def _plain(kind: str) -> str:
    """DuckDB quotes names of struct fields as it likes, and spells TIMESTAMPTZ out."""
    return kind.replace('"', "").replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")


def test_money_stays_decimal_and_stamps_stay_in_utc(lake: Lake) -> None:
    amount, stamp = Decimal("0.1000"), at("2026-10-03T23:30:00")
    lake.merge(landing("opportunities", [row("opportunities", amount=amount, updated_at=stamp)]))

    found = lake.connect().sql("select amount, updated_at, updated_at::date::text as day from opportunities")
    table = pa.table(found.arrow().read_all())
    assert table.to_pylist() == [{"amount": amount, "updated_at": stamp, "day": "2026-10-03"}]


def test_a_file_half_written_is_not_seen(lake: Lake) -> None:
    lake.merge(landing("leads", [row("leads")]))
    (lake.root / "leads" / "day=2026-10-03" / ".crm.0a1b.tmp").write_bytes(b"PAR1 and no more")

    assert lake.connect().sql("select count(*) from leads").fetchall() == [(1,)]
    assert lake.scan("leads").num_rows == 1


def test_lists_of_contacts_come_back_as_they_went(lake: Lake) -> None:
    contacts = [{"lead_id": "7", "role": None, "is_key_role": True, "first_engaged_at": at("2026-10-03T10:00:00")}]
    lake.merge(landing("opportunities", [row("opportunities", contacts=contacts)]))

    assert lake.scan("opportunities")["contacts"].to_pylist() == [contacts]
