"""The Report holds numbers and ids, no words; every number in its sentences is found in a score."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from include.company import SECTIONS
from include.kpis.schema import STATUSES
from include.report.compose import BUILDERS, compose
from include.report.figures import Message, Value
from include.report.material import Material
from include.report.phrases import PHRASES
from include.report.report import Report
from tests.report import selling, synthetic

END = date(2026, 10, 31)


def messages(part: Any) -> list[Message]:
    if isinstance(part, Message):
        return [part]
    if isinstance(part, tuple):
        return [found for entry in part for found in messages(entry)]
    return [found for name in getattr(part, "__dataclass_fields__", ()) for found in messages(getattr(part, name))]


def texts(part: Any) -> list[str]:
    if isinstance(part, dict):
        return [text for entry in part.values() for text in texts(entry)]
    if isinstance(part, list):
        return [text for entry in part for text in texts(entry)]
    return [part] if isinstance(part, str) else []


def test_it_holds_no_sentence(report: Report) -> None:
    """What has a space in it came from outside: the names of the company and of reps, the reasons of rejects."""
    reasons = {text for text, _ in synthetic.quality(END, "malaysia").reasons}
    spaced = {text for text in texts(json.loads(report.json())) if " " in text}
    assert spaced <= reasons | {synthetic.company().name} | set(selling.NAMES)


@pytest.mark.parametrize("region", ["malaysia", "china", "spain", "company"])
def test_every_message_has_its_phrase_and_its_values(region: str) -> None:
    for day in (END, date(2026, 10, 14)):
        for message in messages(compose(synthetic.material(day, region))):
            one, *_ = PHRASES[message.id]
            assert not message.values or one % dict.fromkeys(message.values, "x")


def test_every_number_of_the_reasons_is_traceable(malaysia: Material, report: Report) -> None:
    known = {cell.id for cell in malaysia.cells.all()}
    traced = [message for pair in report.why for message in pair if message.cells]
    assert traced
    assert {cell for message in traced for cell in message.cells} <= known


def test_its_sentences_come_first_bookings_then_by_weight_three_to_five(report: Report, running: Report) -> None:
    for each in (report, running):
        assert 3 <= len(each.why) <= 5
        assert each.why[0][0].id.startswith("reason.pace.")


def test_the_same_scores_are_the_same_report(report: Report) -> None:
    again = compose(synthetic.material(END, "malaysia"))
    assert again.json() == report.json()
    assert again.archive_id == report.archive_id


def test_another_number_is_another_archive_id(report: Report) -> None:
    assert replace(report, status="ahead").archive_id != report.archive_id


def test_the_scores_of_the_test_have_every_status() -> None:
    table = synthetic.scores(END, ("spain", "china"))
    partial = synthetic.scores(date(2026, 10, 14), ("spain",))
    found = set(table["status"].to_pylist()) | set(partial["status"].to_pylist())
    assert found == set(STATUSES)


def test_its_sections_are_those_that_the_region_chose_in_its_order(malaysia: Material) -> None:
    chosen = malaysia.region.model_copy(update={"sections": ("quality", "pipeline"), "kpis": ("mrr", "win_rate")})
    report = compose(replace(malaysia, region=chosen))
    assert [section.id for section in report.sections] == ["quality", "pipeline"]
    assert [card.kpi for card in report.cards] == ["mrr", "win_rate"]
    assert set(report.defined) >= {"mrr", "win_rate", "pipeline_value"}
    assert "time_in_stage" not in report.defined


def test_every_section_that_can_be_chosen_can_be_made() -> None:
    assert tuple(BUILDERS) == SECTIONS


def test_another_regions_cells_are_not_read() -> None:
    both = synthetic.scores(END, ("malaysia", "mexico"))
    alone = synthetic.scores(END, ("malaysia",))
    assert (
        compose(synthetic.material(END, "malaysia", both)).json()
        == compose(synthetic.material(END, "malaysia", alone)).json()
    )


def test_a_target_that_is_met_is_never_said_beside_bookings_below_it() -> None:
    said = [claim.id for claim, _ in compose(synthetic.material(END, "spain")).why]
    assert "reason.pace.ended.behind" in said
    assert "reason.met" not in said


def test_missing_figures_are_named_as_a_reason_and_in_data_quality() -> None:
    report = compose(synthetic.material(END, "china"))
    assert "reason.missing" in [claim.id for claim, _ in report.why]
    quality = next(section for section in report.sections if section.id == "quality")
    heads = [row.head for blocks in quality.rows for block in blocks for row in block.rows]  # type: ignore[union-attr]
    assert Value("kpi", "visitors") in heads
    assert Value("kpi", "visitor_to_lead_rate") in heads


def test_a_month_without_a_target_is_not_judged(malaysia: Material) -> None:
    report = compose(replace(malaysia, targets={}))
    assert report.status == "none"
    assert report.verdict.id == "verdict.no_target"
    assert report.bullet is None
    assert {card.status for card in report.cards} <= {"none", "few"}


def test_a_region_without_a_single_cell_says_so_everywhere() -> None:
    empty = synthetic.scores(END, ()).slice(0, 0)
    report = compose(synthetic.material(END, "malaysia", empty))
    assert report.verdict.id == "verdict.none"
    assert report.why == ()
    assert [section.lead.id for section in report.sections] == [
        "funnel.lead.few",
        "channels.lead.none",
        "places.lead.none",
        "pipeline.lead.none",
        "activity.lead.none",
        "costs.lead.unknown",
        "retention.lead.none",
        "restated.lead",
        "quality.lead.late",
    ]


def test_every_kpi_it_shows_is_defined(report: Report) -> None:
    shown = {card.kpi for card in report.cards} | {"visitors", "ad_spend", "time_in_stage", "lead_to_mql_rate"}
    assert shown <= set(report.defined)
