"""The fonts draw every character of a page, and only these fonts are ever used."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from bin import words
from include.report import fonts
from include.report.catalogues import texts
from include.report.language import read

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(file for file in (ROOT / "include" / "templates").rglob("*") if file.is_file())


@pytest.fixture(scope="module", autouse=True)
def folder() -> Iterator[Path]:
    """The fonts as set-up keeps them: building costs 10 s and is done once a machine."""
    before = os.environ.get("FONTCONFIG_FILE")
    yield fonts.configure(Path(os.environ.get("FONTS_DIR", ROOT / "data" / "fonts")))
    if before is not None:
        os.environ["FONTCONFIG_FILE"] = before


def test_fontconfig_sees_these_two_fonts_and_no_other(folder: Path) -> None:
    listed = subprocess.run(["fc-list", ":", "file"], capture_output=True, text=True, check=True).stdout
    assert sorted(listed.split()) == [f"{folder / name}.ttf:" for name in ("Bold", "Regular")]


@pytest.mark.parametrize(("style", "weight"), [("Regular", 400), ("Bold", 700)])
def test_both_styles_are_static_fonts_of_one_family(folder: Path, style: str, weight: int) -> None:
    with TTFont(folder / f"{style}.ttf") as font:
        assert "fvar" not in font
        assert font["name"].getDebugName(1) == fonts.FAMILY
        assert font["OS/2"].usWeightClass == weight
        assert frozenset(font.getBestCmap()) == fonts.drawn()


def test_the_licence_lies_beside_the_fonts(folder: Path) -> None:
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8").upper()


def test_a_character_without_a_glyph_is_named() -> None:
    assert fonts.missing("𠮷野家 𠮷 Ő\n") == ("𠮷", "Ő")
    assert fonts.shown("𠮷野家") == "[U+20BB7]野家"


def test_bidirectional_controls_are_shown_not_obeyed() -> None:
    assert fonts.shown("a\u202eb") == "a[U+202E]b"


def test_the_spaces_and_marks_of_reports_are_drawn() -> None:
    assert fonts.missing("\u00a0\u2009\u202f▲●◆▼○△□–−→’“”…¥€£₩₫×·≥≈÷个百分点（）：，。、") == ()


@pytest.mark.parametrize("file", words.catalogues(), ids=words.language_of)
def test_every_character_of_a_catalogue_is_drawn(file: Path) -> None:
    assert {text: fonts.missing(text) for m in read(file) for text in texts(m.string) if fonts.missing(text)} == {}


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_every_character_of_a_template_is_drawn(file: Path) -> None:
    assert fonts.missing(file.read_text(encoding="utf-8")) == ()


def test_the_source_texts_are_drawn() -> None:
    assert {text for m in words.collect() for text in texts(m.id) if fonts.missing(text)} == set()


def test_a_folder_that_was_moved_is_named_anew(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "old" / folder.name)
    (tmp_path / "old").rename(tmp_path / "new")
    settings = fonts.configure(tmp_path / "new") / "fonts.conf"
    assert f"<dir>{tmp_path / 'new' / folder.name}</dir>" in settings.read_text(encoding="utf-8")
    fonts.configure(folder.parent)


def test_a_second_call_builds_nothing(folder: Path) -> None:
    before = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    assert fonts.configure(folder.parent) == folder
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == before


def test_a_folder_that_cannot_be_made_is_an_error_with_the_next_step(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(fonts.FontsError, match="no fonts can be written there"):
        fonts.configure(tmp_path / "file")


def test_unconfigured_fonts_are_an_error() -> None:
    code = "from include.report import fonts; fonts.missing('a')"
    environment = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert "fonts are not configured: call include.report.fonts.configure first" in run.stderr


@pytest.mark.slow
@pytest.mark.slow
def test_the_same_wheel_builds_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = fonts.configure(tmp_path)
    same = all((again / name).read_bytes() == (folder / name).read_bytes() for name in ("Regular.ttf", "Bold.ttf"))
    fonts.configure(folder.parent)
    assert same
