"""The catalogues' keeper: `python -m bin.words update | check | start LANGUAGE`.

update   collects the messages of code, templates, KPI declarations and configuration into messages.pot and every .po,
         and writes docs/terms/ from the term base
check    fails on drift, on empty or fuzzy translations, on wrong placeholders, plurals, markup or punctuation, on
         English left over, on words that the term base rules out or has otherwise, and on stale docs/terms/
start    begins a catalogue for a new language (a CLDR id: fr, pt_PT, zh_Hant)

A catalogue below another one (es_419 below es, en_GB below the source text) is a variant: it holds only what differs.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bin import terms
from bin.environment import ROOT
from bin.faults import faults_of, is_variant, lacking, plural_rule, stale
from bin.messages import ADDRESS, HEADER, NO_DATE, collect
from include.company import ConfigError
from include.report.catalogues import CATALOGUES, PLACEHOLDER, LanguageError, catalogue_file, read, texts, translated
from include.report.language import known

TEMPLATE = CATALOGUES / "messages.pot"


def update() -> int:
    """Bring messages.pot and every catalogue to the messages of now; what is no longer said is dropped."""
    found = collect()
    _write(found, TEMPLATE)
    for file in catalogues():
        catalogue = read(file)
        _merge(found, catalogue, file)
        if is_variant(language_of(file)):
            _thin(catalogue, file)
        empty = sum(1 for message in catalogue if message.id and not translated(message))
        _say(f"{language_of(file)}: {len(catalogue)} messages, {empty} to translate")
    terms.write(_languages())
    return 0


def check() -> int:
    """Print each fault as file, message and reason; 1 if there is any."""
    found = collect()
    template = read_po(BytesIO(TEMPLATE.read_bytes()))
    faults = [f"{TEMPLATE.name}: {fault}" for fault in lacking(found, template) + stale(found, template)]
    for file in catalogues():
        language, catalogue = language_of(file), read(file)
        told = [*faults_of(catalogue, language, found), *terms.faults(catalogue, language)]
        faults += [f"{language}: {fault}" for fault in told]
    faults += terms.stale(_languages())
    for fault in faults:
        _say(fault)
    _say(f"catalogues: {', '.join(map(language_of, catalogues()))}; {len(found)} messages; {len(faults)} faults")
    return 1 if faults else 0


def start(name: str) -> int:
    """A catalogue with every message empty, and the plural rule of CLDR."""
    file = catalogue_file(str(known(name)))
    if file.exists():
        _say(f"{file} exists already")
        return 2
    catalogue = read_po(BytesIO(_opening(name).encode()), locale=name)
    file.parent.mkdir(parents=True)
    _merge(collect(), catalogue, file)
    terms.write(_languages())
    _say(f"{file.relative_to(ROOT)}: {len(catalogue)} messages to translate; then: make check")
    return 0


def catalogues() -> list[Path]:
    return sorted(CATALOGUES.glob("*/LC_MESSAGES/messages.po"))


def _languages() -> dict[str, Catalog]:
    """Each catalogue that is no variant, by its language."""
    return {name: read(file) for file in catalogues() if not is_variant(name := language_of(file))}


def language_of(file: Path) -> str:
    return file.parts[-3]


def _opening(name: str) -> str:
    return (
        f'msgid ""\nmsgstr ""\n"Language: {known(name)}\\n"\n"MIME-Version: 1.0\\n"\n'
        f'"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {plural_rule(name)}\\n"\n'
    )


def _merge(found: Catalog, catalogue: Catalog, file: Path) -> None:
    catalogue.update(found, no_fuzzy_matching=True)
    for name, value in {**ADDRESS, "header_comment": HEADER, "revision_date": NO_DATE}.items():
        setattr(catalogue, name, value)
    _write(catalogue, file)


def _thin(catalogue: Catalog, file: Path) -> None:
    """Leave out of a variant what it does not say itself."""
    for message in [message for message in catalogue if message.id and not translated(message)]:
        catalogue.delete(message.id, message.context)
    _write(catalogue, file)


def _write(catalogue: Catalog, file: Path) -> None:
    for message in catalogue:
        if not any(PLACEHOLDER.search(text) for text in texts(message.id)):
            message.flags.discard("python-format")  # Babel sees a conversion in "95% interval"
    with file.open("wb") as text:
        write_po(text, catalogue, width=0, include_lineno=False, ignore_obsolete=True)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main(arguments: list[str]) -> int:
    try:
        match arguments:
            case ["update"]:
                return update()
            case ["check"]:
                return check()
            case ["start", name]:
                return start(name)
    except (LanguageError, ConfigError) as fault:
        _say(str(fault))
        return 1
    _say(__doc__ or "")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
