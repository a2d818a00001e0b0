"""Whether the files of the configuration agree with each other."""

from babel import Locale, UnknownLocaleError

from include.company.company import Company
from include.company.faults import ConfigError
from include.company.regions import UNASSIGNED

SECTIONS = ("funnel", "channels", "places", "pipeline", "activity", "costs", "retention", "restated", "quality")
"""The sections of a report below page 1, in the order in which they stand unless a region chooses."""
FEWEST_CARDS, MOST_CARDS = 4, 8


def check_places(company: Company) -> None:
    seen: dict[str, str] = {}
    for region in company.teams():
        for place in (*region.countries, *region.subdivisions):
            if place in seen:
                raise ConfigError(f"regions.toml: {place} is in both {seen[place]} and {region.id}; keep one")
            seen[place] = region.id


def check_locales(company: Company) -> None:
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


def check_sections(company: Company) -> None:
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


def check_gate(company: Company) -> None:
    """Accepted findings and quiet days name regions that there are."""
    named = {f"accepted, {each.why!r}": each.region for each in company.gate.accepted}
    named |= {f"volume.quiet.{name}": name for name in company.gate.volume.quiet if name != "all"}
    for where, name in named.items():
        if name not in (*company.regions, UNASSIGNED, "unallocated"):
            raise ConfigError(
                f"gate.toml, {where}: no region is called {name}; write one of {', '.join(company.regions)}"
            )
