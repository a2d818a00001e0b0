"""Published reports: where they are looked for, and every version kept as it was."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from include.report.document import Document, Draft
from include.report.publish import publish, published

DOCUMENT = Document(
    day="2026-10-31",
    region="malaysia",
    locale="ms_MY",
    subject="Malaysia: laporan jualan, 31 Oktober 2026",
    html="<p>x</p>",
    pdf=b"%PDF-1.7",
    json="{}\n",
    data=b"section\r\n",
    workbook=b"PK",
    pages=4,
    libraries=(("weasyprint", "70.0"), ("pango", "1.50.12"), ("fonts", "NotoSansSC")),
)


def test_an_edition_is_where_it_is_looked_for(tmp_path: Path) -> None:
    (folder,) = publish([DOCUMENT], tmp_path)
    assert folder == tmp_path / "2026-10-31" / "malaysia" / "ms_MY"
    assert {file.name for file in folder.iterdir()} == {
        "report.html",
        "report.pdf",
        "report.json",
        "data.csv",
        "data.xlsx",
        "manifest.json",
    }
    assert (folder / "report.pdf").read_bytes() == DOCUMENT.pdf


def test_the_manifest_says_what_it_is_and_what_its_bytes_depend_on(tmp_path: Path) -> None:
    (folder,) = publish([DOCUMENT], tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest == {
        "day": "2026-10-31",
        "region": "malaysia",
        "locale": "ms_MY",
        "content_hash": DOCUMENT.content_hash,
        "subject": DOCUMENT.subject,
        "pages": 4,
        "bytes": {"report.html": 8, "report.pdf": 8, "report.json": 3, "data.csv": 9, "data.xlsx": 2},
        "libraries": {"weasyprint": "70.0", "pango": "1.50.12", "fonts": "NotoSansSC"},
    }


def test_every_version_is_kept_and_the_latest_is_shown(tmp_path: Path) -> None:
    later = replace(DOCUMENT, html="<p>y</p>")
    publish([DOCUMENT], tmp_path)
    (folder,) = publish([later], tmp_path)
    assert (folder / "report.html").read_text() == "<p>y</p>"
    assert (tmp_path / "archive" / DOCUMENT.content_hash / "report.html").read_text() == "<p>x</p>"
    assert (tmp_path / "archive" / later.content_hash / "report.html").read_text() == "<p>y</p>"


def test_a_kept_version_is_never_written_again(tmp_path: Path) -> None:
    publish([DOCUMENT], tmp_path)
    kept = tmp_path / "archive" / DOCUMENT.content_hash / "report.html"
    kept.write_text("as it was sent")
    publish([DOCUMENT], tmp_path)
    assert kept.read_text() == "as it was sent"


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    publish([DOCUMENT, replace(DOCUMENT, locale="en_MY")], tmp_path)
    assert list(tmp_path.rglob(".*")) == []


def test_each_part_decides_the_hash() -> None:
    changes: tuple[dict[str, Any], ...] = (
        {"html": "<p>xx</p>"}, {"pdf": b"%PDF"}, {"json": "{1}"}, {"data": b"x"}, {"workbook": b"x"}
    )  # fmt: skip
    hashes = {replace(DOCUMENT, **change).content_hash for change in changes}
    assert len({DOCUMENT.content_hash, *hashes}) == 6


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "2026-10-31").write_text("a file in the way")
    with pytest.raises(OSError, match="2026-10-31"):
        publish([DOCUMENT], tmp_path)


DRAFT = Draft(
    DOCUMENT.day, DOCUMENT.region, DOCUMENT.locale, "Laporan jualan", DOCUMENT.subject, DOCUMENT.html, DOCUMENT.json,
    DOCUMENT.data, DOCUMENT.workbook,
)  # fmt: skip
NEWER = (("weasyprint", "71.0"), *DOCUMENT.libraries[1:])


def test_a_document_that_lies_there_whole_is_not_printed_again(tmp_path: Path) -> None:
    assert published(DRAFT, DOCUMENT.libraries, tmp_path) is None
    publish([DOCUMENT], tmp_path)
    assert published(DRAFT, DOCUMENT.libraries, tmp_path) == DOCUMENT


@pytest.mark.parametrize(
    "change", [{"html": "<p>y</p>"}, {"data": b"other"}, {"workbook": b"other"}, {"json": "[]"}, {"subject": "Other"}]
)
def test_a_document_of_another_draft_is(tmp_path: Path, change: dict[str, Any]) -> None:
    publish([DOCUMENT], tmp_path)
    assert published(replace(DRAFT, **change), DOCUMENT.libraries, tmp_path) is None


def test_a_document_of_other_libraries_is(tmp_path: Path) -> None:
    publish([DOCUMENT], tmp_path)
    assert published(DRAFT, NEWER, tmp_path) is None


@pytest.mark.parametrize("lost", ["report.pdf", "manifest.json"])
def test_a_document_that_is_not_whole_is(tmp_path: Path, lost: str) -> None:
    (folder,) = publish([DOCUMENT], tmp_path)
    (folder / lost).unlink()
    assert published(DRAFT, DOCUMENT.libraries, tmp_path) is None


def test_a_document_that_was_damaged_is(tmp_path: Path) -> None:
    (folder,) = publish([DOCUMENT], tmp_path)
    (folder / "report.pdf").write_bytes(b"%PDF-1.6")
    assert published(DRAFT, DOCUMENT.libraries, tmp_path) is None
