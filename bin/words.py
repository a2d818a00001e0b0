"""The catalogues' keeper: `python -m bin.words update | check | start LANGUAGE`.

update   collects the messages of code, templates, KPI declarations and configuration into messages.pot and every .po
check    fails on drift, on empty or fuzzy translations, on wrong placeholders, plurals or markup, and on English left
start    begins a catalogue for a new language (a CLDR id: fr, pt_PT, zh_Hant)

A catalogue below another one (es_419 below es, en_GB below the source text) is a variant: it holds only what differs.
"""

import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.plurals import PLURALS
from babel.messages.pofile import read_po, write_po
from babel.plural import to_gettext

from bin.environment import ROOT
from include import company as configuration
from include.kpis import KPIS
from include.report.language import CATALOGUES, SOURCE, LanguageError, catalogue_file, chain, known, read

TEMPLATE = CATALOGUES / "messages.pot"
INTERNATIONAL = Path(__file__).with_name("international_terms.txt")
JINJA = "jinja2.ext:babel_extract"
METHODS = [("report/**.py", "python"), ("delivery/**.py", "python"), ("templates/**", JINJA)]
OPTIONS = {"templates/**": {"silent": "false", "trimmed": "true"}}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
MARKUP = re.compile(r"[<>]|&\w+;")
HEADER = """# Words of the reports and mails; English is the source text. One word for one concept, sentences whole,
# no markup. Collected by `make words`, judged by `make check`.
#"""
ADDRESS = {"project": "Corong", "version": "1", "msgid_bugs_address": "", "last_translator": "", "language_team": ""}
# A date in the header would change with every run and every machine; the history of the file is in git.
NO_DATE = datetime(2026, 11, 1, tzinfo=UTC)


def collect() -> Catalog:
    """Every message of the product, in a fixed order. Raises jinja2.TemplateSyntaxError for a broken template."""
    found = Catalog(
        header_comment=HEADER, charset="utf-8", creation_date=NO_DATE, revision_date=NO_DATE, **ADDRESS
    )  # fmt: skip
    for place, message, comments, context in sorted(_messages(), key=lambda entry: (entry[0], str(entry[1]))):
        found.add(message, locations=[(place, 0)], auto_comments=comments, context=context)
    return found


def _messages() -> Iterator[tuple[str, str | tuple[str, ...], list[str], str | None]]:
    """(place, message, comments, context) of each message."""
    folder = ROOT / "include"
    for name, _, message, comments, context in extract_from_dir(
        folder, METHODS, OPTIONS, DEFAULT_KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    ):
        yield f"include/{Path(name).as_posix()}", message, comments, context
    for kpi in KPIS.values():
        yield f"include/kpis/{kpi.family}.py", kpi.label, [f"name of the KPI {kpi.id}"], None
        yield f"include/kpis/{kpi.family}.py", kpi.description, [f"definition of the KPI {kpi.id}"], None
    company = configuration.load(Path(os.environ.get("CONFIG_DIR", ROOT / "config")))
    for channel in company.channels.values():
        yield "config/channels.toml", channel.label, ["a channel"], None
    for region in company.teams():
        if len(region.countries) != 1 or region.subdivisions:  # one country is called by its CLDR name
            yield "config/regions.toml", region.name, ["a region"], None
    for stage, label in company.funnel.labels.items():
        yield "config/funnel.toml", label, [f"the stage {stage}"], None


def update() -> int:
    """Bring messages.pot and every catalogue to the messages of now; what is no longer said is dropped."""
    found = collect()
    _write(found, TEMPLATE)
    for file in catalogues():
        catalogue = read(file)
        _merge(found, catalogue, file)
        if is_variant(language_of(file)):
            _thin(catalogue, file)
        empty = sum(1 for message in catalogue if message.id and not _translated(message))
        _say(f"{language_of(file)}: {len(catalogue)} messages, {empty} to translate")
    return 0


def check() -> int:
    """Print each fault as file, message and reason; 1 if there is any."""
    found = collect()
    template = read_po(BytesIO(TEMPLATE.read_bytes()))
    faults = [f"{TEMPLATE.name}: {fault}" for fault in _lacking(found, template) + _stale(found, template)]
    for file in catalogues():
        faults += [f"{language_of(file)}: {fault}" for fault in faults_of(read(file), language_of(file), found)]
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
    _say(f"{file.relative_to(ROOT)}: {len(catalogue)} messages to translate; then: make check")
    return 0


