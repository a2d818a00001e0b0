"""The company as configured: regions, nights, channels, funnel and sources, read from CONFIG_DIR and checked at once.

Every fault of the address book is a ConfigError that names the file, the region or night, and what to change.
"""

import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, BaseModel, ConfigDict, EmailStr, Field, ValidationError

from include.theme import Theme
from include.thresholds import Gate

COMPANY = "company"
UNASSIGNED = "unassigned"
SECTIONS = ("funnel", "channels", "places", "pipeline", "activity", "costs", "retention", "restated", "quality")
"""The sections of a report below page 1, in the order in which they stand unless a region chooses."""
FEWEST_CARDS, MOST_CARDS = 4, 8
FIRST_DAY = date(2024, 11, 1)
LAST_DAY = date(2028, 11, 1)


class ConfigError(ValueError):
    """The configuration contradicts itself; the message says where and what to change."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as fault:
        raise ValueError(f"{name} is no time zone; write one like Europe/Madrid") from fault
    return name


@cache
def _midnight_after(day: date, zone: str) -> datetime:
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)


Zone = Annotated[str, AfterValidator(_zone)]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Region(Frozen):
    """A team: its places, its money, its clock, and its readers by locale. Region id `company` is the whole.

    `sections` and `kpis` (the cards of page 1) are what its report shows, in that order; empty: all of them.
    """

    id: str
    name: str
    currency: str = Field(pattern="^[A-Z]{3}$")
    timezone: Zone
    paper: Literal["A4", "Letter"] = "A4"
    countries: tuple[str, ...] = ()
    subdivisions: tuple[str, ...] = ()
    recipients: dict[str, tuple[EmailStr, ...]]
    sections: tuple[str, ...] = ()
    kpis: tuple[str, ...] = ()

    @property
    def is_company(self) -> bool:
        return self.id == COMPANY

    @property
    def editions(self) -> tuple["Edition", ...]:
        return tuple(Edition(region=self, locale=locale) for locale in self.recipients)

    def cutoff(self, day: date) -> datetime:
        """The local midnight that ends `day`, in UTC: what a report of that day may know."""
        return _midnight_after(day, self.timezone)


class Edition(Frozen):
    """A region's report in one locale."""

    region: Region
    locale: str


class Night(Frozen):
    """The regions whose day ends together; `zone` and `hour` say when it starts."""

    id: str
    zone: Zone
    hour: int = Field(default=5, ge=0, le=23)
    regions: tuple[str, ...]
    company: bool = False


class Channel(Frozen):
    id: str
    label: str
    web: bool
    paid: bool
    marketing: bool = False
    hubspot: tuple[str, ...] = ()
    google_ads: tuple[str, ...] = ()


class Funnel(Frozen):
    """The stages in order, and how each vendor's words map to them."""

    order: tuple[str, ...]
    exits: tuple[str, ...]
    optional: tuple[str, ...]
    labels: dict[str, str]
    hubspot: dict[str, dict[str, str]] = {}


class SourceConfig(BaseModel):
    """A section of sources.toml. What a kind needs beyond these stays in `model_extra`."""

    model_config = ConfigDict(frozen=True, extra="allow")

    name: str
    kind: str
    connection: str | None = None
    required: bool = False
    sandbox: bool = False
    regions: tuple[str, ...] = ()

    def serves(self, region: str) -> bool:
        """Whether `region` reads from this source; the company reads from all of them."""
        return region == COMPANY or not self.regions or region in self.regions


