"""A locale speaks its nearest catalogue along CLDR's parents, or fails and says what to do; never English by chance."""

from pathlib import Path

import pytest
from markupsafe import Markup

from include.company import Edition
from include.report import language as module
from include.report.catalogues import LanguageError, catalogue_file, read
from include.report.compose import compose
from include.report.edition import draft
from include.report.language import Language, Unsaid, chain, forget
from include.report.material import Material


def write(folder: Path, name: str, body: str, plural: str = "nplurals=2; plural=(n != 1);") -> None:
    file = catalogue_file(name, folder)
    file.parent.mkdir(parents=True)
    head = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {plural}\\n"\n'
    file.write_text(f"{head}\n{body}", encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "CATALOGUES", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("es_MX", ("es_MX", "es_419", "es")),
        ("es_ES", ("es_ES", "es")),
        ("zh_Hans_CN", ("zh_Hans_CN", "zh_Hans", "zh")),
        ("zh_Hant_TW", ("zh_Hant_TW", "zh_Hant")),
        ("ms_MY", ("ms_MY", "ms")),
        ("en_MY", ("en_MY", "en_001", "en")),
    ],
)
def test_the_parents_are_those_of_cldr(locale: str, expected: tuple[str, ...]) -> None:
    assert chain(locale) == expected


@pytest.mark.parametrize("locale", ["en_US", "en_GB", "en_MY"])
def test_english_is_the_source_text(locale: str) -> None:
    assert Language(locale).gettext("Paid search") == "Paid search"


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("es_ES", "Búsqueda de pago"),
        ("es_MX", "Búsqueda de pago"),
        ("zh_Hans_CN", "付费搜索"),
        ("ms_MY", "Carian berbayar"),
    ],
)
def test_each_edition_finds_its_catalogue(locale: str, expected: str) -> None:
    assert Language(locale).gettext("Paid search") == expected


def test_a_nearer_catalogue_wins_and_leaves_the_rest_to_its_parent(folder: Path) -> None:
    write(folder, "es", 'msgid "cost"\nmsgstr "costo"\n\nmsgid "lead"\nmsgstr "lead"\n')
    write(folder, "es_ES", 'msgid "cost"\nmsgstr "coste"\n')
    assert [Language("es_ES").gettext(word) for word in ("cost", "lead")] == ["coste", "lead"]
    assert Language("es_MX").gettext("cost") == "costo"


def test_an_english_variant_falls_back_to_the_source_text(folder: Path) -> None:
    write(folder, "en_GB", 'msgid "color"\nmsgstr "colour"\n')
    assert [Language("en_GB").gettext(word) for word in ("color", "lead")] == ["colour", "lead"]


def test_a_locale_unknown_to_cldr_is_an_error() -> None:
    with pytest.raises(LanguageError, match="'xx_YY' is not in CLDR; write it like es_MX"):
        Language("xx_YY")


def test_a_hyphenated_locale_is_an_error_that_shows_how_to_write_it() -> None:
    with pytest.raises(LanguageError, match="write it like es_MX"):
        Language("es-MX")


def test_a_locale_without_catalogue_is_an_error_with_the_next_step() -> None:
    with pytest.raises(LanguageError, match=r"no catalogue for fr_FR .*python -m bin.words start fr"):
        Language("fr_FR")


@pytest.mark.parametrize("body", ["", 'msgid "lead"\nmsgstr ""\n', '#, fuzzy\nmsgid "lead"\nmsgstr "plumbum"\n'])
def test_a_catalogue_that_translates_nothing_is_an_error(folder: Path, body: str) -> None:
    write(folder, "fr", body)
    with pytest.raises(LanguageError, match="translates nothing"):
        Language("fr_FR")


def test_a_broken_catalogue_is_an_error_that_names_the_file(folder: Path) -> None:
    write(folder, "fr", 'msgid "lead"\nmsgstr "sans fin\n')
    with pytest.raises(LanguageError, match=r"messages\.po cannot be read: .*sans fin"):
        Language("fr_FR")


GOOD = 'msgid "a"\nmsgstr "b"\n\n'
PLACED = '#, python-format\nmsgid "%(n)s leads"\nmsgstr '


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('#, fuzzy\nmsgid "lead"\nmsgstr "plumbum"\n', "'lead': fuzzy: a guess, not a translation"),
        ('msgid "lead"\nmsgstr ""\n', "'lead': not translated"),
        (PLACED + '"%(m)s petunjuk"\n', "'%(n)s leads': placeholders differ in '%(m)s petunjuk'"),
        (PLACED + '"petunjuk"\n', "'%(n)s leads': placeholders differ in 'petunjuk'"),
        (PLACED + '"%(n)s petunjuk, 5%"\n', "'%(n)s leads': a lone % in '%(n)s petunjuk, 5%': write %%"),
        ('msgid "page"\nmsgid_plural "pages"\nmsgstr[0] "halaman"\n', "'page': not translated"),
        ('msgid "x"\nmsgstr ""\n\nmsgid "y"\nmsgstr ""\n', "'x': not translated (and 1 more)"),
    ],
)
def test_one_message_that_cannot_be_spoken_silences_the_language(folder: Path, body: str, reason: str) -> None:
    write(folder, "ms", GOOD + body)
    with pytest.raises(LanguageError) as fault:
        Language("ms_MY")
    assert str(fault.value) == (
        f"{catalogue_file('ms', folder)}: {reason}; mend it, then run: python -m bin.words check"
    )


