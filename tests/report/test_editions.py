"""All eight locales are editions, and so is every language that a catalogue is started for: complete, in their own
words, with nothing left unfilled."""

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from babel import Locale
from babel.core import get_global

from bin import words
from bin.faults import international_terms, is_variant
from include.company import Edition
from include.report.catalogues import CATALOGUES, texts
from include.report.compose import compose
from include.report.document import Draft
from include.report.edition import draft
from include.report.fonts import missing
from include.report.language import chain
from tests.report import synthetic
from tests.report.test_pseudo_locale import texts_of

EIGHT = {
    "en_US": "united_states", "en_GB": "company", "en_MY": "malaysia", "es_ES": "spain", "es_MX": "mexico",
    "es_419": "company", "zh_Hans_CN": "china", "ms_MY": "malaysia",
}  # fmt: skip


def likely(language: str) -> str:
    """The locale most readers of a language are in: fr_FR."""
    parts = get_global("likely_subtags").get(language, language).split("_")
    return str(Locale.parse(f"{parts[0]}_{parts[-1]}" if "_" not in language else language))


def started() -> set[str]:
    """Languages with a catalogue that none of the eight speaks from."""
    spoken = {name for locale in EIGHT for name in chain(locale)}
    return {words.language_of(file) for file in words.catalogues()} - spoken


LOCALES = EIGHT | {likely(language): "company" for language in started()}


@pytest.fixture(scope="module", params=sorted(LOCALES))
def edition(request: pytest.FixtureRequest) -> Draft:
    locale = request.param
    material = synthetic.material(date(2026, 10, 14), LOCALES[locale])
    return draft(compose(material), Edition(region=material.region, locale=locale), material.company)


def said(edition: Draft) -> list[str]:
    return [text.strip() for text in texts_of(ElementTree.fromstring(edition.html.partition("\n")[2])) if text.strip()]


def test_an_edition_is_in_its_own_language(edition: Draft) -> None:
    assert f'<html lang="{edition.locale.replace("_", "-")}">' in edition.html
    own = {line for file in chain(edition.locale) for line in _words_of(file)}
    english = {text for message in words.collect() for text in texts(message.id) if " " in text and "%(" not in text}
    if not edition.locale.startswith("en"):
        assert {text for text in said(edition) if text in english - own} == set()
        assert sum(text in own for text in said(edition)) > 60


def test_every_place_for_a_value_is_filled(edition: Draft) -> None:
    seen = [*said(edition), edition.title, edition.subject]
    assert [text for text in seen if re.search(r"%\(|%%|\{\w*\}|\bNone\b|\bnan\b", text)] == []


def test_the_fonts_draw_every_character(edition: Draft) -> None:
    assert missing("".join(said(edition))) == ()


def _words_of(name: str) -> set[str]:
    file = CATALOGUES / name / "LC_MESSAGES" / "messages.po"
    kept = international_terms(name)
    return {text for message in words.read(file) for text in texts(message.string)} | kept if file.is_file() else set()


@pytest.mark.parametrize(
    ("locale", "files"),
    [
        ("en_US", []), ("en_GB", []), ("en_MY", []), ("es_ES", ["es"]), ("es_MX", ["es_419", "es"]),
        ("es_419", ["es_419", "es"]), ("zh_Hans_CN", ["zh_Hans"]), ("ms_MY", ["ms"]),
    ],
)  # fmt: skip
def test_the_catalogues_that_each_locale_speaks_from(locale: str, files: list[str]) -> None:
    assert [name for name in chain(locale) if (CATALOGUES / name).is_dir()] == files
    assert locale in LOCALES


def test_a_variant_is_a_locale_of_its_own() -> None:
    assert [words.language_of(file) for file in words.catalogues() if is_variant(words.language_of(file))] == ["es_419"]
