"""HubSpot's wire format: searches that page and refuse, histories that end at the clock, archived records apart."""

from typing import Any

import pytest

from sandbox.wire.hubspot.faults import BadRequest
from sandbox.wire.hubspot.reading import associations, batch_read, listing
from sandbox.wire.hubspot.search import CAP, search
from sandbox.wire.hubspot.shelf import Shelf
from sandbox.world import World
from tests.sandbox.served import Sandbox

SINCE = {"propertyName": "lastmodifieddate", "operator": "GTE", "value": "1730419200000"}
BY_ID = [{"propertyName": "hs_object_id", "direction": "ASCENDING"}]


@pytest.fixture
def contacts(small: World) -> Shelf:
    return small.shelf("contacts")


def _asked(*filters: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"filterGroups": [{"filters": list(filters)}], "sorts": BY_ID, "limit": 200, **more}


def test_keyset_paging_finds_every_live_record_once(sandbox: Sandbox, small: World) -> None:
    seen: list[str] = []
    while True:
        above = {"propertyName": "hs_object_id", "operator": "GT", "value": seen[-1] if seen else "0"}
        page = sandbox.hubspot("/crm/v3/objects/contacts/search", _asked(SINCE, above)).json()
        seen += [record["id"] for record in page["results"]]
        if "paging" not in page:
            break
    assert seen == [str(lead.id) for lead in small.shelf("contacts").live]


def test_a_filter_on_change_stamps_takes_exactly_the_changed(contacts: Shelf) -> None:
    since = {"propertyName": "lastmodifieddate", "operator": "GTE", "value": "1793000000000"}
    found = search(contacts, _asked(since))
    expected = [lead for lead in contacts.live if contacts.changed(lead) >= 1_793_000_000_000]
    assert found["total"] == len(expected) > 20


