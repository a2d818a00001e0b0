"""The gate: may this day's report be mailed? pass, warn (the report says what) or hold (made, archived, not mailed).

Volume, rejects, amounts and reconciliation are measured once a night with the scores, from what the lake holds as known
at each region's cutoff, and kept beside them (<root>/scores/day=<day>/night=<night>/gate.parquet): a banner and a hold
then agree, and a later run of the day that scores anew forgets what is mended. Freshness is asked of the manifest at
the time. The thresholds are CONFIG_DIR/gate.toml (include/thresholds.py); docs/gate.md explains both.
"""

from dataclasses import replace
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from include.company import COMPANY, Company, ConfigError, Region
from include.kpis import stored
from include.kpis.gate.amounts import amounts
from include.kpis.gate.finding import Finding, Level, table
from include.kpis.gate.freshness import freshness
from include.kpis.gate.reconciliation import KPI as RECONCILED
from include.kpis.gate.reconciliation import reconciliation
from include.kpis.gate.rejects import rejects
from include.kpis.gate.volume import reach, volume
from include.lake import TABLES, Lake
from include.thresholds import Volume

NEEDS = ("day_rows", "day_amounts")
"""The relations it reads."""

__all__ = ["NEEDS", "RECONCILED", "Finding", "Level", "findings", "freshness", "measured", "read"]


def findings(lake: Lake, company: Company, region: Region, day: date) -> list[Finding]:
    """All that the gate has to say about the region's report of `day`, what holds first."""
    found = [*freshness(lake, company, region, day, {}), *read(lake, company, region, day)]
    return sorted(found, key=lambda each: each.level != "hold")


def read(lake: Lake, company: Company, region: Region, day: date) -> list[Finding]:
    """What the last scoring of the region's night measured that concerns the region; nothing if there was none."""
    known = stored.file(lake.root, company.night_of(region.id).id, day, "gate")
    rows = pq.ParquetFile(known).read().to_pylist() if known.exists() else []
    return [
        each for each in (_accepting(company, Finding(**row), day) for row in rows) if _concerns(company, each, region)
    ]


def measured(
    connection: duckdb.DuckDBPyConnection, lake: Lake, company: Company, night: str, day: date, scores: pa.Table
) -> pa.Table:
    """The findings of a night's regions as GATE; the connection has the relations in NEEDS."""
    limits = company.gate
    found = [
        *volume(_counts(connection, day, limits.volume), day, limits.volume),
        *amounts(connection, day, limits.amounts),
    ]
    covered = [each for each in found if _is_covered(lake, company, each, day)]
    other = [*rejects(lake, day, limits.rejects), *reconciliation(scores, day, limits.reconciliation)]
    own = company.regions_of(night)
    named = (replace(each, source=each.source or _sources(lake, company, each)) for each in (*covered, *other))
    return table(each for each in named if any(_concerns(company, each, region) for region in own))


def _counts(connection: duckdb.DuckDBPyConnection, day: date, limits: Volume) -> dict[tuple[str, str], dict[date, int]]:
    counts: dict[tuple[str, str], dict[date, int]] = {}
    sql = "select source_table, region, day, n from day_rows where day between ?::date - ? and ?::date"
    for name, region, each, number in connection.execute(sql, [day, reach(limits), day]).fetchall():
        counts.setdefault((name, region), {})[each] = number
    return counts


def _concerns(company: Company, finding: Finding, region: Region) -> bool:
    """The company's report is made of every region's rows."""
    if region.is_company or finding.region == region.id:
        return True
    return finding.region is None and company.sources[finding.source].serves(region.id)


def _is_covered(lake: Lake, company: Company, finding: Finding, day: date) -> bool:
    """What a source has not brought yet is the freshness rule's to tell."""
    region = company.regions.get(str(finding.region), company.whole)
    names = _sources(lake, company, finding).split(", ")
    return all(lake.covers(name, finding.table, day, region.cutoff(day)) for name in names if name)


def _sources(lake: Lake, company: Company, finding: Finding) -> str:
    """The sources whose rows of the table the finding is about."""
    region = str(finding.region) if finding.region in company.regions else COMPANY
    bring = [each.source for each in lake.health() if each.table == finding.table and each.source in company.sources]
    return ", ".join(name for name in bring if company.sources[name].serves(region))


def _accepting(company: Company, finding: Finding, day: date) -> Finding:
    """A finding that a person accepted warns at most. Raises ConfigError for one that names no table."""
    for each in company.gate.accepted:
        if each.table not in TABLES:
            raise ConfigError(f"gate.toml, accepted, {each.why!r}: no table is called {each.table}")
        same = (each.rule, each.table, each.region) == (finding.rule, finding.table, finding.region or COMPANY)
        if same and each.first <= day <= each.last:
            return replace(finding, level="warn")
    return finding
