"""Data quality: what each source brought, what was rejected and why, and which figures have no data."""

from datetime import date
from itertools import groupby
from operator import itemgetter

from include.kpis.availability import tables_of
from include.kpis.quality import SourceHealth
from include.report.figures import Message, Status, Value
from include.report.material import Material
from include.report.rejected import told
from include.report.retention import BILLING
from include.report.section import Section
from include.report.tables import Column, Entry, Row, Table

STANDING: dict[str, Status] = {"ok": "on", "late": "risk", "missing": "missing"}


def quality(material: Material) -> Section:
    """Sources, reasons of rejects, missing figures; each shortcoming as a sentence."""
    tables = [_sources(material)]
    tables += [_reasons(material)] if material.quality.reasons else []
    gone = missing(material)
    return Section(
        id="quality",
        lead=_lead(material),
        rows=(tuple(tables), *(((_figures(material, gone),),) if gone else ())),
        notices=(*_rates(material), *_unassigned(material)),
        notes=(*_costs(material), *_durations(material), Message("quality.note")),
    )


def missing(material: Material) -> list[str]:
    """The KPIs that a source had no data for, in the order of their declarations; a company that bills nobody lacks
    nothing of its billing."""
    gone = [kpi for kpi in material.kpis if (cell := material.now(kpi)) is not None and cell.status == "missing"]
    return [kpi for kpi in gone if material.bills or not _billed(material, kpi)]


def _billed(material: Material, kpi: str) -> bool:
    return bool({BILLING, "billing_lines"} & set(tables_of(material.kpis[kpi])))


def _lead(material: Material) -> Message:
    behind = [source for source in material.quality.sources if source.status != "ok"]
    if not behind:
        return Message("quality.lead.good")
    first = max(behind, key=lambda source: (source.required, source.status == "missing"))
    said = {"source": Value("data", first.name), "n": Value("count", len(behind) - 1)}
    many = ".more" if len(behind) > 1 else ""
    return Message(f"quality.lead.{first.status}{many}", said, plural="n" if many else None)


def _sources(material: Material) -> Table:
    heads = ("column.landed", "column.rejected", "column.last_pull", "column.status")
    return Table(
        title=Message("quality.sources.title"),
        about=Message("quality.sources.about", {"day": Value("date_short", material.day.isoformat())}),
        first=Message("column.source"),
        columns=tuple(Column(Message(head), left=head == "column.status") for head in heads),
        rows=tuple(_source(source) for source in material.quality.sources),
    )


def _source(source: SourceHealth) -> Row:
    pulled = None if source.last_pull is None else source.last_pull.isoformat()
    return Row(
        Value("data", source.name),
        (
            Entry(Value("count", source.rows)),
            Entry(Value("count", source.rejected)),
            Entry(Value("stamp", pulled)),
            Entry(status=STANDING[source.status], word=Message(f"source.{source.status}")),
        ),
    )


def _reasons(material: Material) -> Table:
    return Table(
        title=Message("quality.reasons.title"),
        about=Message("quality.reasons.about"),
        first=Message("column.reason"),
        columns=(Column(Message("column.landed")),),
        rows=tuple(Row(told(text), (Entry(Value("count", n)),)) for text, n in material.quality.reasons),
    )


def _figures(material: Material, gone: list[str]) -> Table:
    waiting = any(source.status != "ok" for source in material.quality.sources)
    why = Message("quality.figures.waiting" if waiting else "quality.figures.nobody")
    return Table(
        title=Message("quality.figures.title"),
        about=Message("quality.figures.about"),
        first=Message("column.kpi"),
        columns=(Column(Message("column.why"), left=True),),
        rows=tuple(Row(Value("kpi", kpi), (Entry(status="missing", word=why),)) for kpi in gone),
    )


def _rates(material: Material) -> tuple[Message, ...]:
    """One notice a currency, however many days lack its rate."""
    lacking = sorted(material.quality.missing_rates)
    return tuple(_rate(currency, list(rows)) for currency, rows in groupby(lacking, key=itemgetter(0)))


def _rate(currency: str, lacking: list[tuple[str, date, int]]) -> Message:
    days = Value("period", f"{lacking[0][1].isoformat()}/{lacking[-1][1].isoformat()}")
    said = {"n": Value("count", sum(row[2] for row in lacking)), "currency": Value("data", currency), "days": days}
    return Message("quality.rates", said, plural="n")


def _unassigned(material: Material) -> tuple[Message, ...]:
    count = material.quality.unassigned
    return (Message("quality.unassigned", {"n": Value("count", count)}, plural="n"),) if count else ()


def _costs(material: Material) -> tuple[Message, ...]:
    count = material.quality.missing_costs
    return (Message("quality.costs", {"n": Value("count", count)}, plural="n"),) if count else ()


def _durations(material: Material) -> tuple[Message, ...]:
    count = material.quality.negative_durations
    return (Message("quality.durations", {"n": Value("count", count)}, plural="n"),) if count else ()
