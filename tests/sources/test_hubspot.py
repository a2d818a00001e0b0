"""How HubSpot's records become rows: versions, stages, merges, deals, engagements."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from include.company import Company
from include.lake import Lake
from include.sources import Days, Source, SourceError, build, client, land, load

from .crm import Crm, record
from .vendor import Answer, Asked, Vendor, serving

D = Days(date(2026, 10, 1), date(2026, 10, 31))
MADE, MQL, LATER = "2026-10-03T10:00:00.000Z", "2026-10-05T11:00:00.000Z", "2026-10-09T12:00:00.000Z"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.fixture
def crm() -> Crm:
    return Crm()


@pytest.fixture
def vendor(crm: Crm) -> Iterator[Vendor]:
    with serving(crm) as serves:
        yield serves


@pytest.fixture
def source(company: Company) -> Source:
    return build(company, "hubspot")


def pulled(source: Source, vendor: Vendor, table: str, days: Days = D) -> list[dict[str, Any]]:
    batches = source.pull(client.session(vendor.url), table, days)
    return [row for batch in batches for row in batch.rows.to_pylist()]


def rejected(source: Source, vendor: Vendor, table: str) -> list[dict[str, Any]]:
    batches = source.pull(client.session(vendor.url), table, D)
    return [row for batch in batches for row in batch.rejects.to_pylist()]


def contact(number: int = 1, **told: Any) -> dict[str, Any]:
    plain = {
        "hs_analytics_source": "PAID_SEARCH",
        "hs_country_region_code": "MY",
        "hs_state_code": "SGR",
        "city": "Klang",
    }
    return record(number, MADE, LATER, **plain | {"lifecyclestage": "lead"} | told)


def deal(number: int = 70, **told: Any) -> dict[str, Any]:
    plain = {"dealstage": "appointmentscheduled", "amount": "100.5", "deal_currency_code": "MYR", "closedate": LATER}
    return record(number, MQL, LATER, **plain | {"dealtype": "newbusiness"} | told)


def test_a_contact_has_a_version_for_each_change_of_a_field(crm: Crm, vendor: Vendor, source: Source) -> None:
    crm.records["contacts"] = [contact(city=[(MADE, "Klang"), (MQL, "Ipoh")], hubspot_owner_id=[(LATER, "9")])]

    told = [(row["updated_at"], row["city"], row["owner_rep_id"]) for row in pulled(source, vendor, "leads")]
    assert told == [(at(MADE), "Klang", None), (at(MQL), "Ipoh", None), (at(LATER), "Ipoh", "9")]


def test_a_contacts_words_become_ours(crm: Crm, vendor: Vendor, source: Source) -> None:
    crm.records["contacts"] = [contact(utm_campaign="<script>", email="a@corong-internal.example")]

    (row,) = pulled(source, vendor, "leads")
    assert (row["lead_id"], row["channel"], row["campaign_id"]) == ("1", "paid_search", "<script>")
    assert (row["country"], row["subdivision"], row["city"]) == ("MY", "MY-SGR", "Klang")
    assert (row["created_at"], row["is_test"], row["deleted_at"]) == (at(MADE), True, None)


@pytest.mark.parametrize("word", ["PIGEON", "", None])
def test_a_channel_in_no_list_is_unknown(crm: Crm, vendor: Vendor, source: Source, word: str | None) -> None:
    crm.records["contacts"] = [contact(hs_analytics_source=word)]

    assert [row["channel"] for row in pulled(source, vendor, "leads")] == ["unknown"]


def test_of_two_values_at_one_moment_the_newer_counts(crm: Crm, vendor: Vendor, source: Source) -> None:
    crm.records["contacts"] = [contact(city=[(MADE, "Klang"), (MQL, "Ipoh"), (MQL, "Muar")])]

    assert [row["city"] for row in pulled(source, vendor, "leads")] == ["Klang", "Muar"]


def stages(source: Source, vendor: Vendor) -> list[tuple[Any, ...]]:
    names = ("entity_type", "stage", "source_stage", "is_stage_change", "entered_at", "valid_from", "recorded_at")
    return [tuple(row[name] for name in names) for row in pulled(source, vendor, "crm_stage_history")]


def test_each_entry_into_a_stage_is_a_row_of_the_history(crm: Crm, vendor: Vendor, source: Source) -> None:
    entries = [(MADE, "lead"), (MQL, "marketingqualifiedlead"), (LATER, "lead")]
    crm.records["contacts"] = [contact(lifecyclestage=entries)]

    assert stages(source, vendor) == [
        ("lead", stage, word, True, at(moment), at(moment), at(moment))
        for stage, word, moment in [
            ("lead", "lead", MADE),
            ("mql", "marketingqualifiedlead", MQL),
            ("lead", "lead", LATER),
        ]
    ]


def test_a_disqualified_lead_leaves_by_that_exit_and_may_come_back(crm: Crm, vendor: Vendor, source: Source) -> None:
    status = [(MQL, "UNQUALIFIED"), (LATER, "OPEN")]
    crm.records["contacts"] = [contact(hs_lead_status=status, disqualify_reason=[(MQL, "no budget")])]

    assert [row[1] for row in stages(source, vendor)] == ["lead", "disqualified", "lead"]
    told = [(row["disqualified_at"], row["disqualify_reason"]) for row in pulled(source, vendor, "leads")]
    assert told == [(None, None), (at(MQL), "no budget"), (None, None)]


def test_another_owner_is_a_row_that_is_no_change_of_stage(crm: Crm, vendor: Vendor, source: Source) -> None:
    crm.records["contacts"] = [contact(hubspot_owner_id=[(MADE, "8"), (LATER, "9")])]

    assert [(row[3], row[4], row[5]) for row in stages(source, vendor)] == [
        (True, at(MADE), at(MADE)),
        (False, at(MADE), at(LATER)),
    ]


def test_a_stage_in_no_map_is_rejected_and_the_others_stay(crm: Crm, vendor: Vendor, source: Source) -> None:
    crm.records["contacts"] = [contact(lifecyclestage=[(MADE, "lead"), (MQL, "evangelist"), (LATER, "customer")])]

    assert [row[1] for row in stages(source, vendor)] == ["lead", "won"]
    (reject,) = rejected(source, vendor, "crm_stage_history")
    assert reject["reasons"] == ["stage: 'evangelist' is in no [hubspot.lifecyclestage] of funnel.toml"]
    assert (reject["origin"], reject["day"]) == ("lead 1", date(2026, 10, 5))


def test_a_merged_contact_names_its_survivor_from_the_merge_on(crm: Crm, vendor: Vendor, source: Source) -> None:
    milliseconds = int(at(LATER).timestamp() * 1000)
    crm.records["contacts"] = [contact(1, hs_calculated_merged_vids=f"2:{milliseconds}"), contact(2, archived=LATER)]

    told = [(row["updated_at"], row["merged_into_lead_id"], row["merged_at"], row["deleted_at"])
            for row in pulled(source, vendor, "leads") if row["lead_id"] == "2"]  # fmt: skip
    assert told == [(at(MADE), None, None, None), (at(LATER), "1", at(LATER), None)]


def test_a_deleted_contact_is_deleted_from_then_on(crm: Crm, vendor: Vendor, source: Source) -> None:
    crm.records["contacts"] = [contact(2, archived=LATER)]

    assert [(row["updated_at"], row["deleted_at"]) for row in pulled(source, vendor, "leads")] == [
        (at(MADE), None),
        (at(LATER), at(LATER)),
    ]


def test_a_lead_knows_the_deal_that_names_it_first_from_when_it_was_made(
    crm: Crm, vendor: Vendor, source: Source
) -> None:
    crm.records = {"contacts": [contact(1), contact(2)], "deals": [deal(70), deal(71)]}
    crm.links["deals", "contacts"] = {"70": ["1", "2"], "71": ["1"]}

    told = [(row["lead_id"], row["updated_at"], row["opportunity_id"]) for row in pulled(source, vendor, "leads")]
    assert told == [("1", at(MADE), None), ("1", at(MQL), "70"), ("2", at(MADE), None)]


def test_a_deal_has_versions_its_first_contact_and_its_company(crm: Crm, vendor: Vendor, source: Source) -> None:
    crm.records["deals"] = [deal(amount=[(MQL, "100.5"), (LATER, "200")])]
    crm.links = {("deals", "contacts"): {"70": ["5", "4"]}, ("deals", "companies"): {"70": ["30"]}}

    first, second = pulled(source, vendor, "opportunities")
    assert (first["amount"], second["amount"]) == (100.5, 200)
    assert (first["primary_lead_id"], first["account_id"], first["type"]) == ("5", "30", "new")
    assert [each["lead_id"] for each in first["contacts"]] == ["5", "4"]
    assert (first["expected_close_date"], first["status"], first["closed_at"]) == (date(2026, 10, 9), "open", None)


def test_a_deal_is_closed_when_it_entered_the_closed_stage_and_open_again_if_it_leaves(
    crm: Crm, vendor: Vendor, source: Source
) -> None:
    again, last = "2026-10-20T12:00:00.000Z", "2026-10-21T12:00:00.000Z"
    stage = [(MQL, "contractsent"), (LATER, "closedlost"), (again, "contractsent"), (last, "closedwon")]
    crm.records["deals"] = [deal(dealstage=stage, closed_lost_reason=[(LATER, "price")])]

    told = [(row["status"], row["closed_at"], row["lost_reason"]) for row in pulled(source, vendor, "opportunities")]
    assert told == [("open", None, None), ("lost", at(LATER), "price"), ("open", None, None), ("won", at(last), None)]


@pytest.mark.parametrize(("field", "value", "reason"), [
    ("deal_currency_code", "XQX", "currency: 'XQX' is no ISO 4217 code"),
    ("amount", "-4500", "amount: '-4500' is negative"),
    ("amount", "NaN", "amount: 'NaN' is no number"),
    ("dealtype", "gift", "type: 'gift' is none of new, renewal, upsell, cross_sell"),
    ("dealstage", "onhold", "stage: 'onhold' is in no [hubspot.dealstage] of funnel.toml"),
])  # fmt: skip
def test_a_dirty_deal_is_rejected_with_its_reason(
    crm: Crm, vendor: Vendor, source: Source, field: str, value: str, reason: str
) -> None:
    crm.records["deals"] = [deal(70, **{field: value}), deal(71)]

    assert [row["opportunity_id"] for row in pulled(source, vendor, "opportunities")] == ["71"]
    assert [(each["reasons"], each["origin"]) for each in rejected(source, vendor, "opportunities")] == [
        ([reason], "deal 70")
    ]


def test_a_record_without_a_readable_making_is_one_reject(crm: Crm, vendor: Vendor, source: Source) -> None:
    broken = contact(1)
    broken["properties"]["createdate"] = "yesterday"
    crm.records["contacts"] = [broken, contact(2)]

    assert [row["lead_id"] for row in pulled(source, vendor, "leads")] == ["2"]
    (reject,) = rejected(source, vendor, "leads")
    assert (reject["reasons"], reject["day"]) == (["stamp: 'yesterday' is no date and time"], D.first)


def test_a_company_is_an_account(crm: Crm, vendor: Vendor, source: Source) -> None:
    told = {
        "name": "Acme",
        "domain": "corong-internal.example",
        "hs_country_region_code": "ES",
        "hs_parent_company_id": "3",
    }
    crm.records["companies"] = [record(30, MADE, LATER, **told)]

    (row,) = pulled(source, vendor, "accounts")
    assert (row["account_id"], row["parent_account_id"], row["name"], row["country"]) == ("30", "3", "Acme", "ES")
    assert (row["is_test"], row["channel"], row["created_at"]) == (True, None, at(MADE))


@pytest.mark.parametrize(("kind", "told", "cells"), [
    ("calls", {"hs_call_duration": "90000", "hs_call_disposition": "f240bbac-87c9-4f6e-bf70-924b57d47db7",
               "hs_call_direction": "OUTBOUND"},
     {"type": "call", "direction": "outbound", "outcome": "connected", "duration_minutes": 1.5}),
    ("meetings", {"hs_meeting_outcome": "NO_SHOW"}, {"type": "meeting", "outcome": "no_show", "booked_at": at(MADE)}),
    ("meetings", {"hs_meeting_outcome": "SCHEDULED"}, {"type": "meeting", "outcome": None}),
    ("emails", {"hs_email_direction": "INCOMING_EMAIL", "hs_email_status": "SENT"},
     {"type": "email", "direction": "inbound", "sent_at": at(MQL), "bounced_at": None}),
    ("meetings", {"hs_meeting_outcome": "COMPLETED", "hs_activity_type": "Product demo", "meeting_number": "2"},
     {"type": "demo", "purpose": None, "outcome": "held", "meeting_seq": 2, "is_follow_up": False}),
    ("meetings", {"hs_meeting_outcome": "COMPLETED", "hs_activity_type": "First visit"},
     {"type": "approach", "purpose": "prospecting"}),
    ("calls", {"hs_activity_type": "Qualification"}, {"type": "call", "purpose": "qualification"}),
    ("calls", {"hs_activity_type": "Chat about golf"}, {"type": "call", "purpose": None}),
    ("emails", {"hs_email_direction": "EMAIL", "touch_purpose": "Follow-up", "attempt_number": "2"},
     {"type": "email", "purpose": "follow_up", "is_follow_up": True, "attempt_no": 2, "outcome": None}),
    ("communications", {"touch_purpose": "Prospecting"},
     {"type": "social", "direction": "outbound", "purpose": "prospecting", "outcome": None}),
])  # fmt: skip
def test_engagements_are_activities(
    crm: Crm, vendor: Vendor, source: Source, kind: str, told: dict[str, str], cells: dict[str, Any]
) -> None:
    stamps = {"hs_timestamp": MQL, "hs_createdate": MADE, "hs_lastmodifieddate": LATER, "hubspot_owner_id": "9"}
    crm.records[kind] = [record(50, MADE, LATER, **told | stamps)]
    crm.links[kind, "contacts"] = {"50": ["1"]}

    row = max(pulled(source, vendor, "activities"), key=lambda version: version["updated_at"])
    assert {name: row[name] for name in cells} == cells
    assert (row["started_at"], row["updated_at"], row["lead_id"], row["rep_id"]) == (at(MQL), at(LATER), "1", "9")


@pytest.mark.parametrize(
    ("kind", "told", "outcome"),
    [
        ("meetings", {"hs_meeting_outcome": "COMPLETED"}, "held"),
        ("emails", {"hs_email_direction": "EMAIL", "hs_email_reply_count": "1"}, "replied"),
    ],
)
def test_an_outcome_that_came_later_is_a_version_of_its_own(
    crm: Crm, vendor: Vendor, source: Source, kind: str, told: dict[str, str], outcome: str
) -> None:
    stamps = {"hs_timestamp": MQL, "hs_createdate": MADE, "hs_lastmodifieddate": LATER}
    at_once = stamps | {"hs_lastmodifieddate": MADE}
    crm.records[kind] = [record(50, MADE, LATER, **told | stamps), record(51, MADE, MADE, **told | at_once)]

    versions = [(row["activity_id"], row["outcome"], row["updated_at"]) for row in pulled(source, vendor, "activities")]
    assert versions == [("50", None, at(MADE)), ("50", outcome, at(LATER)), ("51", outcome, at(MADE))]


def test_a_touch_knows_its_deal_and_its_number(crm: Crm, vendor: Vendor, source: Source) -> None:
    told = {"hs_timestamp": MQL, "hs_createdate": MADE, "hs_lastmodifieddate": MADE, "attempt_number": "3"}
    crm.records["calls"] = [record(50, MADE, MADE, **told)]
    crm.links = {("calls", "contacts"): {"50": ["1", "2"]}, ("calls", "deals"): {"50": ["70"]}}

    (row,) = pulled(source, vendor, "activities")
    assert (row["lead_id"], row["opportunity_id"], row["attempt_no"], row["meeting_seq"]) == ("1", "70", 3, None)


def test_the_contacts_of_a_deal_have_their_roles_from_when_they_joined(
    crm: Crm, vendor: Vendor, source: Source
) -> None:
    crm.records["deals"] = [deal(num_associated_contacts=[(MQL, "1"), (LATER, "2")], hs_tcv="300", hs_acv="100.5")]
    crm.links["deals", "contacts"] = {"70": ["5", "4"]}
    crm.labels = {"5": "End user", "4": "Budget holder"}

    first, second = pulled(source, vendor, "opportunities")
    told = [tuple(each.values()) for each in second["contacts"]]
    assert told == [("5", "end_user", False, at(MQL)), ("4", "budget_holder", True, at(LATER))]
    assert first["contacts"] == second["contacts"][:1]
    assert (first["tcv"], first["acv"]) == (300, 100.5)


def test_a_contact_whose_label_nobody_mapped_has_no_role(crm: Crm, vendor: Vendor, source: Source) -> None:
    crm.records["deals"] = [deal()]
    crm.links["deals", "contacts"] = {"70": ["5", "4"]}
    crm.labels = {"5": "Golf partner"}

    (row,) = pulled(source, vendor, "opportunities")
    assert [(each["lead_id"], each["role"], each["is_key_role"]) for each in row["contacts"]] == [
        ("5", None, None),
        ("4", None, None),
    ]


def test_owners_are_reps_and_their_team_is_the_leads(crm: Crm, vendor: Vendor, source: Source) -> None:
    owner = {"id": "9", "firstName": "Ana", "lastName": "Ruiz", "createdAt": MADE, "updatedAt": MQL, "archived": False}
    crm.owners = [owner | {"teams": [{"name": "Spain"}]}, owner | {"id": "8", "archived": True}]
    crm.records["contacts"] = [contact(hubspot_owner_id="9")]

    told = [(row["rep_id"], row["name"], row["team"], row["valid_to"]) for row in pulled(source, vendor, "reps")]
    assert told == [("9", "Ana Ruiz", "Spain", None), ("8", "Ana Ruiz", None, at(MQL))]
    assert [row["team"] for row in pulled(source, vendor, "leads")] == ["Spain"]


@pytest.mark.parametrize(
    ("given", "family", "name"),
    [
        ("芳", "黄", "黄芳"),
        ("小明", "欧阳", "欧阳小明"),
        ("Wei", "黄", "Wei 黄"),
        ("芳", None, "芳"),
        (None, None, "a@b.c"),
    ],
)
def test_a_chinese_rep_is_called_by_the_familys_name_first(
    crm: Crm, vendor: Vendor, source: Source, given: str | None, family: str | None, name: str
) -> None:
    named = {"firstName": given, "lastName": family, "email": "a@b.c"}
    crm.owners = [{"id": "9", "createdAt": MADE, "updatedAt": MQL, "archived": False} | named]
    assert [row["name"] for row in pulled(source, vendor, "reps")] == [name]


def test_more_records_than_a_page_are_all_found_without_paging_by_offset(
    crm: Crm, vendor: Vendor, source: Source
) -> None:
    crm.records["contacts"] = [contact(number) for number in range(1, 452)]

    assert len(pulled(source, vendor, "leads")) == 451
    pages = [each.body for each in vendor.asked if each.path.endswith("/contacts/search")]
    assert not any("after" in body for body in pages)
    assert [body["filterGroups"][0]["filters"][-1]["value"] for body in pages[:3]] == ["0", "200", "400"]


def test_a_search_that_starts_again_is_stopped(crm: Crm, company: Company, lake: Lake) -> None:
    crm.records["contacts"] = [contact(number) for number in range(1, 202)]

    def same_page(asked: Asked) -> Answer:
        if asked.path.endswith("/contacts/search"):
            asked.body["filterGroups"][0]["filters"] = []
        return crm(asked)

    with serving(same_page) as vendor, pytest.raises(SourceError, match="never ends: after id 200 it starts again"):
        land(build(company, "hubspot"), client.session(vendor.url), lake, D)
    assert lake.health() == []


def test_a_list_whose_cursor_comes_again_is_stopped(company: Company, lake: Lake) -> None:
    def endless(_: Asked) -> Answer:
        return Answer({"results": [], "paging": {"next": {"after": "7"}}})

    with serving(endless) as vendor, pytest.raises(SourceError, match="cursor 7 comes again"):
        land(build(company, "hubspot"), client.session(vendor.url), lake, D)


def test_the_order_of_results_changes_nothing(crm: Crm, vendor: Vendor, company: Company, tmp_path: Any) -> None:
    crm.records["contacts"] = [contact(n, city=[(MADE, "Klang"), (MQL, f"c{n}")]) for n in range(1, 121)]
    crm.records["deals"] = [deal(number) for number in range(500, 560)]
    crm.links["deals", "contacts"] = {str(n): [str(n - 499), "7"] for n in range(500, 560)}
    landed = []
    for name, order in (("a", lambda found: found), ("b", lambda found: found[::-1])):
        crm.order = order
        lake = Lake(tmp_path / name)
        load(build(company, "hubspot"), client.session(vendor.url), lake, D)
        landed.append({f.relative_to(lake.root): f.read_bytes() for f in lake.root.rglob("day=*/*.parquet")})

    assert landed[0] == landed[1]
    assert len(landed[0]) >= 4
