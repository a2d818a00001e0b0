"""What the data do not know: sources that are late or empty, figures that are missing, rows that were rejected."""

from include.kpis.quality import SourceHealth
from include.report.facts import Fact, score, sentence, source, worked
from include.report.figures import Trace, Value
from include.report.material import Material
from include.report.quality import missing
from include.report.reason import Reason, Said, reason

CAVEAT, COMPLETE = 50.0, 0.4


def data(material: Material) -> Reason | None:
    """The worst of it; in a good night, that every source is in."""
    late = [each for each in material.quality.sources if each.status != "ok"]
    if not material.quality.sources:
        return None
    if not late:
        return _complete(material)
    return _gone(material, missing(material)) or _late(late)


def _gone(material: Material, gone: list[str]) -> Reason | None:
    """The KPIs a source had no data for today."""
    cells = [cell for kpi in gone if (cell := material.now(kpi)) is not None]
    if not cells:
        return None
    n = worked("count", *(_status(score(cell)) for cell in cells))
    said: Said = {"n": n.told("count"), "kpi": Value("kpi", cells[0].kpi)}
    return Reason(sentence("reason.missing", said, "n"), sentence("reason.missing.evidence", said, "n"), CAVEAT)


def _status(fact: Fact) -> Fact:
    """The same row, for what its status says."""
    return Fact(fact.number, Trace("row", row=fact.trace.row, column="status"))


def _late(late: list[SourceHealth]) -> Reason:
    first = max(late, key=lambda each: (each.required, each.status == "missing"))
    said: Said = {
        "n": worked("count", *(source(each.name, "status", 0) for each in late)).told("count"),
        "source": Value("data", first.name),
    }
    return Reason(sentence("reason.late", said, "n"), sentence("reason.late.evidence", said), CAVEAT)


def _complete(material: Material) -> Reason:
    sources = material.quality.sources
    rejected = worked("sum", *(source(each.name, "rejected", each.rejected) for each in sources))
    kept = worked("sum", *(source(each.name, "rows", each.rows) for each in sources))
    said = {
        "n": worked("count", *(source(each.name, "status", 0) for each in sources)).told("count"),
        "rejected": rejected.told("count"),
        "share": worked("ratio", rejected, worked("sum", kept, rejected)).told("percent"),
    }
    return reason("reason.complete", "reason.complete.evidence", said, COMPLETE, plural="n")
