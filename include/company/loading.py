"""CONFIG_DIR becomes the company."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from include.company.checks import check_gate, check_locales, check_places, check_sections
from include.company.company import Company
from include.company.faults import ConfigError, told
from include.company.nights import check_nights
from include.company.regions import COMPANY
from include.theme import Theme
from include.thresholds import Gate

Settings = TypeVar("Settings", bound=BaseModel)
CHECKS = (check_places, check_locales, check_sections, check_gate, check_nights)
"""Each raises ConfigError."""


def load(folder: Path) -> Company:
    """Read and check the configuration. Raises ConfigError with every reason it finds in a file."""
    loaded = _required(folder)
    gate = _optional(Gate, folder / "gate.toml", "docs/gate.md")
    theme = _optional(Theme, folder / "theme.toml", "docs/themes.md")
    loaded = loaded.model_copy(update={"gate": gate, "theme": theme})
    for check in CHECKS:
        check(loaded)
    return loaded


def _required(folder: Path) -> Company:
    """The company as the four files say that every company has."""
    book = _address_book(folder)
    company = book["company"]
    nights = {name: {"id": name, **block} for name, block in book["nights"].items()}
    last = _last(folder, nights)
    whole = {**company, "id": COMPANY, **({"timezone": last["zone"]} if "zone" in last else {})}
    try:
        return Company(
            **{key: company[key] for key in ("name", "currency") if key in company},
            regions={name: {"id": name, **block} for name, block in book["regions"].items()} | {COMPANY: whole},
            nights=nights,
            channels={name: {"id": name, **block} for name, block in _read(folder / "channels.toml").items()},
            funnel=_read(folder / "funnel.toml"),
            sources={name: {"name": name, **block} for name, block in _read(folder / "sources.toml").items()},
        )
    except ValidationError as fault:
        raise ConfigError(f"{folder}: {fault}") from fault


def _address_book(folder: Path) -> dict[str, Any]:
    book = _read(folder / "regions.toml")
    if missing := [name for name in ("company", "nights", "regions") if name not in book]:
        raise ConfigError(f"{folder}/regions.toml: the sections {missing} are missing; the sample's config/ shows them")
    return book


def _last(folder: Path, nights: dict[str, Any]) -> dict[str, Any]:
    """The night that ends last, which is the company's."""
    last = [name for name, block in nights.items() if block.get("company")]
    if len(last) != 1:
        raise ConfigError(f"{folder}/regions.toml: exactly one night needs company = true, found {last or 'none'}")
    return dict(nights[last[0]])


def _optional(kind: type[Settings], file: Path, page: str) -> Settings:
    """The settings of `file`, which `page` explains; the defaults where there is none."""
    try:
        return kind.model_validate(_read(file), context={"folder": file.parent}) if file.exists() else kind()
    except ValidationError as fault:
        raise ConfigError(told(file, fault, page)) from fault


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as fault:
        raise ConfigError(f"{file} is missing; set CONFIG_DIR to the folder that holds it") from fault
    except tomllib.TOMLDecodeError as fault:
        raise ConfigError(f"{file}: {fault}") from fault
