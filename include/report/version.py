"""The report's version, as its footer names it: the release, and four digits of the code and libraries that count.

Release 0.1.0 stands in pyproject.toml and in CHANGELOG.md, which says what changed; the digits differ wherever any KPI
could be counted otherwise. Same code and same lock, same version.
"""

import tomllib
from functools import cache
from hashlib import sha256
from pathlib import Path

from include.kpis import basis

_PROJECT = Path(__file__).parents[2] / "pyproject.toml"


@cache
def version() -> str:
    """`0.1.0+3F2A`. Raises FileNotFoundError where pyproject.toml was not deployed beside `include`."""
    release = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]["version"]
    return f"{release}+{sha256(basis.code().encode()).hexdigest()[:4].upper()}"