def test_values_are_compared_as_the_property_is(contacts: Shelf) -> None:
    spanish = {"propertyName": "hs_country_region_code", "operator": "IN", "values": ["ES", "PT"]}
    found = search(contacts, _asked(spanish, properties=["hs_country_region_code"]))
    assert {record["properties"]["hs_country_region_code"] for record in found["results"]} <= {"ES", "PT"}
    rest = {"propertyName": "hs_country_region_code", "operator": "NEQ", "value": "ES"}
    assert 0 < search(contacts, _asked(rest))["total"] < len(contacts.live)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"filterGroup": []}, "filterGroup"),
        ({"filterGroups": [{"filters": [SINCE | {"propertyName": "lastmodifeddate"}]}]}, "lastmodifeddate"),
        ({"filterGroups": [{"filters": [SINCE | {"operator": "GREATER"}]}]}, "GREATER"),
        ({"filterGroups": [{"filters": [SINCE | {"value": "last week"}]}]}, "last week"),
        ({"filterGroups": [{"filters": [{"propertyName": "email", "operator": "EQ"}]}]}, "value"),
        ({"filterGroups": [{"filter": []}]}, "filter"),
        ({"properties": ["e-mail"]}, "e-mail"),
        ({"sorts": [{"propertyName": "createdat", "direction": "ASCENDING"}]}, "createdat"),
        ({"sorts": [{"propertyName": "createdate", "direction": "UP"}]}, "UP"),
        ({"limit": 201}, "200"),
    ],
)
def test_misspelt_searches_are_refused_by_name(contacts: Shelf, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(BadRequest, match=said):
        search(contacts, wrong)


def test_a_refusal_is_a_400_with_hubspots_body(sandbox: Sandbox) -> None:
    answer = sandbox.hubspot("/crm/v3/objects/contacts/search", {"propertis": []})
    assert answer.status_code == 400
    assert answer.json()["category"] == "VALIDATION_ERROR"
    assert sandbox.hubspot("/crm/v3/objects/people/search", {}).status_code == 400
    assert sandbox.hubspot("/crm/v3/owners?page=2").status_code == 400


def test_nothing_beyond_ten_thousand(contacts: Shelf) -> None:
    assert search(contacts, {"limit": 200, "after": str(CAP - 200)})["results"] == []
    with pytest.raises(BadRequest, match="10,000"):
        search(contacts, {"limit": 200, "after": str(CAP - 199)})


def test_properties_and_histories_end_at_the_clock(small: World) -> None:
    deals = small.shelf("deals")
    running = next(deal for deal in deals.live if deal.stages[-1][0] > small.clock.ms)
    known = [stage for at, stage in running.stages if at <= small.clock.ms]
    asked = {"inputs": [{"id": str(running.id)}], "properties": ["dealstage"], "propertiesWithHistory": ["dealstage"]}
    _, answer = batch_read(deals, asked)
    record = answer["results"][0]
    assert record["properties"]["dealstage"] == known[-1]
    assert [entry["value"] for entry in record["propertiesWithHistory"]["dealstage"]] == known[::-1]
    assert record["updatedAt"] <= "2026-11-01T12:00:00.000Z"


def test_batches_are_limited_and_name_what_is_missing(contacts: Shelf) -> None:
    many = [{"id": str(lead.id)} for lead in contacts.live[:51]]
    with pytest.raises(BadRequest, match="50"):
        batch_read(contacts, {"inputs": many, "propertiesWithHistory": ["email"]})
    status, answer = batch_read(contacts, {"inputs": [*many, {"id": "1"}], "properties": ["email"]})
    assert (status, len(answer["results"])) == (207, 51)
    assert answer["errors"][0]["context"]["ids"] == ["1"]


def test_merged_contacts_are_archived_and_known_to_their_survivor(contacts: Shelf) -> None:
    losers = [lead for lead in contacts.archived if lead.merged]
    assert losers
    assert not {lead.id for lead in contacts.archived} & {lead.id for lead in contacts.live}
    everyone = {lead.id: lead for lead in (*contacts.live, *contacts.archived)}
    for loser in losers:
        merged = contacts.value(everyone[loser.merged[1]], "hs_calculated_merged_vids")
        assert f"{loser.id}:{loser.merged[0]}" in (merged or "").split(";")


def test_archived_records_are_listed_in_pages(contacts: Shelf) -> None:
    seen: list[str] = []
    while True:
        page = listing(
            contacts, {"archived": "true", "limit": "50", "after": seen[-1] if seen else "0", "properties": "email"}
        )
        seen += [record["id"] for record in page["results"]]
        assert all(record["archivedAt"] for record in page["results"])
        if "paging" not in page:
            break
    assert seen == [str(lead.id) for lead in contacts.archived]


def test_deals_name_their_contact_and_account(small: World) -> None:
    deals = small.shelf("deals")
    ids = [{"id": str(deal.id)} for deal in deals.live]
    to_firms = associations(deals, "companies", {"inputs": ids[:1000]})[1]["results"]
    to_leads = associations(deals, "contacts", {"inputs": ids[:1000]})[1]["results"]
    assert len(to_firms) == len(ids[:1000]) > len(to_leads) > 0.9 * len(to_firms)
    with pytest.raises(BadRequest, match="1000"):
        associations(deals, "contacts", {"inputs": ids[:1] * 1001})


def test_teams_and_pipeline(sandbox: Sandbox) -> None:
    owners = sandbox.hubspot("/crm/v3/owners?limit=500").json()["results"]
    gone = sandbox.hubspot("/crm/v3/owners?limit=500&archived=true").json()["results"]
    teams = {owner["teams"][0]["name"] for owner in owners}
    assert teams == {"United States", "Mexico", "Spain", "China", "Malaysia"}
    assert len(owners) + len(gone) == 44
    stages = sandbox.hubspot("/crm/v3/pipelines/deals").json()["results"][0]["stages"]
    assert [stage["id"] for stage in stages if stage["metadata"]["isClosed"] == "true"] == ["closedwon", "closedlost"]
