"""Debian's Postgres in place of the official image: makes its cluster the first time, as the image's entry does.

Postgres refuses to run as root, so root runs it as user postgres (nobody, where there is none). That user may not be
able to walk to a folder below /root, so it is handed the open folder instead of a path.
"""

import os
import pwd
import shlex
import subprocess
from pathlib import Path
from typing import IO, Any

from bin.services import Refused


def start(command: list[str], environment: dict[str, str], output: IO[bytes]) -> subprocess.Popen[bytes]:
    """The server process. Raises Refused if no cluster can be made."""
    cluster = Path(environment["PGDATA"])
    place, identity = _handed_over(cluster.parent)
    settings = {**identity, "env": environment, "stdin": subprocess.DEVNULL, "stdout": output, "stderr": output}
    if not (cluster / "PG_VERSION").exists():
        _make(cluster, f"{place}/{cluster.name}", environment, settings)
    sockets = ["-c", "unix_socket_directories="]
    try:
        return subprocess.Popen(
            [*command, "-D", f"{place}/{cluster.name}", *sockets], start_new_session=True, **settings
        )
    finally:
        for descriptor in identity.get("pass_fds", ()):
            os.close(descriptor)


def _make(cluster: Path, place: str, environment: dict[str, str], settings: dict[str, Any]) -> None:
    """The cluster, with the password of POSTGRES_PASSWORD_FILE for POSTGRES_USER."""
    password = cluster.with_name("password")
    password.touch(mode=0o600)
    password.write_text(Path(environment["POSTGRES_PASSWORD_FILE"]).read_text(encoding="utf-8"), encoding="utf-8")
    os.chown(password, settings.get("user", -1), settings.get("group", -1))
    arguments = ["--username", environment["POSTGRES_USER"], "--pwfile", f"{place.rpartition('/')[0]}/password"]
    arguments += shlex.split(environment["POSTGRES_INITDB_ARGS"])
    try:
        if subprocess.run(["initdb", "--pgdata", place, *arguments], **settings).returncode:
            raise Refused(f"Postgres could not make its data folder {cluster}; see {settings['stdout'].name}")
    finally:
        password.unlink()


def _handed_over(folder: Path) -> tuple[str, dict[str, Any]]:
    """A path to `folder` that the server's user can walk, and what makes a process that user's."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.geteuid():
        return str(folder), {}
    user = _user()
    os.chown(folder, user.pw_uid, user.pw_gid)
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "pass_fds": [opened], "cwd": "/"}
    return f"/proc/self/fd/{opened}", identity


def _user() -> pwd.struct_passwd:
    known = {user.pw_name: user for user in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]
