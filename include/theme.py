"""How a company's reports look: CONFIG_DIR/theme.toml, checked when it is read. Without the file, the house's own look.

Every fault is a ValueError that says what to change; docs/themes.md explains every key.
"""

import re
from base64 import b64encode
from pathlib import Path
from typing import Annotated, Self
from xml.etree import ElementTree

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from include.colour import HEX, apart, contrast, readable

TEMPLATES = Path(__file__).with_name("templates")
WASH = "#f4f6f8"
"""The darkest ground that text of these colours stands on; white text stands on the colours themselves."""
READABLE = 4.5
"""The least contrast of small text (WCAG 2.2, AA)."""
APART = 25.0
"""The least distance of good and bad to colour-blind eyes; blue and orange have 90, red and green of one tone 10."""
LARGEST = 100_000
"""Bytes of a logo: every report carries it."""
PNG = b"\x89PNG\r\n\x1a\n"
ACTIVE = ("script", "foreignObject", "style", "image", "a")
"""Elements of an SVG that run, fetch or restyle; a logo is shapes."""


def _colour(text: str) -> str:
    if not HEX.fullmatch(text):
        raise ValueError("this is no colour; write six digits, like #0072b2")
    if contrast(text, WASH) < READABLE:
        fit = readable(text, WASH, "#000000", READABLE)
        raise ValueError(
            f"as text it has a contrast of {contrast(text, WASH):.1f} on {WASH}, and {READABLE} are needed to read it; "
            f"{fit} is the nearest darker colour"
        )
    return text.lower()


def _logo(name: object, info: ValidationInfo) -> str:
    """The picture as a data: address."""
    file = _beside(name, info)
    if not file.is_file():
        raise ValueError(f"there is no file {file}")
    content = file.read_bytes()
    if len(content) > LARGEST:
        raise ValueError(f"{file.name} has {len(content):,} bytes; make it smaller than {LARGEST:,}")
    kind = _svg(file, content) if file.suffix.lower() == ".svg" else _png(file, content)
    return f"data:{kind};base64,{b64encode(content).decode()}"


def _png(file: Path, content: bytes) -> str:
    if not content.startswith(PNG):
        raise ValueError(f"{file.name} is no PNG; a logo is a .png or .svg file")
    return "image/png"


def _svg(file: Path, content: bytes) -> str:
    if re.search(rb"<!(DOCTYPE|ENTITY)", content):
        raise ValueError(f"{file.name} has a DOCTYPE; remove it")
    try:
        tree = ElementTree.fromstring(content)
    except ElementTree.ParseError as fault:
        raise ValueError(f"{file.name} is no well-formed SVG: {fault}") from fault
    if tree.tag != "{http://www.w3.org/2000/svg}svg" or not tree.get("viewBox"):
        raise ValueError(f"{file.name} is no SVG with a viewBox")
    for element in tree.iter():
        _shape(file, element)
    return "image/svg+xml"


def _shape(file: Path, element: ElementTree.Element) -> None:
    """Refuse what is more than a shape: it would run in a browser, or ask somebody for something."""
    tag = str(element.tag).rpartition("}")[2]
    if tag in ACTIVE:
        raise ValueError(f"{file.name} has a <{tag}>; a logo may only have shapes, so draw it without")
    for name, value in element.attrib.items():
        plain = name.rpartition("}")[2]
        reaches = (plain == "href" and not value.startswith("#")) or re.search(r"url\(\s*[\"']?(?!#)", value)
        if plain.lower().startswith("on") or reaches:
            raise ValueError(f'{file.name} has {plain}="{value[:40]}"; a logo may run and fetch nothing')


def _templates(name: object, info: ValidationInfo) -> Path:
    """The folder, if it overlays something."""
    folder = _beside(name, info)
    if not folder.is_dir():
        raise ValueError(f"there is no folder {folder}")
    known = sorted(file.name for file in TEMPLATES.iterdir() if file.suffix in (".j2", ".css"))
    if not any((folder / each).is_file() for each in known):
        raise ValueError(f"{folder} overlays nothing; a file takes the place of its namesake among {', '.join(known)}")
    return folder.resolve()


def _beside(name: object, info: ValidationInfo) -> Path:
    """A path is meant from the folder of theme.toml."""
    return Path((info.context or {}).get("folder", ".")) / str(name)


Colour = Annotated[str, AfterValidator(_colour)]


class Colors(BaseModel):
    """accent: what is good or simply is (bars, lines, links); alert: what is bad. Six hexadecimal digits."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    accent: Colour | None = None
    alert: Colour | None = None

    @model_validator(mode="after")
    def _tell_apart(self) -> Self:
        accent, alert = self.accent or "#0072b2", self.alert or "#a34700"
        if apart(accent, alert) < APART:
            raise ValueError(
                f"accent {accent} and alert {alert} look alike to colour-blind readers; choose a bluer and a redder one"
            )
        return self


class Theme(BaseModel):
    """The look. `logo` is a data: address, `templates` a folder whose files take the place of the house's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    logo: Annotated[str, BeforeValidator(_logo)] | None = None
    templates: Annotated[Path, BeforeValidator(_templates)] | None = None
    colors: Colors = Field(default_factory=Colors)
