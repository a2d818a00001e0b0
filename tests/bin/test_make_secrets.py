"""The stack's secrets: strong, private, made once."""

import base64
import json
from pathlib import Path

import pytest

from bin import make_secrets


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_secrets.make(tmp_path / "secrets", "redis:6379")
    return tmp_path / "secrets"


def test_nobody_else_can_read_them(folder: Path) -> None:
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}


def test_a_second_start_keeps_every_one_and_follows_redis_to_another_port(folder: Path) -> None:
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    make_secrets.make(folder, "127.0.0.1:7000")
    after = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert after.pop("broker_url") == before.pop("broker_url").replace(b"redis:6379", b"127.0.0.1:7000")
    assert after == before


def test_each_installation_gets_its_own(folder: Path, tmp_path: Path) -> None:
    make_secrets.make(tmp_path / "other", "redis:6379")
    same = [
        file.name for file in folder.iterdir() if file.read_bytes() == (tmp_path / "other" / file.name).read_bytes()
    ]
    assert same == []


def test_they_have_the_form_that_their_readers_want(folder: Path) -> None:
    assert len(base64.urlsafe_b64decode((folder / "fernet_key").read_text())) == 32
    assert len((folder / "jwt_secret").read_text()) == 64  # HS512 wants 64 bytes
    assert len(json.loads((folder / "passwords.json").read_text())["admin"]) >= 16
    postgres, redis = ((folder / f"{name}_password").read_text() for name in ("postgres", "redis"))
    assert (folder / "pgpass").read_text() == f"*:*:*:corong:{postgres}\n"
    assert (folder / "redis.conf").read_text() == f"requirepass {redis}\n"
    assert (folder / "broker_url").read_text() == f"redis://:{redis}@redis:6379/0"
