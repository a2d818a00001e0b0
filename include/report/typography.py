"""How lines break: what stays together in Chinese and in Latin script, and how wide a text is."""

import re

from markupsafe import Markup

_HAN = re.compile("[\u4e00-\u9fff]")
_KEEP = re.compile(r"(（[^）]{1,8}）|¥?\d[\d,.]*%?(?: ?[\u4e00-\u9fff])?)")


def tie(text: str) -> Markup | str:
    """Chinese: a number keeps its sign and measure word. Latin: no short last word stands alone on a line."""
    if _HAN.search(text):
        parts = _KEEP.split(text)  # every other part is a number with what belongs to it
        return Markup("").join(
            Markup('<span class="nb">{}</span>').format(part) if at % 2 else part for at, part in enumerate(parts)
        )
    start, _, last = text.rpartition(" ")
    return f"{start}\u00a0{last}" if len(text) > 25 and len(last) < 8 and start else text


def width(text: str) -> int:
    """In Latin letters; a Han character takes two."""
    return sum(2 if char > "\u2e80" else 1 for char in text)
