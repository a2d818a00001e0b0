"""A phrase: its English text, or two where a number decides; by `_` and `ngettext` the catalogues find it."""

Phrase = tuple[str] | tuple[str, str]


def _(text: str) -> tuple[str]:
    return (text,)


def ngettext(one: str, many: str) -> tuple[str, str]:
    return (one, many)
