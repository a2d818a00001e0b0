"""The term base: complete, kept to by the catalogues, and the source of docs/terms/."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from bin import terms, words
from include.report.catalogues import catalogue_file, read

LANGUAGES = ["es", "ms", "zh_Hans"]


def faults(language: str, english: str, translation: str) -> list[str]:
    catalogue = Catalog(language)
    catalogue[english] = Message(english, translation)
    return list(terms.faults(catalogue, language))


@pytest.mark.parametrize("language", [words.language_of(file) for file in words.catalogues()])
def test_every_catalogue_says_the_terms_and_none_that_is_ruled_out(language: str) -> None:
    assert list(terms.faults(read(catalogue_file(language)), language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concept_has_a_word(language: str) -> None:
    assert [name for name, concept in terms.base()["terms"].items() if not concept.get(language)] == []


@pytest.mark.parametrize(
    ("language", "english", "translation", "fault"),
    [
        ("zh_Hans", "Lead", "领导", "says 领导 in '领导'; say 线索"),
        ("zh_Hans", "Cost per lead", "成本领先", "says 成本领先 in '成本领先'; say 单条线索成本"),
        ("zh_Hans", "Cost of selling", "销售成本", "says 销售成本 in '销售成本'; say 销售费用"),
        ("zh_Hans", "Sales reps", "众议员", "says 众议员 in '众议员'; say 销售代表"),
        ("zh_Hans", "Amount of opportunities", "美元的机会", "says 美元的机会 in '美元的机会'; say 商机金额"),
        ("zh_Hans", "ROAS", "罗阿斯", "says 罗阿斯 in '罗阿斯'; say ROAS"),
        ("zh_Hans", "Close rate", "关闭率", "says 关闭率 in '关闭率'; say 成交率"),
        ("zh_Hans", "Channels", "客户端收购通道", "says 客户端收购 in '客户端收购通道'; say 获客"),
        ("ms", "Nurture leads", "Memupuk plumbum", "says plumbum in 'Memupuk plumbum'; say petunjuk"),
        ("ms", "Lead", "Memimpin", "says memimpin in 'Memimpin'; say petunjuk"),
        ("ms", "ROI", "ROI sumber utama", "says sumber utama in 'ROI sumber utama'; say sumber petunjuk"),
        ("es", "Cost", "Coste", r"says \bcostes?\b in 'Coste'; say costo"),
        ("es_419", "Within", "dentro del 95 %", r"says \d\s% in 'dentro del 95 %'; say 100% without space"),
    ],
)
def test_what_machines_made_of_the_field_is_found(language: str, english: str, translation: str, fault: str) -> None:
    assert any(line.startswith(f"{english!r}: {fault}") for line in faults(language, english, translation))


@pytest.mark.parametrize(
    ("language", "english", "translation", "fault"),
    [
        ("es", "Accounts", "Clientes", "'account' is 'cuenta', which 'clientes' does not say"),
        ("es_MX", "Win rate", "Tasa de cierre", "'win rate' is 'tasa de negocios ganados'"),
        ("zh_Hans", "%(n)s customers", "%(n)s 个顾客", "'customer' is '客户', which '□ 个顾客' does not say"),
        ("ms", "Channels", "Rangkaian", "'channel' is 'saluran', which 'rangkaian' does not say"),
    ],
)
def test_another_word_than_the_one_agreed_on_is_found(
    language: str, english: str, translation: str, fault: str
) -> None:
    assert any(line.startswith(f"{english!r}: {fault}") for line in faults(language, english, translation))


def test_the_agreed_word_an_excused_message_and_an_undecided_language_are_no_faults() -> None:
    assert faults("es", "Accounts", "Cuentas") == []
    assert faults("es", "Stage changes", "Cambios de etapa") == []
    assert faults("fr", "Accounts", "Comptes") == []


def test_every_pattern_is_one_and_every_excuse_is_a_message() -> None:
    assert all(re.compile(pattern) for one in terms.base()["never"] for pattern in one["say"])
    said = {text for message in words.collect() for text in words.texts(message.id)}
    excused = {text for concept in terms.base()["terms"].values() for text in concept.get("otherwise", ())}
    assert excused - said == set()


def test_the_pages_are_what_the_term_base_says() -> None:
    assert terms.stale(words._languages()) == []
    assert "| lead | 线索 | before a person is qualified |" in (terms.PAGES / "zh_Hans.md").read_text(encoding="utf-8")
    assert "| `领导` | 线索 |" in (terms.PAGES / "zh_Hans.md").read_text(encoding="utf-8")


def test_a_stale_missing_or_left_over_page_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "PAGES", tmp_path)
    monkeypatch.setattr(terms, "ROOT", tmp_path)
    languages = words._languages()
    terms.write(languages)
    (tmp_path / "es.md").write_text("# Terms of last year\n", encoding="utf-8")
    (tmp_path / "ms.md").unlink()
    (tmp_path / "tlh.md").write_text("left over", encoding="utf-8")
    assert terms.stale(languages) == [f"{name}.md is stale: make words" for name in ("es", "ms", "tlh")]
