"""The stack's secrets, made at its first start: python -m bin.make_secrets FOLDER.

One file a secret, mode 600, in a folder of mode 700. What exists is kept; to change a secret, delete its file (the
database password: change it in Postgres, too). The last three repeat a password in the format of who reads it.
"""

import base64
import json
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path


def make(folder: Path, broker: str) -> None:
    """Every secret that `folder` lacks; `broker` is Redis' host:port."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _kept(folder / "fernet_key", lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
    _kept(folder / "jwt_secret", _token)
    _kept(folder / "api_secret_key", _token)
    _kept(folder / "passwords.json", lambda: json.dumps({"admin": secrets.token_urlsafe(12)}))
    postgres, redis = _kept(folder / "postgres_password", _token), _kept(folder / "redis_password", _token)
    _write(folder / "pgpass", f"*:*:*:corong:{postgres}\n")
    _write(folder / "redis.conf", f"requirepass {redis}\n")
    _write(folder / "broker_url", f"redis://:{redis}@{broker}/0")


def _token() -> str:
    return secrets.token_hex(32)


def _kept(file: Path, new: Callable[[], str]) -> str:
    """What the file holds; `new` is written first where there is none."""
    if not file.exists():
        _write(file, new())
    return file.read_text(encoding="utf-8").strip()


def _write(file: Path, content: str) -> None:
    """Whole or not at all, and never readable by others, not even for a moment."""
    draft = file.with_name(f".{file.name}.new")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as text:
        text.write(content)
    draft.replace(file)


if __name__ == "__main__":
    make(Path(sys.argv[1]), f"{os.environ['REDIS_HOST']}:{os.environ['REDIS_PORT']}")
