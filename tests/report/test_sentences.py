"""Page 1's sentences: every number is a row's, no claim disagrees with its numbers, and they are short and whole."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from include.company import COMPANY
from include.kpis import KPIS
from include.report.cells import CUT, Cell, Cells
from include.report.compose import compose
from include.report.deals import deals_or_size
from include.report.figures import Message, Value
from include.report.material import Material
from include.report.phrases import PHRASES
from include.report.reasons import RULES, reasons
from include.report.report import Report
from include.report.verdict import verdict
from include.report.watch import watch
from include.report.words import Words
from tests.report import synthetic, traced

END, MIDDLE = date(2026, 10, 31), date(2026, 10, 14)
REGIONS = ("united_states", "mexico", "spain", "china", "malaysia", COMPANY)
LOCALES = {"en_US": "USD", "es_ES": "EUR", "es_MX": "MXN", "zh_Hans_CN": "CNY", "ms_MY": "MYR"}


def rows(day: date, region: str) -> traced.Rows:
    known = synthetic.company().regions[region]
    scores = synthetic.scores(day, () if known.is_company else (region,), known.is_company)
    first, wanted = day.replace(day=1), synthetic.targets(day, region)
    goals = {f"target|{kpi}|{first}|{region}": goal for kpi, goal in wanted.items()}
    sources = {source.name: vars(source) for source in synthetic.quality(day, region).sources}
    return traced.rows(scores, known.currency, goals, sources)


@pytest.mark.parametrize("day", [END, MIDDLE], ids=["end", "middle"])
@pytest.mark.parametrize("region", REGIONS)
def test_every_number_of_every_sentence_is_what_its_rows_say(region: str, day: date) -> None:
    report = json.loads(compose(synthetic.material(day, region)).json())
    known = rows(day, region)
    assert sum(len(said["traces"]) for said in traced.sentences(report)) > 15
    assert traced.faults(report, known) == []


def test_the_check_finds_a_number_that_no_row_has() -> None:
    report = json.loads(compose(synthetic.material(END, "malaysia")).json())
    known = rows(END, "malaysia")
    report["verdict"]["values"]["won"]["value"] += 1
    del report["why"][0][0]["traces"]["gap"]
    assert [fault.split(",")[0].split(" =")[0] for fault in traced.faults(report, known)] == [
        "verdict.ended: won",
        "reason.pace.ended.behind: gap",
    ]


# A claim and its numbers, over made-up scores


def cell(kpi: str, end: date, value: float | None, below: float | None, unit: str, **more: Any) -> Cell:
    """A month's cell of Malaysia up to `end`."""
    place = {"region": "malaysia"} | {name: more[name] for name in CUT if name in more}
    key = (kpi, more.get("statistic", "value"), "month", end.replace(day=1), end, None, *(place.get(n) for n in CUT))
    money = "MYR" if unit == "money" else None
    above = None if value is None else value if below is None else value * below
    n = more.get("n", round(below if below is not None else value or 0))
    return Cell(key, value, above, below, unit, money, "null" if value is None else "ok", n)


COUNTS = ("leads_created", "mql_count", "sql_count", "opportunities_created", "deals_won")
ENDS = (date(2026, 10, 31), date(2026, 9, 30), date(2025, 10, 31))


@st.composite
def scored(draw: st.DrawFn) -> Material:
    """A month, the one before and the year before, with targets, of any size and in any relation."""
    found: list[Cell] = []
    for end in ENDS:
        counts = [draw(st.integers(0, 5000)) for _ in COUNTS]
        found += [cell(kpi, end, float(n), None, "count") for kpi, n in zip(COUNTS, counts, strict=True)]
        won = draw(st.one_of(st.integers(0, 30), st.integers(20, 400)))
        size = draw(st.one_of(st.just(0.0), st.floats(10_000, 20_000)))
        found.append(cell("bookings", end, won * size, None, "money", n=won))
        base = draw(st.integers(0, 900))
        rates = [draw(st.integers(0, base)) / base if base else None for _ in range(2)]
        found += [cell(kpi, end, rate, float(base), "ratio")
                  for kpi, rate in zip(("win_rate", "mql_to_sql_rate_period"), rates, strict=True)]  # fmt: skip
        cac = draw(st.floats(1, 1e6, allow_nan=False))
        found.append(cell("cac", end, cac, float(won or 1), "money", n=won))
    goals = {"bookings": st.floats(1, 1e7), "sql_count": st.integers(1, 4000), "leads_created": st.integers(1, 4000)}
    targets = {kpi: float(draw(goal)) for kpi, goal in goals.items() if draw(st.booleans())}
    made = synthetic.material(END, "malaysia")
    return replace(made, cells=Cells(found, "malaysia"), targets=targets)


