"""The words of a locale: gettext over the .po catalogues, with CLDR's parents as the only way to fall back.

English is the source text of every message, so it needs no catalogue. A catalogue is read from its .po file when first
asked for: nothing compiled can go stale. What comes back is plain text, never marked safe for HTML.
"""

import re
from collections.abc import Iterator
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import Translations

CATALOGUES = Path(__file__).parents[1] / "locales"
SOURCE = "en"
SCRIPT = 4  # letters of a script's id, as in zh_Hant
LINE = re.compile(r'#.*|((msgctxt|msgid|msgid_plural|msgstr(\[\d\])?)\s+)?"([^"\\]|\\.)*"|')


class LanguageError(ValueError):
    """A locale is unknown, or its catalogue is missing, empty or broken; the message says what to do."""


class Language:
    """Texts in one locale. `html_lang` is what the lang attribute wants: zh-Hans-CN."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.html_lang = str(known(locale)).replace("_", "-")
        self._texts = _texts(str(known(locale)), CATALOGUES)

    def gettext(self, message: str) -> str:
        return self._texts.gettext(message) if message else ""  # "" is the catalogue's header

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self._texts.ngettext(one, many, number)

    def pgettext(self, context: str, message: str) -> str:
        return self._texts.pgettext(context, message)

    def npgettext(self, context: str, one: str, many: str, number: int) -> str:
        return self._texts.npgettext(context, one, many, number)


def known(locale: str) -> Locale:
    """The CLDR locale. Raises LanguageError."""
    try:
        return Locale.parse(locale)
    except (UnknownLocaleError, ValueError) as fault:
        raise LanguageError(f"locale {locale!r} is not in CLDR; write it like es_MX or zh_Hans_CN") from fault


def chain(locale: str) -> tuple[str, ...]:
    """The locale and its CLDR parents, nearest first: es_MX, es_419, es."""
    return tuple(_parents(str(known(locale))))


def _parents(name: str) -> Iterator[str]:
    while name and name != "root":
        yield name
        name = get_global("parent_exceptions").get(name, _shortened(name))


def _shortened(name: str) -> str:
    """Without the last part; CLDR never falls from a script to a language written in another (zh_Hant to zh)."""
    parent, _, last = name.rpartition("_")
    usual = get_global("likely_subtags").get(parent, "")
    return "" if len(last) == SCRIPT and f"_{last}_" not in usual else parent


@cache
def _texts(locale: str, folder: Path) -> NullTranslations:
    names = chain(locale)
    found: list[NullTranslations] = [_load(file) for name in names if (file := catalogue_file(name, folder)).is_file()]
    if SOURCE in names:
        found.append(NullTranslations())
    if not found:
        raise LanguageError(
            f"no catalogue for {locale} (looked for {', '.join(names)} in {folder}); "
            f"start one: python -m bin.words start {names[-1]}"
        )
    for near, far in pairwise(found):
        near.add_fallback(far)
    return found[0]


def forget() -> None:
    """Read the catalogues anew when they are asked for next: somebody has edited one."""
    _texts.cache_clear()


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


def _load(file: Path) -> Translations:
    """The translations of a catalogue; fuzzy ones are not translations."""
    catalogue = read(file)
    if not any(message.id and message.string and not message.fuzzy for message in catalogue):
        raise LanguageError(f"{file} translates nothing; fill it in, then run: python -m bin.words check")
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
