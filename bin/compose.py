"""docker-compose.yml as `make stack` reads it: services with their variables filled in, dependencies first."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import yaml

from bin.services import Refused

COMPLETED, HEALTHY = "service_completed_successfully", "service_healthy"
VARIABLE = re.compile(r"\$(?:\$|\{(?P<name>\w+)(?::?-(?P<default>[^}]*))?\})")


@dataclass(frozen=True)
class Service:
    """One service. `needs`: what it waits for, and for which condition; `mounts`: folder in the container ► volume or
    folder here; `health`: the command that exits with 0 where it is well, if it has one."""

    name: str
    image: str
    command: tuple[str, ...]
    environment: dict[str, str]
    needs: dict[str, str]
    mounts: dict[str, str]
    health: tuple[str, ...]
    stop_signal: str


def read(file: Path, variables: Mapping[str, str], profiles: Collection[str]) -> list[Service]:
    """The services that `profiles` start, each after those it needs."""
    declared = filled(yaml.safe_load(file.read_text(encoding="utf-8")), variables)["services"]
    chosen = {
        name: _service(name, block)
        for name, block in declared.items()
        if not block.get("profiles") or set(block["profiles"]) & set(profiles)
    }
    order = TopologicalSorter({name: service.needs for name, service in chosen.items()}).static_order()
    return [chosen[name] for name in order]


def filled(node: Any, variables: Mapping[str, str]) -> Any:
    """The document with ${NAME} and ${NAME:-default} replaced in every text, and $$ by one dollar sign."""
    if isinstance(node, dict):
        return {name: filled(value, variables) for name, value in node.items()}
    if isinstance(node, list):
        return [filled(value, variables) for value in node]
    return VARIABLE.sub(lambda found: _value(found, variables), node) if isinstance(node, str) else node


def _value(found: re.Match[str], variables: Mapping[str, str]) -> str:
    name, default = found["name"], found["default"]
    if name is None:
        return "$"
    value = variables.get(name) or default
    if value is None:
        raise Refused(f"docker-compose.yml wants {name} in the environment")
    return value


def _service(name: str, block: dict[str, Any]) -> Service:
    return Service(
        name=name,
        image=block["image"],
        command=tuple(block["command"]),
        environment={key: str(value) for key, value in block.get("environment", {}).items()},
        needs={needed: how["condition"] for needed, how in block.get("depends_on", {}).items()},
        mounts=dict(_mount(volume) for volume in block.get("volumes", [])),
        health=_health(block.get("healthcheck", {}).get("test", [])),
        stop_signal=block.get("stop_signal", "SIGTERM"),
    )


def _mount(volume: str | dict[str, Any]) -> tuple[str, str]:
    if isinstance(volume, dict):
        return volume["target"], volume["source"] if Path(volume["source"]).is_absolute() else f"./{volume['source']}"
    source, target = volume.split(":")[:2]
    return target, source


def _health(test: list[str]) -> tuple[str, ...]:
    match test:
        case []:
            return ()
        case ["CMD", *command]:
            return tuple(command)
        case ["CMD-SHELL", line]:
            return ("/bin/sh", "-c", line)
    raise Refused(f"docker-compose.yml has a health check of a kind that is not understood here: {test}")