def test_a_message_of_the_product_that_the_catalogue_lacks_silences_the_language(folder: Path) -> None:
    write(folder, "es", GOOD)
    (folder / "messages.pot").write_text('msgid "a"\nmsgstr ""\n\nmsgid "Paid search"\nmsgstr ""\n', encoding="utf-8")
    with pytest.raises(LanguageError, match=r"es_MX: 'Paid search' is not in .*es/.*bin.words update, translate it"):
        Language("es_MX")


def test_a_message_that_no_catalogue_has_is_an_error_not_english(folder: Path) -> None:
    write(folder, "es", GOOD)
    spanish = Language("es_MX")
    for say in (
        lambda: spanish.gettext("lead"),
        lambda: spanish.ngettext("lead", "leads", 2),
        lambda: spanish.pgettext("crm", "lead"),
        lambda: spanish.npgettext("crm", "lead", "leads", 2),
    ):
        with pytest.raises(Unsaid, match=r"es_MX: 'lead' is not in .*python -m bin.words update"):
            say()


def test_a_name_of_the_configuration_may_be_in_no_catalogue(folder: Path) -> None:
    write(folder, "es", GOOD)
    assert [Language("es_MX").name(name) for name in ("a", "Our own channel")] == ["b", "Our own channel"]


@pytest.mark.parametrize("broken", ['msgid "Paid search"\nmsgstr ""\n', PLACED + '"%(x)s"\n', ""])
def test_no_edition_is_drafted_in_a_language_with_a_fault(folder: Path, malaysia: Material, broken: str) -> None:
    write(folder, "ms", broken)
    edition = Edition(region=malaysia.region, locale="ms_MY")
    with pytest.raises(LanguageError, match=r"ms/LC_MESSAGES/messages\.po.*python -m bin\.words check"):
        draft(compose(malaysia), edition, malaysia.company)


@pytest.mark.parametrize("locale", ["xx_YY", "../../etc/passwd", "", "es-MX", "zh_Hans_CN\n", "C", "{{ 7 * 7 }}"])
def test_no_edition_is_drafted_in_an_unknown_locale(malaysia: Material, locale: str) -> None:
    with pytest.raises(LanguageError, match="is not in CLDR; write it like es_MX"):
        draft(compose(malaysia), Edition(region=malaysia.region, locale=locale), malaysia.company)


def test_an_edited_catalogue_is_heard_once_the_old_one_is_forgotten(folder: Path) -> None:
    write(folder, "ms", GOOD)
    assert Language("ms_MY").gettext("a") == "b"
    file = catalogue_file("ms", folder)
    file.write_text(file.read_text(encoding="utf-8").replace('"b"', '"c"'), encoding="utf-8")
    forget()
    assert Language("ms_MY").gettext("a") == "c"


def test_plurals_follow_the_language() -> None:
    pages = ("%(count)s page.", "%(count)s pages.")
    assert Language("es_ES").ngettext(*pages, 1) == "%(count)s página."
    assert Language("es_ES").ngettext(*pages, 2) == "%(count)s páginas."
    assert Language("ms_MY").ngettext(*pages, 1) == Language("ms_MY").ngettext(*pages, 2) == "%(count)s halaman."


def test_contexts_keep_one_word_apart(folder: Path) -> None:
    write(folder, "es", 'msgctxt "status"\nmsgid "Open"\nmsgstr "Abierta"\n\nmsgid "Open"\nmsgstr "Abrir"\n')
    spanish = Language("es_ES")
    assert (spanish.pgettext("status", "Open"), spanish.gettext("Open")) == ("Abierta", "Abrir")


@pytest.mark.parametrize(("locale", "lang"), [("zh_Hans_CN", "zh-Hans-CN"), ("es_MX", "es-MX"), ("en_US", "en-US")])
def test_html_names_the_language_with_hyphens(locale: str, lang: str) -> None:
    assert Language(locale).html_lang == lang


def test_a_translation_is_never_marked_safe(folder: Path) -> None:
    write(folder, "es", 'msgid "x"\nmsgstr "<b>x</b>"\n')
    assert not isinstance(Language("es_ES").gettext("x"), Markup)


def test_a_catalogue_is_read_with_its_own_plural_rule() -> None:
    assert read(catalogue_file("ms")).num_plurals == 1


@pytest.mark.parametrize("locale", ["es_ES", "en_US"])
def test_an_empty_text_stays_empty(locale: str) -> None:
    assert Language(locale).gettext("") == ""
