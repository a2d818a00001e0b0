"""Documents on disk: each version once in the archive, never changed; an edition's latest where readers look for it."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from include.report.document import Document, Draft

ARCHIVE = "archive"


def publish(documents: Iterable[Document], reports: Path) -> list[Path]:
    """Write each document to the archive and to `<reports>/<day>/<region>/<locale>/`; returns those folders.

    A reader sees a file as it was or as it is, never half of it; the manifest comes last.
    """
    folders = []
    for document in documents:
        _archive(document, reports / ARCHIVE)
        folder = reports / document.day / document.region / document.locale
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in document.files.items():
            _replace(folder / name, data)
        folders.append(folder)
    return folders


def published(draft: Draft, libraries: tuple[tuple[str, str], ...], reports: Path) -> Document | None:
    """The document as it lies there, if it was printed from this very draft by these libraries and is whole: the same
    inputs have the same bytes, so it need not be printed again."""
    folder = reports / draft.day / draft.region / draft.locale
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        known = draft.printed((folder / "report.pdf").read_bytes(), manifest["pages"], libraries)
    except FileNotFoundError:
        return None
    return known if json.loads(known.manifest) == manifest else None


def _archive(document: Document, archive: Path) -> None:
    """The version as a folder named after its content; made whole beside, then renamed into place."""
    kept = archive / document.content_hash
    if kept.is_dir():
        return
    archive.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".", dir=archive))
    for name, data in document.files.items():
        _write(fresh / name, data)
    fresh.chmod(0o755)
    try:
        fresh.rename(kept)
    except OSError:  # another run archived the same content first
        if not kept.is_dir():
            raise
        shutil.rmtree(fresh)


def _replace(file: Path, data: bytes) -> None:
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    _write(fresh, data)
    fresh.replace(file)


def _write(file: Path, data: bytes) -> None:
    with file.open("wb") as target:
        target.write(data)
        target.flush()
        os.fsync(target.fileno())