def numbers(message: Message) -> dict[str, float]:
    return {name: float(value.value) for name, value in message.values.items() if isinstance(value.value, int | float)}


CLAIMS: Mapping[str, Callable[[Mapping[str, float]], bool]] = {
    "reason.bookings.up": lambda it: it["won"] > it["before"],
    "reason.bookings.down": lambda it: it["won"] < it["before"],
    "reason.deals.more": lambda it: it["n"] > it["m"],
    "reason.deals.fewer": lambda it: it["n"] < it["m"],
    "reason.deals.larger": lambda it: it["size"] > it["size_before"],
    "reason.deals.smaller": lambda it: it["size"] < it["size_before"],
    "reason.deals.few": lambda it: min(it["n"], it["m"]) < 20,
    "reason.moved.first": lambda it: it["change"] * (it["now"] - it["before"]) > 0,
    "reason.moved.second": lambda it: it["change"] * (it["now"] - it["before"]) > 0,
    "reason.cause.rate.down": lambda it: max(it["change"], it["rates"], it["effect"]) < 0,
    "reason.cause.rate.up": lambda it: min(it["change"], it["rates"], it["effect"]) > 0,
    "reason.cause.rates.down": lambda it: max(it["change"], it["rates"]) < 0,
    "reason.cause.rates.up": lambda it: min(it["change"], it["rates"]) > 0,
    "reason.cause.mixes": lambda it: it["change"] * it["mix"] > 0,
    "reason.cause.mix.more": lambda it: it["change"] * it["mix"] > 0 and it["share"] > it["before"],
    "reason.cause.mix.less": lambda it: it["change"] * it["mix"] > 0 and it["share"] < it["before"],
    "reason.step.down": lambda it: it["now"] < it["before"] and it["difference"] > 0,
    "reason.step.up": lambda it: it["now"] > it["before"] and it["difference"] > 0,
    "reason.channel.down": lambda it: it["now"] < it["before"],
    "reason.channel.up": lambda it: it["now"] > it["before"],
    "reason.channel.rate.down": lambda it: it["rate"] < it["rate_before"],
    "reason.channel.rate.up": lambda it: it["rate"] > it["rate_before"],
    "reason.cost.up": lambda it: it["cac"] > it["before"] and min(it["n"], it["customers"]) >= 20,
    "reason.cost.down": lambda it: it["cac"] < it["before"] and min(it["n"], it["customers"]) >= 20,
    "reason.gap.sits": lambda it: it["now"] < it["due"] and it["lack"] > 0 and it["due"] >= 20,
    "reason.gap.warning": lambda it: it["now"] < it["due"] and it["lack"] > 0 and it["due"] >= 20,
}
"""What a claim's own numbers must be for it to be true; those of its evidence are among them."""
BOUNDS = {"ahead": (1.045, 1e9), "on": (0.965, 1.055), "risk": (0.895, 0.975), "behind": (-1e9, 0.905)}
"""Between which shares a status word may stand, give or take the rounding of what is shown."""


@given(scored())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_claim_disagrees_with_its_numbers(material: Material) -> None:
    status, first = verdict(material)
    if "share" in first.values:
        low, high = BOUNDS[status]
        assert low <= numbers(first)["share"] <= high
    for claim, evidence in reasons(material):
        said = numbers(claim) | numbers(evidence)
        assert CLAIMS.get(claim.id, lambda _: True)(said), (claim, evidence)
    check_pace(material)


def check_pace(material: Material) -> None:
    """The first reason and the verdict are on the same side of the target."""
    _, first = verdict(material)
    found = [claim.id for claim, _ in reasons(material) if claim.id.startswith("reason.pace.")]
    if not found or "share" not in first.values:
        return
    share, side = numbers(first)["share"], found[0].rsplit(".", 1)[1]
    assert {"behind": share < 1, "ahead": share > 1, "at": abs(share - 1) < 0.5}[side]


