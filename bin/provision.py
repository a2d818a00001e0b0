"""Pools and the sample's connections into Airflow's database, where its browser shows them."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping

from bin.environment import ROOT, sample_connections
from bin.services import Refused
from include.company import Company

SLOTS_OF_A_POOL = 2
"""How many tasks may ask one kind of vendor at a time: enough to go on, gentle on rate limits."""


def pools(company: Company, existing: Collection[str] = ()) -> None:
    """A pool for each kind of source; those that exist stay as they are. Raises Refused."""
    kinds = {source.kind for source in company.sources.values()} - set(existing)
    made = {kind: {"slots": SLOTS_OF_A_POOL, "description": f"sources of kind {kind}"} for kind in sorted(kinds)}
    if made:
        _airflow("pools", "import", content=made)


def connections(company: Company) -> None:
    """The sample company's connections, where the company is the sample. Raises Refused."""
    if company.is_sample:
        _airflow("connections", "import", "--overwrite", content=sample_connections())


def _airflow(*arguments: str, content: Mapping[str, object]) -> None:
    """Run an import command of Airflow's on `content`, which lies in a private file for as long as it takes."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(content, file)
        file.flush()
        command = [sys.executable, "-m", "airflow", *arguments, file.name]
        ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    sys.stdout.write(ran.stdout)
    if ran.returncode:
        raise Refused(f"airflow {' '.join(arguments[:2])} failed: {ran.stdout.strip().splitlines()[-1]}")
