"""The stack's processes, with small services in place of Airflow: order of start and stop, ends that nobody asked for,
and children that outlive their parents. In a process of its own, since it ends every child it has."""

import contextlib
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from bin.environment import ROOT

DRIVER = """
import sys
from pathlib import Path
from bin import compose, stack
from bin.local_services import Here
from bin.running import Running
from bin.services import Refused
import signal
signal.signal(signal.SIGTERM, stack._interrupt)
try:
    with Running(Here(Path(sys.argv[1]))) as running:
        for service in compose.read(Path(sys.argv[1]) / "docker-compose.yml", {}, []):
            running.start(service)
        running.wait_until_healthy()
        print("healthy", flush=True)
        print(running.first_to_end())
except Refused as refused:
    print(refused)
except KeyboardInterrupt:
    print("stopped")
"""
BASE = """
services:
  server:
    image: x
    command: [sh, -c, "trap 'echo server >> %(data)s/order; exit' TERM; touch %(data)s/up; while :; do sleep 0.1; done"]
    healthcheck: {test: [CMD, test, -e, "%(data)s/up"]}
  client:
    image: x
    command: [sh, -c, "%(client)s"]
    healthcheck: {test: [CMD, test, -e, "%(data)s/client-up"]}
    depends_on: {server: {condition: service_healthy}}
"""
STAYS = "trap 'echo client >> %s/order; exit' INT; touch %s/client-up; while :; do sleep 0.1; done"


def _start(data: Path, text: str) -> "subprocess.Popen[str]":
    (data / "docker-compose.yml").write_text(text, encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(data)], cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )


def test_who_needs_another_ends_first_by_the_signal_it_asked_for(tmp_path: Path) -> None:
    text = BASE % {"data": tmp_path, "client": STAYS % (tmp_path, tmp_path)} + "    stop_signal: SIGINT\n"
    driver = _start(tmp_path, text)
    assert driver.stdout is not None
    assert driver.stdout.readline() == "healthy\n"
    driver.send_signal(signal.SIGTERM)
    assert driver.communicate(timeout=30)[0] == "stopped\n"
    assert (tmp_path / "order").read_text() == "client\nserver\n"


def test_a_service_that_ends_is_named_with_its_last_words_and_the_others_end_too(tmp_path: Path) -> None:
    client = f"touch {tmp_path}/client-up; sleep 2; echo no more disk; exit 3"
    driver = _start(tmp_path, BASE % {"data": tmp_path, "client": client})
    said = driver.communicate(timeout=30)[0]
    assert "client ended with 3: no more disk" in said
    assert (tmp_path / "order").read_text() == "server\n"


def test_a_service_that_ends_before_it_is_healthy_stops_the_start(tmp_path: Path) -> None:
    driver = _start(tmp_path, BASE % {"data": tmp_path, "client": "echo port taken; exit 2"})
    said = driver.communicate(timeout=30)[0]
    assert said.startswith("client ended with 2: port taken")
    assert "healthy" not in said


def test_a_first_step_that_fails_stops_the_start(tmp_path: Path) -> None:
    once = "  once: {image: x, command: [sh, -c, 'echo wrong password; exit 1']}\n"
    waits = "  never: {image: x, command: ['true'], depends_on: {once: {condition: service_completed_successfully}}}\n"
    driver = _start(tmp_path, "services:\n" + once + waits)
    assert driver.communicate(timeout=30)[0].startswith("once ended with 1: wrong password")


@pytest.mark.parametrize("leaving", ["setsid sleep 300 &", "(setsid sleep 300 &);"])
def test_children_that_left_their_parents_end_as_well(tmp_path: Path, leaving: str) -> None:
    client = f"{leaving} {STAYS % (tmp_path, tmp_path)}".replace("INT", "TERM")
    driver = _start(tmp_path, BASE % {"data": tmp_path, "client": client})
    assert driver.stdout is not None
    driver.stdout.readline()
    family = _family_with_sleeper(driver.pid)
    driver.send_signal(signal.SIGTERM)
    driver.communicate(timeout=30)
    time.sleep(0.2)
    assert [process for process in family if process.is_running()] == []


def _family_with_sleeper(pid: int) -> list[psutil.Process]:
    """All of a process's descendants, once the shell has become `sleep`."""
    for _ in range(100):
        family = psutil.Process(pid).children(recursive=True)
        with contextlib.suppress(psutil.NoSuchProcess):
            if any(process.name() == "sleep" and "300" in process.cmdline() for process in family):
                return family
        time.sleep(0.1)
    raise AssertionError("nobody sleeps after ten seconds")
