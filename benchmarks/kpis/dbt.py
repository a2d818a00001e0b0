"""The same cells by dbt: the facts of the catalogue as models, named as dbt names them, and five marts over them.

The project is written before the clock starts; dbt has an environment of its own, made on first use (network).
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.kpis.cells import names
from benchmarks.kpis.company import ROOT
from benchmarks.kpis.generate import GIVEN
from benchmarks.kpis.landed import MEMORY, files
from include.kpis.relations import needed, relations
from include.lake import TABLES
from include.lake.views import sql_type

MARTS = Path(__file__).parent / "marts"
ENVIRONMENT = ROOT / "data" / "bench" / "dbt"
PACKAGES = ("dbt-core<1.12", "dbt-duckdb")
_NAMED = re.compile(r"\b(from|join)(\s+)(\w+)")


def executable() -> Path:
    """dbt, installed where it is not there yet. Raises CalledProcessError where no package index answers."""
    if not (ENVIRONMENT / "bin" / "dbt").is_file():
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
        subprocess.run([ENVIRONMENT / "bin" / "python", "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
    return ENVIRONMENT / "bin" / "dbt"


def models() -> dict[str, str]:
    """Every query by name, in the order in which they can be made: what the marts build on, then the marts."""
    marts = {name: (MARTS / f"{name}.sql").read_text(encoding="utf-8") for name in names()}
    facts = [name for sql in marts.values() for _, _, name in _NAMED.findall(sql) if name in relations()]
    return {name: relations()[name].sql for name in needed(dict.fromkeys(facts))} | marts


def write(folder: Path, out: Path) -> list[str | Path]:
    """Write the project into `out`, and return the command that runs it."""
    (out / "models").mkdir(parents=True, exist_ok=True)
    for name, sql in models().items():
        kind = {"materialized": "external", "location": str(out / f"{name}.parquet")}
        head = "{{ config(" + ", ".join(f"{key}={value!r}" for key, value in kind.items()) + ") }}\n"
        (out / "models" / f"{name}.sql").write_text((head if name in names() else "") + _NAMED.sub(_reference, sql))
    (out / "models" / "sources.yml").write_text(json.dumps(_sources(folder)))
    (out / "dbt_project.yml").write_text(json.dumps(_PROJECT))
    (out / "profiles.yml").write_text(json.dumps(_profile(out)))
    return [executable(), "run", "--quiet", "--project-dir", out, "--profiles-dir", out]


_PROJECT = {
    "name": "corong", "version": "1.0", "profile": "corong", "model-paths": ["models"],
    "models": {"corong": {"+materialized": "table"}}, "flags": {"send_anonymous_usage_stats": False},
}  # fmt: skip
_SETTINGS = {"TimeZone": "UTC", "preserve_insertion_order": False, "threads": 2}


def _profile(out: Path) -> dict[str, object]:
    """Where to spill is said as DuckDB begins: once it has spilled it takes no other place."""
    memory = os.environ.get(MEMORY)
    limits = {"memory_limit": memory, "temp_directory": str(out / "spilled")} if memory else {}
    target = {"type": "duckdb", "path": ":memory:", "threads": 2, "settings": _SETTINGS, "config_options": limits}
    return {"corong": {"target": "dev", "outputs": {"dev": target}}}


def _reference(found: re.Match[str]) -> str:
    word, space, name = found.groups()
    if name in relations():
        return f"{word}{space}{{{{ ref('{name}') }}}}"
    return f"{word}{space}{{{{ source('lake', '{name}') }}}}" if name in (*TABLES, *GIVEN) else found.group()


def _sources(folder: Path) -> dict[str, object]:
    tables = [{"name": name, "meta": {"external_location": where}} for name, where in locations(folder)]
    return {"version": 2, "sources": [{"name": "lake", "tables": tables}]}


def locations(folder: Path) -> Iterator[tuple[str, str]]:
    """What to read each landed table and each relation of the company from, in SQL."""
    for name, found in files(folder).items():
        yield name, f"read_parquet({found})" if found else f"(select {_nothing(name)} where false)"


def _nothing(name: str) -> str:
    return ", ".join(f"null::{sql_type(field.type)} as {field.name}" for field in TABLES[name].schema)
