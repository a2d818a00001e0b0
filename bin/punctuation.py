"""How a language sets its marks: quotes, dashes, spaces; in Chinese also the width of marks and the spaces at Han."""

import re
from collections.abc import Iterator

from include.report.catalogues import PLACEHOLDER

HAN = "\u4e00-\u9fff"
EVERYWHERE = {
    r"[\"']": "a straight quote: ’ “ ” or the language's own",
    r"\.\.\.": "three dots: …",
    r"(?<=\s)-(?=\s)|--": "a hyphen as a dash: –",
    r"(?<=\d)-(?=\d)": "a hyphen between numbers: –",
    r"  ": "two spaces",
    r"\w [.,;:?!](?=\s|$)": "a space before a mark: none, or a no-break space",
}
LANGUAGES = {
    "es": {
        r"^[^¿]*\?": "a question without ¿",
        r"^[^¡]*!": "an exclamation without ¡",
    },
    "zh": {
        rf"[{HAN}）”][,;:!?()]|[,;:!?()][{HAN}（“]": "a half-width mark at Han: full width",
        rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9%][{HAN}]": "no space between Han and Latin letters or digits",
        rf"[{HAN}] [{HAN}]": "a space between Han",
        r" [（），。；：、？！→“”]|[（），。；：、？！→“”] ": "a space at a full-width mark",
        rf"(?<!…)…(?!…)(?=[{HAN}]|$)": "half an ellipsis: ……",
        rf"(?<=[{HAN}])—(?!—)(?=[{HAN}])": "half a dash: ——",
    },
}  # fmt: skip


def punctuation(text: str, language: str) -> Iterator[str]:
    """What is set wrong in a text; placeholders stand for a word of any script, so nothing is asked beside them."""
    plain = PLACEHOLDER.sub("□", text).replace("%%", "%")
    for pattern, fault in (EVERYWHERE | LANGUAGES.get(language.split("_")[0], {})).items():
        if re.search(pattern, plain):
            yield fault
