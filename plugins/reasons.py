"""Why a run is red: a task that fails leaves its reason as its XCom `reason`, for the verdict, and for runs without a
browser."""

from collections.abc import Iterator
from typing import Any

import connections
from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowFailException
from nights import Night

REASON = "reason"


def keep_reason(context: Any) -> None:
    """On failure: leave the reason where the verdict finds it."""
    context["ti"].xcom_push(REASON, said(context["exception"]))


def said(fault: BaseException) -> str:
    """A fault in words."""
    unforeseen = type(fault).__module__ == "builtins"  # KeyError: 'x' says only 'x'
    return f"{type(fault).__name__}: {fault}" if unforeseen else str(fault)


def verdict(night: Night) -> None:
    """Fail if any task of the run did, and say which source or region, and why."""
    if found := list(_faults(night)):
        raise AirflowFailException(f"{len(found)} of this night's tasks failed. " + "; ".join(found))


def _faults(night: Night) -> Iterator[str]:
    """`land.files china_ads: no such file`, for each task that failed itself; those below it only follow."""
    run = get_current_context()["ti"]
    known = states(run)
    for task, names in _steps(night).items():
        for index, name in names.items():
            if known.get(task if index == -1 else f"{task}_{index}") == "failed":
                reason = run.xcom_pull(task_ids=task, map_indexes=index, key=REASON, default="see its log")
                yield f"{task} {name}".strip() + f": {reason}"


def states(run: Any) -> dict[str, Any]:
    """The state of each task of a run so far; a mapped one's name ends in its index."""
    found: dict[str, Any] = run.get_task_states(dag_id=run.dag_id, run_ids=[run.run_id])[run.run_id]
    return found


def _steps(night: Night) -> dict[str, dict[int, str]]:
    """Every task but the verdict, and the name behind each map index (-1: not mapped)."""
    landing = {f"land.{kind}": dict(enumerate(names)) for kind, names in night.sources.items()}
    batches = enumerate(night.batches(connections.regions_per_task()))
    steps = {f"report.{step}": dict(enumerate(night.regions)) for step in ("hold", "deliver")}
    rendering = {"render": {at: f"({', '.join(regions)})" for at, regions in batches}}
    return {"choose_day": {-1: ""}} | landing | {"score": {-1: ""}} | rendering | steps
