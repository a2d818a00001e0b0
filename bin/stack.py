"""`make stack`: the services of docker-compose.yml as local processes, without Docker, on 127.0.0.1 only.

Commands, settings, order and health checks are read from docker-compose.yml itself; Postgres and Redis are Debian's.
The sample company runs beside them where the configuration is the sample's. Data lies under data/stack. Ctrl-C or
SIGTERM stops everything.
"""

import os
import signal
import socket
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

from rich.console import Console

from bin import compose, local_services
from bin.environment import MAILBOX_PORT, ROOT, SANDBOX_PORT, UI_PORT, data
from bin.only_one import only_one
from bin.running import Running
from bin.services import Refused
from include.company import Company, ConfigError, load

LOCAL = "127.0.0.1"
HOSTS = ("POSTGRES_HOST", "REDIS_HOST", "API_SERVER_HOST", "SANDBOX_HOST", "MAILBOX_HOST")
PORTS = {
    # not the usual ones: Debian's own servers may run on those
    "POSTGRES_PORT": 55432,
    "REDIS_PORT": 56379,
    "UI_PORT": UI_PORT,
    "SANDBOX_PORT": SANDBOX_PORT,
    "MAILBOX_PORT": MAILBOX_PORT,
}


def main() -> int:
    """Run until interrupted (0), or until a service ends by itself (1); 2 if it cannot start."""
    console = Console(highlight=False, soft_wrap=True)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job would ignore Ctrl-C
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with only_one("make stack"):
            return _run(console)
    except (Refused, ConfigError) as refused:
        console.print(f"[red]make stack:[/] {refused}")
        return 2
    except KeyboardInterrupt:
        console.print("stopped")
        return 0


def _run(console: Console) -> int:
    company = load(Path(os.environ.get("CONFIG_DIR", ROOT / "config")))
    local_services.check_servers()
    wanted = variables()
    _check_ports(wanted)
    services = compose.read(ROOT / "docker-compose.yml", wanted, profiles(company))
    folder = (data() / "stack").resolve()
    with Running(local_services.Here(folder)) as running:
        with console.status("starting") as status:
            for service in services:
                status.update(f"starting {service.name}")
                running.start(service)
            status.update("waiting until all are healthy, about a minute")
            running.wait_until_healthy()
        secrets = folder / "secrets" / "passwords.json"
        console.print(f"Airflow   http://{LOCAL}:{UI_PORT}   user [bold]admin[/]   password in {secrets}")
        console.print(f"Reports   {folder / 'reports'}   mail {folder / 'mailbox'}   logs {folder / 'output'}")
        console.print("All services are healthy. Ctrl-C stops them.")
        console.print(f"[red]make stack:[/] {running.first_to_end()}")
    return 1


def variables() -> dict[str, str]:
    """The variables of docker-compose.yml for this machine; ports may be chosen by the environment."""
    ports = {name: os.environ.get(name) or str(port) for name, port in PORTS.items()}
    drop = {"DROP_DIR": os.environ.get("DROP_DIR") or str(data().resolve() / "drop")}
    return {**os.environ, **drop, **ports, **dict.fromkeys(HOSTS, LOCAL), "LISTEN": LOCAL}


def profiles(company: Company) -> list[str]:
    """COMPOSE_PROFILES, as Docker reads it; else the sample's where the company is the sample."""
    asked = os.environ.get("COMPOSE_PROFILES")
    return asked.split(",") if asked is not None else ["sample"] * company.is_sample


def _check_ports(wanted: dict[str, str]) -> None:
    for name in PORTS:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOCAL, int(wanted[name])))
            except OSError as fault:
                raise Refused(
                    f"port {wanted[name]} on {LOCAL} is taken ({fault.strerror}); choose another: {name}=… make stack"
                ) from fault


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001 signal calls it by this shape
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