@given(scored())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_handful_of_cases_makes_no_headline(material: Material) -> None:
    for claim, evidence in reasons(material):
        said = numbers(claim) | numbers(evidence)
        if claim.id in ("reason.moved.first", "reason.moved.second"):
            counted = [said["n"], said["m"]] if "n" in said else [max(said["now"], said["before"])]
            assert min(counted) >= 20


def test_every_claim_of_a_direction_is_held_against_its_numbers() -> None:
    sides = r"reason\.[a-z.]+\.(up|down|more|fewer|less|larger|smaller)"
    assert {name for name in PHRASES if re.fullmatch(sides, name)} <= set(CLAIMS)


@pytest.mark.parametrize(
    ("now", "then", "claim"),
    [
        ((60, 1000.0), (40, 1010.0), "more"),
        ((40, 1000.0), (60, 990.0), "fewer"),
        ((41, 2000.0), (40, 1000.0), "larger"),
        ((40, 1000.0), (39, 2000.0), "smaller"),
        ((60, 1000.0), (19, 1000.0), "few"),
    ],
)
def test_bookings_changed_by_the_number_of_deals_or_by_their_size(
    now: tuple[int, float], then: tuple[int, float], claim: str
) -> None:
    months = zip(ENDS, (now, then), strict=False)
    found = [cell("bookings", end, n * size, None, "money", n=n) for end, (n, size) in months]
    said = deals_or_size(replace(synthetic.material(END, "malaysia"), cells=Cells(found, "malaysia")))
    assert said is not None
    assert said.claim.id == f"reason.deals.{claim}"


# Why: mix or rate

PARTS = ("paid_search", "organic_search", "email")


def cut(rates: Mapping[str, tuple[int, int]], then: Mapping[str, tuple[int, int]]) -> Material:
    """MQL to SQL by channel, (SQL, MQL), now and before, with the effects as the scores define them."""
    kpi, now_end, then_end = "mql_to_sql_rate_period", ENDS[0], ENDS[1]
    found: list[Cell] = []
    whole = {}
    for end, parts in ((now_end, rates), (then_end, then)):
        above, below = (sum(part[at] for part in parts.values()) for at in (0, 1))
        whole[end] = below
        found.append(cell(kpi, end, above / below, float(below), "ratio"))
        found += [cell(kpi, end, a / b, float(b), "ratio", channel=name) for name, (a, b) in parts.items()]
    for name in rates:
        (a, b), (c, d) = rates[name], then[name]
        share, past = b / whole[now_end], d / whole[then_end]
        mix, rate = (share - past) * (a / b + c / d) / 2, (a / b - c / d) * (share + past) / 2
        found.append(cell(kpi, now_end, mix, None, "ratio", channel=name, statistic="mix_effect"))
        found.append(cell(kpi, now_end, rate, None, "ratio", channel=name, statistic="rate_effect"))
    return replace(synthetic.material(END, "malaysia"), cells=Cells(found, "malaysia"), targets={})


def cause(material: Material) -> Message:
    return next(claim for claim, _ in reasons(material) if claim.id.startswith("reason.cause."))


def test_a_rate_that_fell_is_named_with_its_channel() -> None:
    then = {"paid_search": (160, 400), "organic_search": (120, 300), "email": (80, 200)}
    found = cause(cut(then | {"paid_search": (60, 400)}, then))
    assert (found.id, found.values["part"].value) == ("reason.cause.rate.down", "paid_search")


def test_a_mix_that_moved_is_named_with_where_more_came_from() -> None:
    then = {"paid_search": (40, 400), "organic_search": (300, 500), "email": (120, 200)}
    now = {"paid_search": (120, 1200), "organic_search": (150, 250), "email": (60, 100)}
    found = cause(cut(now, then))
    assert (found.id, found.values["part"].value) == ("reason.cause.mix.more", "paid_search")


