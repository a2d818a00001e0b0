"""A theme as a style sheet: report.css's custom properties in the company's colours, by day and by night."""

from markupsafe import Markup

from include.colour import mixed, readable
from include.theme import READABLE, Theme

NIGHT, DUSK = "#14171b", "#1d2228"
"""The paper of the dark mode, and the lightest ground of it."""
TINTS = {"accent": ("blue", "blue-ink", "sky", 0.8, 0.65), "alert": ("orange", "orange-ink", "orange-wash", 0.92, 0.85)}
"""A colour's names in report.css: areas and lines, text, tint; how much paper is in the tint by day and by night."""
LOGO = ".logo{height:2.6em;max-width:14em;vertical-align:middle}.brand::before{content:none}"


def style(theme: Theme) -> Markup:
    """What follows report.css; nothing for the house's own look. Colours were checked when they were read."""
    day, night = _day(theme), _night(theme)
    root = f":root{{{day}}}@media screen{{@media (prefers-color-scheme:dark){{:root{{{night}}}}}}}" if day else ""
    plate = "@media screen{@media (prefers-color-scheme:dark){.logo{background:#fff;padding:.2em}}}"
    return Markup(root + (LOGO + plate if theme.logo else ""))  # nothing of it is text from outside


def _chosen(theme: Theme) -> list[tuple[str, tuple[str, str, str, float, float]]]:
    given = {"accent": theme.colors.accent, "alert": theme.colors.alert}
    return [(colour, TINTS[name]) for name, colour in given.items() if colour is not None]


def _day(theme: Theme) -> str:
    return "".join(
        f"--{area}:{colour};--{text}:{colour};--{tint}:{mixed(colour, '#ffffff', pale)};"
        for colour, (area, text, tint, pale, _) in _chosen(theme)
    )


def _night(theme: Theme) -> str:
    """Lightened until they can be read on dark paper."""
    parts = []
    for colour, (area, text, tint, _, dark) in _chosen(theme):
        light = readable(colour, DUSK, "#ffffff", READABLE)
        parts.append(
            f"--{area}:{light};--{text}:{mixed(light, '#ffffff', 0.25)};--{tint}:{mixed(colour, NIGHT, dark)};"
        )
    return "".join(parts)
