"""What a night's scores are made of: the lake, the company's configuration, the code, and the libraries that run it."""

from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

import duckdb
import pyarrow as pa

from include.company import Company
from include.lake import Lake

_CODE = Path(__file__).parents[1]
_COMPUTING = ("kpis/**/*.py", "kpis/**/*.sql", "lake/*.py", "company/*.py", "thresholds.py")


def basis(lake: Lake, company: Company, night: str, day: date) -> str:
    """A digest of all that the scores of `night` and `day` depend on: equal ones make equal scores."""
    parts = (lake.state(), company.model_dump_json(), night, day.isoformat(), code())
    return sha256("\n".join(parts).encode()).hexdigest()


@cache
def code() -> str:
    """The code that counts, file by file, and the libraries that run it, as digests and versions."""
    files = sorted(file for pattern in _COMPUTING for file in _CODE.glob(pattern))
    parts = [sha256(file.read_bytes()).hexdigest() for file in files]
    return "\n".join([*parts, duckdb.__version__, pa.__version__])
