"""Quotes, dashes, spaces and the width of marks, as each language sets them."""

import pytest

from bin import words
from bin.punctuation import punctuation
from include.report.catalogues import texts


@pytest.mark.parametrize(
    ("language", "text", "fault"),
    [
        ("en", "the month's target", "a straight quote"),
        ("ms", 'tekan "hantar"', "a straight quote"),
        ("en", "and so on...", "three dots"),
        ("es", "ganado - perdido", "a hyphen as a dash"),
        ("en", "97-105", "a hyphen between numbers"),
        ("en", "one  space", "two spaces"),
        ("es", "meta : 5", "a space before a mark"),
        ("es", "Por qué?", "a question without ¿"),
        ("zh_Hans", "付费搜索,自然搜索", "a half-width mark at Han"),
        ("zh_Hans", "线索(SQL)", "a half-width mark at Han"),
        ("zh_Hans", "第3个月", "no space between Han"),
        ("zh_Hans", "达到 97%以上", "no space between Han"),
        ("zh_Hans", "付费 搜索", "a space between Han"),
        ("zh_Hans", "线索 → 商机", "a space at a full-width mark"),
        ("zh_Hans", "线索， 商机", "a space at a full-width mark"),
        ("zh_Hans", "等等…", "half an ellipsis"),
        ("zh_Hans", "线索—商机", "half a dash"),
    ],
)
def test_a_mark_set_wrong_is_found(language: str, text: str, fault: str) -> None:
    assert any(found.startswith(fault) for found in punctuation(text, language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the month’s target – 97% to 105%; MQL-to-SQL"),
        ("es", "¿Por qué? “ganado”, «perdido» – 95\u00a0% (p.\u00a0ej., 3)"),
        ("zh_Hans", "第 %(n)s 个月：“%(stage)s”的线索→商机，达到 97% 以上（%(then)s）……"),
        ("fr", "Pourquoi\u00a0? Objectif\u202f: 5"),
    ],
)
def test_marks_set_right_are_none(language: str, text: str) -> None:
    assert list(punctuation(text, language)) == []


def test_the_english_of_the_reports_is_set_right() -> None:
    said = [text for message in words.collect() for text in texts(message.id)]
    assert [(text, fault) for text in said for fault in punctuation(text, "en")] == []
