"""Reading docker-compose.yml without Docker: variables, profiles, order; and where its folders lie on this machine."""

from pathlib import Path

import pytest

from bin import compose
from bin.environment import ROOT
from bin.local_services import Here
from bin.services import Refused

FILE = """
services:
  late:
    image: ours
    command: [serve, "--port", "${PORT:-80}", "$$HOME"]
    environment: {PLACE: /opt/corong/data/lake, CODE: /opt/corong/dags, NUMBER: 4, OTHER: /opt/corong/database}
    volumes:
      - {type: bind, source: "${CONFIG:-config}", target: /opt/corong/config}
      - keys:/run/keys:ro
    depends_on: {early: {condition: service_healthy}}
  early:
    image: theirs
    command: [serve]
    healthcheck: {test: [CMD-SHELL, cat /run/keys/one]}
    volumes: ["keys:/run/keys:ro"]
  extra:
    image: ours
    command: [serve]
    profiles: [sample]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "docker-compose.yml"
    made.write_text(FILE, encoding="utf-8")
    return made


def test_services_come_after_those_they_need_and_only_if_their_profile_is_asked_for(file: Path) -> None:
    assert [service.name for service in compose.read(file, {}, [])] == ["early", "late"]
    assert {service.name for service in compose.read(file, {}, ["sample"])} == {"early", "late", "extra"}


@pytest.mark.parametrize(("variables", "port"), [({}, "80"), ({"PORT": "81"}, "81"), ({"PORT": ""}, "80")])
def test_a_variable_is_the_environments_or_its_default(file: Path, variables: dict[str, str], port: str) -> None:
    assert compose.read(file, variables, [])[1].command == ("serve", "--port", port, "$HOME")


def test_a_variable_without_a_value_is_named(tmp_path: Path) -> None:
    made = tmp_path / "docker-compose.yml"
    made.write_text('services: {a: {image: x, command: ["${NOWHERE}"]}}', encoding="utf-8")
    with pytest.raises(Refused, match="NOWHERE"):
        compose.read(made, {}, [])


def test_folders_of_a_container_are_folders_of_this_machine(file: Path, tmp_path: Path) -> None:
    early, late = compose.read(file, {"CONFIG": "/etc/company"}, [])
    here, data = Here(tmp_path), str(tmp_path)
    told = here.environment(late)
    assert told["PLACE"] == f"{data}/lake"
    assert told["CODE"] == f"{ROOT}/dags"
    assert told["OTHER"] == f"{ROOT}/database"
    assert told["NUMBER"] == "4"
    assert here.path(late, "/opt/corong/config/regions.toml") == "/etc/company/regions.toml"
    assert early.health == ("/bin/sh", "-c", "cat /run/keys/one")
    assert here.path(early, early.health[2]) == f"cat {data}/keys/one"


def test_of_the_callers_airflow_only_connections_stay(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW__CORE__EXECUTOR", "LocalExecutor")
    monkeypatch.setenv("AIRFLOW_CONN_FX", "{}")
    told = Here(tmp_path).environment(compose.read(file, {}, [])[0])
    assert "AIRFLOW__CORE__EXECUTOR" not in told
    assert told["AIRFLOW_CONN_FX"] == "{}"