def test_a_small_channel_is_not_blamed() -> None:
    then = {"paid_search": (160, 400), "organic_search": (120, 300), "email": (15, 15)}
    found = cause(cut({"paid_search": (80, 400), "organic_search": (60, 300), "email": (0, 15)}, then))
    assert found.values["part"].value != "email"


def test_parts_that_do_not_add_up_explain_nothing() -> None:
    then = {"paid_search": (160, 400), "organic_search": (120, 300), "email": (80, 200)}
    whole = cut(then | {"paid_search": (60, 400)}, then)
    torn = Cells((each for each in whole.cells.all() if each.key[1] != "rate_effect"), "malaysia")
    assert not [claim for claim, _ in reasons(replace(whole, cells=torn)) if claim.id.startswith("reason.cause.")]


# Words

LENGTHS = {"en_US": (60, 130), "es_ES": (92, 168), "es_MX": (92, 168), "zh_Hans_CN": (36, 92), "ms_MY": (92, 168)}
"""Claim and evidence, in characters: with their values they fill three lines of their column at most."""
MONEYS = ("gap", "won", "before", "due", "size", "size_before", "rest", "open")
LONG: dict[str, Value] = {
    **dict.fromkeys(MONEYS, Value("money", 1_840_000.0)),
    **{name: Value("count", 12_345) for name in ("n", "m", "customers", "difference", "lack", "rejected")},
    **{name: Value("points", -0.1234) for name in ("change", "rates", "mix", "effect")},
    **{name: Value("percent", 0.4567) for name in ("now", "share", "rate", "rate_before")},
    "kpi": Value("kpi", "mql_to_sql_rate_period"), "channel": Value("channel", "organic_search"),
    "part": Value("channel", "organic_search"), "stage": Value("stage", "negotiation"),
    "then": Value("span", "2026-09-01/2026-09-14"), "day": Value("date", "2026-10-14"),
    "cac": Value("money", 22_474.0), "coverage": Value("times", 2.1), "source": Value("data", "google_analytics"),
}  # fmt: skip


def voices() -> Iterator[tuple[str, Words]]:
    for locale, currency in LOCALES.items():
        yield locale, Words(locale, currency, synthetic.company(), KPIS)


def spoken(name: str, words: Words) -> str:
    text = PHRASES[name][-1]
    values = {place: LONG[place] for place in ("n", *re.findall(r"%\((\w+)\)s", text))}
    if name.startswith(("reason.bookings.", "reason.cost.")):  # there a change stands without its sign
        values["change"] = Value("percent", 0.123)
    return words.say(Message(name, values, "n" if len(PHRASES[name]) > 1 else None))


EVIDENCE = re.compile(r"(evidence|plain|count|rate|rates|split|mix|running|ended|down\.first)$")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_sentence_keeps_to_its_length_and_ends_with_one_stop(locale: str) -> None:
    words = dict(voices())[locale]
    for name in (name for name in PHRASES if name.startswith("reason.")):
        said = spoken(name, words)
        assert len(said) <= LENGTHS[locale][bool(EVIDENCE.search(name))], (len(said), said)
        assert re.search(r"[^.。][.。]$", said), said


def test_what_is_shown_of_a_report_keeps_to_three_lines() -> None:
    """A line of the column holds 62 Latin characters, a Han character counts for two."""
    for locale, words in voices():
        for day in (END, MIDDLE):
            for region in ("malaysia", "china", COMPANY):
                for claim, evidence in compose(synthetic.material(day, region)).why:
                    said = f"{words.say(claim)} {words.say(evidence)}"
                    wide = sum(2 if ord(char) > 0x2E80 else 1 for char in said)
                    assert wide <= 3 * 62, (locale, wide, said)


def test_a_rule_that_is_added_is_heard() -> None:
    """The sentences are those of RULES, in their order, of each rule one at most."""
    material = synthetic.material(MIDDLE, "malaysia")
    spoken_by = [rule(material) for rule in RULES]
    said = [(each.claim, each.evidence) for each in spoken_by if each is not None]
    kept = reasons(material)
    assert [pair for pair in said if pair in kept] == list(kept)
    assert 3 <= len(kept) <= 5


def test_what_to_look_at_names_rows_too(report: Report) -> None:
    assert all(line.stake.traces for line in report.watch)
    assert watch(synthetic.material(END, "malaysia")) == report.watch
