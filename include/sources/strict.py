"""Strict at the door: raw records become typed rows, or rejects that say why and keep the record whole.

A row is rejected when its key or stamp or any required cell is missing, a cell cannot be read as its type (NaN and
infinity included), a word is in no list (enums, ISO 4217, ISO 3166-1), or an amount that cannot be negative is.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from json import dumps
from types import NoneType
from typing import Any

import pyarrow as pa

from include.lake.landing import REJECTS, days_of
from include.lake.merging import identity, key_text
from include.lake.reasons import Reason, Said, UnreadableError
from include.lake.schemas import TABLES, Table
from include.sources.cells import Cell, reader

NEVER_STAMPED = {
    "accounts": "created_at",
    "leads": "created_at",
    "opportunities": "created_at",
    "pocs": "started_at",
    "activities": "started_at",
    "subscription_items": "valid_from",
    "billing_lines": "issued_at",
    "reps": "valid_from",
    "crm_stage_history": "valid_from",
}
"""Log tables: the row's own creation or validity stamp, which stands in for a missing stamp of change."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A row before it is typed: cells by column, the record they come from, and where that is. `defects` are reasons
    that the mapping already found."""

    row: Mapping[str, Cell]
    record: Cell
    origin: str
    defects: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Batch:
    """Typed rows of one table, those rejected, and how many older rows of the same key gave way."""

    table: str
    rows: pa.RecordBatch
    rejects: pa.RecordBatch
    superseded: int

    @property
    def landed(self) -> int:
        return int(self.rows.num_rows + self.rejects.num_rows + self.superseded)


def read(source: str, table: str, raws: Sequence[Raw], first: date) -> Batch:
    """Type `raws`. A reject without a readable stamp is filed under `first`."""
    shape = TABLES[table]
    columns, faults = _columns(shape, raws)
    columns["_source"] = [source] * len(raws)
    sound = [number for number in range(len(raws)) if number not in faults]
    kept = _latest(shape, columns, sound)
    if len(kept) < len(raws):
        accepted = {name: [cells[number] for number in kept] for name, cells in columns.items()}
    else:
        accepted = columns
    rejects = [_reject(source, shape, raws[i], {n: c[i] for n, c in columns.items()}, faults[i], first) for i in faults]
    return Batch(
        table,
        pa.RecordBatch.from_arrays(
            [pa.array(accepted[field.name], field.type) for field in shape.schema], schema=shape.schema
        ),
        pa.RecordBatch.from_pylist(rejects, REJECTS),
        len(sound) - len(kept),
    )


def _columns(shape: Table, raws: Sequence[Raw]) -> tuple[dict[str, list[Any]], dict[int, list[Said]]]:
    """Typed cells by column, and the reasons by number of the rows that have any."""
    faults: dict[int, list[Said]] = {number: list(raw.defects) for number, raw in enumerate(raws) if raw.defects}
    defective = frozenset(faults)
    columns: dict[str, list[Any]] = {}
    for field in shape.schema:
        if field.name != "_source":
            columns[field.name], reasons = _typed(field, reader(shape, field), _cells(shape, field.name, raws))
            for number, reason in reasons:
                if number not in defective or raws[number].row.get(field.name) is not None:
                    faults.setdefault(number, []).append(reason)
    return columns, faults


def _cells(shape: Table, name: str, raws: Sequence[Raw]) -> list[Cell]:
    cells = [raw.row.get(name) for raw in raws]
    stand_in = NEVER_STAMPED.get(shape.name)
    if stand_in and name == shape.filed_by:
        return [raw.row.get(stand_in) if _empty(cell) else cell for cell, raw in zip(cells, raws, strict=True)]
    return cells


def _typed(
    field: pa.Field, parse: Callable[[Cell], Any], cells: list[Cell]
) -> tuple[list[Any], Iterator[tuple[int, Said]]]:
    """The values of a column, and the number of each row that has none with the reason. Columns repeat their cells, so
    each different one is read once."""
    keys = cells if set(map(type, cells)) <= {str, NoneType} else [_key(cell) for cell in cells]
    known: dict[Any, Any] = {}
    wrong: dict[Any, Said] = {}
    for key, cell in dict(zip(keys, cells, strict=True)).items():
        known[key] = None
        try:
            if not _empty(cell):
                known[key] = parse(cell)
            elif not field.nullable:
                wrong[key] = Reason.MISSING.told(column=field.name)
        except UnreadableError as fault:
            wrong[key] = fault.told(column=field.name, cell=_shown(cell))
    return [known[key] for key in keys], ((i, wrong[key]) for i, key in enumerate(keys) if wrong and key in wrong)


def _key(cell: Cell) -> Any:
    """What tells cells apart: 1, 1.0 and True are equal, lists have no hash."""
    return type(cell), repr(cell) if isinstance(cell, list) else cell


def _empty(cell: Cell) -> bool:
    return cell is None or cell == ""


def _shown(cell: Cell) -> str:
    shown = repr(cell)
    return shown if len(shown) <= 60 else f"{shown[:57]}…{shown[-1]}"


def _latest(shape: Table, columns: dict[str, list[Any]], sound: list[int]) -> list[int]:
    """Of rows with the same key (and stamp) the last."""
    names = [columns[name] for name in identity(shape)]
    last = {tuple(column[number] for column in names): number for number in sound}
    return sorted(last.values())


def _reject(
    source: str, shape: Table, raw: Raw, row: dict[str, Any], reasons: list[Said], first: date
) -> dict[str, Any]:
    faulty = {reason.split(":")[0] for reason in reasons}
    readable = not raw.defects and not faulty & set(identity(shape))
    return {
        "day": _filed(shape, row) or first,
        "key": key_text(shape, row) if readable else None,
        "reasons": [_storable(reason) for reason in reasons],
        "record": _storable(dumps(raw.record, ensure_ascii=False, sort_keys=True, default=str)),
        "origin": raw.origin,
        "_source": source,
    }


def _storable(told: str) -> str:
    return told.encode(errors="backslashreplace").decode()


def _filed(shape: Table, row: dict[str, Any]) -> date | None:
    names = {shape.filed_by, "period_start"} & set(shape.schema.names)
    stamps = pa.table({name: pa.array([row.get(name)], shape.schema.field(name).type) for name in names})
    day: date | None = days_of(shape, stamps)[0].as_py()
    return day
