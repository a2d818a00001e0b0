"""Is a service of the stack well? python -m bin.health NAME; exit code 0 if so. Asked every few seconds, so it loads
little: Airflow's own checks load all of Airflow.
"""

import json
import os
import shlex
import smtplib
import socket
import subprocess
import sys
from urllib.error import URLError
from urllib.request import urlopen

SECONDS = 5
OF_AIRFLOW = ("metadatabase", "scheduler", "dag_processor", "triggerer")


def well(name: str) -> bool:
    """Whether the service answers, and says that it works. Raises OSError (URLError is one) if nobody answers."""
    if name in OF_AIRFLOW:
        with urlopen(
            f"http://{_address('API_SERVER_HOST', 'UI_PORT')}/api/v2/monitor/health", timeout=SECONDS
        ) as answer:
            return bool(json.load(answer)[name]["status"] == "healthy")
    if name == "worker":
        return _worker()
    if name == "mailbox":
        with smtplib.SMTP(os.environ["MAILBOX_HOST"], int(os.environ["MAILBOX_PORT"]), timeout=SECONDS) as server:
            return server.noop()[0] == 250
    with urlopen(f"http://{_address('SANDBOX_HOST', 'SANDBOX_PORT')}/_sandbox/ready", timeout=SECONDS):
        return True


def _worker() -> bool:
    """Whether this host's worker answers a ping through the queue."""
    from celery import Celery

    broker = subprocess.check_output(shlex.split(os.environ["AIRFLOW__CELERY__BROKER_URL_CMD"]), text=True)
    me = f"celery@{socket.gethostname()}"
    return bool(Celery(broker=broker).control.ping(destination=[me], timeout=SECONDS))


def _address(host: str, port: str) -> str:
    return f"{os.environ[host]}:{os.environ[port]}"


if __name__ == "__main__":
    try:
        sys.exit(0 if well(sys.argv[1]) else 1)
    except (URLError, OSError, smtplib.SMTPException) as fault:
        sys.stderr.write(f"{sys.argv[1]}: {fault}\n")
        sys.exit(1)
