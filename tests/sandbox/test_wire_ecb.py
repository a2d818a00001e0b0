"""The central bank's files."""

import csv
from datetime import date
from io import StringIO
from xml.etree import ElementTree

from sandbox.clock import read
from sandbox.wire.ecb import history_csv, ninety_days_xml
from sandbox.world import World


def test_the_history_looks_like_the_banks(small: World) -> None:
    text = history_csv(small)
    assert all(line.endswith(",") for line in text.splitlines())
    rows = list(csv.DictReader(StringIO(text)))
    days = [date.fromisoformat(row["Date"]) for row in rows]
    assert days == sorted(days, reverse=True)
    assert days[0] == date(2026, 10, 30)
    assert not [day for day in days if day.weekday() > 4]
    assert {row["RUB"] for row in rows} == {"N/A"}
    assert all(0.9 < float(row["USD"]) < 1.3 for row in rows)
    assert {"MXN", "CNY", "MYR", "JPY"} <= rows[0].keys()


def test_a_rate_is_out_at_four_in_the_afternoon(small: World) -> None:
    small.move(read("2026-11-02T14:59:00Z"))
    assert "2026-11-02" not in history_csv(small)
    small.move(read("2026-11-02T15:00:00Z"))
    assert "2026-11-02" in history_csv(small)


def test_ninety_days_agree_with_the_history(small: World) -> None:
    spaces = {"ecb": "http://www.ecb.int/vocabulary/2002-08-01/eurofxref"}
    days = ElementTree.fromstring(ninety_days_xml(small)).findall("ecb:Cube/ecb:Cube", spaces)
    assert 60 <= len(days) <= 66
    rates = {one.get("currency"): one.get("rate") for one in days[0]}
    newest = next(csv.DictReader(StringIO(history_csv(small))))
    assert days[0].get("time") == newest["Date"]
    assert rates["MXN"] == newest["MXN"]
