"""What the other tasks of a run do: names come in, the rooms are called, and what no retry can mend fails at once."""

import logging
from datetime import date, timedelta

import connections
from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException
from nights import Night, NoDay, mails
from reasons import keep_reason
from rendering import rendered

log = logging.getLogger(__name__)
EACH_TASK = {
    "retries": 3,
    "retry_delay": timedelta(minutes=2),
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(minutes=30),
    "execution_timeout": timedelta(hours=1),
    "on_failure_callback": keep_reason,
}
"""What every task is given unless it says otherwise."""


class MailWaiting(Exception):
    """Some recipients' mail surely did not leave; the next try sends theirs and no other."""


def day(night: Night) -> date:
    """The day of the running run."""
    context = get_current_context()
    run = context["dag_run"]
    try:
        return night.day(run.run_type, context["params"]["day"], run.data_interval_start)
    except NoDay as fault:
        raise AirflowFailException(str(fault)) from fault


def score(night: Night, day: date) -> None:
    """Write the night's scores of `day`."""
    from include.kpis.score import score as write_scores

    write_scores(connections.lake(), connections.company(), night.id, day)


def hold(night: Night, region: str, day: date) -> None:
    """Fail where a required source does not cover `day`: the report is made, and not mailed. Where none was made, skip:
    `render` says why."""
    from include.delivery import reasons_to_hold
    from include.sources import build

    if not rendered(night, region):
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
