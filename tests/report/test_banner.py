"""The banner above a report: what the gate found, in the reader's language, and nothing when it found nothing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from include.company import Edition
from include.kpis import KPIS
from include.kpis.gate.finding import Finding, Level
from include.lake import TABLES
from include.report.banner import banner
from include.report.compose import compose
from include.report.html import page
from include.report.words import Words
from include.thresholds import Rule
from tests.report import synthetic

DAY = date(2026, 10, 31)


def finding(rule: Rule, level: Level = "warn", **said: Any) -> Finding:
    plain = {"table": "leads", "region": "spain", "source": "hubspot", "what": "day", "found": 3.0, "usual": 40.0}
    return Finding(rule, level, **{**plain, "first": DAY, "last": DAY, **said})


EVERY = (
    finding("freshness", source="web_analytics"),
    finding("volume"),
    finding("volume", what="week", found=1),
    finding("rejects", region=None, found=0.081, usual=1234),
    finding("amounts", table="ad_spend_daily", what="typical spend", found=1000, usual=10),
    finding("amounts", table="opportunities", what="largest amount", found=350, usual=100),
    finding("reconciliation", first=date(2026, 9, 1), found=0.15, usual=31),
)
ENGLISH = [
    "web_analytics was not read after the day had ended; its figures may be incomplete.",
    "Leads, Spain: 3 rows on this day; 40 are usual on this weekday.",
    "Leads, Spain: 1 row in the last 7 days; 40 are usual.",
    "Leads: 8.1% of the latest rows from hubspot could not be read; no figure has them.",
    "Ad spend, Spain: the amounts of October 31 are implausible, 100.0x the usual size.",
    "Deals, Spain: an amount of October 31 is implausible, 3.5x the largest of the half year before.",
    "Spain: 15.0% of the bookings of September differ from what was billed.",
]


def said(edition: Edition, *findings: Finding) -> list[str]:
    words = Words(edition.locale, edition.region.currency, synthetic.company(), KPIS)
    material = replace(synthetic.material(DAY, edition.region.id), gate=findings)
    return [words.say(message) for message in banner(material)]


def edition(locale: str) -> Edition:
    return next(
        each for region in synthetic.company().regions.values() for each in region.editions if each.locale == locale
    )


def test_each_finding_is_a_sentence() -> None:
    assert said(edition("en_US"), *EVERY) == ENGLISH


@pytest.mark.parametrize("locale", ["es_MX", "es_ES", "zh_Hans_CN", "ms_MY"])
def test_each_sentence_is_in_the_readers_language(locale: str) -> None:
    told = said(edition(locale), *EVERY)
    assert len(told) == len(EVERY)
    assert not set(told) & set(ENGLISH)
    assert all("Spain" not in sentence and "%(" not in sentence for sentence in told)


def test_a_held_report_says_so_first() -> None:
    assert said(edition("en_US"), finding("volume", "hold"))[0] == "Held: not mailed until the following is mended."


def test_without_a_finding_there_is_no_banner() -> None:
    assert said(edition("en_US")) == []


def test_the_banner_stands_above_the_verdict() -> None:
    spain = edition("es_ES")
    material = replace(synthetic.material(DAY, "spain"), gate=(finding("volume"),))
    html = page(compose(material), Words("es_ES", spain.region.currency, synthetic.company(), KPIS))
    assert 0 < html.index("3 filas en este día") < html.index('class="verdict"')


def test_every_landed_table_has_a_name() -> None:
    named = [said(edition("es_ES"), finding("rejects", table=table))[0].split(":")[0] for table in TABLES]
    assert set(named).isdisjoint({f"table.{table}" for table in TABLES})
    assert len(set(named)) == len(TABLES)
