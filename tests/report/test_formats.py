"""Formats write what ICU writes (icu.json, made by icu.js; icu_spans.json, by icu_spans.py), but for the minus."""

import json
import re
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from hypothesis import given, strategies

from include.report.formats import Formats

HERE = Path(__file__).parent
TABLE = json.loads((HERE / "icu.json").read_text(encoding="utf-8"))
CHINESE_SPANS = json.loads((HERE / "icu_spans.json").read_text(encoding="utf-8"))
LOCALES = ("en_US", "en_GB", "en_MY", "es_ES", "es_MX", "es_419", "zh_Hans_CN", "ms_MY")
SPANS = {"period", "period_long", "days_of", "days_of_long", "months"}
DATES = {
    "date_long",
    "date_short",
    "day_month",
    "day_month_long",
    "month",
    "month_short",
    "month_year",
    "month_year_short",
}
MONEY = {"money", "money_compact", "signed_money_compact", "currency_name"}
TEXTS = {"territory", "list"}


def answers(locale: str) -> list[tuple[str, list[Any], str]]:
    """Method, arguments and ICU's answer. Chinese spans are asked of ICU itself, not Node."""
    rows = [row for row in TABLE["rows"] if not (locale == "zh_Hans_CN" and row[0] in SPANS)]
    rows += CHINESE_SPANS["rows"] if locale == "zh_Hans_CN" else []
    return [(method, arguments, answer[locale]) for method, arguments, answer in rows]


def written(formats: Formats, method: str, arguments: list[Any]) -> str:
    call = getattr(formats, method)
    if method in MONEY:
        currency, *rest = arguments
        return str(call(*map(number, rest), currency=currency))
    if method in TEXTS:
        return str(call(*arguments))
    if method == "time":
        return str(call(datetime.fromisoformat(arguments[0])))
    if method in SPANS | DATES:
        return str(call(*map(date.fromisoformat, arguments)))
    return str(call(*map(number, arguments)))


def number(argument: str | int) -> Decimal | int:
    return Decimal(argument) if isinstance(argument, str) else argument


def as_we_sign(text: str, method: str) -> str:
    """ICU's answer with the minus sign we always write, and with CLDR's narrow space in times, which Node flattens."""
    return text.replace(" ", "\u202f") if method == "time" else text.replace("-", "−")


@pytest.mark.parametrize("locale", LOCALES)
def test_formats_equal_icu(locale: str) -> None:
    formats = Formats(locale, "USD")
    asked = answers(locale)
    different = [
        (method, arguments, answer, ours)
        for method, arguments, answer in asked
        if (ours := written(formats, method, arguments)) != as_we_sign(answer, method)
    ]
    assert different == []
    assert len(asked) > 250


def test_the_table_asks_every_method_that_icu_knows() -> None:
    ours = {name for name in dir(Formats) if not name.startswith("_")}
    asked = {method for method, _, _ in TABLE["rows"]}
    assert ours - asked == {"points", "times", "week", "signed_money", "quarter_year_short"}


@pytest.mark.parametrize(
    ("locale", "quarter"),
    [
        ("en_US", "Q4 2026"),
        ("es_ES", "T4 2026"),
        ("es_MX", "T4 2026"),
        ("zh_Hans_CN", "2026年第4季度"),
        ("ms_MY", "S4 2026"),
    ],
)
def test_quarters_are_cldrs(locale: str, quarter: str) -> None:
    assert Formats(locale, "USD").quarter_year_short(date(2026, 10, 31)) == quarter


@pytest.mark.parametrize(
    ("locale", "points", "times", "week"),
    [
        ("en_US", "+5.2\u00a0pp", "2.1x", "week 44 of 2026"),
        ("es_ES", "+5,2\u00a0p.\u00a0p.", "2,1x", "semana 44 de 2026"),
        ("es_MX", "+5.2\u00a0p.\u00a0p.", "2.1x", "semana 44 de 2026"),
        ("zh_Hans_CN", "+5.2\u00a0个百分点", "2.1 倍", "2026 年第 44 周"),
        ("ms_MY", "+5.2\u00a0mata", "2.1x", "minggu 44 tahun 2026"),
    ],
)
def test_units_that_cldr_lacks_come_from_the_catalogue(locale: str, points: str, times: str, week: str) -> None:
    formats = Formats(locale, "EUR")
    assert formats.points(Decimal("0.052")) == points
    assert formats.times(Decimal("2.1")) == times
    assert formats.week(date(2026, 10, 31)) == week


def test_a_week_is_the_iso_week_in_every_locale() -> None:
    assert Formats("en_US", "USD").week(date(2027, 1, 3)) == "week 53 of 2026"


@pytest.mark.parametrize(
    ("method", "span", "expected"),
    [
        ("period", (date(2026, 10, 1), date(2026, 10, 31)), "2026年10月1日至31日"),
        ("days_of", (date(2026, 10, 1), date(2026, 11, 20)), "10月1日至11月20日"),
        ("days_of", (date(2025, 12, 1), date(2026, 1, 20)), "2025年12月1日至2026年1月20日"),
        ("months", (date(2025, 11, 1), date(2026, 10, 31)), "2025年11月至2026年10月"),
    ],
)
def test_chinese_spans_follow_cldr(method: str, span: tuple[date, date], expected: str) -> None:
    assert getattr(Formats("zh_Hans_CN", "CNY"), method)(*span) == expected


