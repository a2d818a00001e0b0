"""A vendor whose answers have changed: nothing is landed, and the error says whose, of which day, what next."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from include.company import Company
from include.lake import Lake
from include.sources import Days, SourceError, build, client, land

from .crm import Crm, record
from .vendor import Answer, Asked, serving

D = date(2026, 10, 31)
MADE = "2026-10-31T08:00:00Z"
Change = Callable[[Any], Any]


def renamed(answer: dict[str, Any]) -> dict[str, Any]:
    """The key of the results is gone."""
    return {"items" if name == "results" else name: value for name, value in answer.items()}


def listed(answer: dict[str, Any]) -> list[Any]:
    """A list where an object was."""
    return list(answer.values())


def without_ids(answer: dict[str, Any]) -> dict[str, Any]:
    return answer | {"results": [{name: each[name] for name in each if name != "id"} for each in answer["results"]]}


def flat_properties(answer: dict[str, Any]) -> dict[str, Any]:
    """A text where the properties were."""
    return answer | {
        "results": [each | {"properties": "see below", "propertiesWithHistory": []} for each in answer["results"]]
    }


def error_with_200(_: dict[str, Any]) -> dict[str, Any]:
    return {"status": "error", "message": "please try later"}


@pytest.mark.parametrize("change", [renamed, listed, without_ids, flat_properties, error_with_200])
def test_a_crm_that_answers_in_another_shape(company: Company, lake: Lake, change: Change) -> None:
    crm = Crm({"contacts": [record(number, MADE, MADE, email=f"a{number}@b.example") for number in range(1, 4)]})

    def changed(asked: Asked) -> Answer:
        answer = crm(asked)
        return Answer(change(answer.content)) if "contacts" in asked.path and answer.content["results"] else answer

    expect_nothing_landed(company, lake, "hubspot", changed, "leads")


def spend_of(**cells: Any) -> list[Any]:
    result = {
        "segments": {"date": "2026-10-31"}, "customer": {"id": "1", "currencyCode": "EUR", "timeZone": "Europe/Madrid"},
        "campaign": {"id": "7", "name": "x", "advertisingChannelType": "SEARCH"},
        "metrics": {"costMicros": "1000000", "impressions": "5", "clicks": "1"},
    }  # fmt: skip
    return [{"results": [result | cells]}]


@pytest.mark.parametrize(
    "answer",
    [
        {"results": []},
        spend_of(segments=["2026-10-31"]),
        spend_of(metrics="none"),
        spend_of(campaign=7),
        [["no chunk"]],
    ],
    ids=["object", "segments", "metrics", "campaign", "chunks"],
)
def test_an_ad_platform_that_answers_in_another_shape(company: Company, lake: Lake, answer: Any) -> None:
    expect_nothing_landed(company, lake, "google_ads", lambda _: Answer(answer), "ad_spend_daily")


def expect_nothing_landed(
    company: Company, lake: Lake, source: str, answers: Callable[[Asked], Answer], table: str
) -> None:
    with serving(answers) as vendor, pytest.raises(SourceError) as told:
        land(build(company, source), client.session(vendor.url), lake, Days(D, D))
    said = str(told.value)
    assert said.startswith(f"{source}, 2026-10-31: ")
    assert "Next: " in said
    assert lake.scan(table).num_rows == 0
    assert lake.watermark(source, table) is None


def test_a_rate_that_is_a_word_is_rejected_and_the_others_stay(company: Company, lake: Lake) -> None:
    """Another type in one cell costs that row; the file's shape is still known."""
    cubes = '<Cube time="2026-10-30"><Cube currency="USD" rate="1.1"/><Cube currency="MXN" rate="n/a"/></Cube>'
    name = 'xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"'
    older = '<Cube time="2026-09-01"><Cube currency="USD" rate="1.2"/></Cube>'
    page = f"<Envelope><Cube {name}>{cubes}{older}</Cube></Envelope>".encode()
    with serving(lambda _: Answer(page, kind="text/xml")) as vendor:
        landed = land(build(company, "fx"), client.session(vendor.url), lake, Days(D, D))
    assert (landed.rows, landed.rejected) == (1, 1)


def test_a_rate_without_its_currency_lands_nothing(company: Company, lake: Lake) -> None:
    name = 'xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"'
    page = f'<Envelope><Cube {name}><Cube time="2026-09-01"><Cube rate="1.1"/></Cube></Cube></Envelope>'.encode()
    expect_nothing_landed(company, lake, "fx", lambda _: Answer(page, kind="text/xml"), "fx_rates")
