"""python -m sandbox --port 8930 --drop data/drop: start the sample company and say when it is ready."""

import argparse
import gc
import socket
import sys
from pathlib import Path

import uvicorn

from sandbox.app import build
from sandbox.clock import DEFAULT, Clock, read
from sandbox.company.markets import LEADS_PER_YEAR
from sandbox.drop import write
from sandbox.world import SEED, World

HOST = "127.0.0.1"
PORT_TAKEN = 2


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="The sample company on one local port.")
    parser.add_argument("--host", default=HOST, help=f"the address to listen on, default {HOST}")
    parser.add_argument("--port", type=int, default=8930)
    parser.add_argument("--drop", type=Path, default=Path("data/drop"), help="folder for the CSV files")
    parser.add_argument(
        "--clock", type=read, default=read(DEFAULT), help=f"where time stands still, or now; default {DEFAULT}"
    )
    parser.add_argument("--leads-per-year", type=int, default=LEADS_PER_YEAR)
    parser.add_argument("--seed", type=int, default=SEED)
    return parser.parse_args()


def _listen(host: str, port: int) -> socket.socket:
    """Take the port, or say so and stop."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as fault:
        sys.stderr.write(f"sandbox: port {port} of {host} is not free ({fault.strerror}); choose another with --port\n")
        raise SystemExit(PORT_TAKEN) from fault
    return listener


class Server(uvicorn.Server):
    """Says one line when it answers."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        host, port = (sockets or [])[0].getsockname()
        sys.stdout.write(f"sandbox ready on http://{host}:{port}\n")
        sys.stdout.flush()


def main() -> None:
    given = _arguments()
    listener = _listen(given.host, given.port)
    world = World(Clock(given.clock), given.seed, given.leads_per_year)

    def moved() -> None:
        write(world, given.drop)

    # A million small objects that live to the end, and no cycles: collecting them would cost a third of the start.
    gc.disable()
    moved()
    gc.freeze()
    gc.enable()
    settings = uvicorn.Config(
        build(world, moved),
        access_log=False,
        date_header=False,
        server_header=False,
        log_level="warning",
        lifespan="off",
    )
    Server(settings).run(sockets=[listener])


if __name__ == "__main__":
    main()
