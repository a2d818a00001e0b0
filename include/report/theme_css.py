"""A theme as a style sheet: report.css's custom properties in the company's colours, by day and by night."""

import re

from markupsafe import Markup

from include.colour import mixed, readable
from include.theme import READABLE, TEMPLATES, Theme

NIGHT, DUSK = "#14171b", "#1d2228"
"""The paper of the dark mode, and the lightest ground of it."""
INK = "#1a1d21"
NAMED = frozenset(re.findall(r"--([\w-]+):", (TEMPLATES / "report.css").read_text(encoding="utf-8")))
"""The properties that the house's sheet has."""
LOGO = ".logo{height:2.6em;max-width:14em;vertical-align:middle}.brand::before{content:none}"


def style(theme: Theme) -> Markup:
    """What follows report.css; nothing for the house's own look. Colours were checked when they were read."""
    day, night = _day(theme), _night(theme)
    root = f":root{{{day}}}@media screen{{@media (prefers-color-scheme:dark){{:root{{{night}}}}}}}" if day else ""
    plate = "@media screen{@media (prefers-color-scheme:dark){.logo{background:#fff;padding:.2em}}}"
    return Markup(root + (LOGO + plate if theme.logo else ""))  # nothing of it is text from outside


def _day(theme: Theme) -> str:
    accent, alert = theme.colors.accent, theme.colors.alert
    said = {} if accent is None else {"blue": accent, "blue-ink": accent, "sky": mixed(accent, "#ffffff", 0.8)}
    if accent is not None:  # the steps of a heat map, dark letters up to the third
        said |= {"h0": mixed(accent, "#ffffff", 0.91), "h1": mixed(accent, "#ffffff", 0.77), "h3": accent}
        said |= {"h2": readable(mixed(accent, "#ffffff", 0.45), INK, "#ffffff", READABLE)}
        said |= {"h4": mixed(accent, "#000000", 0.33)}
    if alert is not None:
        said |= {"orange": alert, "orange-ink": alert, "orange-wash": mixed(alert, "#ffffff", 0.92)}
    return _written(said)


def _night(theme: Theme) -> str:
    """Lightened until they can be read on dark paper; the heat map's first three steps have pale letters."""
    said: dict[str, str] = {}
    if (accent := theme.colors.accent) is not None:
        light = readable(accent, DUSK, "#ffffff", READABLE)
        said |= {"blue": light, "blue-ink": mixed(light, "#ffffff", 0.25), "sky": mixed(accent, NIGHT, 0.65)}
        said |= {"h0": mixed(accent, NIGHT, 0.8), "h1": mixed(accent, NIGHT, 0.6)}
        said |= {"h2": readable(mixed(accent, NIGHT, 0.3), "#ffffff", NIGHT, READABLE)}
        said |= {"h3": light, "h4": mixed(light, "#ffffff", 0.45)}
    if (alert := theme.colors.alert) is not None:
        light = readable(alert, DUSK, "#ffffff", READABLE)
        said |= {"orange": light, "orange-ink": mixed(light, "#ffffff", 0.25), "orange-wash": mixed(alert, NIGHT, 0.85)}
    return _written(said)


def _written(said: dict[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in said.items() if name in NAMED)
