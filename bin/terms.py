"""The term base: include/locales/terms.toml becomes docs/terms/<language>.md, and the catalogues are held to it."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message

from bin.environment import ROOT
from include.report.catalogues import CATALOGUES, PLACEHOLDER, texts, translated
from include.report.language import chain, known

SOURCE = CATALOGUES / "terms.toml"
PAGES = ROOT / "docs" / "terms"
KEPT = ("name of the KPI", "a channel", "the stage")
"""Comments of the messages that are names, listed at the end of a page."""


@cache
def base(file: Path = SOURCE) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def faults(catalogue: Catalog, language: str) -> Iterator[str]:
    """Where a catalogue says what its language must not, or not the word agreed on; one line each."""
    for message in catalogue:
        if message.id and translated(message):
            yield from _said(message, language)
            if not _of_a_kpi(message):
                yield from _unsaid(message, language)


def _of_a_kpi(message: Message) -> bool:
    """A KPI's name and definition are terms themselves, agreed on one by one."""
    return any(" of the KPI " in comment for comment in message.auto_comments)


def _said(message: Message, language: str) -> Iterator[str]:
    for pattern, instead in never(language).items():
        for text in texts(message.string):
            if re.search(pattern, PLACEHOLDER.sub("□", text).replace("%%", "%"), re.IGNORECASE):
                yield f"{texts(message.id)[0]!r}: says {pattern} in {text!r}; say {instead}"


def _unsaid(message: Message, language: str) -> Iterator[str]:
    source, ours = _plain(message.id), _plain(message.string)
    for name, concept in base()["terms"].items():
        forms = _forms(concept, language)
        excused = concept.get("free") or texts(message.id)[0] in concept.get("otherwise", ())
        if forms and not excused and _english(name).search(source) and not any(form in ours for form in forms):
            yield f"{texts(message.id)[0]!r}: {concept['en']!r} is {forms[0]!r}, which {ours!r} does not say"


def never(language: str) -> dict[str, str]:
    """Patterns a language must not say, and what is meant instead."""
    return {key: value for one in base()["never"] if one["language"] == language for key, value in one["say"].items()}


def _forms(concept: dict[str, Any], language: str) -> list[str]:
    """The accepted forms of a concept; a variant's are its parent's."""
    found: Any = next((concept[name] for name in chain(language) if name in concept), ())
    forms = texts(found)
    return [_bare(form) for form in forms] + [form.lower() for form in forms if _bare(form) != form.lower()]


def _bare(term: str) -> str:
    return re.sub(r"\s*[(（][^()（）]*[)）]", "", term).lower()


@cache
def _english(name: str) -> re.Pattern[str]:
    words = "|".join(re.escape(part.strip()) for part in _bare(base()["terms"][name]["en"]).split(","))
    return re.compile(rf"(?<![\w-])(?:{words})(?:e?s)?(?![\w-])")


def _plain(said: Any) -> str:
    return PLACEHOLDER.sub("□", " ".join(texts(said))).replace("\u00a0", " ").lower()


def pages(catalogues: dict[str, Catalog]) -> dict[Path, str]:
    """The page of each language that is no variant, by where it lies."""
    return {PAGES / f"{language}.md": "\n".join(_page(language, each)) for language, each in catalogues.items()}


def write(catalogues: dict[str, Catalog]) -> None:
    PAGES.mkdir(parents=True, exist_ok=True)
    for file, text in pages(catalogues).items():
        file.write_text(text, encoding="utf-8")


def stale(catalogues: dict[str, Catalog]) -> list[str]:
    """Pages that do not say what the term base says."""
    wanted = pages(catalogues)
    gone = sorted(set(PAGES.glob("*.md")) - set(wanted))
    old = [file for file, text in wanted.items() if not file.is_file() or file.read_text(encoding="utf-8") != text]
    return [f"{file.relative_to(ROOT)} is stale: make words" for file in [*old, *gone]]


def _page(language: str, catalogue: Catalog) -> Iterator[str]:
    english = known(language).english_name
    yield f"# Terms: {english} ({language})\n"
    yield "Made by `make words` from include/locales/terms.toml and the catalogue, which `make check` holds to it."
    yield from _listed("How it is written", base().get("conventions", {}).get(language, ()))
    for concept in base()["terms"].values():
        if "section" in concept:
            yield f"\n## {concept['section']}\n\n| English | {english} | note |\n|---|---|---|"
        yield _row(concept, language)
    if ruled := never(language):
        yield "\n## Never\n\n| not | but |\n|---|---|"
        yield from (f"| {_cell(pattern)} | {instead} |" for pattern, instead in ruled.items())
    yield f"\n## Names in the reports\n\n| English | {english} |\n|---|---|"
    yield from (_name(message) for message in _names(catalogue))
    yield ""


def _listed(head: str, lines: Any) -> Iterator[str]:
    if lines:
        yield f"\n## {head}\n"
        yield from (f"- {line}" for line in lines)


def _row(concept: dict[str, Any], language: str) -> str:
    forms = texts(concept.get(language))
    return f"| {concept['en']} | {forms[0] if forms else '– (to be decided)'} | {concept.get('note', '')} |"


def _names(catalogue: Catalog) -> list[Message]:
    return [
        message for message in catalogue if message.id and any(c.startswith(KEPT) for c in message.auto_comments or ())
    ]


def _name(message: Message) -> str:
    return f"| {texts(message.id)[0]} | {texts(message.string)[0]} |"


def _cell(pattern: str) -> str:
    return f"`{pattern}`".replace("|", "\\|")
