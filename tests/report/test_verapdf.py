"""Every edition holds to PDF/UA-1 and PDF/A-3a, as veraPDF judges it; and veraPDF does say no."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bin.verapdf import NoJudge, judge
from include.company import Edition
from include.report.compose import compose
from include.report.edition import render
from include.report.pdf import print_page
from tests.report import synthetic
from tests.report.test_html import EDITIONS
from tests.report.test_pdf import PAGE

pytestmark = pytest.mark.verapdf
PROFILES = ("ua1", "3a")


def verdicts(files: list[Path]) -> list[str]:
    """veraPDF's lines. Skips, saying what to install, where it cannot run; fails there if VERAPDF=required."""
    try:
        return judge(",".join(PROFILES), files).stdout.splitlines()
    except NoJudge as fault:
        if os.environ.get("VERAPDF") == "required":
            raise
        pytest.skip(str(fault))


def printed(edition: str, folder: Path) -> Path:
    region, locale = edition.split("-")
    material = synthetic.material(EDITIONS[edition], region)
    document = render(compose(material), Edition(region=material.region, locale=locale), material.company)
    file = folder / f"{edition}.pdf"
    file.write_bytes(document.pdf)
    return file


def test_every_edition_passes(tmp_path: Path) -> None:
    files = [printed(edition, tmp_path) for edition in EDITIONS]
    assert verdicts(files) == [f"PASS\t{profile}\t{file}" for file in files for profile in PROFILES]


def test_a_region_without_billing_passes(tmp_path: Path) -> None:
    material = replace(synthetic.material(date(2026, 10, 31), "china"), bills=False)
    file = tmp_path / "report.pdf"
    file.write_bytes(render(compose(material), material.region.editions[0], material.company).pdf)
    assert [line.split("\t")[0] for line in verdicts([file])] == ["PASS", "PASS"]


def test_a_page_that_nobody_could_read_aloud_fails(tmp_path: Path) -> None:
    """No title, and a heading that skips a level: two rules of PDF/UA-1."""
    file = tmp_path / "bad.pdf"
    file.write_bytes(print_page(PAGE.replace("<title>t</title>", "").format("<h1>a</h1><h3>b</h3>")).data)
    said = verdicts([file])
    assert said[0] == f"FAIL\tua1\t{file}"
    assert {line.strip().split(":")[0] for line in said if line.startswith("\t")} >= {"7.1-9", "7.4.2-1"}
