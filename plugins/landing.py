"""What the tasks that read the sources do."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import connections
from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

log = logging.getLogger(__name__)


def land(source: str, day: date) -> None:
    """Land what `source` changed up to `day`."""
    from include.sources import Days
    from include.sources import land as land_days

    with _no_retry_helps():
        made, session = connections.source(source), connections.session(source)
        log.info("%s: %s", source, land_days(made, session, connections.lake(), Days(day, day)))


def load(source: str) -> None:
    """Load the days that the form names, or what the lake lacks of them."""
    from include.sources import Days
    from include.sources import load as load_days

    params = get_current_context()["params"]
    _skip_unless_asked(source, params["sources"])
    first, last = date.fromisoformat(params["from"]), date.fromisoformat(params["to"])
    if first > last:
        raise AirflowFailException(f"`from` {first} is after `to` {last}: trigger the Dag again with the two exchanged")
    with _no_retry_helps():
        made, session = connections.source(source), connections.session(source)
        log.info("%s: %s", source, load_days(made, session, connections.lake(), Days(first, last), params["repull"]))


def _skip_unless_asked(source: str, asked: list[str] | None) -> None:
    known = connections.company().sources
    if unknown := [name for name in asked or () if name not in known]:
        raise AirflowFailException(f"`sources` names {unknown}; sources.toml has {', '.join(known)}: trigger it again")
    if asked and source not in asked:
        raise AirflowSkipException(f"`sources` names {', '.join(asked)} alone")


@contextmanager
def _no_retry_helps() -> Iterator[None]:
    """Credentials that are refused and configuration at fault stay so until somebody mends them: fail at once."""
    from include.company import ConfigError
    from include.sources import AuthError

    try:
        yield
    except (AuthError, ConfigError) as fault:
        raise AirflowFailException(str(fault)) from fault
