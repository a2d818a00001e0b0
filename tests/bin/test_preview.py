"""`make preview`, `make gallery`: from stored scores alone, into folders of their own; one line where it cannot be."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from bin import gallery, preview
from tests.report.synthetic import ROOT
from tests.report.test_region import lake_with_scores

DAY = date(2026, 10, 31)


def run(module: str, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """As make runs it; the lake holds nothing but scores."""
    own = {"DATA_DIR": str(folder), "FONTS_DIR": os.environ.get("FONTS_DIR", str(ROOT / "data" / "fonts"))}
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("LAKE", "REPORTS", "CONFIG"))
    }
    return subprocess.run(
        [sys.executable, "-m", module, *arguments], capture_output=True, text=True, check=False, cwd=ROOT,
        env=inherited | own,
    )  # fmt: skip


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    lake_with_scores(folder / "lake")
    return folder


@pytest.fixture
def here(scored: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The places of a run in this process."""
    places = {"DATA_DIR": scored, "LAKE_URI": scored / "lake", "CONFIG_DIR": ROOT / "config"}
    for name, place in places.items():
        monkeypatch.setenv(name, str(place))
    monkeypatch.setenv("FONTS_DIR", os.environ.get("FONTS_DIR", str(ROOT / "data" / "fonts")))
    return scored


def files(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def test_an_edition_is_made_again_and_nothing_else_is_touched(scored: Path) -> None:
    before = files(scored)
    ran = run("bin.preview", scored, "malaysia", "ms_MY", str(DAY))
    assert (ran.returncode, ran.stderr) == (0, "")
    made = files(scored) - before
    assert {name.rpartition("/")[0] for name in made} == {f"preview/{DAY}/malaysia/ms_MY"}
    with pypdfium2.PdfDocument(scored / "preview" / str(DAY) / "malaysia" / "ms_MY" / "report.pdf") as pdf:
        assert f"({len(pdf)} pages)" in ran.stdout


@pytest.mark.usefixtures("here")
def test_the_first_locale_and_the_last_day_are_meant_where_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert preview.main(["malaysia", "", ""]) == 0
    assert f"{DAY}/malaysia/ms_MY/report.html" in capsys.readouterr().out


@pytest.mark.usefixtures("here")
def test_an_edition_can_be_seen_in_any_language_that_has_a_catalogue() -> None:
    assert preview.main(["malaysia", "es_419"]) == 0


def test_it_loads_neither_airflow_nor_what_reaches_a_vendor() -> None:
    code = "import sys, bin.preview; print(sorted({'airflow', 'requests', 'sqlalchemy'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name a region: make preview REGION=united_states | mexico | spain | china | malaysia | company"),
        (("narnia",), "no region is called 'narnia': make preview REGION=united_states"),
        (("../malaysia",), "no region is called '../malaysia'"),
        (("malaysia", "xx_YY"), "locale 'xx_YY' is not in CLDR"),
        (("malaysia", "fr_FR"), "no catalogue for fr_FR"),
        (("malaysia", "../../x"), "is not in CLDR"),
        (("malaysia", "ms_MY", "yesterday"), "DAY=yesterday is no date; write year-month-day: DAY=2026-10-31"),
        (("malaysia", "ms_MY", "2026-10-01"), "2026-10-01 of malaysia is not scored; DAY=2026-10-31 is"),
        (("spain",), "no day of spain is scored"),
    ],
)
def test_what_there_is_not_is_said_in_one_line(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    before = files(here)
    assert preview.main(list(arguments)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("make preview: ")
    assert said in err
    assert err.count("\n") == 1
    assert files(here) == before


@pytest.mark.usefixtures("here")
def test_a_template_at_fault_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in (ROOT / "config").glob("*.toml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "theme.toml").write_text('templates = "mine"')
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "cards.html.j2").write_text("{% macro card(a, b) %}\n{{ nobody }}{% endmacro %}")
    monkeypatch.setenv("CONFIG_DIR", str(tmp_path))
    assert preview.main(["malaysia"]) == 1
    assert capsys.readouterr().err == "make preview: cards.html.j2, line 2: 'nobody' is undefined\n"


def test_it_watches_and_makes_the_edition_again(scored: Path, tmp_path: Path) -> None:
    for file in (ROOT / "config").glob("*.toml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    own = {"DATA_DIR": str(scored), "CONFIG_DIR": str(tmp_path), "FONTS_DIR": str(ROOT / "data" / "fonts")}
    command = [sys.executable, "-m", "bin.preview", "malaysia", "ms_MY", str(DAY), "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ | own) as watching:
        try:
            assert watching.stdout is not None
            assert "pages)" in watching.stdout.readline()
            (tmp_path / "theme.toml").write_text('[colors]\naccent = "#ffcc00"')
            assert "colors.accent: as text it has a contrast of 1.4" in watching.stdout.readline()
            (tmp_path / "theme.toml").write_text('[colors]\naccent = "#5b2d90"')
            assert "pages)" in watching.stdout.readline()
        finally:
            watching.terminate()
    page = (scored / "preview" / str(DAY) / "malaysia" / "ms_MY" / "report.html").read_text()
    assert "--blue:#5b2d90" in page


def test_the_gallery_shows_every_edition_and_names_what_is_missing(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the sample's nights only asia is scored."""
    assert gallery.main([]) == 1
    out, err = capsys.readouterr()
    assert "3 of 7 editions" in out
    assert "make gallery: spain es_ES: " in err
    page = (here / "gallery" / "index.html").read_text()
    named = re.findall(r'(?:src|href)="([^"#]+)"', page)
    assert all((here / "gallery" / name).is_file() for name in named)
    assert len([name for name in named if name.endswith(".png")]) > 8
    assert "http" not in page
    assert page.count("Not made: ") == 4
    assert not list(here.glob(".gallery*"))


@pytest.mark.parametrize("lake", ["lake", "empty"])
def test_a_gallery_of_a_day_without_scores_is_refused(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lake: str
) -> None:
    monkeypatch.setenv("LAKE_URI", str(here / lake))
    assert gallery.main(["2020-01-01"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
