"""Cubes: for each fact, date and span, the measures and cells that all KPIs ask of it. grouping.py makes them.

A cube has one row a period and cell: period_id, age where the fact has ages, cell_id, cut and region (cells.py), and
for each measure what it adds up to and the rows behind it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from include.kpis.cuts import Cut, Level, cuts, levels, plain_cuts
from include.kpis.kpi import Kpi
from include.kpis.measure import Measure
from include.kpis.reading import Reading, Readings, Span, natural
from include.kpis.rules import readings


@dataclass(frozen=True)
class Source:
    """What one cube reads: a fact by one of its dates, over one span; what can be added up, or exact quantiles."""

    fact: str
    on: str
    span: Span
    kind: Literal["sums", "quantiles"] = "sums"
    aged: bool = False

    @property
    def table(self) -> str:
        aged = "_aged" if self.aged else ""
        return f"{self.kind}_{self.fact}_{self.on}_{self.span.name}_{self.span.lag_months}{aged}"


def source(reading: Reading) -> Source:
    return Source(reading.measure.fact, reading.measure.on, reading.span, aged=reading.aged)


Quantile = tuple[Measure, float]


@dataclass(frozen=True)
class Cube:
    """The measures, quantiles and levels that all KPIs of a source ask for, in a stable order."""

    source: Source
    measures: tuple[Measure, ...] = ()
    quantiles: tuple[Quantile, ...] = ()
    levels: tuple[Level, ...] = ()

    @cached_property
    def cuts(self) -> tuple[Cut, ...]:
        return tuple(dict.fromkeys(cut for _, cut in self.levels))

    @property
    def dimensions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for cut in self.cuts for name in cut))

    def column(self, measure: Measure) -> str:
        return f"m{self.measures.index(measure)}"

    def quantile(self, measure: Measure, level: float) -> str:
        return f"q{self.quantiles.index((measure, level))}"


@dataclass(frozen=True)
class Plan:
    """All KPIs with their readings, the cubes that carry them, and other relations to be made with theirs."""

    kpis: tuple[tuple[Kpi, Readings], ...]
    cubes: dict[Source, Cube]
    also: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        lasting = [kpi.lasting.fact for kpi, _ in self.kpis if kpi.lasting is not None]
        return tuple(dict.fromkeys((*(each.fact for each in self.cubes), *lasting)))

    @property
    def asked(self) -> dict[str, frozenset[str]]:
        """Of each fact that only cubes and curves read, the words of what they read, its columns among them."""
        read = {name: " ".join(self._texts(name)) for name in self.facts if name not in self.also}
        return {name: frozenset(re.findall(r"\w+", text)) for name, text in read.items()}

    def _texts(self, fact: str) -> Iterator[str]:
        for cube in self.cubes.values():
            if cube.source.fact == fact:
                yield from (cube.source.on, "age", *cube.dimensions)
                yield from (text for measure in cube.measures for text in measure.texts)
        for kpi, _ in self.kpis:
            if kpi.lasting is not None and kpi.lasting.fact == fact:
                yield from (*kpi.lasting.texts, natural(kpi.lasting), "is_open")
                yield from (name for cut in cuts(kpi) for name in cut)

    @property
    def breakdowns(self) -> frozenset[str]:
        """Those by which anything is cut."""
        return frozenset(name for kpi, _ in self.kpis for name in kpi.breakdowns)

    @property
    def grains(self) -> frozenset[str]:
        """The grains of the periods that are made; facts by month are asked for whatever the KPIs' own are."""
        return frozenset(("month", *(grain for kpi, _ in self.kpis for grain in kpi.grains)))

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(dict.fromkeys(each.span for each in self.cubes))


def plan(kpis: Iterable[Kpi]) -> Plan:
    """Which cubes `kpis` need. Raises KeyError for a rule or fact that does not exist."""
    read = tuple((kpi, readings(kpi)) for kpi in kpis)
    cubes: dict[Source, Cube] = {}
    for kpi, parts in read:
        for part in parts.parts:
            _want(cubes, source(part), part.measure, (), levels(kpi, cuts(kpi)))
        for each in kpi.quantiles.values():
            _want(cubes, quantile_source(parts), each[0], (each,), levels(kpi, plain_cuts(kpi)))
    return Plan(read, cubes)


def _want(
    cubes: dict[Source, Cube], key: Source, measure: Measure, quantiles: tuple[Quantile, ...], asked: tuple[Level, ...]
) -> None:
    old = cubes.get(key, Cube(key))
    cubes[key] = Cube(
        key,
        tuple(dict.fromkeys((*old.measures, measure))),
        tuple(dict.fromkeys((*old.quantiles, *quantiles))),
        tuple(dict.fromkeys((*old.levels, *asked))),
    )


def quantile_source(parts: Readings) -> Source:
    """Quantiles are read over the span of the numerator, and not by breakdown: sorting costs more than adding."""
    return replace(source(parts.parts[0]), kind="quantiles")
