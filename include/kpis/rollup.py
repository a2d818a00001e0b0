"""Coarse cells from fine ones: what adds up is added once from the rows, and from then on from what that gave."""

from collections.abc import Iterator, Mapping, Sequence

from include.kpis.cells import kind
from include.kpis.cubes import Cube
from include.kpis.cuts import Cut, breakdown
from include.kpis.kpi import DIMENSIONS
from include.kpis.measure import Measure


def base(cut: Cut) -> Cut:
    """`cut` without its breakdown."""
    return tuple(name for name in cut if name in DIMENSIONS)


def sums(cube: Cube, measure: Measure) -> list[str]:
    """The columns of a cube that hold a measure: what it adds up to, and the rows behind it."""
    name = cube.column(measure)
    sides = {"money": ["_region", "_company"]}.get(measure.kind, ["_value"] if measure.column else [])
    return [name + side for side in (*sides, "_rows")]


def rolled_up(cube: Cube, totals: Sequence[str], sets: Sequence[Cut]) -> dict[Cut, Cut]:
    """Which of `sets`, without their breakdowns, are added up from which other that is counted. Different values and
    quantiles cannot be added, nor can anything over a dimension in `totals`."""
    if cube.quantiles or any(measure.kind == "distinct" for measure in cube.measures):
        return {}
    known = {name: {breakdown(cut) for cut in sets if base(cut) == name} for name in map(base, sets)}
    finer = {name: [each for each in known if _is_finer(each, name, known, totals)] for name in known}
    counted = [name for name in sorted(known, key=len) if not finer[name]]
    return {name: next(each for each in counted if each in finer[name]) for name in known if finer[name]}


def _is_finer(one: Cut, other: Cut, known: Mapping[Cut, set[str | None]], totals: Sequence[str]) -> bool:
    more = set(one) - set(other)
    return set(other) < set(one) and known[one] == known[other] and not more & set(totals)


def rollup_sql(cube: Cube, fine: str, coarse: Mapping[Cut, Cut]) -> Iterator[str]:
    """The queries of all that `coarse` says is added up, over the relation `fine` of the sets that are counted."""
    for parent in dict.fromkeys(coarse.values()):
        yield _from_one(cube, fine, parent, [name for name, of in coarse.items() if of == parent])


def _from_one(cube: Cube, fine: str, parent: Cut, sets: Sequence[Cut]) -> str:
    """Dimensions are never null in a fact, so the rows of `parent` are told by which of theirs are."""
    key = ["period_id", *(["age"] if cube.source.aged else [])]
    have = {name for each in sets for name in each}
    cell = [name if name in have else f"cast(null as {kind(name)}) as {name}" for name in DIMENSIONS]
    again = [f"{_again(column)} as {column}" for measure in cube.measures for column in sums(cube, measure)]
    theirs = " and ".join(f"{name} is {'not null' if name in parent else 'null'}" for name in DIMENSIONS)
    grouped = ",\n    ".join(f"({', '.join((*key, 'breakdown', 'member', *each))})" for each in sets)
    return f"""
select {", ".join((*key, *cell, "breakdown", "member", *again))}
from {fine}
where {theirs}
group by grouping sets (
    {grouped})"""


def _again(column: str) -> str:
    return f"cast(sum({column}) as bigint)" if column.endswith("_rows") else f"sum({column})"
