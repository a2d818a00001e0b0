"""`make ui`: Airflow with the sample company behind it comes up ready, and Ctrl-C leaves nothing behind."""

import json
import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest

from bin.provision import SLOTS_OF_A_POOL
from include.company import load
from tests.end_to_end.airflow_ui import Ui, eventually, started
from tests.end_to_end.conftest import MONTH_END, ROOT, Sample

pytestmark = pytest.mark.slow

COMPANY = load(ROOT / "config")
DAGS = {f"nightly_report_{night}" for night in COMPANY.nights} | {"load_history"}


def processes(data: Path) -> dict[int, str]:
    """Every process that was started with this data folder, by its environment."""
    mark, found = f"DATA_DIR={data}".encode(), {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (entry / "environ").read_bytes().split(b"\0"):
                found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:  # it has ended, or is not ours
            continue
    return found


def listens(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def ui(new_sample: Callable[[], Sample]) -> Iterator[Ui]:
    with started(new_sample(), leads_per_year=500) as running:
        yield running


@pytest.fixture(scope="module")
def stopped(ui: Ui) -> Ui:
    """After Ctrl-C, which a terminal sends to the whole group in the foreground."""
    assert all(listens(port) for port in ui.ports)
    assert len(processes(ui.sample.data)) > 3
    os.killpg(ui.process.pid, signal.SIGINT)
    ui.process.wait(timeout=60)
    return ui


def test_it_prints_an_address_and_credentials_that_open_it(ui: Ui) -> None:
    address, user, password = ui.credentials()
    assert (address, user) == (f"http://127.0.0.1:{ui.sample.environment['UI_PORT']}", "admin")
    assert len(password) >= 12
    assert ui.api("version")["version"].startswith("3.")


def test_nobody_else_gets_in(ui: Ui) -> None:
    with pytest.raises(HTTPError) as refused:
        ui.ask("/api/v2/dags")
    assert refused.value.code == 401
    with pytest.raises(HTTPError) as refused:
        ui.ask("/auth/token", {"username": "admin", "password": "guessed"})
    assert refused.value.code == 401


def test_it_listens_on_this_machine_only(ui: Ui) -> None:
    sockets = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    sockets += [line.split() for line in Path("/proc/net/tcp6").read_text().splitlines()[1:]]
    listening = {fields[1] for fields in sockets if fields[3] == "0A"}
    for port in ui.ports:
        assert [address for address in listening if address.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]


def test_the_connections_are_in_place_and_hide_their_secrets(ui: Ui) -> None:
    found = {each["connection_id"]: each for each in ui.api("connections")["connections"]}
    assert set(found) == {"hubspot", "google_ads", "stripe", "fx", "mailbox"}
    for name in ("hubspot", "google_ads", "stripe", "fx"):
        assert (found[name]["host"], str(found[name]["port"])) == ("127.0.0.1", str(ui.ports[1]))
    assert "sample-" not in json.dumps([each["password"] for each in found.values()])


def test_every_kind_of_source_has_its_pool(ui: Ui) -> None:
    slots = {each["name"]: each["slots"] for each in ui.api("pools")["pools"]}
    assert slots.pop("default_pool") > 0
    assert slots == {source.kind: SLOTS_OF_A_POOL for source in COMPANY.sources.values()}


def test_the_dags_are_there_without_errors_and_paused(ui: Ui) -> None:
    assert eventually(lambda: {each["dag_id"] for each in ui.api("dags")["dags"]} == DAGS, 90), ui.api("dags")
    assert ui.api("importErrors")["import_errors"] == []
    assert {each["dag_id"]: each["is_paused"] for each in ui.api("dags")["dags"]} == dict.fromkeys(DAGS, True)


def test_meanwhile_make_report_says_what_to_do_instead(ui: Ui) -> None:
    ran = ui.sample.report(MONTH_END)
    assert ran.code == 2
    said = " ".join(ran.output.split())
    assert f"make ui is running on {ui.sample.data}" in said
    assert (
        "stop it (Ctrl-C in its terminal), or start the night in its browser: Dags › nightly_report_… › Trigger" in said
    )


def test_ctrl_c_ends_it_quietly(stopped: Ui) -> None:
    assert stopped.process.returncode == 0
    assert "Traceback" not in stopped.printed.read_text()


def test_ctrl_c_leaves_no_process_and_no_port_behind(stopped: Ui) -> None:
    assert eventually(lambda: processes(stopped.sample.data) == {}, 10), processes(stopped.sample.data)
    assert eventually(lambda: not any(map(listens, stopped.ports)), 10), [*filter(listens, stopped.ports)]
