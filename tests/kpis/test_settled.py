"""What is kept from night to night says what making everything anew says, and is made anew only where it must be."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from include.company import Company
from include.kpis import calendar, relations, settled
from include.kpis.materialise import materialise
from include.kpis.relations import facts, needed, query, read
from include.kpis.settled import graph, groups
from include.lake import Lake
from tests.kpis.factory import Row, at, land
from tests.kpis.touches import mailing, touch

FEW = settings(
    max_examples=6,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
Tables = dict[str, list[Row]]
Facts = dict[str, list[tuple[Any, ...]]]
FIRST = date(2026, 6, 1)
SERVED = [name for name in needed(facts()) if relations.relations()[name].node]


def on(back: int, hour: int = 12) -> Any:
    return at(str(FIRST + timedelta(days=back)), hour)


def person(name: str, born: int, channel: str = "paid_search", **given: Any) -> Row:
    return {"lead_id": name, "created_at": on(born), "channel": channel, "owner_rep_id": "r1", **given}


def moved(name: str, stage: str, when: int, **given: Any) -> Row:
    return {"entity_id": name, "stage": stage, "entered_at": on(when, 13), **given}


def crowd() -> Tables:
    """People to whom nothing happens any more after June: enough for one more to be few."""
    names = [(f"P{number}", number % 25) for number in range(60)]
    return {
        "reps": [{"rep_id": "r1", "team": "north"}, {"rep_id": "r2", "team": "south"}],
        "accounts": [{"account_id": name, "created_at": on(0)} for name in ("A", "B")],
        "leads": [person(name, born, account_id="A" if born < 3 else None) for name, born in names],
        "crm_stage_history": [moved(name, "mql", born + 1) for name, born in names],
        "activities": [touch(f"T {name}", str(FIRST + timedelta(days=born)), lead_id=name) for name, born in names],
    }


def made(lake: Lake, company: Company, day: date, names: list[str], *, kept: bool) -> Facts:
    with closing(lake.connect()) as connection:
        calendar.prepare(connection, company, day)
        if kept:
            settled.materialise(lake, company, day, connection, names)
        else:
            materialise(connection, names)
        return {name: sorted(connection.execute(f"select * from {name}").fetchall(), key=str) for name in names}


def same(lake: Lake, company: Company, day: date) -> None:
    anew, kept = (made(lake, company, day, SERVED, kept=each) for each in (False, True))
    for name in SERVED:
        assert kept[name] == anew[name], f"{name} of {day}"


def files(lake: Lake, *names: str) -> dict[tuple[str, str], str]:
    index = json.loads((lake.root / "facts" / "index.json").read_text())
    return {(name, month): file for name in names for month, file in index["files"][name].items()}


happenings = st.lists(
    st.tuples(
        st.sampled_from(["lead", "move", "owner", "merge", "touch", "mail", "deal", "win", "account", "deleted"]),
        st.integers(0, 5),
        st.integers(0, 5),
        st.integers(0, 110),
        st.integers(0, 110),
    ),
    min_size=4,
    max_size=25,
)
nights = st.lists(st.integers(20, 130), min_size=2, max_size=4)


def told(number: int, what: str, one: int, other: int, when: int, then: int) -> tuple[str, Row]:
    """Something that happens to one of six people, some of whom nobody has created, and to deals of theirs."""
    name, account, day = f"X{one}", "AB"[other % 2], str(FIRST + timedelta(days=when))
    later = on(when + then % 20, 15) + timedelta(minutes=number)
    changed = person(name, when, ("paid_search", "event")[other % 2], updated_at=later)
    deal = {"opportunity_id": f"D{one % 3}", "primary_lead_id": name, "account_id": account, "amount": 100}
    closed = {"closed_at": later, "updated_at": later}
    whose = {"lead_id": name if one else None, "opportunity_id": f"D{other}" if other % 2 else None}
    happened: dict[str, tuple[str, Row]] = {
        "lead": ("leads", changed),
        "owner": ("leads", {**changed, "owner_rep_id": "r2", "account_id": "A"}),
        "merge": ("leads", {**changed, "merged_into_lead_id": f"X{other}", "merged_at": later}),
        "deleted": ("leads", {**changed, "deleted_at": later}),
        "move": ("crm_stage_history", {**moved(name, ("mql", "sql", "sal")[other % 3], when), "entered_at": later}),
        "touch": ("activities", touch(f"N{number}", day, account_id=account, **whose)),
        "mail": ("activities", mailing(f"M{number}", day, timedelta(hours=then), lead_id=name)),
        "deal": ("opportunities", {**deal, "created_at": on(when), "updated_at": later}),
        "win": ("opportunities", {**deal, "created_at": on(when), "status": "won", **closed}),
        "account": ("accounts", {"account_id": account, "created_at": on(0), "is_test": one == 5, "updated_at": later}),
    }  # fmt: skip
    return happened[what]


def landings(drawn: list[tuple[str, int, int, int, int]]) -> Iterator[Tables]:
    """What is drawn, a few rows at a time, in no order of their stamps."""
    for start in range(0, len(drawn), 8):
        tables: Tables = {}
        for number, each in enumerate(drawn[start : start + 8], start):
            table, row = told(number, *each)
            tables.setdefault(table, []).append(row)
        yield tables


@FEW
@given(happenings, nights)
def test_whatever_lands_in_between_and_whichever_day_is_asked_for(
    company: Company, drawn: list[tuple[str, int, int, int, int]], days: list[int]
) -> None:
    with TemporaryDirectory() as root:
        lake = land(Path(root), crowd())
        for tables in landings(drawn):
            for back in days:
                same(lake, company, FIRST + timedelta(days=back))
            land(Path(root), tables, covered=tuple(tables))
        for back in days:
            same(lake, company, FIRST + timedelta(days=back))


def test_a_second_night_makes_only_what_has_changed(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path, crowd())
    same(lake, company, date(2026, 7, 31))
    before = files(lake, *SERVED)
    land(tmp_path, {"crm_stage_history": [moved("P7", "sql", 60)]}, covered=("crm_stage_history",))

    same(lake, company, date(2026, 7, 31))

    assert files(lake, *SERVED) == before


def test_late_rows_write_the_months_they_touch_and_no_other(tmp_path: Path, company: Company) -> None:
    later = [person(f"Q{number}", 70 + number) for number in range(30)]
    lake = land(tmp_path, {**crowd(), "leads": [*crowd()["leads"], *later]})
    same(lake, company, date(2026, 9, 30))
    before = files(lake, "stage_entries", "people", "touches", "mailings")
    late = [moved(f"P{number}", "sql", 20, recorded_at=on(121)) for number in range(10)]
    land(tmp_path, {"crm_stage_history": late}, covered=("crm_stage_history",))

    same(lake, company, date(2026, 10, 31))

    after = files(lake, "stage_entries", "people", "touches", "mailings")
    assert {key for key in before if before[key] != after[key]} == {
        ("stage_entries", "2026-06"),
        ("people", "2026-06"),
        ("touches", "2026-06"),
    }


def test_rows_say_between_which_stamps_they_are_what_was_known(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path, crowd())
    same(lake, company, date(2026, 9, 30))
    won = {"opportunity_id": "D", "primary_lead_id": "P3", "account_id": "A", "amount": 1, "created_at": on(150)}
    others = [touch(f"N{number}", "2026-11-01", lead_id=f"P{number}") for number in range(10)]
    land(tmp_path, {"opportunities": [won], "activities": others}, covered=("opportunities", "activities"))
    same(lake, company, date(2026, 11, 30))
    file = tmp_path / "facts/people/month=2026-06" / files(lake, "people")["people", "2026-06"]
    found = [row for row in pq.read_table(file, partitioning=None).to_pylist() if row["person_id"] == "P3"]

    assert sorted((row["known_from"], row["known_to"]) for row in found) == [
        (on(4, 13), at("2026-10-29")),
        (at("2026-11-01"), None),
    ]


def test_what_was_kept_for_fewer_relations_is_not_all_there_is_of_others(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path / "Ana's lake", crowd())
    made(lake, company, date(2026, 7, 31), ["stage_entries"], kept=True)

    same(lake, company, date(2026, 7, 31))
    same(lake, company, date(2026, 8, 31))


def test_an_index_of_another_kind_does_not_count(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path, crowd())
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "index.json").write_text('{"basis": "other", "shape": 1}')

    same(lake, company, date(2026, 7, 31))


def test_what_is_kept_may_be_deleted(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path, crowd())
    same(lake, company, date(2026, 7, 31))
    next((tmp_path / "facts" / "people").glob("*/*.parquet")).unlink()
    same(lake, company, date(2026, 7, 31))
    shutil.rmtree(tmp_path / "facts")

    same(lake, company, date(2026, 7, 31))


def test_another_configuration_keeps_everything_anew(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path, crowd())
    same(lake, company, date(2026, 7, 31))
    before = files(lake, *SERVED)
    spain = replace_zone(company, "spain", "Atlantic/Canary")

    same(lake, spain, date(2026, 7, 31))

    assert not set(before.values()) & set(files(lake, *SERVED).values())


def replace_zone(company: Company, region: str, zone: str) -> Company:
    there = company.regions[region].model_copy(update={"timezone": zone})
    return company.model_copy(update={"regions": {**company.regions, region: there}})


def components(linked: list[tuple[int, list[int]]]) -> set[frozenset[int]]:
    """The same by hand: sets that grow together."""
    found: dict[int, set[int]] = {}
    for node, links in linked:
        whole = {node, *links}.union(*(found.get(each, set()) for each in (node, *links)))
        found.update(dict.fromkeys(whole, whole))
    return {frozenset(each) for each in found.values()}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.lists(st.integers(0, 30), max_size=2)), max_size=30))
def test_what_links_lead_to_is_one_group(linked: list[tuple[int, list[int]]]) -> None:
    with closing(duckdb.connect()) as connection:
        connection.execute("create table renewed (node ubigint, links ubigint[])")
        for each in linked:
            connection.execute("insert into renewed values ($1, $2)", each)
        groups.group(connection)
        found = connection.sql("select list(node) from grouped group by grp").fetchall()

    assert sorted(sorted(nodes) for (nodes,) in found) == sorted(sorted(each) for each in components(linked))


def test_a_deal_that_lands_after_its_touch_gives_it_a_place(tmp_path: Path, company: Company) -> None:
    touches = [*crowd()["activities"], touch("T", "2026-06-20", lead_id=None, opportunity_id="D")]
    lake = land(tmp_path, {**crowd(), "activities": touches})
    same(lake, company, date(2026, 7, 31))
    deal = {"opportunity_id": "D", "primary_lead_id": "P3", "account_id": "B", "created_at": on(10)}
    land(tmp_path, {"opportunities": [{**deal, "updated_at": on(50)}]}, covered=("opportunities",))

    same(lake, company, date(2026, 8, 31))


def a_test_account(when: int) -> Row:
    return {"account_id": "A", "created_at": on(0), "is_test": True, "updated_at": on(when)}


def test_an_account_that_turns_out_a_test_takes_its_people_with_it(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path, crowd())
    same(lake, company, date(2026, 7, 31))
    land(tmp_path, {"accounts": [a_test_account(when=65)]}, covered=("accounts",))

    same(lake, company, date(2026, 8, 31))


def test_an_older_day_knows_of_an_account_what_was_known_then(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path, {**crowd(), "accounts": [{"account_id": "A", "created_at": on(0)}, a_test_account(when=65)]})
    same(lake, company, date(2026, 8, 31))

    same(lake, company, date(2026, 7, 31))


def test_a_rep_who_changes_teams_changes_what_is_kept(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path, crowd())
    same(lake, company, date(2026, 7, 31))
    land(tmp_path, {"reps": [{"rep_id": "r1", "team": "east", "updated_at": on(70)}]}, covered=("reps",))

    same(lake, company, date(2026, 8, 31))


def test_a_day_of_other_teams_leaves_what_is_kept_for_later_ones(tmp_path: Path, company: Company) -> None:
    """Each night compares with the day before, which may know the reps otherwise."""
    lake = land(tmp_path, crowd())
    land(tmp_path, {"reps": [{"rep_id": "r1", "team": "east", "updated_at": on(70)}]}, covered=("reps",))
    same(lake, company, date(2026, 8, 31))
    kept = files(lake, *SERVED)

    same(lake, company, date(2026, 7, 31))

    assert files(lake, *SERVED) == kept


def test_a_night_that_was_killed_while_writing_leaves_nothing_that_counts(tmp_path: Path, company: Company) -> None:
    lake = land(tmp_path, crowd())
    same(lake, company, date(2026, 7, 31))
    half = tmp_path / "facts" / ".killed.tmp" / "month=2026-06"
    half.mkdir(parents=True)
    (half / "data_0.parquet").write_bytes(b"half")
    (tmp_path / "facts" / "people" / "month=2026-06" / "unnamed.parquet").write_bytes(b"half")
    land(tmp_path, {"leads": [person(f"R{number}", 50) for number in range(30)]}, covered=("leads",))

    same(lake, company, date(2026, 8, 31))

    assert not half.exists()
    assert not (tmp_path / "facts" / "people" / "month=2026-06" / "unnamed.parquet").exists()


@pytest.mark.parametrize("name", graph.local(SERVED))
def test_what_is_kept_reads_nothing_that_changes_with_the_day(name: str) -> None:
    by_day = {"periods", "days", "snapshot_days", "breakdowns", "fx", "always"}

    assert not by_day & set(read(query(name)))
    assert not relations.relations()[name].node or relations.relations()[name].filed
