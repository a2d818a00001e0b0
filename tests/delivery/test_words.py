"""What the mail says, in every language that has readers."""

from pathlib import Path

import pytest

from include.company import Company, Edition, load
from include.delivery.words import Words, words
from tests.delivery.conftest import DAY

COMPANY = load(Path(__file__).parents[2] / "config")
EDITIONS = [edition for region in COMPANY.regions.values() for edition in region.editions]


def said(edition: Edition, company: Company = COMPANY) -> Words:
    return words(company, edition, DAY, "the <subject> & more", 6)


@pytest.mark.parametrize(
    ("locale", "named"),
    [
        ("en_US", ("United States", "October 31, 2026", "6 pages")),
        ("es_MX", ("México", "31 de octubre de 2026", "6 páginas")),
        ("es_ES", ("España", "31 de octubre de 2026", "6 páginas")),
        ("zh_Hans_CN", ("中国", "2026年10月31日", "6 页")),
        ("ms_MY", ("Malaysia", "31 Oktober 2026", "6 halaman")),
        ("en_MY", ("Malaysia", "31 October 2026", "6 pages")),
    ],
)
def test_each_edition_is_announced_in_its_language_with_its_region_and_day(locale: str, named: tuple[str, ...]) -> None:
    edition = next(edition for edition in EDITIONS if edition.locale == locale)
    assert [words for words in named if words not in said(edition).text] == []
    assert [words for words in named if words not in said(edition).html] == []


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: f"{edition.region.id}-{edition.locale}")
def test_every_edition_of_the_sample_says_that_it_is_sample_data_in_both_parts(edition: Edition) -> None:
    own = COMPANY.model_copy(update={"sources": {}})
    for sample, real in zip(said(edition).text.splitlines(), said(edition, own).text.splitlines(), strict=False):
        if sample != real:
            assert sample in said(edition).html
            assert sample not in said(edition, own).html
            break
    else:
        pytest.fail("the sample badge is missing")


def test_names_are_text_in_html_never_markup() -> None:
    edition = EDITIONS[0]
    crooked = COMPANY.model_copy(update={"name": "<script>alert(1)</script> {{7*7}}"})
    made = said(edition, crooked)
    assert "<script>" not in made.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}}" in made.html
    assert "<h1" in made.html
    assert "the &lt;subject&gt; &amp; more</h1>" in made.html


def test_the_html_says_its_language() -> None:
    assert (
        '<html lang="zh-Hans-CN">' in said(next(edition for edition in EDITIONS if edition.locale == "zh_Hans_CN")).html
    )
