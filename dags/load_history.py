"""Load, or pull again, what the sources hold of a range of days.

**When.** By hand: once before the first night, and when a source has to be read again. One task a source, month by
month; stopped in the middle, it goes on where it stopped.

**What it makes.** Partitions in the lake. It scores and mails nothing.

**Pull again.** Months that were loaded are left alone unless `repull` is ticked.
"""

from datetime import UTC, datetime, timedelta

import connections
import landing
import nights
import runs
from airflow.sdk import Param, TaskGroup, dag, task

SOURCE = "{{ task.op_kwargs['source'] }}"


@dag(
    schedule=None,
    start_date=datetime(2024, 11, 1, tzinfo=UTC),
    max_active_runs=1,
    dagrun_timeout=timedelta(days=2),
    params={
        "from": Param(type="string", format="date", title="From", description="First day"),
        "to": Param(type="string", format="date", title="To", description="Last day"),
        "sources": Param(
            None, type=["null", "array"], items={"type": "string"}, title="Sources", description="All, if empty"
        ),
        "repull": Param(False, type="boolean", title="Pull again", description="Also months that were loaded"),
    },
    default_args=runs.EACH_TASK | {"execution_timeout": timedelta(hours=12)},
    tags=["corong", "history"],
    doc_md=__doc__,
)
def load_history() -> None:
    @task(map_index_template=SOURCE)
    def load(source: str) -> None:
        landing.load(source)

    with TaskGroup("load"):
        for kind, names in nights.sources_by_kind(connections.config()).items():
            load.override(task_id=kind, pool=kind).expand(source=names)


load_history()
