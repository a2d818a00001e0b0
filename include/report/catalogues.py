"""Catalogues as files: where a language's .po lies, how it is read, and what in it must not reach a reader."""

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

CATALOGUES = Path(__file__).parents[1] / "locales"
TEMPLATE = "messages.pot"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
LINE = re.compile(r'#.*|((msgctxt|msgid|msgid_plural|msgstr(\[\d\])?)\s+)?"([^"\\]|\\.)*"|')


class LanguageError(ValueError):
    """A locale is unknown, or its catalogue is missing, empty or broken; the message says what to do."""


def catalogue_file(name: str, folder: Path = CATALOGUES) -> Path:
    return folder / name / "LC_MESSAGES" / "messages.po"


def read(file: Path) -> Catalog:
    """A .po file as written. Raises LanguageError when it cannot be read."""
    try:
        text = file.read_text(encoding="utf-8")
        if odd := [line for line in text.splitlines() if not LINE.fullmatch(line.strip())]:
            raise LanguageError(
                f"{file} cannot be read: {odd[0]!r} is no line of a catalogue; mend it"
            )  # Babel guesses
        return read_po(BytesIO(text.encode()), locale=file.parts[-3], abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, OSError) as fault:
        raise LanguageError(f"{file} cannot be read: {fault}; mend it") from fault


@cache
def messages(folder: Path) -> tuple[tuple[str, str], ...]:
    """Context and text of every message of the product; none where the folder has no template."""
    file = folder / TEMPLATE
    found = read_po(BytesIO(file.read_bytes())) if file.is_file() else ()
    return tuple((message.context or "", texts(message.id)[0]) for message in found if message.id)


def broken(message: Message, plurals: int) -> Iterator[str]:
    """Why a translation cannot be spoken: it is none, it is a guess, or values cannot be put into it."""
    if message.fuzzy:
        yield "fuzzy: a guess, not a translation"
    elif not translated(message):
        yield "not translated"
    else:
        yield from _unfit(message, plurals)


def _unfit(message: Message, plurals: int) -> Iterator[str]:
    ours, sources = texts(message.string), texts(message.id)
    if len(ours) != (plurals if message.pluralizable else 1):
        yield f"{len(ours)} plural forms, must be {plurals}"
    for text in ours:
        yield from _unfillable(text, sources)


def translated(message: Message) -> bool:
    return bool(message.string) and all(texts(message.string)) and not message.fuzzy


def texts(part: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """One text, or each of its plural forms."""
    return [part] if isinstance(part, str) else list(part or ())


def _unfillable(text: str, sources: list[str]) -> Iterator[str]:
    placeholders = [sorted(match.group() for match in PLACEHOLDER.finditer(source)) for source in sources]
    if sorted(match.group() for match in PLACEHOLDER.finditer(text)) not in placeholders:
        yield f"placeholders differ in {text!r}"
    if any(placeholders) and not _fills(text):
        yield f"a lone % in {text!r}: write %%"


def _fills(text: str) -> bool:
    """Whether values can be put into a text of %(placeholders)s."""
    try:
        text % {name: "" for name, _ in PLACEHOLDER.findall(text)}
    except (ValueError, TypeError, KeyError):
        return False
    return True
