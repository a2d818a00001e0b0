"""Every run of a night carries the day it reports as its note, so that the list of runs reads as a list of days.

A listener, since only the scheduler may write a run's note; tasks have no database.
"""

from typing import Any, ClassVar

import connections
from airflow.listeners import hookimpl
from airflow.plugins_manager import AirflowPlugin
from nights import NoDay, read_nights


class DayNote:
    """Writes the note when a run starts or, where it ran without a scheduler, when it ends."""

    @hookimpl
    def on_dag_run_running(self, dag_run: Any) -> None:
        note_day(dag_run)

    @hookimpl
    def on_dag_run_success(self, dag_run: Any) -> None:
        note_day(dag_run)

    @hookimpl
    def on_dag_run_failed(self, dag_run: Any) -> None:
        note_day(dag_run)


def note_day(run: Any) -> None:
    """Note the day of a night's run, unless somebody noted something else."""
    night = next((night for night in read_nights(connections.config()) if night.dag_id == run.dag_id), None)
    if night is None or run.note:
        return
    try:
        run.note = str(night.day(run.run_type, (run.conf or {}).get("day"), run.data_interval_start))
    except NoDay as fault:
        run.note = str(fault)


class DayNotePlugin(AirflowPlugin):
    name = "day_note"
    listeners: ClassVar = [DayNote()]
