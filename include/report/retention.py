"""Retention: recurring revenue and what moved it, whom a month kept, and what became of each month's new customers."""

from include.report.cohort_map import cohort_map
from include.report.figures import Message, Value
from include.report.material import Material
from include.report.moves import KPI, opening, waterfall
from include.report.retained import table
from include.report.section import Block, Section
from include.report.status import trust
from include.report.trend import trend

BILLING = "subscription_items"
"""The table that recurring revenue is counted from."""


def retention(material: Material) -> Section | None:
    """The section of a company that bills; None for another. Where the region's billing is missing, why."""
    if not material.bills or not material.has(KPI):
        return None
    if (reason := _unknown(material)) is not None:
        return Section(id="retention", lead=reason, rows=())
    found = (waterfall(material), trend(material))
    first = tuple(block for block in found if block is not None)
    rows: list[tuple[Block, ...]] = [first, (table(material),)]
    cohorts = cohort_map(material)
    return Section(
        id="retention",
        lead=_lead(material),
        rows=(*rows, *(((cohorts,),) if cohorts else ())),
        notes=(*((Message("heat.note"),) if cohorts else ()), *((Message("trend.none"),) if len(first) < 2 else ())),
    )


def _unknown(material: Material) -> Message | None:
    """Why the region's recurring revenue is not known; None if it is."""
    now = material.now(KPI)
    standing = trust(now)
    if standing is None:
        return None
    if standing != "missing":
        return Message("retention.lead.uncounted" if now is not None else "retention.lead.none")
    late = [
        each for each in material.quality.sources if each.status != "ok" and (BILLING in each.tables or not each.tables)
    ]
    if not late:
        return Message("retention.lead.nobody")
    return Message("retention.lead.waiting", {"source": Value("data", late[0].name)})


def _lead(material: Material) -> Message:
    """Where MRR stands, and how much higher or lower than when the month began."""
    now = material.now(KPI)
    assert now is not None  # what is not known was told before
    start, end = opening(material), now.value or 0.0
    said = {
        "mrr": material.written(now),
        "by": material.write(KPI, abs(end - start)),
        "start": Value("date", material.frame.now.first.isoformat()),
    }
    if not end and not start:
        return Message("retention.lead.none", cells=(now.id,))
    way = "same" if round(end - start) == 0 else "up" if end > start else "down"
    return Message(f"retention.lead.{way}", said, cells=(now.id,))
