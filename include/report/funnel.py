"""The funnel: how many reached each stage, what share of the one before, and how long they stayed."""

from include.report.cohorts import cohorts
from include.report.dwell import times
from include.report.figures import Message, Value
from include.report.material import Material
from include.report.section import Section
from include.report.steps import Step, furthest, steps
from include.report.volumes import volumes
from include.report.waiting import waits


def funnel(material: Material) -> Section:
    """Counts and step rates of the month so far, cohorts that are closed, and times in stage."""
    curves = waits(material)
    return Section(
        id="funnel",
        lead=lead(steps(material)),
        rows=((volumes(material),), (cohorts(material), times(material)), *((curves,) if curves else ())),
        page=True,
    )


def lead(found: tuple[Step, ...]) -> Message:
    """The finding: the step that moved furthest from chance, or that none did."""
    moved = furthest(found)
    if moved is None:
        return Message("lead.missing" if any(step.status == "missing" for step in found) else "funnel.lead.few")
    if moved.status == "on":
        return Message("funnel.lead.steady")
    return Message(f"funnel.lead.{'up' if moved.z > 0 else 'down'}", _moved(moved))


def _moved(step: Step) -> dict[str, Value]:
    return {
        "base": Value("stage", step.base),
        "stage": Value("stage", step.stage),
        "now": Value("percent", step.rate),
        "then": Value("percent", step.then),
    }