def test_chinese_months_stand_in_digits() -> None:
    assert Formats("zh_Hans_CN", "CNY").month(date(2026, 10, 31)) == "10月"


@pytest.mark.parametrize(
    ("locale", "currency", "expected"),
    [
        ("ms_MY", "MYR", "RM\u00a01.84J"),
        ("en_MY", "MYR", "RM\u00a01.84M"),
        ("zh_Hans_CN", "CNY", "¥184万"),
        ("es_ES", "EUR", "1,84\u00a0M\u00a0€"),
        ("es_MX", "MXN", "$1.84\u00a0M"),
        ("en_US", "USD", "$1.84M"),
    ],
)
def test_each_region_reads_its_own_money(locale: str, currency: str, expected: str) -> None:
    assert Formats(locale, currency).money_compact(Decimal(1_840_000)) == expected


def test_changes_carry_a_sign_and_a_true_minus() -> None:
    formats = Formats("en_US", "USD")
    assert [formats.signed(n) for n in (3, -3, 0)] == ["+3", "\u22123", "0"]
    assert formats.signed_money(Decimal("-1234.5"), 2) == "\u2212$1,234.50"
    assert formats.points(Decimal("-0.0004"), 0) == "0\u00a0pp"


def test_nothing_is_a_dash() -> None:
    formats = Formats("es_ES", "EUR")
    shown = [
        formats.num(None), formats.signed(None), formats.percent(None), formats.points(None), formats.times(None),
        formats.days(None), formats.hours(None), formats.money(None), formats.money_compact(None),
        formats.compact(None), formats.date_long(None), formats.day_month(None), formats.month(None),
        formats.week(None), formats.list([]), formats.territory(None),
    ]  # fmt: skip
    assert set(shown) == {"–"}


@pytest.mark.parametrize("number", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_no_number_is_refused(number: float | Decimal) -> None:
    with pytest.raises(ValueError, match="pass None for a missing value"):
        Formats("en_US", "USD").num(number)


def test_a_float_is_read_as_it_is_written() -> None:
    assert Formats("en_US", "USD").num(0.285, 2) == "0.28"


def test_time_is_read_on_the_clock_of_the_zone() -> None:
    stamp = datetime(2026, 10, 31, 15, 59, tzinfo=UTC)
    assert Formats("zh_Hans_CN", "CNY").time(stamp, "Asia/Shanghai") == "23:59"


def test_a_country_cldr_does_not_know_is_shown_as_written() -> None:
    assert Formats("es_ES", "EUR").territory("ZZX") == "ZZX"


@pytest.mark.parametrize(("currency", "expected"), [("INR", "INR\u00a07"), ("PHP", "PHP\u00a07"), ("KRW", "₩7")])
def test_a_currency_sign_the_font_lacks_gives_way_to_the_code(currency: str, expected: str) -> None:
    assert Formats("en_US", currency).money(7) == expected


LARGEST = 10**11  # above, Spanish B is a million millions, and English B is not
AMOUNTS = strategies.decimals(min_value=-LARGEST, max_value=LARGEST, places=4)


@given(AMOUNTS, strategies.sampled_from(LOCALES), strategies.integers(0, 3))
def test_a_written_number_reads_back_as_the_rounded_one(amount: Decimal, locale: str, digits: int) -> None:
    text = Formats(locale, "USD").num(amount, digits).replace("−", "-")
    decimal = Locale.parse(locale).number_symbols["latn"]["decimal"]
    plain = "".join("." if char == decimal else char for char in text if char.isdigit() or char in ("-", decimal))
    assert Decimal(plain) == amount.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)


@given(AMOUNTS, strategies.sampled_from(LOCALES))
def test_a_compact_number_is_within_half_a_percent(amount: Decimal, locale: str) -> None:
    read = parsed_compact(Formats(locale, "USD").compact(amount), locale)
    assert abs(read - amount) <= max(abs(amount) / 200, Decimal("0.01"))


def parsed_compact(text: str, locale: str) -> Decimal:
    """The number a reader takes from 1.84M: its figures times what its letters stand for."""
    figures, letters = re.fullmatch(r"(−?[\d.,]+)\s?(.*)", text).groups()  # type: ignore[union-attr]
    decimal = Locale.parse(locale).number_symbols["latn"]["decimal"]
    plain = "".join("." if char == decimal else char for char in figures if char.isdigit() or char == decimal)
    sign = -1 if figures.startswith("−") else 1
    return sign * Decimal(plain) * LETTERS[letters.replace("\u00a0", " ")]


LETTERS = {
    "": 1, "K": 10**3, "k": 10**3, "mil": 10**3, "万": 10**4, "M": 10**6, "m": 10**6, "J": 10**6, "亿": 10**8,
    "B": 10**9, "bn": 10**9, "mil M": 10**9,
}  # fmt: skip
