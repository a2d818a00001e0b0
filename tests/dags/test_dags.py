"""The Dags as Airflow reads them: what there is, in which order, and what reading them costs."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NIGHTS = ("asia", "europe", "americas")
LAND = ["land.files", "land.fx", "land.google_ads", "land.hubspot", "land.stripe"]


def edges(dag: Any) -> dict[str, list[str]]:
    return {task.task_id: sorted(task.downstream_task_ids) for task in dag.tasks}


def test_there_is_a_dag_for_each_night_and_one_for_the_history(dags: dict[str, Any]) -> None:
    assert sorted(dags) == [
        "load_history", "nightly_report_americas", "nightly_report_asia", "nightly_report_europe",
    ]  # fmt: skip


@pytest.mark.parametrize("night", NIGHTS)
def test_a_night_lands_scores_reports_and_says_how_it_went(dags: dict[str, Any], night: str) -> None:
    after_the_day = [*LAND, "render", "report.deliver", "report.hold", "score"]
    assert edges(dags[f"nightly_report_{night}"]) == {
        "choose_day": after_the_day,
        **{task: ["score"] for task in LAND},
        "score": ["render"],
        "render": ["report.hold"],
        "report.hold": ["report.deliver"],
        "report.deliver": ["verdict"],
        "verdict": [],
    }


def test_the_history_loads_each_source_by_itself(dags: dict[str, Any]) -> None:
    assert edges(dags["load_history"]) == {
        task: [] for task in ("load.files", "load.fx", "load.google_ads", "load.hubspot", "load.stripe")
    }


def test_each_night_runs_in_its_zone_and_never_by_itself_for_the_past(dags: dict[str, Any]) -> None:
    nights = [dags[f"nightly_report_{night}"] for night in NIGHTS]
    assert [(dag.timetable.expression, str(dag.timetable.timezone)) for dag in nights] == [
        ("0 5 * * *", "Asia/Kuala_Lumpur"),
        ("0 5 * * *", "Europe/Madrid"),
        ("0 5 * * *", "America/Mexico_City"),
    ]
    for dag in nights:
        assert (dag.catchup, dag.max_active_runs, dag.dagrun_timeout) == (False, 1, timedelta(hours=6))


def test_a_backfill_form_can_be_opened_for_every_night(dags: dict[str, Any]) -> None:
    from airflow.serialization.encoders import coerce_to_core_timetable

    assert [coerce_to_core_timetable(dags[f"nightly_report_{night}"].timetable).periodic for night in NIGHTS] == [
        True
    ] * 3


def test_params_are_safe_unless_somebody_says_otherwise(dags: dict[str, Any]) -> None:
    assert dags["nightly_report_asia"].params.dump() == {"day": None, "deliver": False}
    assert dags["load_history"].params["repull"] is False
    assert dags["load_history"].params["sources"] is None


@pytest.mark.parametrize(("name", "value"), [("day", "31.10.2026"), ("day", "2026-02-30"), ("deliver", "yes")])
def test_a_form_filled_in_wrongly_is_refused(dags: dict[str, Any], name: str, value: str) -> None:
    from airflow.sdk.exceptions import ParamValidationError

    param = dags["nightly_report_asia"].params.get_param(name)
    with pytest.raises(ParamValidationError):
        param.resolve(value)


def test_every_dag_says_what_it_does_and_what_to_do_when_it_is_red(dags: dict[str, Any]) -> None:
    for dag in dags.values():
        assert "corong" in dag.tags
        assert "**When.**" in dag.doc_md
    assert "**If it is red.**" in dags["nightly_report_asia"].doc_md


def test_tasks_retry_with_back_off_except_where_no_retry_can_help(dags: dict[str, Any]) -> None:
    tasks = {task.task_id: task for task in dags["nightly_report_asia"].tasks}
    assert {name for name, task in tasks.items() if task.retries == 0} == {"choose_day", "report.hold", "verdict"}
    for task in tasks.values():
        assert task.retry_exponential_backoff
        assert task.execution_timeout


def test_only_the_score_the_holds_and_the_verdict_run_after_a_failure(dags: dict[str, Any]) -> None:
    rules = {task.task_id: task.trigger_rule.value for task in dags["nightly_report_asia"].tasks}
    assert {name: rule for name, rule in rules.items() if rule != "all_success"} == {
        "score": "all_done_min_one_success",
        "report.hold": "all_done_min_one_success",
        "verdict": "all_done",
    }


def test_every_kind_of_source_has_its_pool(dags: dict[str, Any]) -> None:
    used = {task.pool for dag in dags.values() for task in dag.tasks}
    assert used == {"default_pool", "files", "fx", "google_ads", "hubspot", "stripe"}


READ = """
import importlib.util, json, sys, time
import airflow.sdk, pendulum
from airflow.sdk import DAG, CronDataIntervalTimetable, Param, TaskGroup, chain, dag, task, task_group
touched, outside = [], ("socket.", "sqlite3.", "subprocess.")
sys.addaudithook(lambda event, args: touched.append(event) if event.startswith(outside) else None)
started = time.process_time()
for file in sys.argv[1:]:
    spec = importlib.util.spec_from_file_location("dag_file", file)
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
print(json.dumps({"seconds": time.process_time() - started, "touched": touched, "modules": sorted(sys.modules)}))
"""


@pytest.fixture(scope="module")
def read() -> dict[str, Any]:
    """What reading both Dag files does beyond importing Airflow, in a fresh process."""
    files = [str(file) for file in sorted((ROOT / "dags").glob("*.py"))]
    environment = os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'plugins'}"}
    environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] = "sqlite:////nowhere/to/be/found.db"
    ran = subprocess.run(
        [sys.executable, "-c", READ, *files], env=environment, capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found


def test_reading_the_dags_opens_no_socket_and_no_database(read: dict[str, Any]) -> None:
    assert read["touched"] == []


def test_reading_the_dags_takes_less_than_a_second(read: dict[str, Any]) -> None:
    assert read["seconds"] < 1


def test_reading_the_dags_imports_no_room(read: dict[str, Any]) -> None:
    heavy = {"include", "pandas", "pyarrow", "duckdb", "weasyprint", "requests"}
    assert heavy & set(read["modules"]) <= {"requests"}


def test_two_readings_are_one_version(dags: dict[str, Any]) -> None:
    from airflow.dag_processing.dagbag import DagBag
    from airflow.models.serialized_dag import SerializedDagModel
    from airflow.serialization.serialized_objects import DagSerialization

    again = DagBag(dag_folder=str(ROOT / "dags")).dags
    for name, dag in dags.items():
        first, second = (SerializedDagModel.hash(DagSerialization.to_dict(each)) for each in (dag, again[name]))
        assert first == second
