"""How a page is set: spaces and marks in Chinese with values in place, and where its lines break."""

import re
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from bin.punctuation import punctuation
from include.company import Edition
from include.report.compose import compose
from include.report.edition import draft
from include.report.fonts import configure
from include.report.typography import filled, label, tie
from tests.report import synthetic

OPENING, CLOSING = "（“‘《〈「『【〔［", "，。、；：？！）”’》〉」』】〕］…—·%℃个"
ARCHIVE = re.compile(r"\b[0-9A-F]{8}\b")
CLDRS = re.compile(r"(\d+年)?(\d+月)(\d+日)?|\d+日|\d+年?第\d季度|[\d.,]+(万亿|万|亿|天|小时|个月)")
"""Dates, short numbers and durations, which CLDR sets close."""
INLINE = {"b", "span", "small", "i", "u", "em", "strong", "a", "tspan"}


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("截至 %(day)s 保存", {"day": "2026年10月14日"}, "截至 2026年10月14日保存"),
        ("%(place)s的赢单率", {"place": "广东"}, "广东的赢单率"),
        ("%(place)s的赢单率", {"place": "APAC"}, "APAC 的赢单率"),
        ("进入 %(stage)s，", {"stage": "线索"}, "进入线索，"),
        ("进入%(stage)s，", {"stage": "SQL"}, "进入 SQL，"),
        ("进入 “%(stage)s”，", {"stage": "SQL"}, "进入 “SQL”，"),
        ("共 %(n)s 笔", {"n": "12"}, "共 12 笔"),
        ("%(date)s %(time)s", {"date": "10月14日", "time": "21:15"}, "10月14日 21:15"),
        ("低于 %(n)s%% 控制限 %(x)s", {"n": "95", "x": "线"}, "低于 95% 控制限线"),
        ("%(channel)s brought %(share)s%%", {"channel": "自然搜索", "share": "5"}, "自然搜索 brought 5%"),
        ("95% limit", {}, "95% limit"),
    ],
)
def test_the_space_at_a_value_depends_on_its_script(text: str, values: dict[str, str], expected: str) -> None:
    assert filled(text, values) == expected


def test_a_value_that_is_not_given_is_an_error() -> None:
    with pytest.raises(KeyError, match="day"):
        filled("截至 %(day)s", {"n": "1"})


def test_values_are_not_read_as_messages() -> None:
    assert filled("%(name)s 的线索", {"name": "%(n)s %% {x}"}) == "%(n)s %% {x} 的线索"


@pytest.mark.parametrize(("region", "day"), [("china", date(2026, 10, 14)), ("company", date(2026, 10, 31))])
def test_every_chinese_text_is_set_by_the_rules(region: str, day: date) -> None:
    material = synthetic.material(day, region)
    page = draft(compose(material), Edition(region=material.region, locale="zh_Hans_CN"), material.company).html
    known = {reason for reason, _ in material.quality.reasons}
    told = [
        (text, fault)
        for text in blocks(ElementTree.fromstring(page.partition("\n")[2]))
        if text not in known
        for fault in punctuation(ARCHIVE.sub("□", CLDRS.sub("□", text)), "zh")
    ]
    assert not told, told


def blocks(root: ElementTree.Element) -> Iterator[str]:
    """The text of each element that holds no block, and each part of those that do."""
    for element in root.find("body").iter():  # type: ignore[union-attr]
        tag = element.tag.rpartition("}")[2]
        tied = all(
            child.get("class") == "nb" for child in element
        )  # as tie() makes them; others are labels of their own
        if tag not in INLINE | {"style", "script", "title"} and tied:
            yield re.sub(r"\s+", " ", "".join(element.itertext())).strip()
        elif tag in INLINE:
            yield (element.text or "").strip()


@pytest.mark.parametrize("width", [60, 90, 140, 260])
def test_no_chinese_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(width: int) -> None:
    texts = [
        "付费搜索的 MQL→SQL 转化减少。付费搜索：14 条 SQL；此前（9月1日至14日）32 条。",
        "变化最大的是进入“线索”：287 条中的 38.0%，此前（9月1日至14日）为 35.2%。",
        "○ 样本量低于 20，不显示比率。– 无定义（无客户或无支出）。各部分比率不必合计为总比率。",
        "状态旁：占目标的比例；成本则为与目标的差距……空心点表示期间未结束！",
    ]
    broken = [line for text in texts for line in lines(tie(text), width)]
    assert len(broken) > len(texts)
    assert [line for line in broken if line[0] in CLOSING or line[-1] in OPENING] == []


def lines(text: Markup | str, width: int) -> list[str]:
    """The lines that WeasyPrint makes of a text in a column of `width` pixels."""
    configure()
    from weasyprint import HTML  # reads the fonts' settings when first imported

    rules = f"@page{{size:{width}px 2000px;margin:0}}p{{font:10px 'Noto Sans SC';margin:0}}.nb{{white-space:nowrap}}"
    page = HTML(string=f'<html lang="zh-Hans-CN"><style>{rules}</style><p>{text}</p></html>').render().pages[0]
    found = [_text(box).strip() for box in page._page_box.descendants() if type(box).__name__ == "LineBox"]
    return [line for line in found if line]


def _text(box) -> str:  # type: ignore[no-untyped-def]
    return getattr(box, "text", "") or "".join(map(_text, getattr(box, "children", ())))


def test_a_number_stays_with_its_measure_word() -> None:
    for width in range(60, 260, 20):
        assert not any(
            line.startswith(("条", "笔", "%")) for line in lines(tie("共 12 笔，合计 1,454 条，占 35.6%。"), width)
        )


def test_a_short_last_word_does_not_stand_alone_in_latin_script() -> None:
    assert tie("A customer costs more than the month before.") == "A customer costs more than the month\u00a0before."


@pytest.mark.parametrize(
    ("name", "together"),
    [
        ("Bookings (closed-won amount)", "(closed-won amount)"),
        ("Relación SQL/MQL (mismo periodo)", "(mismo periodo)"),
        ("销售合格线索数（SQL）：54，目标 66", "目标 66"),
    ],
)
def test_what_belongs_together_stays_on_a_line(name: str, together: str) -> None:
    assert f'<span class="nb">{together}</span>' in label(name)


def test_long_brackets_may_be_broken() -> None:
    assert label("Cost (of everything that is sold in a year)") == tie("Cost (of everything that is sold in a year)")
