"""Why rows were rejected, in the reader's language: every reason that the sources give."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from include.kpis import KPIS
from include.lake.schemas import TABLES
from include.report.rejected import FORMS, told
from include.report.words import Words
from include.sources.cells import reader
from tests.report import synthetic


@pytest.mark.parametrize(
    ("reason", "phrase", "es"),
    [
        ("started_at: 'yesterday' is no date and time", "rejected.stamp", "started_at: “yesterday” no es fecha y hora"),
        ("country: 'QQ' is no ISO 3166-1 code", "rejected.country", "country: “QQ” no es un código de país"),
        ("type: 'leaflet' is none of call, email", "rejected.word", "type: “leaflet” no está en la lista"),
        ("line: 14 cells where the header has 16", "rejected.cells", "línea: 14 celdas; la cabecera tiene 16"),
        ("lead_id: missing", "rejected.missing", "lead_id: falta"),
        ("stage: 'x' is in no [hubspot.dealstage] of funnel.toml", "rejected.setting",
         "stage: “x” falta en [hubspot.dealstage]"),
        ("whatever a vendor thinks of", "value", "whatever a vendor thinks of"),
    ],
)  # fmt: skip
def test_a_reason_is_told_in_the_readers_language(reason: str, phrase: str, es: str) -> None:
    message = told(reason)
    assert message.id == phrase
    assert Words("es_ES", "EUR", synthetic.company(), KPIS).say(message) == es


BAD = ("no", -1, [], True, "2026-01-01T00:00:00", "99", 1.5, Decimal(0), datetime(2026, 1, 1, tzinfo=UTC))


def test_what_the_sources_say_of_a_cell_is_known() -> None:
    """Every column of every table is given cells that it cannot read; what it says of them has a phrase here."""
    unknown = {"is no text", "is no list", "is neither true nor false", "has too many digits"}
    said = set()
    for shape in TABLES.values():
        for field in shape.schema:
            for cell in BAD:
                try:
                    reader(shape, field)(cell)
                except ValueError as fault:
                    said.add(str(fault))
    assert len(said) > 8
    assert {each for each in said if told(f"a: 'x' {each}").id not in FORMS} <= unknown
