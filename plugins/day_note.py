"""Every run of a night carries the day it reports as its note, so that the list of runs reads as a list of days.

A listener, since only the scheduler may write a run's note; tasks have no database.
"""

from typing import TYPE_CHECKING, ClassVar

import connections
from airflow.listeners import hookimpl
from airflow.plugins_manager import AirflowPlugin
from nights import NoDay, read_nights
from sqlalchemy.orm import object_session

if TYPE_CHECKING:
    from airflow.models.dagrun import DagRun


class DayNote:
    """Writes the note when a run starts or, where it ran without a scheduler, when it ends."""

    @hookimpl
    def on_dag_run_running(self, dag_run: "DagRun") -> None:
        note_day(dag_run)

    @hookimpl
    def on_dag_run_success(self, dag_run: "DagRun") -> None:
        note_day(dag_run)

    @hookimpl
    def on_dag_run_failed(self, dag_run: "DagRun") -> None:
        note_day(dag_run)


def note_day(run: "DagRun") -> None:
    """Note the day of a night's run, unless somebody noted something else."""
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session

    if object_session(run):
        _note(run)
        return
    with create_session() as session:  # Dag.test() hands over a run that has left its session
        if known := session.get(DagRun, run.id):
            _note(known)


def _note(run: "DagRun") -> None:
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
