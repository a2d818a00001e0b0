"""What docker-compose.yml and Dockerfile promise: nothing open to the network, no password written down, nothing that
runs as root by our doing, and the same settings as everywhere else."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bin import compose
from bin.environment import ROOT, settings
from bin.local_services import IMAGE

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
ONCE = {name for name, block in SERVICES.items() if block["restart"] == "no"}
LASTING = sorted(set(SERVICES) - ONCE)
OURS = sorted(name for name, block in SERVICES.items() if "build" in block)


def test_the_stack_has_every_part_of_airflow_its_servers_and_the_sample() -> None:
    airflow = {"api-server", "scheduler", "dag-processor", "triggerer", "worker", "init", "secrets"}
    assert set(SERVICES) == airflow | {"postgres", "redis"} | {"sandbox", "mailbox"}
    assert {name for name, block in SERVICES.items() if block.get("profiles") == ["sample"]} == {"sandbox", "mailbox"}


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_what_a_service_waits_for_exists_and_can_come_true(name: str) -> None:
    for needed, how in SERVICES[name].get("depends_on", {}).items():
        assert needed in SERVICES
        assert how["condition"] == (compose.COMPLETED if needed in ONCE else compose.HEALTHY)


def test_only_the_browser_is_published_and_on_this_machine_alone() -> None:
    published = {name: block["ports"] for name, block in SERVICES.items() if "ports" in block}
    assert list(published) == ["api-server"]
    assert all(port.startswith("127.0.0.1:") for ports in published.values() for port in ports)
    assert not any(block.get("network_mode") for block in SERVICES.values())


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_service_is_given_a_secret_but_the_place_where_it_lies(name: str) -> None:
    for setting, value in SERVICES[name].get("environment", {}).items():
        if re.search(r"PASS|SECRET|KEY|TOKEN|BROKER_URL", setting):
            assert setting.endswith(("_FILE", "_CMD", "PGPASSFILE")), setting
        assert not re.search(r"//[^/]*:[^/]*@", re.sub(r"\$\{[^}]*\}", "", str(value))), setting
    assert not re.search(r"(?i)passw\w*\s*[=:]\s*[\w$]", " ".join(SERVICES[name]["command"]))


@pytest.mark.parametrize("name", LASTING)
def test_a_service_that_stays_says_whether_it_is_well_comes_back_and_cannot_eat_the_machine(name: str) -> None:
    block = SERVICES[name]
    assert block["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    assert block["restart"] == "unless-stopped"
    assert re.fullmatch(r"\d+[mg]", block["mem_limit"])
    assert block["logging"]["options"]["max-size"]


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"postgres"}))
def test_no_service_runs_as_root_postgres_leaves_root_by_itself(name: str) -> None:
    assert SERVICES[name]["user"] == "50000:0"
    assert SERVICES[name]["cap_drop"] == ["ALL"]


def test_the_image_is_not_roots() -> None:
    assert re.findall(r"^USER (.*)$", DOCKERFILE, re.M)[-1] == "50000:0"
    assert "--uid 50000 --gid 0" in DOCKERFILE


def test_base_images_are_pinned_to_a_patch_release() -> None:
    images = [block["image"] for block in SERVICES.values() if "build" not in block]
    images += re.findall(r"^FROM (\S+)", DOCKERFILE, re.M)
    assert images
    assert all(re.search(r":\d+\.\d+(\.\d+)?-", image) for image in images), images


def test_every_volume_is_declared_and_its_folder_belongs_to_the_image_user() -> None:
    made = set(re.findall(r"\bdata/[\w/]+", DOCKERFILE))
    for name in OURS:
        for volume in SERVICES[name]["volumes"]:
            if isinstance(volume, str):
                source, target = volume.replace("${DROP_DIR:-drop}", "drop").split(":")[:2]
                assert source in COMPOSE["volumes"]
                assert target.removeprefix(f"{IMAGE}/") in made, target


def test_the_image_installs_the_same_system_libraries_as_set_up() -> None:
    libraries = re.search(r"system_packages (lib[^\n]*)", (ROOT / "bin" / "setup").read_text(encoding="utf-8"))
    assert libraries is not None
    assert libraries[1] in DOCKERFILE


def test_the_image_holds_nothing_that_is_not_named() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert lines[0] == "*"
    assert not {"!data", "!.env", "!.git", "!tests"} & set(lines)


def test_services_are_told_the_same_settings_as_make_report_and_make_ui() -> None:
    """Places differ by where the data lies, databases and addresses by being servers; all else is equal."""
    theirs = {**_image(), **{name: str(value) for name, value in SERVICES["worker"]["environment"].items()}}
    of_servers = {"DELIVERY_URL", "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "AIRFLOW__CORE__EXECUTION_API_SERVER_URL"}
    of_servers |= {"AIRFLOW__API__HOST", "FONTS_DIR"}
    filled = {name: compose.filled(value, {}) for name, value in theirs.items()}
    for name, value in settings(Path(f"{IMAGE}/data")).items():
        assert name in filled
        if name not in of_servers:
            assert filled[name] == value.replace(str(ROOT), IMAGE), name


def _image() -> dict[str, str]:
    line = re.search(r"^ENV (.*)$", DOCKERFILE, re.M)
    assert line is not None
    return dict(word.split("=", 1) for word in line[1].split())
