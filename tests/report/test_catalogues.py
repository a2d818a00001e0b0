"""The catalogues say everything, in the terms agreed on, and the keeper of the words notices what is wrong."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from bin import faults, terms, words
from include.report.catalogues import catalogue_file, read, texts
from include.report.language import known

LANGUAGES = [words.language_of(file) for file in words.catalogues()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_no_fault(language: str) -> None:
    assert faults.faults_of(read(catalogue_file(language)), language, words.collect()) == []


def test_the_three_languages_of_the_sample_are_there() -> None:
    assert {"es", "zh_Hans", "ms"} <= set(LANGUAGES)


def test_messages_pot_is_what_code_and_templates_say() -> None:
    assert words.check() == 0


@pytest.mark.parametrize(("language", "forms"), [("es", 2), ("zh_Hans", 1), ("ms", 1)])
def test_each_language_has_its_number_of_plural_forms(language: str, forms: int) -> None:
    assert read(catalogue_file(language)).num_plurals == forms


@pytest.mark.parametrize("language", ["fr", "pl", "ar", "ms", "zh_Hant", "pt_PT"])
def test_a_new_language_counts_as_cldr_does(language: str) -> None:
    rule = faults.plural_rule(language)
    expression = re.sub(r"&&", " and ", rule.split("plural=")[1].rstrip(";")).replace("||", " or ")
    number = int(re.findall(r"nplurals=(\d)", rule)[0])
    plural_form = known(language).plural_form
    forms = {plural_form(n): chosen(expression, n) for n in range(200)}
    assert len(set(forms.values())) == number
    assert all(chosen(expression, n) == forms[plural_form(n)] for n in range(200))


def chosen(expression: str, n: int) -> int:
    """The form that gettext picks: C's conditional, evaluated step by step."""
    while "?" in expression:
        test, _, rest = expression.strip("() ").partition("?")
        yes, _, no = rest.partition(":")
        if eval(test, {"n": n}):  # the rule of a trusted catalogue
            return int(yes.strip("() "))
        expression = no
    return int(eval(expression, {"n": n}))


SOURCE, PLURAL = "%(count)s lead of %(place)s", ("%(count)s lead", "%(count)s leads")


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        (Message(SOURCE, ""), "not translated"),
        (Message(SOURCE, "%(count)s leads de %(place)s", flags=["fuzzy"]), "fuzzy"),
        (Message(SOURCE, "%(count)s leads de %(lugar)s"), "placeholders differ"),
        (Message(SOURCE, "%(count)s leads"), "placeholders differ"),
        (Message(SOURCE, SOURCE), "is the English text"),
        (Message(SOURCE, "%(count)s leads de %(place)s, 100 %"), "a lone %"),
        (Message("Paid search", "<b>Búsqueda de pago</b>"), "markup"),
        (Message("Paid search", "Búsqueda &amp; pago"), "markup"),
        (Message("Paid search", "Búsqueda de pago "), "blank at an end"),
        (Message(PLURAL, ("%(count)s lead",)), "1 plural forms, must be 2"),
        (Message(PLURAL, ("%(count)s lead", "")), "not translated"),
        (Message("A new sentence", "Una frase nueva"), "'A new sentence' is said no more"),
    ],
)
def test_the_keeper_notices(message: Message, fault: str) -> None:
    wanted, catalogue = catalogue_of(Message(SOURCE), Message("Paid search"), Message(PLURAL)), catalogue_of(message)
    assert any(fault in line for line in faults.faults_of(catalogue, "es", wanted))


def test_the_keeper_notices_a_message_that_is_not_in_the_catalogue() -> None:
    found = faults.faults_of(catalogue_of(), "es", catalogue_of(Message("Paid search")))
    assert found == ["'Paid search' is missing: make words"]


def test_a_variant_holds_only_what_differs() -> None:
    wanted = catalogue_of(Message("Paid search"), Message("95% limit"))
    variant = catalogue_of(Message("95% limit", "límite del 95%"))
    assert faults.faults_of(variant, "es_419", wanted) == []
    assert faults.faults_of(variant, "es", wanted) == ["'Paid search' is missing: make words"]


@pytest.mark.parametrize(
    ("language", "variant"), [("es_419", True), ("en_GB", True), ("es", False), ("zh_Hant", False)]
)
def test_a_variant_is_below_another_catalogue_or_the_source_text(language: str, variant: bool) -> None:
    assert faults.is_variant(language) is variant


def test_the_keeper_accepts_a_good_translation_and_an_international_term() -> None:
    good = [
        Message("Paid search", "Búsqueda de pago"),
        Message("MQL", "MQL"),
        Message("%(a)s → %(b)s", "%(a)s → %(b)s"),
    ]
    assert faults.faults_of(catalogue_of(*good), "es", catalogue_of(*good)) == []


def test_an_international_term_of_one_language_is_english_in_another() -> None:
    assert "Lead" in faults.international_terms("es")
    assert "Lead" not in faults.international_terms("ms")


def test_every_international_term_is_a_message() -> None:
    said = {text for message in words.collect() for text in texts(message.id)}
    listed = {term for language in LANGUAGES for term in faults.international_terms(language)}
    assert listed - said == set()


def test_a_new_language_starts_empty_and_is_taken_up_by_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "catalogue_file", lambda name: catalogue_file(name, tmp_path))
    monkeypatch.setattr(words, "ROOT", tmp_path)
    monkeypatch.setattr(terms, "PAGES", tmp_path / "docs")
    monkeypatch.setattr(words, "collect", lambda: catalogue_of(Message("Paid search"), Message(PLURAL)))
    assert words.start("fr") == 0
    begun = read(catalogue_file("fr", tmp_path))
    assert [message.id for message in begun if message.id] == ["Paid search", PLURAL]
    assert [fault for fault in faults.faults_of(begun, "fr", words.collect()) if "not translated" not in fault] == []


def catalogue_of(*messages: Message) -> Catalog:
    catalogue = Catalog("es")
    for message in messages:
        catalogue[message.id] = message
    return catalogue
