"""Every night: land what the sources changed, score the KPIs, mail each region its report.

**When.** One Dag a night of `config/regions.toml`, at its hour in its zone, for the day that just ended there.
Every run carries the day it reports as its note.

**What it makes.** Partitions in the lake, one file of scores, and a report in HTML and PDF for each region and locale.
Scheduled runs mail them; runs started by hand do if `deliver` is ticked; backfills never do.

**If it is red.** Read the task `verdict`: it names every source that failed and every region whose report was held or
not mailed, and why. Mend the cause, then clear the failed tasks. What was mailed once is not mailed again.

**Another day.** One day: *Trigger*, with `day`. A range: *Backfill*, in this Dag's time zone, up to the end of the last
day; it takes its days from its range, so leave `day` empty there.
"""

from datetime import UTC, date, datetime, timedelta

import connections
import landing
import nights
import reasons
import rendering
import runs
from airflow.sdk import DAG, CronDataIntervalTimetable, Param, TaskGroup, chain, task, task_group

PARAMS = {
    "day": Param(
        None, type=["null", "string"], format="date", title="Day", description="Report this day (by hand only)"
    ),
    "deliver": Param(False, type="boolean", title="Deliver", description="Mail the reports (by hand only)"),
}
SOURCE, REGION = "{{ task.op_kwargs['source'] }}", "{{ task.op_kwargs['region'] }}"
REGIONS = "{{ task.op_kwargs['regions'] | join(', ') }}"


def nightly_report(night: nights.Night) -> None:
    """The tasks of one night."""

    @task(retries=0)
    def choose_day() -> str:
        return runs.day(night).isoformat()

    @task(map_index_template=SOURCE)
    def land(source: str, day: str) -> None:
        landing.land(source, date.fromisoformat(day))

    @task(trigger_rule="all_done_min_one_success")  # also where a source failed: the regions that need it are held
    def score(day: str) -> None:
        runs.score(night, date.fromisoformat(day))

    @task(map_index_template=REGIONS)
    def render(regions: list[str], day: str) -> None:
        rendering.render(night, regions, date.fromisoformat(day))

    # also where a region failed: the others of its batch are made, and mailed
    @task(map_index_template=REGION, retries=0, trigger_rule="all_done_min_one_success")
    def hold(region: str, day: str) -> None:
        runs.hold(night, region, date.fromisoformat(day))

    @task(map_index_template=REGION)
    def deliver(region: str, day: str) -> None:
        runs.deliver(region, date.fromisoformat(day))

    @task(trigger_rule="all_done", retries=0)
    def verdict() -> None:
        reasons.verdict(night)

    @task_group
    def report(region: str) -> None:
        chain(hold(region=region, day=day), deliver(region=region, day=day))

    day = choose_day()
    with TaskGroup("land"):
        landed = [
            land.override(task_id=kind, pool=kind).partial(day=day).expand(source=names)
            for kind, names in night.sources.items()
        ]
    rendered = render.partial(day=day).expand(regions=night.batches(connections.regions_per_task()))
    chain(landed, score(day), rendered, report.expand(region=list(night.regions)), verdict())


for night in nights.read_nights(connections.config()):
    with DAG(
        dag_id=night.dag_id,
        schedule=CronDataIntervalTimetable(f"0 {night.hour} * * *", timezone=night.zone),
        start_date=datetime(2024, 11, 1, tzinfo=UTC),
        catchup=False,
        max_active_runs=1,
        dagrun_timeout=timedelta(hours=6),
        params=PARAMS,
        default_args=runs.EACH_TASK,
        tags=["corong", "nightly", night.id],
        doc_md=__doc__,
    ):
        nightly_report(night)
