"""What the lake holds, in one word: it changes with every file, and with what the manifest says was pulled."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from include.lake.compaction import months
from include.lake.manifest import Manifest
from include.lake.rejects import FOLDER as REJECTS
from include.lake.schemas import TABLES


def state(root: Path, manifest: Manifest) -> str:
    """A digest of the names, sizes and times of all landed and rejected files, and of the pulls that completed."""
    pulls = (f"{name} {pull}" for name, entry in manifest.entries().items() for pull in entry.pulls)
    return sha256("\n".join([*_files(root), *_files(root / REJECTS), *sorted(pulls)]).encode()).hexdigest()


def _files(root: Path) -> Iterator[str]:
    for table in TABLES:
        yield from (os.fspath(file.relative_to(root)) for file, _ in months(root, table))
