"""The stack's processes: started when what they need is ready, watched, and stopped, those that others need last."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from types import TracebackType

import psutil

from bin.compose import COMPLETED, HEALTHY, Service
from bin.local_services import Here
from bin.services import Refused

PATIENCE = 300
"""Seconds until a service must be healthy: Airflow takes 20 to 60 on two cores."""
GRACE = 20
"""Seconds to end after its signal. Containers get more (stop_grace_period); here somebody waits at a terminal."""
PR_SET_CHILD_SUBREAPER = 36


class Running:
    """The processes started so far, by service; as a context it leaves none behind, nor any of their children."""

    def __init__(self, here: Here) -> None:
        self._here = here
        self._services: dict[str, Service] = {}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Running":
        (self._here.folder / "output").mkdir(parents=True, exist_ok=True)
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)  # orphans become ours, so they can be found at the end
        return self

    def start(self, service: Service) -> None:
        """Start a service once what it needs is ready. Raises Refused if that fails."""
        for needed, condition in service.needs.items():
            if condition == COMPLETED:
                self._complete(needed)
            elif condition == HEALTHY:
                self._healthy(self._services[needed])
        self._services[service.name] = service
        self._processes[service.name] = self._here.start(service)

    def wait_until_healthy(self) -> None:
        """Until every service with a health check is. Raises Refused if one ends or is not in time."""
        for service in self._services.values():
            if service.health:
                self._healthy(service)

    def first_to_end(self) -> str:
        """Wait until a long-running service ends, and say which."""
        lasting = {name: self._processes[name] for name, service in self._services.items() if service.health}
        while all(process.poll() is None for process in lasting.values()):
            self._bury_orphans()
            time.sleep(1)
        return next(self._ended(name) for name, process in lasting.items() if process.returncode is not None)

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C would leave half of them
        while alive := {name for name, process in self._processes.items() if process.poll() is None}:
            needed = {name for other in alive for name in self._services[other].needs}
            self._stop(sorted(alive - needed))
        left = psutil.Process().children(recursive=True)
        for process in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(left, timeout=GRACE)

    def _stop(self, names: list[str]) -> None:
        for name in names:
            self._processes[name].send_signal(signal.Signals[self._services[name].stop_signal])
        deadline = time.monotonic() + GRACE
        for name in names:
            try:
                self._processes[name].wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self._processes[name].kill()
                self._processes[name].wait()

    def _bury_orphans(self) -> None:
        """Those that became ours and ended would stay as zombies; a service's own end is left for its poll()."""
        services = {process.pid for process in self._processes.values()}
        ended = (child for child in psutil.Process().children() if child.status() == psutil.STATUS_ZOMBIE)
        for orphan in (child for child in ended if child.pid not in services):
            os.waitpid(orphan.pid, 0)

    def _complete(self, name: str) -> None:
        if self._processes[name].wait(PATIENCE):
            raise Refused(self._ended(name))

    def _healthy(self, service: Service) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self._here.healthy(service):
            if self._processes[service.name].poll() is not None:
                raise Refused(self._ended(service.name))
            if time.monotonic() > deadline:
                raise Refused(
                    f"{service.name} is not healthy after {PATIENCE} seconds; see {self._here.log(service.name)}"
                )
            time.sleep(0.5)

    def _ended(self, name: str) -> str:
        lines = self._here.log(name).read_text(encoding="utf-8", errors="replace").strip().splitlines() or ["no word"]
        code = self._processes[name].returncode
        return f"{name} ended with {code}: {lines[-1]} (see {self._here.log(name)})"
