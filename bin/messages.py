"""What the product says: the messages of code, templates, KPI declarations and configuration, as one catalogue."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir

from bin.environment import ROOT
from include import company as configuration
from include.kpis import KPIS

JINJA = "jinja2.ext:babel_extract"
METHODS = [("report/**.py", "python"), ("delivery/**.py", "python"), ("templates/**", JINJA)]
OPTIONS = {"templates/**": {"silent": "false", "trimmed": "true"}}
HEADER = """# Words of the reports and mails; English is the source text. One word for one concept, sentences whole,
# no markup. Collected by `make words`, judged by `make check`.
#"""
ADDRESS = {"project": "Corong", "version": "1", "msgid_bugs_address": "", "last_translator": "", "language_team": ""}
# A date in the header would change with every run and every machine; the history of the file is in git.
NO_DATE = datetime(2026, 11, 1, tzinfo=UTC)


def collect() -> Catalog:
    """Every message of the product, in a fixed order. Raises jinja2.TemplateSyntaxError for a broken template."""
    found = Catalog(
        header_comment=HEADER, charset="utf-8", creation_date=NO_DATE, revision_date=NO_DATE, **ADDRESS
    )  # fmt: skip
    for place, message, comments, context in sorted(_messages(), key=lambda each: (_room(each[0]), str(each[1]))):
        found.add(message, locations=[(place, 0)], auto_comments=comments, context=context)
    return found


def _room(place: str) -> str:
    """A file, or a package within a room: a sentence that moves within the package keeps its place in a catalogue."""
    return "/".join(place.split("/")[:3])


def _messages() -> Iterator[tuple[str, str | tuple[str, ...], list[str], str | None]]:
    """(place, message, comments, context) of each message."""
    folder = ROOT / "include"
    for name, _, message, comments, context in extract_from_dir(
        folder, METHODS, OPTIONS, DEFAULT_KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    ):
        yield f"include/{Path(name).as_posix()}", message, comments, context
    for kpi in KPIS.values():
        yield f"include/kpis/{kpi.family}.py", kpi.label, [f"name of the KPI {kpi.id}"], None
        yield f"include/kpis/{kpi.family}.py", kpi.description, [f"definition of the KPI {kpi.id}"], None
    company = configuration.load(Path(os.environ.get("CONFIG_DIR", ROOT / "config")))
    for channel in company.channels.values():
        yield "config/channels.toml", channel.label, ["a channel"], None
    for region in company.teams():
        if len(region.countries) != 1 or region.subdivisions:  # one country is called by its CLDR name
            yield "config/regions.toml", region.name, ["a region"], None
    for stage, label in company.funnel.labels.items():
        yield "config/funnel.toml", label, [f"the stage {stage}"], None
