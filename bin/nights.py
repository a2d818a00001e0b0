"""Runs Dags in this process, without a scheduler: the same Dags, tasks and states as in production."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bin.environment import ROOT, data
from bin.services import Refused


@contextlib.contextmanager
def logged_to(file: Path) -> Iterator[None]:
    """Send all that Airflow and its tasks print to `file`; by descriptor, since some comes from subprocesses."""
    file.parent.mkdir(parents=True, exist_ok=True)
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


def migrate() -> None:
    """Make or bring up to date Airflow's own database, once for each version of the lock."""
    home = data() / "airflow"
    lock = ROOT / "requirements.txt"
    done = home / ".migrated"
    if done.exists() and done.stat().st_mtime >= lock.stat().st_mtime:
        return
    home.mkdir(parents=True, exist_ok=True)
    ran = subprocess.run([sys.executable, "-m", "airflow", "db", "migrate"], cwd=ROOT)
    if ran.returncode:
        raise Refused(
            f"Airflow could not make its database in {home}; delete that folder and run the same command again"
        )
    done.touch()


@cache
def _dags() -> dict[str, Any]:
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(dag_folder=str(ROOT / "dags"))
    if bag.import_errors:
        file, error = next(iter(bag.import_errors.items()))
        raise Refused(f"{file} cannot be imported: {error.strip().splitlines()[-1]}")
    return dict(bag.dags)


def run(dag_id: str, conf: dict[str, Any]) -> str:
    """Run a Dag once with `conf`; its final state. A person watches, so nothing is retried after minutes."""
    dag = _dags()[dag_id]
    for task in dag.tasks:
        task.retries = 0
    return str(dag.test(run_conf=conf).state.value)


def nightly(night: str, day: date) -> str:
    """One night's run of `day`, mailed."""
    return run(f"nightly_report_{night}", {"day": day.isoformat(), "deliver": True})
