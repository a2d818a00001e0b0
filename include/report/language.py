"""The words of a locale: gettext over the .po catalogues, with CLDR's parents as the only way to fall back.

English is the source text of every message, so it needs no catalogue. A catalogue is read from its .po file when first
asked for: nothing compiled can go stale. One untranslated, fuzzy or broken message and the language does not speak at
all: no report is half English. What comes back is plain text, never marked safe for HTML.
"""

from collections.abc import Iterator
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.support import Translations

from include.report.catalogues import CATALOGUES, LanguageError, broken, catalogue_file, messages, read, texts

SOURCE = "en"
SCRIPT = 4  # letters of a script's id, as in zh_Hant
MEND = "then run: python -m bin.words check"

__all__ = ["CATALOGUES", "SOURCE", "Language", "LanguageError", "catalogue_file", "chain", "known", "read"]


class Unsaid(LanguageError):
    """No catalogue of the chain has the message."""


class Language:
    """Texts in one locale. `html_lang` is what the lang attribute wants: zh-Hans-CN.

    Raises LanguageError for a locale that cannot be spoken, and Unsaid for a message that no catalogue has.
    """

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

    def name(self, text: str) -> str:
        """A name from the configuration: translated where the catalogue has it, else as it was written."""
        try:
            return self.gettext(text)
        except Unsaid:
            return text


class _Silence(NullTranslations):
    """What stands behind the last catalogue of a chain: English is no answer."""

    def __init__(self, locale: str, file: Path) -> None:
        super().__init__()
        self._where = f"{locale}: %r is not in {file}; run: python -m bin.words update, translate it, {MEND}"

    def gettext(self, message: str) -> NoReturn:
        raise Unsaid(self._where % message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> NoReturn:  # noqa: ARG002
        self.gettext(msgid1)

    def pgettext(self, context: str, message: str) -> NoReturn:  # noqa: ARG002
        self.gettext(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> NoReturn:  # noqa: ARG002
        self.gettext(msgid1)


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
    files = [file for name in names if (file := catalogue_file(name, folder)).is_file()]
    if not files and SOURCE not in names:
        raise LanguageError(
            f"no catalogue for {locale} (looked for {', '.join(names)} in {folder}); "
            f"start one: python -m bin.words start {names[-1]}"
        )
    found: list[NullTranslations] = [_load(file) for file in files]
    if SOURCE in names:
        found.append(NullTranslations())
    else:
        _check_complete(locale, files[-1], folder)
        found.append(_Silence(locale, files[-1]))
    for near, far in pairwise(found):
        near.add_fallback(far)
    return found[0]


def forget() -> None:
    """Read the catalogues anew when they are asked for next: somebody has edited one."""
    _texts.cache_clear()
    messages.cache_clear()


def _load(file: Path) -> Translations:
    """The translations of a catalogue, all of them fit to be spoken."""
    catalogue = read(file)
    if not any(message.id and message.string and not message.fuzzy for message in catalogue):
        raise LanguageError(f"{file} translates nothing; fill it in, {MEND}")
    _check_sound(catalogue, file)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def _check_sound(catalogue: Catalog, file: Path) -> None:
    faults = [
        f"{texts(message.id)[0]!r}: {fault}"
        for message in catalogue
        if message.id
        for fault in broken(message, catalogue.num_plurals)
    ]
    if faults:
        raise LanguageError(f"{file}: {_first(faults)}; mend it, {MEND}")


def _check_complete(locale: str, file: Path, folder: Path) -> None:
    """The last catalogue of a chain says every message of the product."""
    said = {(message.context or "", texts(message.id)[0]) for message in read(file) if message.id}
    if lacking := [repr(text) for context, text in messages(folder) if (context, text) not in said]:
        raise LanguageError(
            f"{locale}: {_first(lacking)} is not in {file}; run: python -m bin.words update, translate it, {MEND}"
        )


def _first(faults: list[str]) -> str:
    return faults[0] if len(faults) == 1 else f"{faults[0]} (and {len(faults) - 1} more)"