class Company(Frozen):
    """All of the configuration, consistent."""

    name: str
    currency: str
    regions: dict[str, Region]
    nights: dict[str, Night]
    channels: dict[str, Channel]
    funnel: Funnel
    sources: dict[str, SourceConfig]
    gate: Gate = Gate()
    theme: Theme = Theme()

    @cached_property
    def company_night(self) -> Night:
        return next(night for night in self.nights.values() if night.company)

    def night_of(self, region: str) -> Night:
        """The night that reports a region; the company's, which is complete, for whatever is no team."""
        return next((night for night in self.nights.values() if region in night.regions), self.company_night)

    @property
    def whole(self) -> Region:
        return self.regions[COMPANY]

    @property
    def is_sample(self) -> bool:
        return any(source.sandbox for source in self.sources.values())

    def regions_of(self, night: str) -> tuple[Region, ...]:
        """The regions a night reports: its own, and the company where it is the company's."""
        own = self.nights[night].regions
        return tuple(self.regions[name] for name in (*own, *((COMPANY,) if self.nights[night].company else ())))

    def teams(self) -> tuple[Region, ...]:
        """Every region but the company."""
        return tuple(region for region in self.regions.values() if not region.is_company)

    def region_of(self, country: str | None, subdivision: str | None) -> str:
        """The region of a place: its subdivision's, else its country's, else `unassigned`."""
        for region in self.teams():
            if subdivision in region.subdivisions:
                return region.id
        for region in self.teams():
            if country in region.countries:
                return region.id
        return UNASSIGNED


def load(folder: Path) -> Company:
    """Read and check the configuration. Raises ConfigError with every reason it finds in a file."""
    regions = _read(folder / "regions.toml")
    if missing := [name for name in ("company", "nights", "regions") if name not in regions]:
        raise ConfigError(f"{folder}/regions.toml: the sections {missing} are missing; the sample's config/ shows them")
    company = regions["company"]
    nights = {name: {"id": name, **block} for name, block in regions["nights"].items()}
    last = [name for name, block in nights.items() if block.get("company")]
    if len(last) != 1:
        raise ConfigError(f"{folder}/regions.toml: exactly one night needs company = true, found {last or 'none'}")
    whole = {**company, "id": COMPANY, "timezone": nights[last[0]]["zone"]}
    blocks = {name: {"id": name, **block} for name, block in regions["regions"].items()} | {COMPANY: whole}
    try:
        loaded = Company(
            name=company["name"],
            currency=company["currency"],
            regions=blocks,
            nights=nights,
            channels={name: {"id": name, **block} for name, block in _read(folder / "channels.toml").items()},
            funnel=_read(folder / "funnel.toml"),
            sources={name: {"name": name, **block} for name, block in _read(folder / "sources.toml").items()},
        )
    except ValidationError as fault:
        raise ConfigError(f"{folder}: {fault}") from fault
    loaded = loaded.model_copy(update={"gate": _gate(folder / "gate.toml"), "theme": _theme(folder / "theme.toml")})
    _check_places(loaded)
    _check_locales(loaded)
    _check_sections(loaded)
    _check_gate(loaded)
    _check_nights(loaded)
    return loaded


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as fault:
        raise ConfigError(f"{file} is missing; set CONFIG_DIR to the folder that holds it") from fault
    except tomllib.TOMLDecodeError as fault:
        raise ConfigError(f"{file}: {fault}") from fault


def _gate(file: Path) -> Gate:
    """The thresholds of `file`; the defaults where there is none."""
    try:
        return Gate.model_validate(_read(file)) if file.exists() else Gate()
    except ValidationError as fault:
        told = "; ".join(_fault(error["loc"], error["msg"], error["input"]) for error in fault.errors())
        raise ConfigError(f"{file}: {told}; docs/gate.md explains every key") from fault


def _theme(file: Path) -> Theme:
    """The look of `file`; the house's own where there is none."""
    try:
        return Theme.model_validate(_read(file), context={"folder": file.parent}) if file.exists() else Theme()
    except ValidationError as fault:
        told = "; ".join(_fault(error["loc"], error["msg"], error["input"]) for error in fault.errors())
        raise ConfigError(f"{file}: {told}; docs/themes.md explains every key") from fault


