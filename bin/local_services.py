"""A container's service as a process of this machine: its folders under one data folder, its program from the
environment's or Debian's binaries, in a session of its own.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bin import local_postgres
from bin.compose import Service
from bin.environment import ROOT
from bin.services import Refused

IMAGE = "/opt/corong"
"""Where the image holds what this repository holds (Dockerfile)."""
NEEDED = {"postgres": "postgresql", "redis-server": "redis-server"}
SECONDS_OF_A_CHECK = 30


@dataclass(frozen=True)
class Here:
    """This machine in place of the containers; `folder` holds their volumes and what they print."""

    folder: Path

    def start(self, service: Service) -> subprocess.Popen[bytes]:
        """The service's process, in a session of its own, so that Ctrl-C reaches only the one who stops it in order."""
        command, environment = [self.path(service, word) for word in service.command], self.environment(service)
        with self.log(service.name).open("wb") as output:
            if command[0] == "postgres":
                return local_postgres.start(command, environment, output)
            return subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True,
            )  # fmt: skip

    def healthy(self, service: Service) -> bool:
        """What the service's own health check says."""
        command = [self.path(service, word) for word in service.health]
        try:
            return not subprocess.run(
                command, cwd=ROOT, env=self.environment(service), capture_output=True, timeout=SECONDS_OF_A_CHECK
            ).returncode
        except subprocess.TimeoutExpired:
            return False

    def log(self, name: str) -> Path:
        """What a service prints."""
        return self.folder / "output" / f"{name}.log"

    def environment(self, service: Service) -> dict[str, str]:
        """What the image sets (Dockerfile), then what the service is given. Of the caller's own environment Airflow's
        connections stay, as they do in the containers, but none of its other settings."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("AIRFLOW") or name.startswith("AIRFLOW_CONN_")
        }
        image = {"PATH": search_path(), "PYTHONPATH": str(ROOT), "FONTS_DIR": str(ROOT / "data" / "fonts")}
        given = {name: self.path(service, value) for name, value in service.environment.items()}
        return {**kept, **image, "PYTHONUNBUFFERED": "1", **given}

    def path(self, service: Service, text: str) -> str:
        """`text` with each folder of the container replaced by the one that stands for it here."""
        places = {f"{IMAGE}/data": str(self.folder), IMAGE: str(ROOT)}
        places |= {target: self._place(source) for target, source in service.mounts.items()}
        longest_first = sorted(places, key=len, reverse=True)
        folders = re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")
        return folders.sub(lambda found: places[found[0]], text)

    def _place(self, source: str) -> str:
        return str(ROOT / source) if source.startswith((".", "/")) else str(self.folder / source)


def search_path() -> str:
    """The folder of this Python, Debian's newest Postgres, then the caller's path."""
    return os.pathsep.join(
        [str(Path(sys.executable).parent), *map(str, _postgres()), os.environ.get("PATH", os.defpath)]
    )


def check_servers() -> None:
    """Raises Refused with the line that installs what this machine lacks."""
    if lacking := [package for program, package in NEEDED.items() if not shutil.which(program, path=search_path())]:
        line = f"sudo apt-get install -y --no-install-recommends {' '.join(lacking)}"
        raise Refused(f"the servers of {' and '.join(lacking)} are not on this machine; run: {line}")


def _postgres() -> list[Path]:
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return [program.parent for program in sorted(found, key=lambda program: -float(program.parts[-3]))][:1]
