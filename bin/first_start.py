"""What the stack's `init` does at every start, and only the first time has much to do: databases, Airflow's tables,
pools, and the sample company's connections.
"""

import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from bin import provision
from bin.environment import ROOT
from bin.services import Refused
from include.company import Company, ConfigError, load


def main() -> int:
    """0, or 2 with one line that says what is wrong."""
    try:
        company = load(Path(os.environ["CONFIG_DIR"]))
        for url in (os.environ["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"], os.environ["DELIVERY_URL"]):
            make_database(url)
        _airflow(company)
    except (Refused, ConfigError) as refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    except OperationalError as fault:
        sys.stderr.write(f"Postgres: {' '.join(str(fault.orig).split())}\n")
        return 2
    return 0


def make_database(url: str) -> None:
    """The Postgres database that `url` names, unless it exists."""
    wanted = make_url(url)
    server = create_engine(
        wanted.set(database="postgres"), isolation_level="AUTOCOMMIT"
    )  # a database is made outside of transactions
    with server.connect() as connection:
        if not connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": wanted.database}):
            connection.execute(text(f'CREATE DATABASE "{wanted.database}"'))
    server.dispose()


def _airflow(company: Company) -> None:
    if subprocess.run([sys.executable, "-m", "airflow", "db", "migrate"], cwd=ROOT).returncode:
        raise Refused("airflow db migrate failed; the lines above say why")
    from airflow.models.pool import Pool

    provision.pools(
        company, existing={str(pool.pool) for pool in Pool.get_pools()}
    )  # slots changed in the browser stay
    provision.connections(company)


if __name__ == "__main__":
    sys.exit(main())
