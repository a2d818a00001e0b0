"""Why rows were rejected, in the reader's language: every reason that the sources give."""

import pytest

from include.kpis import KPIS
from include.lake.reasons import Reason, read
from include.report.phrases import PHRASES
from include.report.rejected import told
from include.report.words import Words
from tests.report import synthetic
from tests.report.test_catalogues import LANGUAGES


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


REASONS = list(Reason)
CELLS = ("'QQ'", "' is no number'", "'a: b is negative'", "'{cell} {0} %(cell)s'", "'two\nlines'", "[1, 'x']")


def filled(reason: Reason, cell: str = "'x'") -> dict[str, str]:
    """Something for every gap of a reason."""
    known = {"column": "amount", "n": "3", "heads": "12"}
    return {name: known.get(name, cell) for name in reason.gaps}


@pytest.mark.parametrize("reason", REASONS, ids=lambda each: each.name)
@pytest.mark.parametrize("cell", CELLS)
def test_what_is_stored_is_read_back_whatever_the_cell_says(reason: Reason, cell: str) -> None:
    gaps = filled(reason, cell)
    assert read(reason.told(**gaps)) == (reason, gaps)


@pytest.mark.parametrize("locale", ["en", *LANGUAGES])
@pytest.mark.parametrize("reason", REASONS, ids=lambda each: each.name)
def test_every_reason_has_words_in_every_language(reason: Reason, locale: str) -> None:
    message = told(reason.told(**filled(reason, "'Xyz'")))
    assert message.id == f"rejected.{reason.name.lower()}"
    words = Words(locale, "EUR", synthetic.company(), KPIS)
    said = words.say(message)
    assert "%(" not in said
    assert "cell" not in reason.gaps or "Xyz" in said
    source = PHRASES[message.id][0]
    assert locale == "en" or words.language.gettext(source) != source


def test_no_phrase_is_left_of_a_reason_that_is_gone() -> None:
    known = {f"rejected.{reason.name.lower()}" for reason in Reason}
    assert {id_ for id_ in PHRASES if id_.startswith("rejected.")} == known
