"""A region's night: all editions from one night's scores, or none at all."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from include.kpis.gaps import GAPS
from include.kpis.gate.finding import GATE
from include.kpis.restated import RESTATED
from include.kpis.targets import TARGETS
from include.lake import Lake
from include.lake.contents import CONTENTS
from include.report import render_region
from include.report.language import LanguageError
from include.report.region import ScoresMissing
from tests.report import synthetic

DAY = date(2026, 10, 31)
RENDER = """
import sys
from datetime import date
from pathlib import Path
from include.company import load
from include.lake import Lake
from include.report import render_region
lake, reports = Lake(Path(sys.argv[1]) / "lake"), Path(sys.argv[1]) / "reports"
made = render_region(lake, load(Path("config")), "malaysia", "asia", date(2026, 10, 31), reports)
print(len(made), "pandas" in sys.modules)
"""


def lake_with_scores(root: Path) -> Lake:
    file = root / "scores" / f"day={DAY}" / "night=asia" / "data.parquet"
    file.parent.mkdir(parents=True)
    pq.write_table(synthetic.scores(DAY, ("malaysia",)), file)
    return Lake(root)


def test_all_editions_of_a_region_are_rendered_and_published(tmp_path: Path) -> None:
    lake = lake_with_scores(tmp_path / "lake")
    documents = render_region(lake, synthetic.company(), "malaysia", "asia", DAY, tmp_path / "reports")
    assert [document.locale for document in documents] == ["ms_MY", "en_MY"]
    assert [document.subject for document in documents] == [
        "Malaysia: laporan jualan, 31 Oktober 2026",
        "Malaysia: sales report, 31 October 2026",
    ]
    for document in documents:
        folder = tmp_path / "reports" / "2026-10-31" / "malaysia" / document.locale
        assert (folder / "report.pdf").read_bytes() == document.pdf


def test_a_night_without_scores_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ScoresMissing, match="score night asia of 2026-10-31 first"):
        render_region(Lake(tmp_path), synthetic.company(), "malaysia", "asia", DAY, tmp_path / "reports")
    assert not (tmp_path / "reports").exists()


def test_nothing_is_published_when_one_edition_cannot_be_spoken(tmp_path: Path) -> None:
    lake = lake_with_scores(tmp_path / "lake")
    known = synthetic.company()
    readers = {"ms_MY": (), "fr_FR": ()}
    malaysia = known.regions["malaysia"].model_copy(update={"recipients": readers})
    company = known.model_copy(update={"regions": known.regions | {"malaysia": malaysia}})
    with pytest.raises(LanguageError, match=r"no catalogue for fr_FR .*start one: python -m bin.words start fr"):
        render_region(lake, company, "malaysia", "asia", DAY, tmp_path / "reports")
    assert not (tmp_path / "reports").exists()


def test_what_renders_does_without_pandas(tmp_path: Path) -> None:
    """35 MB of every worker; Arrow imports it wherever it is handed a Python value."""
    lake = lake_with_scores(tmp_path / "lake")
    beside = {"gaps": GAPS, "contents": CONTENTS, "gate": GATE, "restated": RESTATED, "targets": TARGETS}
    for name, schema in beside.items():
        pq.write_table(schema.empty_table(), lake.root / "scores" / f"day={DAY}" / "night=asia" / f"{name}.parquet")
    ran = subprocess.run([sys.executable, "-c", RENDER, str(tmp_path)], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["2", "False"]
