"""How texts are set: spaces between Han and Latin, what stays together on a line, and how wide a text is."""

import re
from collections.abc import Mapping

from markupsafe import Markup

_HAN = re.compile("[\u4e00-\u9fff]")
_MARK = re.compile("[\u3000-\u303f\uff00-\uffef“”→]")  # full-width marks bring their own space
_LATIN = re.compile("[A-Za-z0-9]")
_PLACE = re.compile(r"%\((\w+)\)s")
_BRACKETS = re.compile(r"(.+) (\([^()]{1,20}\))")
_KEEP = re.compile(r"([\u4e00-\u9fff]{2} ¥?\d[\d,.]*[%万亿]?$|（[^）]{1,8}）|¥?\d[\d,.]*%?(?: ?[\u4e00-\u9fff])?)")


def tie(text: str) -> Markup | str:
    """Chinese: a number keeps its sign and measure word. Latin: no short last word stands alone on a line."""
    if _HAN.search(text):
        parts = _KEEP.split(text)  # every other part is a number with what belongs to it
        return Markup("").join(
            Markup('<span class="nb">{}</span>').format(part) if at % 2 else part for at, part in enumerate(parts)
        )
    start, _, last = text.rpartition(" ")
    return f"{start}\u00a0{last}" if len(text) > 25 and len(last) < 8 and start else text


def label(text: str) -> Markup | str:
    """A name of two lines breaks before its short brackets, not within: `Win rate` and `(closed deals)`."""
    found = _BRACKETS.fullmatch(text)
    return Markup('{} <span class="nb">{}</span>').format(*found.groups()) if found else tie(text)


def width(text: str) -> int:
    """In Latin letters; a Han character takes two."""
    return sum(2 if char > "\u2e80" else 1 for char in text)


def filled(text: str, values: Mapping[str, str]) -> str:
    """A message with its values. In Chinese the joints depend on the value: one space between Han and Latin letters or
    digits, none between Han and Han (`截至 2026年10月14日保存`)."""
    if not values:
        return text
    parts = _PLACE.split(text)  # text, name, text, name, …, text
    if _HAN.search(text):
        for at in range(1, len(parts), 2):
            value = values[parts[at]]
            parts[at - 1] = _end(parts[at - 1], value)
            parts[at + 1] = _end(parts[at + 1][::-1], value[::-1])[::-1]
    return "".join(values[part] if at % 2 else part.replace("%%", "%") for at, part in enumerate(parts))


def _end(before: str, value: str) -> str:
    """What stands before a value, its last space put or taken as the two scripts ask."""
    plain = before.rstrip(" ")
    last, first = plain[-1:], value[:1]
    if _MARK.match(last) or _MARK.match(first) or (_HAN.match(last) and _HAN.match(first)):
        return plain
    if (_HAN.match(last) and _LATIN.match(first)) or (_LATIN.match(last) and _HAN.match(first)):
        return f"{plain} "
    return before
