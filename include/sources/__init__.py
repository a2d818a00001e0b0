"""Where the data comes from: one module a kind of system, found by its name.

source = build(company, "hubspot", root=Path("."))
land(source, session, lake, Days(day, day))          # one night
load(source, session, lake, Days(first, last))       # history, month by month, resumable
"""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from include.company import Company, ConfigError
from include.sources.errors import AuthError, SourceError
from include.sources.history import load
from include.sources.night import land
from include.sources.source import Days, Landed, Source
from include.sources.strict import Batch


def build(company: Company, name: str, root: Path = Path()) -> Source:
    """The source `name` of sources.toml; relative paths in its section start at `root`. Raises ConfigError."""
    if name not in company.sources:
        raise ConfigError(f"sources.toml has no [{name}]; it has {', '.join(company.sources)}")
    config = company.sources[name]
    module = f"{__name__}.{config.kind}"
    if not config.kind.isidentifier() or find_spec(module) is None or not hasattr(import_module(module), "build"):
        raise ConfigError(f'sources.toml, [{name}]: there is no source of kind "{config.kind}" in include/sources/')
    source: Source = import_module(module).build(company, config, root)
    return source


__all__ = ["AuthError", "Batch", "Days", "Landed", "Source", "SourceError", "build", "land", "load"]
