"""What is wrong with a catalogue: drift, gaps, placeholders, plurals, markup, and English left over."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import PLURALS
from babel.plural import to_gettext

from bin.punctuation import punctuation
from include.report.catalogues import PLACEHOLDER, broken, catalogue_file, texts, translated
from include.report.language import SOURCE, chain, known

INTERNATIONAL = Path(__file__).with_name("international_terms.txt")
MARKUP = re.compile(r"[<>]|&\w+;")


def faults_of(catalogue: Catalog, language: str, wanted: Catalog) -> list[str]:
    """What is wrong with a catalogue, one line a fault."""
    faults = stale(wanted, catalogue) + ([] if is_variant(language) else lacking(wanted, catalogue))
    if catalogue.plural_forms != plural_rule(language):
        faults.append(f"Plural-Forms is {catalogue.plural_forms!r}, must be {plural_rule(language)!r}")
    for message in catalogue:
        if message.id:
            faults += [f"{_id(message)!r}: {fault}" for fault in _faults(message, language, catalogue.num_plurals)]
    return faults


def is_variant(language: str) -> bool:
    """Whether what the catalogue leaves out is said by a parent: another catalogue, or the English source."""
    parents = chain(language)[1:]
    return SOURCE in parents or any(catalogue_file(parent).is_file() for parent in parents)


def plural_rule(language: str) -> str:
    """gettext's usual rule of a language; CLDR's where it has none (Babel would give Malay two forms)."""
    for name in (language, language.split("_")[0]):
        if name in PLURALS:
            number, rule = PLURALS[name]
            return f"nplurals={number}; plural={rule};"
    return to_gettext(known(language).plural_form).rstrip("; ").replace("(0)", "0") + ";"


@cache
def international_terms(language: str) -> frozenset[str]:
    """Messages that stay as they are: on every line of the list, or on lines that begin with the language."""
    lines = [line.strip() for line in INTERNATIONAL.read_text(encoding="utf-8").splitlines()]
    entries = [line.partition(": ") for line in lines if line and not line.startswith("#")]
    return frozenset(term or languages for languages, _, term in entries if not term or language in languages.split())


def lacking(wanted: Catalog, catalogue: Catalog) -> list[str]:
    """What a catalogue does not have yet."""
    return [f"{text!r} is missing: make words" for text in sorted(_ids(wanted) - _ids(catalogue))]


def stale(wanted: Catalog, catalogue: Catalog) -> list[str]:
    """What a catalogue still has."""
    return [f"{text!r} is said no more: make words" for text in sorted(_ids(catalogue) - _ids(wanted))]


def _faults(message: Message, language: str, plurals: int) -> Iterator[str]:
    international = international_terms(language)
    yield from broken(message, plurals)
    if not translated(message):
        return
    ours, sources = texts(message.string), texts(message.id)
    for text in ours:
        yield from _faults_of_text(text, sources)
        yield from (f"{fault} in {text!r}" for fault in punctuation(text, language))
    if set(ours) & set(sources) and not set(sources) <= international and _has_words(sources[0]):
        yield "is the English text; translate it, or add it to bin/international_terms.txt"


def _faults_of_text(text: str, sources: list[str]) -> Iterator[str]:
    if MARKUP.search(text):
        yield f"markup in {text!r}: a translation is text"
    if text != text.strip() and sources[0] == sources[0].strip():
        yield f"blank at an end of {text!r}"


def _ids(catalogue: Catalog) -> set[str]:
    return {f"{message.context or ''}{_id(message)}" for message in catalogue if message.id}


def _id(message: Message) -> str:
    return texts(message.id)[0]


def _has_words(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2}", PLACEHOLDER.sub("", text)))
