"""Runs Dags in this process, without a scheduler: the same Dags, tasks and states as in production."""

import contextlib
import gc
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from bin.environment import ROOT, data
from bin.services import Refused

AT_A_TIME = 2
"""Runs at a time: while one waits for a vendor or writes, another computes. Each may take a gigabyte and a half."""


@contextlib.contextmanager
def logged_to(file: Path) -> Iterator[None]:
    """Send all that Airflow and its tasks print to `file`; by descriptor, since some comes from subprocesses."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(1), os.dup(2)
    with file.open("ab") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
        try:
            yield
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os.dup2(kept[0], 1)
            os.dup2(kept[1], 2)
            os.close(kept[0])
            os.close(kept[1])


@contextlib.contextmanager
def migrated(log: Path) -> Iterator[None]:
    """Make Airflow's own database, or bring it up to date, once for each lock; beside whatever the block does."""
    home = data() / "airflow"
    done = home / ".migrated"
    if done.exists() and done.stat().st_mtime >= (ROOT / "requirements.txt").stat().st_mtime:
        yield
        return
    home.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "airflow", "db", "migrate"]
    with log.open("ab") as output:
        migration = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)
    yield
    if migration.wait():
        raise Refused(f"Airflow could not make its database in {home}; see {log}, delete that folder and run it again")
    done.touch()


def import_airflow() -> None:
    """Load what running a Dag takes: some seconds of a processor's time."""
    import airflow.dag_processing.dagbag  # noqa: F401  # what matters is that it is loaded


@cache
def _dags() -> dict[str, Any]:
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(dag_folder=str(ROOT / "dags"))
    if bag.import_errors:
        file, error = next(iter(bag.import_errors.items()))
        raise Refused(f"{file} cannot be imported: {error.strip().splitlines()[-1]}")
    gc.collect()
    gc.freeze()  # what Airflow loaded stays, so the collector need not look at it again
    return dict(bag.dags)


@dataclass(frozen=True)
class Ended:
    """How a run ended: its Dag, whether it was green, and what its failed tasks said."""

    dag_id: str
    green: bool
    reasons: tuple[str, ...] = ()


def run(dag_id: str, conf: dict[str, Any], at: datetime) -> Ended:
    """Run a Dag once with `conf`. A person watches, so nothing is retried after minutes. Two runs of a Dag need an `at`
    each: with one logical date Airflow takes them for the same run, and it names them by the moment they may begin."""
    dag = _dags()[dag_id]
    for task in dag.tasks:
        task.retries = 0
    ended = dag.test(run_after=at, logical_date=at, run_conf=conf)
    green = ended.state.value == "success"
    return Ended(dag_id, green, () if green else tuple(_reasons(dag_id, ended.run_id)))


@cache
def _written_down() -> None:
    """Read the Dags, and tell Airflow's database of them, before processes part: two at once would both add them."""
    from airflow.dag_processing.bundles.manager import DagBundlesManager
    from airflow.dag_processing.dagbag import BundleDagBag, sync_bag_to_db

    _dags()
    manager = DagBundlesManager()
    manager.sync_bundles_to_db()
    for bundle in manager.get_all_dag_bundles():
        bundle.initialize()
        bag = BundleDagBag(dag_folder=bundle.path, bundle_path=bundle.path, bundle_name=bundle.name)
        sync_bag_to_db(bag, bundle.name, bundle.version)


def run_all(asked: Sequence[tuple[str, dict[str, Any]]]) -> Iterator[tuple[int, Ended]]:
    """Run each (Dag, conf), a few at a time in processes of their own: its place in `asked` and how it ended, as they
    end. Raises Refused where a process was killed."""
    _written_down()
    now = datetime.now(UTC)
    with ProcessPoolExecutor(AT_A_TIME, mp_context=get_context("fork")) as pool:
        dates = [now + timedelta(milliseconds=place) for place in range(len(asked))]
        begun = {pool.submit(run, *each, at): place for place, (each, at) in enumerate(zip(asked, dates, strict=True))}
        try:
            yield from ((begun[each], each.result()) for each in as_completed(begun))
        except BrokenProcessPool as fault:
            raise Refused("a run was killed, by hand or for want of memory; nothing is lost, run it again") from fault


def nightly(night: str, day: date) -> tuple[str, dict[str, Any]]:
    """One night's run of `day`, mailed."""
    return f"nightly_report_{night}", {"day": day.isoformat(), "deliver": True}


def _reasons(dag_id: str, run_id: str) -> Iterator[str]:
    """What each failed task left as its reason; the verdict repeats them, so it is left out."""
    from airflow.models.xcom import XComModel
    from airflow.utils.session import create_session

    with create_session() as session:
        kept = XComModel.get_many(key="reason", dag_ids=dag_id, run_id=run_id)
        for task, value in session.execute(kept.with_only_columns(XComModel.task_id, XComModel.value)):
            if task != "verdict":
                yield f"{task}: {XComModel.deserialize_value(SimpleNamespace(value=value))}"
