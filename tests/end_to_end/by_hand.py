"""The steps of nights by hand, one after the other in one process, without a scheduler.

python -m tests.end_to_end.by_hand '[["run", "load_history", {"from": "2026-10-01", "to": "2026-10-31"}]]'
"""

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from urllib.request import Request, urlopen

from bin import nights
from bin.environment import SANDBOX_PORT, data, prepare


def run(dag_id: str, conf: dict[str, Any]) -> None:
    """A whole Dag, as somebody would trigger it."""
    ended = nights.run(dag_id, conf, datetime.now(UTC))
    if not ended.green:
        raise SystemExit(f"{ended}")


def land(night_id: str, day: str) -> None:
    """What a night's tasks `land` do."""
    import landing

    for source in (each for names in _night(night_id).sources.values() for each in names):
        landing.land(source, date.fromisoformat(day))


def score(night_id: str, day: str) -> None:
    """What a night's task `score` does."""
    import runs

    runs.score(_night(night_id), date.fromisoformat(day))


def clock(now: str) -> None:
    """Move the sample company's clock."""
    body, headers = json.dumps({"now": now}).encode(), {"Content-Type": "application/json"}
    with urlopen(Request(f"http://127.0.0.1:{SANDBOX_PORT}/_sandbox/clock", body, headers), timeout=60):
        pass


def _night(night_id: str) -> Any:
    import connections
    from nights import read_nights

    return next(night for night in read_nights(connections.config()) if night.id == night_id)


STEPS: dict[str, Callable[..., None]] = {"run": run, "land": land, "score": score, "clock": clock}

if __name__ == "__main__":
    prepare(sample=True)
    with nights.migrated(data() / "migration.log"):
        pass
    nights.import_airflow()  # puts plugins/ on the path
    for step, *arguments in json.loads(sys.argv[1]):
        STEPS[step](*arguments)
