"""The foot of every page: when the data ends, in whose money, and what to quote when a number is in doubt."""

import re
import tomllib
from pathlib import Path

import pytest

from include.kpis import KPIS
from include.report.footer import as_of
from include.report.report import Report
from include.report.version import version
from include.report.words import Words
from tests.report import synthetic

ROOT = Path(__file__).parents[2]
SAID = {
    "en_MY": "Data up to the end of 31 Oct 2026, Asia/Kuala_Lumpur (4:00 pm UTC). Amounts in MYR, rates to that day.",
    "es_ES": "Datos hasta el final del 31 oct 2026, Asia/Kuala_Lumpur (16:00 UTC). Importes en MYR, tipos de cambio "
    "hasta ese día.",
    "ms_MY": "Data sehingga akhir 31 Okt 2026, Asia/Kuala_Lumpur (4:00 PTG UTC). Nilai dalam MYR, kadar hingga hari "
    "itu.",
    "zh_Hans_CN": "数据截至 2026年10月31日当日结束，Asia/Kuala_Lumpur（UTC 16:00）。金额单位：MYR，汇率截至当日。",
}


@pytest.mark.parametrize("locale", SAID)
def test_it_names_time_money_version_and_archive(report: Report, locale: str) -> None:
    foot = as_of(report, Words(locale, report.currency, synthetic.company(), KPIS)).replace("\u202f", " ")
    assert foot.startswith(SAID[locale])
    rest = foot.removeprefix(SAID[locale])
    assert report.version in rest
    assert report.archive_id in rest


def test_the_version_is_the_release_and_four_digits_that_are_the_same_again(report: Report) -> None:
    release = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert re.fullmatch(re.escape(release) + r"\+[0-9A-F]{4}", report.version)
    version.cache_clear()
    assert version() == report.version


def test_nothing_of_it_can_be_broken_at_the_end_of_a_line(report: Report) -> None:
    """A number that a reader quotes stands on one line: no space, no hyphen."""
    assert not re.search(r"[\s-]", report.version + report.archive_id)
