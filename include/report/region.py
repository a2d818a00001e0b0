"""All editions of a region on a night, in one warm process: the call the nightly Dag makes."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa

from include.company import Company, Region
from include.kpis import KPIS, stored
from include.kpis.cards import check
from include.kpis.gate import findings
from include.kpis.quality import quality
from include.kpis.restated import changes
from include.lake import Lake
from include.report.compose import compose
from include.report.document import Document
from include.report.earlier import spent
from include.report.edition import draft, printed
from include.report.material import Material
from include.report.pdf import libraries
from include.report.periods import frame
from include.report.plans import plans
from include.report.publish import publish, published
from include.report.rep_names import names
from include.report.report import Report
from include.report.retention import BILLING
from include.report.scores import READ, of
from include.report.selection import mine
from include.report.verdict import KPI


class ScoresMissing(FileNotFoundError):
    """The night's scores of a day are not in the lake; the message says what to run."""


def render_region(
    lake: Lake, company: Company, region_id: str, night: str, day: date, reports_root: Path
) -> list[Document]:
    """Render and publish every edition of a region. Nothing is published unless all of them could be rendered.

    Raises ScoresMissing, LanguageError, PdfError.
    """
    region = company.regions[region_id]
    report = report_of(lake, company, region, night, day, reports_root)
    drafts = [draft(report, edition, company) for edition in region.editions]
    documents = [published(each, libraries(), reports_root) or printed(each) for each in drafts]
    publish(documents, reports_root)
    return documents


def report_of(lake: Lake, company: Company, region: Region, night: str, day: date, reports: Path) -> Report:
    """The region's report of `day`, from the scores that are stored and its report of the day before, if one is
    published below `reports`. Raises ScoresMissing, ConfigError."""
    check(company)
    earlier = spent(reports, region, day - timedelta(days=1))
    report = compose(replace(material(lake, company, region, night, day), spent=earlier))
    pa.default_memory_pool().release_unused()  # 10 MB that printing, which comes next, cannot use
    return report


def material(lake: Lake, company: Company, region: Region, night: str, day: date) -> Material:
    """What the region's report of `day` is made from, out of the lake."""
    planned = plans(lake, company, region, night, day)
    return Material(
        company=company,
        region=region,
        day=day,
        frame=frame(day),
        cells=of(_scores(lake, region, night, day), region),
        kpis=KPIS,
        targets={kpi: goal for kpi, first, goal in planned if first == day.replace(day=1)},
        quality=quality(lake, company, region, day),
        bills=any(each.table == BILLING and each.landed for each in lake.health()),
        gate=tuple(findings(lake, company, region, day)),
        plans={first: goal for kpi, first, goal in planned if kpi == KPI},
        reps=names(lake, region.cutoff(day)),
        restated=changes(lake, night, day, region.id),
    )


def _scores(lake: Lake, region: Region, night: str, day: date) -> pa.Table:
    try:
        return stored.read(lake, night, day, READ, mine(region, day))
    except FileNotFoundError as fault:
        file = stored.file(lake.root, night, day)
        raise ScoresMissing(f"{file} is missing; score night {night} of {day} first") from fault
