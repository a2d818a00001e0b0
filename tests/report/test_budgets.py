"""How long page 1, titles and findings may be, in every language: what is longer breaks a page laid out for less.

Widths are in Latin characters, of which a Han character takes two: so many fit a line of the column, measured on paper.
"""

from collections.abc import Iterator
from datetime import date
from textwrap import wrap

import pytest

from include.company import COMPANY
from include.kpis import KPIS
from include.report.compose import compose
from include.report.figures import Message, Value
from include.report.report import Report
from include.report.typography import width
from include.report.words import Words
from tests.report import synthetic

DAYS = (date(2026, 10, 31), date(2026, 10, 14))
EDITIONS = {
    "en_US": ("united_states", COMPANY), "en_MY": ("malaysia",), "es_ES": ("spain",), "es_MX": ("mexico",),
    "zh_Hans_CN": ("china",), "ms_MY": ("malaysia",),
}  # fmt: skip
COLUMN, CARD = 58, 25
"""Characters to a line: of a reason, of a card's label."""
VERDICT, FINDING, TITLE, WATCH, STAKE = 100, 106, 62, 80, 14


@pytest.fixture(scope="module", params=EDITIONS)
def told(request: pytest.FixtureRequest) -> list[tuple[Report, Words]]:
    locale, known = request.param, synthetic.company()
    made = [compose(synthetic.material(day, region)) for region in EDITIONS[locale] for day in DAYS]
    return [(report, Words(locale, report.currency, known, KPIS)) for report in made]


def lines(text: str, room: int) -> int:
    """Of Chinese, which breaks between any two characters, by the width alone."""
    return -(-width(text) // room) if width(text) > len(text) * 1.2 else len(wrap(text, room, break_on_hyphens=False))


def too_long(found: Iterator[tuple[str, bool]]) -> list[str]:
    return [text for text, fits in found if not fits]


def test_the_verdict_is_two_lines_at_most(told: list[tuple[Report, Words]]) -> None:
    said = (words.say(report.verdict) for report, words in told)
    assert too_long((text, width(text) <= VERDICT) for text in said) == []


def test_a_reason_is_three_lines_at_most(told: list[tuple[Report, Words]]) -> None:
    said = (f"{words.say(claim)} {words.say(proof)}" for report, words in told for claim, proof in report.why)
    assert too_long((text, lines(text, COLUMN) <= 3) for text in said) == []


def test_english_claims_and_evidence_keep_to_their_characters(told: list[tuple[Report, Words]]) -> None:
    pairs = [(words, pair) for report, words in told for pair in report.why if words.language.locale.startswith("en")]
    assert too_long((words.say(claim), len(words.say(claim)) <= 60) for words, (claim, _) in pairs) == []
    assert too_long((words.say(proof), len(words.say(proof)) <= 130) for words, (_, proof) in pairs) == []


def test_what_to_look_at_is_two_lines_a_reason_and_a_number(told: list[tuple[Report, Words]]) -> None:
    for report, words in told:
        assert len(report.watch) <= 4
        assert too_long((words.say(each.what), width(words.say(each.what)) <= WATCH) for each in report.watch) == []
        assert too_long((words.say(each.why), width(words.say(each.why)) <= WATCH) for each in report.watch) == []
        assert too_long((words.say(each.stake), width(words.say(each.stake)) <= STAKE) for each in report.watch) == []


def test_a_cards_label_is_two_lines_at_most(told: list[tuple[Report, Words]]) -> None:
    said = (words.show(Value("kpi", card.kpi)) for report, words in told for card in report.cards)
    assert too_long((text, lines(text, CARD) <= 2) for text in said) == []


def test_findings_and_titles_keep_to_their_lines(told: list[tuple[Report, Words]]) -> None:
    sections = [(section, words) for report, words in told for section in report.sections]
    leads = (words.say(section.lead) for section, words in sections)
    assert too_long((text, width(text) <= FINDING) for text in leads) == []
    titles = (words.say(each.title) for section, words in sections for row in section.rows for each in row)
    assert too_long((text, width(text) <= TITLE) for text in titles) == []


STEADY = {
    "kpi": Value("kpi", "mql_to_sql_rate_period"), "now": Value("percent", 0.335), "n": Value("count", 759),
    "before": Value("percent", 0.356), "then": Value("span", "2026-09-01/2026-09-30"),
    "rates": Value("points", -0.157), "mix": Value("points", 0.033),
}  # fmt: skip


def test_a_month_in_which_nothing_moved_keeps_to_three_lines_too(told: list[tuple[Report, Words]]) -> None:
    """The synthetic company's months all have a cause."""
    words = told[0][1]
    said = f"{words.say(Message('reason.steady'))} {words.say(Message('reason.steady.split', STEADY))}"
    assert lines(said, COLUMN) <= 3, said
