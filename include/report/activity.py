"""Activity: what sales did, what came of it, and who did it."""

from include.report.cells import Cell, ids
from include.report.compared import known, table
from include.report.figures import Message, Value
from include.report.material import NOBODY, Material
from include.report.place import Place
from include.report.reps import MOST, blocks, ranked
from include.report.section import Section
from include.report.statistics import Z95, counts_differ
from include.report.status import trust

MET = "meetings_held"
SHOWN = (MET, "appointments_booked", "calls_made", "emails_sent", "connect_rate", "activity_per_rep",
         "touches_per_appointment", "touches_per_won_deal", "lead_response_time", "approach_to_presentation_rate",
         "meeting_conversion_rate", "follow_up_conversion_rate")  # fmt: skip
HEADS = ("now", "cases", "change", "year_change", "status")


def activity(material: Material) -> Section:
    """Activities of the month so far and, of a team, its reps; of the company, its regions."""
    if not known(material, SHOWN):
        late = any(material.gone(kpi) for kpi in SHOWN if material.has(kpi))
        return Section(id="activity", lead=Message("lead.missing" if late else "activity.lead.none"), rows=())
    found = ranked(material)
    more = len(found) - MOST
    rest = (Message("reps.note.more", {"n": Value("count", more)}, plural="n"),) if more > 1 else ()
    return Section(
        id="activity",
        lead=_lead(material, found),
        rows=((table(material, "activity", SHOWN, HEADS),), *(blocks(material, found) if found else ())),
        notes=(*rest, *(() if material.region.is_company or not found else (Message("reps.note"),))),
    )


def _lead(material: Material, found: list[Place]) -> Message:
    """Who stands out; else whether there were more or fewer meetings than chance makes."""
    reps = [] if material.region.is_company else [each for each in found if each.name.value not in NOBODY]
    outside = [each for each in reps if each.verdict in ("below", "above")]
    if outside:
        cells = ids(*(each.rate for each in outside))
        return Message("activity.lead.outside", {"n": Value("count", len(outside))}, plural="n", cells=cells)
    now, then = material.now(MET), material.before(MET)
    if now is None or then is None or trust(now) or trust(then):
        return Message("activity.lead.inside" if any(each.verdict == "inside" for each in reps) else "activity.lead")
    said = {"now": material.written(now), "then": material.written(then), "days": _days(material)}
    return Message(f"activity.lead.{_way(now, then)}", said, cells=ids(now, then))


def _way(now: Cell, then: Cell) -> str:
    z = counts_differ(now.value or 0.0, then.value or 0.0)
    return "steady" if abs(z) < Z95 else "up" if z > 0 else "down"


def _days(material: Material) -> Value:
    return Value("span", str(material.frame.previous))
