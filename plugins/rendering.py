"""What the tasks that make reports do, a batch of regions each."""

import logging
from datetime import date

import connections
from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowFailException
from apart import apart
from nights import Night
from reasons import said, states

log = logging.getLogger(__name__)
RENDERED = "rendered"


class NotRendered(Exception):
    """Some regions of a batch have no report; the next try makes theirs, and finds the others made."""


def render(night: Night, regions: list[str], day: date) -> None:
    """Make and publish every edition of a batch of regions. What one region lacks stops no other: all are tried, then
    the task fails and names each that has no report."""
    from include.report import render_region

    lake, company, root = connections.lake(), connections.company(), connections.reports()
    faults = apart(lambda region: render_region(lake, company, region, night.id, day, root), regions)
    get_current_context()["ti"].xcom_push(RENDERED, [region for region in regions if region not in faults])
    for region, fault in faults.items():
        log.error("%s", region, exc_info=fault)
    if faults:
        raise _not_rendered(faults)


def _not_rendered(faults: dict[str, Exception]) -> Exception:
    """Tried again unless each of them stays until somebody mends it."""
    from include.company import ConfigError
    from include.report.html import PageError
    from include.report.language import LanguageError
    from include.report.pdf import PdfError

    told = "; ".join(f"{region}: {said(fault)}" for region, fault in faults.items())
    lasting = all(isinstance(each, ConfigError | LanguageError | PageError | PdfError) for each in faults.values())
    return AirflowFailException(told) if lasting else NotRendered(told)


def rendered(night: Night, region: str) -> bool:
    """Whether this run made the region's report, even if another of its batch failed."""
    batch = next(at for at, each in enumerate(night.batches(connections.regions_per_task())) if region in each)
    run = get_current_context()["ti"]
    if states(run).get(f"render_{batch}") == "success":
        return True
    return region in (run.xcom_pull(task_ids="render", map_indexes=batch, key=RENDERED, default=None) or ())
