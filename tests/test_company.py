"""The address book: what it must not say, and what it says of days, places and readers."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from include.company import COMPANY, ConfigError, load

CONFIG = Path("config")


def edited(tmp_path: Path, file: str, before: str, after: str) -> Path:
    """A copy of the configuration with one text replaced."""
    for each in CONFIG.glob("*.toml"):
        (tmp_path / each.name).write_text(each.read_text())
    text = (tmp_path / file).read_text()
    assert before in text
    (tmp_path / file).write_text(text.replace(before, after, 1))
    return tmp_path


@pytest.mark.parametrize(
    ("file", "before", "after", "says"),
    [
        pytest.param("regions.toml", 'countries = ["MX"]', 'countries = ["ES"]', "ES is in both", id="a country twice"),
        pytest.param("regions.toml", '["china", "malaysia"]', '["china"]', "malaysia must be in", id="no night"),
        pytest.param("regions.toml", "\ncompany = true", "", "exactly one night needs", id="no company night"),
        pytest.param("regions.toml", '["spain"]', '["spain", "nowhere"]', "which no", id="an unknown region"),
        pytest.param(
            "regions.toml", 'zone = "Europe/Madrid"', 'zone = "Asia/Tokyo"',
            "ends in night europe .Asia/Tokyo. before it ends in spain", id="a night that starts too early",
        ),
        pytest.param(
            "regions.toml", 'zone = "America/Mexico_City"', 'zone = "Europe/Madrid"',
            "before it ends in united_states", id="a company night that is not the last",
        ),
        pytest.param("regions.toml", '"Asia/Shanghai"', '"Asia/Nowhere"', "Asia/Nowhere", id="an unknown zone"),
        pytest.param(
            "regions.toml", "recipients.es_ES", 'recipients."es-ES"',
            "recipients of spain: locale 'es-ES' is not in CLDR; write it like es_MX", id="an unknown locale",
        ),
        pytest.param("regions.toml", "ventas-es@", "ventas-es@@", "recipients", id="a bad address"),
        pytest.param("regions.toml", 'paper = "A4"', 'papier = "A4"', "papier", id="a misspelt field"),
        pytest.param("regions.toml", "[company]", "[firm]", "sections", id="no company"),
        pytest.param(
            "regions.toml", 'name = "Sample Company"', "", "name\n  Field required", id="a company of no name",
        ),
        pytest.param(
            "regions.toml", 'zone = "America/Mexico_City"', "", "americas.zone\n  Field required", id="no zone",
        ),
        pytest.param(
            "regions.toml", "[regions.spain]", "[regions.\"o'spain\"]", "regions.o'spain.id\n  String should match",
            id="a quote in an id",
        ),
        pytest.param(
            "regions.toml", 'name = "Spain"', 'name = "Spain"\nsections = ["funnel", "reps"]',
            "sections of spain: no section is called 'reps'; write some of funnel, channels", id="an unknown section",
        ),
        pytest.param(
            "regions.toml", 'name = "Spain"', 'name = "Spain"\nsections = ["costs", "costs"]',
            "sections of spain: 'costs' stands there twice", id="a section twice",
        ),
        pytest.param(
            "regions.toml", 'currency = "USD"', 'currency = "USD"\nkpis = ["bookings"]',
            "kpis of company: 1 are named; page 1 has 4 to 8 cards", id="too few cards",
        ),
        pytest.param("channels.toml", "web = true", "web = maybe", "channels.toml", id="no TOML"),
    ],
)  # fmt: skip
def test_a_contradiction_is_named(tmp_path: Path, file: str, before: str, after: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        load(edited(tmp_path, file, before, after))


def test_a_missing_file_says_which_folder_was_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="set CONFIG_DIR"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("region", "day", "cutoff"),
    [
        ("malaysia", date(2026, 10, 31), datetime(2026, 10, 31, 16, tzinfo=UTC)),
        ("united_states", date(2026, 10, 31), datetime(2026, 11, 1, 4, tzinfo=UTC)),
        ("united_states", date(2026, 11, 1), datetime(2026, 11, 2, 5, tzinfo=UTC)),
        (COMPANY, date(2026, 10, 31), datetime(2026, 11, 1, 6, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_the_regions_midnight_summer_time_included(region: str, day: date, cutoff: datetime) -> None:
    assert load(CONFIG).regions[region].cutoff(day) == cutoff


def test_a_subdivision_wins_over_its_country_and_the_rest_is_unassigned(tmp_path: Path) -> None:
    folder = edited(tmp_path, "regions.toml", 'countries = ["ES"]', 'countries = ["ES"]\nsubdivisions = ["MX-YUC"]')
    company = load(folder)
    assert company.region_of("MX", "MX-YUC") == "spain"
    assert company.region_of("MX", "MX-JAL") == "mexico"
    assert company.region_of("SG", None) == "unassigned"
    assert company.region_of(None, None) == "unassigned"


def test_the_company_reads_from_every_source_and_a_region_from_its_own() -> None:
    sources = load(CONFIG).sources
    assert sources["google_ads"].serves(COMPANY)
    assert sources["google_ads"].serves("spain")
    assert not sources["google_ads"].serves("china")
    assert sources["hubspot"].serves("china")
