"""Every patch over Babel is still needed: when one of these fails, Babel has caught up and the patch can go."""

from datetime import date

import pytest
from babel import Locale
from babel.dates import format_interval
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_currency, format_decimal
from babel.units import format_unit

from include.report.babel_gaps import GROUPING, SHORT_LETTERS, THIN_SPANS, joined, minimum_grouping
from include.report.formats import Formats


def test_babel_still_groups_four_digits_in_spain() -> None:
    assert format_decimal(1234, locale="es_ES") == "1.234"
    assert Formats("es_ES", "EUR").num(1234) == "1234"


@pytest.mark.parametrize("name", sorted(GROUPING))
def test_grouping_is_asked_of_locales_that_there_are(name: str) -> None:
    assert minimum_grouping((str(Locale.parse(name)),)) == GROUPING[name]


def test_babel_still_writes_britains_short_numbers_as_americas() -> None:
    assert format_compact_decimal(2_000_000, locale="en_GB") == "2M"
    assert Formats("en_GB", "GBP").compact(2_000_000) == "2m"
    assert set(SHORT_LETTERS) == {"en_GB"}


def test_babel_still_lets_letters_touch_digits() -> None:
    assert format_currency(1234, "MYR", locale="ms_MY", format="¤#,##0", currency_digits=False) == "RM1,234"
    assert Formats("ms_MY", "MYR").money(1234) == "RM\u00a01,234"


def test_babel_still_has_no_unit_of_days_in_chinese() -> None:
    assert format_unit(3, "duration-day", locale="zh_Hans_CN") == "3 duration-day"
    assert Formats("zh_Hans_CN", "CNY").days(3) == "3天"


def test_babel_still_joins_spanish_lists_with_y() -> None:
    assert format_list(["Francia", "Italia"], locale="es") == "Francia y Italia"
    assert joined(["Francia", "Italia"], Locale("es")) == "Francia e Italia"


def test_babel_still_has_no_spans_with_full_month_names() -> None:
    span = (date(2026, 10, 1), date(2026, 10, 31))
    assert format_interval(*span, "MMMMd", fuzzy=False, locale="ms_MY") != Formats("ms_MY", "MYR").days_of_long(*span)


def test_babel_still_sets_britains_spans_of_days_close() -> None:
    span = (date(2026, 10, 1), date(2026, 10, 31))
    assert format_interval(*span, "MMMd", locale="en_GB") == "1–31 Oct"
    assert Formats("en_GB", "GBP").days_of(*span) == "1\u2009–\u200931 Oct"
    assert {"en_GB"} == THIN_SPANS