def _fault(place: tuple[int | str, ...], said: str, given: Any) -> str:
    """`volume.warn_below: Input should be less than or equal to 1 (it is 50)`."""
    key = ".".join(str(part) for part in place)
    said = said.removeprefix("Value error, ").replace("Extra inputs are not permitted", "no such key; remove it")
    return f"{key}: {said}" + (f" (it is {given!r})" if not isinstance(given, dict) else "")


def _check_gate(company: Company) -> None:
    """Accepted findings and quiet days name regions that there are."""
    named = {f"accepted, {each.why!r}": each.region for each in company.gate.accepted}
    named |= {f"volume.quiet.{name}": name for name in company.gate.volume.quiet if name != "all"}
    for where, name in named.items():
        if name not in (*company.regions, UNASSIGNED, "unallocated"):
            raise ConfigError(
                f"gate.toml, {where}: no region is called {name}; write one of {', '.join(company.regions)}"
            )


def _check_places(company: Company) -> None:
    seen: dict[str, str] = {}
    for region in company.teams():
        for place in (*region.countries, *region.subdivisions):
            if place in seen:
                raise ConfigError(f"regions.toml: {place} is in both {seen[place]} and {region.id}; keep one")
            seen[place] = region.id


def _check_locales(company: Company) -> None:
    """Each edition's locale is one that CLDR knows, so that no night finds out after it has landed and scored."""
    for region in company.regions.values():
        for locale in region.recipients:
            try:
                Locale.parse(locale)
            except (UnknownLocaleError, ValueError) as fault:
                raise ConfigError(
                    f"regions.toml, recipients of {region.id}: locale {locale!r} is not in CLDR; "
                    "write it like es_MX or zh_Hans_CN"
                ) from fault


def _check_sections(company: Company) -> None:
    """What a region chooses to show is there, and named once. (Which KPIs there are, include.kpis.cards knows.)"""
    for region in company.regions.values():
        for key, chosen in (("sections", region.sections), ("kpis", region.kpis)):
            if twice := [name for name in dict.fromkeys(chosen) if chosen.count(name) > 1]:
                raise ConfigError(f"regions.toml, {key} of {region.id}: {twice[0]!r} stands there twice; keep one")
        if unknown := [name for name in region.sections if name not in SECTIONS]:
            raise ConfigError(
                f"regions.toml, sections of {region.id}: no section is called {unknown[0]!r}; "
                f"write some of {', '.join(SECTIONS)}"
            )
        if region.kpis and not FEWEST_CARDS <= len(region.kpis) <= MOST_CARDS:
            raise ConfigError(
                f"regions.toml, kpis of {region.id}: {len(region.kpis)} are named; page 1 has "
                f"{FEWEST_CARDS} to {MOST_CARDS} cards"
            )


def _check_nights(company: Company) -> None:
    nights_of = {
        region.id: [n.id for n in company.nights.values() if region.id in n.regions] for region in company.teams()
    }
    for region, nights in nights_of.items():
        if len(nights) != 1:
            raise ConfigError(f"regions.toml: region {region} must be in exactly one night, found {nights or 'none'}")
    for night in company.nights.values():
        if unknown := [name for name in night.regions if name not in company.regions]:
            raise ConfigError(f"regions.toml: night {night.id} names {unknown}, which no [regions.…] block defines")
        _check_ends(company, night)


def _check_ends(company: Company, night: Night) -> None:
    """No day may end in the night's zone before it has ended in each of its regions."""
    members = company.teams() if night.company else [company.regions[name] for name in night.regions]
    for day in _days():
        for region in members:
            if region.cutoff(day) > _midnight_after(day, night.zone):
                raise ConfigError(
                    f"regions.toml: {day} ends in night {night.id} ({night.zone}) before it ends in {region.id} "
                    f"({region.timezone}); move {region.id} to a later night or choose another zone"
                )


def _days() -> Iterator[date]:
    day = FIRST_DAY
    while day < LAST_DAY:
        yield day
        day += timedelta(days=1)
