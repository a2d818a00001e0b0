"""What the tasks do: names come in, the rooms are called, and what no retry can mend fails at once.

A task that fails leaves the reason as its XCom `reason`: for the verdict, and for runs without a browser.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import connections
from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from apart import apart
from nights import Night, NoDay, mails

log = logging.getLogger(__name__)
REASON, RENDERED = "reason", "rendered"


class MailWaiting(Exception):
    """Some recipients' mail surely did not leave; the next try sends theirs and no other."""


class NotRendered(Exception):
    """Some regions of a batch have no report; the next try makes theirs, and finds the others made."""


def keep_reason(context: Any) -> None:
    """On failure: leave the reason where the verdict finds it."""
    context["ti"].xcom_push(REASON, _said(context["exception"]))


def _said(fault: BaseException) -> str:
    unforeseen = type(fault).__module__ == "builtins"  # KeyError: 'x' says only 'x'
    return f"{type(fault).__name__}: {fault}" if unforeseen else str(fault)


EACH_TASK = {
    "retries": 3,
    "retry_delay": timedelta(minutes=2),
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(minutes=30),
    "execution_timeout": timedelta(hours=1),
    "on_failure_callback": keep_reason,
}
"""What every task is given unless it says otherwise."""


def day(night: Night) -> date:
    """The day of the running run."""
    context = get_current_context()
    run = context["dag_run"]
    try:
        return night.day(run.run_type, context["params"]["day"], run.data_interval_start)
    except NoDay as fault:
        raise AirflowFailException(str(fault)) from fault


def land(source: str, day: date) -> None:
    """Land what `source` changed up to `day`."""
    from include.sources import Days
    from include.sources import land as land_days

    with _no_retry_helps():
        made, session = connections.source(source), connections.session(source)
        log.info("%s: %s", source, land_days(made, session, connections.lake(), Days(day, day)))


def load(source: str) -> None:
    """Load the days that the form names, or what the lake lacks of them."""
    from include.sources import Days
    from include.sources import load as load_days

    params = get_current_context()["params"]
    _skip_unless_asked(source, params["sources"])
    first, last = date.fromisoformat(params["from"]), date.fromisoformat(params["to"])
    if first > last:
        raise AirflowFailException(f"`from` {first} is after `to` {last}: trigger the Dag again with the two exchanged")
    with _no_retry_helps():
        made, session = connections.source(source), connections.session(source)
        log.info("%s: %s", source, load_days(made, session, connections.lake(), Days(first, last), params["repull"]))


def _skip_unless_asked(source: str, asked: list[str] | None) -> None:
    known = connections.company().sources
    if unknown := [name for name in asked or () if name not in known]:
        raise AirflowFailException(f"`sources` names {unknown}; sources.toml has {', '.join(known)}: trigger it again")
    if asked and source not in asked:
        raise AirflowSkipException(f"`sources` names {', '.join(asked)} alone")


@contextmanager
def _no_retry_helps() -> Iterator[None]:
    """Credentials that are refused and configuration at fault stay so until somebody mends them: fail at once."""
    from include.company import ConfigError
    from include.sources import AuthError

    try:
        yield
    except (AuthError, ConfigError) as fault:
        raise AirflowFailException(str(fault)) from fault


def score(night: Night, day: date) -> None:
    """Write the night's scores of `day`."""
    from include.kpis.score import score as write_scores

    write_scores(connections.lake(), connections.company(), night.id, day)


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

    said = "; ".join(f"{region}: {_said(fault)}" for region, fault in faults.items())
    lasting = all(isinstance(each, ConfigError | LanguageError | PageError | PdfError) for each in faults.values())
    return AirflowFailException(said) if lasting else NotRendered(said)


def _rendered(night: Night, region: str) -> bool:
    """Whether this run made the region's report, even if another of its batch failed."""
    batch = next(at for at, each in enumerate(night.batches(connections.regions_per_task())) if region in each)
    run = get_current_context()["ti"]
    states = run.get_task_states(dag_id=run.dag_id, run_ids=[run.run_id])[run.run_id]
    if states.get(f"render_{batch}") == "success":
        return True
    return region in (run.xcom_pull(task_ids="render", map_indexes=batch, key=RENDERED, default=None) or ())


def hold(night: Night, region: str, day: date) -> None:
    """Fail where a required source does not cover `day`: the report is made, and not mailed. Where none was made, skip:
    `render` says why."""
    from include.delivery import reasons_to_hold
    from include.sources import build

    if not _rendered(night, region):
        raise AirflowSkipException(f"{region} has no report of this run: see the task render")
    company = connections.company()
    tables = {name: build(company, name, root=connections.ROOT).tables for name in company.sources}
    if found := reasons_to_hold(company, company.regions[region], day, tables, connections.lake()):
        raise AirflowFailException("; ".join(found))


def deliver(region: str, day: date) -> None:
    """Mail the region's report, if this run mails."""
    from include.delivery import deliver_region

    context = get_current_context()
    run_type, wanted = context["dag_run"].run_type, context["params"]["deliver"]
    if not mails(run_type, wanted):
        raise AirflowSkipException(f"a {run_type.value} run with deliver = {wanted} mails nobody")
    outcome = deliver_region(
        connections.company(), region, day, connections.reports(), connections.outbox(), connections.mailbox()
    )
    log.info("%s", outcome)
    if outcome.lost:
        raise AirflowFailException(str(outcome))
    if outcome.waiting:
        raise MailWaiting(str(outcome))


def verdict(night: Night) -> None:
    """Fail if any task of the run did, and say which source or region, and why."""
    if found := list(_faults(night)):
        raise AirflowFailException(f"{len(found)} of this night's tasks failed. " + "; ".join(found))


def _faults(night: Night) -> Iterator[str]:
    """`land.files china_ads: no such file`, for each task that failed itself; those below it only follow."""
    run = get_current_context()["ti"]
    states = run.get_task_states(dag_id=run.dag_id, run_ids=[run.run_id])[run.run_id]
    for task, names in _steps(night).items():
        for index, name in names.items():
            if states.get(task if index == -1 else f"{task}_{index}") == "failed":
                reason = run.xcom_pull(task_ids=task, map_indexes=index, key=REASON, default="see its log")
                yield f"{task} {name}".strip() + f": {reason}"


def _steps(night: Night) -> dict[str, dict[int, str]]:
    """Every task but the verdict, and the name behind each map index (-1: not mapped)."""
    landing = {f"land.{kind}": dict(enumerate(names)) for kind, names in night.sources.items()}
    batches = enumerate(night.batches(connections.regions_per_task()))
    steps = {f"report.{step}": dict(enumerate(night.regions)) for step in ("hold", "deliver")}
    rendering = {"render": {at: f"({', '.join(regions)})" for at, regions in batches}}
    return {"choose_day": {-1: ""}} | landing | {"score": {-1: ""}} | rendering | steps