def faults_of(catalogue: Catalog, language: str, wanted: Catalog) -> list[str]:
    """What is wrong with a catalogue, one line a fault."""
    faults = _stale(wanted, catalogue) + ([] if is_variant(language) else _lacking(wanted, catalogue))
    if catalogue.plural_forms != plural_rule(language):
        faults.append(f"Plural-Forms is {catalogue.plural_forms!r}, must be {plural_rule(language)!r}")
    allowed = international_terms(language)
    for message in catalogue:
        if message.id:
            faults += [f"{_id(message)!r}: {fault}" for fault in _faults(message, catalogue.num_plurals, allowed)]
    return faults


def catalogues() -> list[Path]:
    return sorted(CATALOGUES.glob("*/LC_MESSAGES/messages.po"))


def language_of(file: Path) -> str:
    return file.parts[-3]


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


def international_terms(language: str) -> frozenset[str]:
    """Messages that stay as they are: on every line of the list, or on lines that begin with the language."""
    lines = [line.strip() for line in INTERNATIONAL.read_text(encoding="utf-8").splitlines()]
    entries = [line.partition(": ") for line in lines if line and not line.startswith("#")]
    return frozenset(term or languages for languages, _, term in entries if not term or language in languages.split())


def _faults(message: Message, plurals: int, international: frozenset[str]) -> Iterator[str]:
    ours, sources = texts(message.string), texts(message.id)
    if message.fuzzy:
        yield "fuzzy: not a translation"
    if not _translated(message):
        yield "not translated"
        return
    if len(ours) != (plurals if message.pluralizable else 1):
        yield f"{len(ours)} plural forms, must be {plurals}"
    for text in ours:
        yield from _faults_of_text(text, sources)
    if set(ours) & set(sources) and not set(sources) <= international and _has_words(sources[0]):
        yield "is the English text; translate it, or add it to bin/international_terms.txt"


def _faults_of_text(text: str, sources: list[str]) -> Iterator[str]:
    placeholders = [sorted(match.group() for match in PLACEHOLDER.finditer(source)) for source in sources]
    if sorted(match.group() for match in PLACEHOLDER.finditer(text)) not in placeholders:
        yield f"placeholders differ in {text!r}"
    if any(placeholders) and not _fills(text):
        yield f"a lone % in {text!r}: write %%"
    if MARKUP.search(text):
        yield f"markup in {text!r}: a translation is text"
    if text != text.strip() and sources[0] == sources[0].strip():
        yield f"blank at an end of {text!r}"


def _fills(text: str) -> bool:
    """Whether values can be put into a text of %(placeholders)s."""
    try:
        text % {name: "" for name, _ in PLACEHOLDER.findall(text)}
    except (ValueError, TypeError, KeyError):
        return False
    return True


def _lacking(wanted: Catalog, catalogue: Catalog) -> list[str]:
    return [f"{text!r} is missing: make words" for text in sorted(_ids(wanted) - _ids(catalogue))]


def _stale(wanted: Catalog, catalogue: Catalog) -> list[str]:
    return [f"{text!r} is said no more: make words" for text in sorted(_ids(catalogue) - _ids(wanted))]


def _ids(catalogue: Catalog) -> set[str]:
    return {f"{message.context or ''}{_id(message)}" for message in catalogue if message.id}


def _translated(message: Message) -> bool:
    return bool(message.string) and all(texts(message.string)) and not message.fuzzy


def texts(part: str | tuple[str, ...] | list[str]) -> list[str]:
    """One text, or each of its plural forms."""
    return [part] if isinstance(part, str) else list(part)


def _id(message: Message) -> str:
    return texts(message.id)[0]


def _has_words(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2}", PLACEHOLDER.sub("", text)))


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
    for message in [message for message in catalogue if message.id and not _translated(message)]:
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
    except (LanguageError, configuration.ConfigError) as fault:
        _say(str(fault))
        return 1
    _say(__doc__ or "")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
