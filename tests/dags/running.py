"""Runs of every type, without a scheduler: made by Airflow's own code, then each task run for real, in this process."""

from datetime import datetime
from pathlib import Path
from typing import Any

from airflow.dag_processing.dagbag import BundleDagBag, sync_bag_to_db
from airflow.models.backfill import Backfill, ReprocessBehavior, _create_backfill
from airflow.models.dagrun import DagRun
from airflow.sdk import timezone
from airflow.sdk.definitions.dag import _run_task
from airflow.serialization.serialized_objects import DagSerialization
from airflow.utils.session import create_session
from airflow.utils.state import DagRunState, TaskInstanceState
from airflow.utils.types import DagRunTriggeredByType, DagRunType
from sqlalchemy import select

BUNDLE = "dags-folder"
ROUNDS = 30
"""More than the Dag is deep."""


def read_dags(folder: Path) -> dict[str, Any]:
    """The Dags of `folder`, made known to Airflow's database as the Dag processor does."""
    from airflow.dag_processing.bundles.manager import DagBundlesManager

    DagBundlesManager().sync_bundles_to_db()
    bag = BundleDagBag(dag_folder=folder, bundle_path=folder, bundle_name=BUNDLE)
    assert bag.import_errors == {}
    for task in (task for dag in bag.dags.values() for task in dag.tasks):
        task.retries = 0  # nobody waits minutes for a second try here
    sync_bag_to_db(bag, BUNDLE, None)
    return dict(bag.dags)


def scheduled(dag: Any, start: datetime, end: datetime) -> str:
    """A run that the schedule made for the interval; its id."""
    return _created(dag, DagRunType.SCHEDULED, start, (start, end), None)


def manual(dag: Any, at: datetime | None, interval: tuple[datetime, datetime] | None, conf: dict[str, Any]) -> str:
    """A run that somebody triggered; its id."""
    return _created(dag, DagRunType.MANUAL, at, interval, conf)


def backfill(dag: Any, first: datetime, last: datetime, conf: dict[str, Any] | None) -> list[str]:
    """A backfill from `first` to `last`, every run of the range again; the ids of its runs, oldest first."""
    made = _create_backfill(
        dag_id=dag.dag_id,
        from_date=first,
        to_date=last,
        max_active_runs=1,
        reverse=False,
        dag_run_conf=conf,
        triggering_user_name="test",
        reprocess_behavior=ReprocessBehavior.COMPLETED,
    )
    with create_session() as session:
        session.get_one(
            Backfill, made.id
        ).completed_at = timezone.utcnow()  # or the next backfill of this Dag is refused
        runs = select(DagRun.run_id).where(DagRun.backfill_id == made.id).order_by(DagRun.logical_date)
        return list(session.scalars(runs))


def _created(
    dag: Any,
    run_type: DagRunType,
    at: datetime | None,
    interval: tuple[datetime, datetime] | None,
    conf: dict[str, Any] | None,
) -> str:
    after = interval[1] if interval else timezone.utcnow()
    scheduler_dag = DagSerialization.deserialize_dag(DagSerialization.serialize_dag(dag))
    run_id: str = DagRun.generate_run_id(run_type=run_type, logical_date=at, run_after=after)
    scheduler_dag.create_dagrun(
        run_id=run_id,
        logical_date=at,
        data_interval=interval,
        run_after=after,
        run_type=run_type,
        triggered_by=DagRunTriggeredByType.TEST,
        state=DagRunState.QUEUED,
        conf=conf,
    )
    return run_id


def run(dag: Any, run_id: str, stand_in: frozenset[str] = frozenset()) -> dict[str, str]:
    """Run a run to its end: `task` or `task_index` -> state. Tasks of `stand_in` just succeed."""
    with create_session() as session:
        found = _found(dag, run_id, session)
        found.dag = DagSerialization.deserialize_dag(DagSerialization.serialize_dag(dag))
        found.state = DagRunState.RUNNING
        found.notify_dagrun_state_changed(msg="started")
        session.commit()
        for _ in range(ROUNDS):
            if found.state != DagRunState.RUNNING:
                break
            _step(dag, found, stand_in, session)
        else:
            raise AssertionError(f"{run_id} does not end")
    return states(dag, run_id)


def _found(dag: Any, run_id: str, session: Any) -> DagRun:
    return session.scalars(select(DagRun).where(DagRun.dag_id == dag.dag_id, DagRun.run_id == run_id)).one()


def _step(dag: Any, found: DagRun, stand_in: frozenset[str], session: Any) -> None:
    schedulable, _ = found.update_state(session=session)
    for ti in schedulable:
        ti.try_number += 1
        ti.state = TaskInstanceState.SCHEDULED
    session.commit()
    for ti in found.get_task_instances(state=[TaskInstanceState.SCHEDULED], session=session):
        if ti.task_id in stand_in:
            ti.set_state(TaskInstanceState.SUCCESS, session=session)
        else:
            _run_task(ti=ti, task=dag.task_dict[ti.task_id])
    session.commit()
    session.expire_all()


def _name(ti: Any) -> str:
    return str(ti.task_id) if ti.map_index < 0 else f"{ti.task_id}_{ti.map_index}"


def states(dag: Any, run_id: str) -> dict[str, str]:
    """`task` or `task_index` -> state."""
    with create_session() as session:
        return {_name(ti): str(ti.state) for ti in _found(dag, run_id, session).get_task_instances(session=session)}


def state_and_note(dag: Any, run_id: str) -> tuple[str, str | None, str]:
    """A run's state, note and type."""
    with create_session() as session:
        found = _found(dag, run_id, session)
        return DagRunState(found.state).value, found.note, DagRunType(found.run_type).value


def reason(dag: Any, run_id: str, task: str, index: int = -1) -> str:
    """Why a task failed, as it said."""
    from airflow.models.xcom import XComModel

    with create_session() as session:
        kept = XComModel.get_many(key="reason", dag_ids=dag.dag_id, run_id=run_id, task_ids=task, map_indexes=index)
        return str(XComModel.deserialize_value(session.execute(kept.with_only_columns(XComModel.value)).one()))
