"""The five tables of the engine study, as KPIs of the catalogue: their measures, rules and facts are the declared ones.

Each is read at month grain and by stage, channel, country and (where it has them) city, the cuts that the study's
tables have; region, subdivision and both currencies come of themselves. Curves by Kaplan–Meier are left out.
"""

from dataclasses import replace

from benchmarks.kpis.cells import names
from include.kpis import KPIS
from include.kpis.kpi import Kpi, cohort

_STAGE, _PLACE, _CITY = ("stage", "channel", "country"), ("channel", "country"), ("channel", "country", "city")


def _narrow(name: str, by: tuple[str, ...]) -> Kpi:
    return replace(KPIS[name], grains=("month",), by=by, lasting=None)


def _within(days: int) -> Kpi:
    return replace(_narrow("mql_to_sql_rate", _CITY), id=f"mql_to_sql_rate_{days}", rule=cohort(days))


TABLES: dict[str, tuple[Kpi, ...]] = {
    "funnel": (
        *(_narrow(name, _CITY) for name in ("leads_created", "mql_count", "sql_count")),
        _narrow("stage_conversion_rate", ("stage", *_CITY)),
    ),
    "time_in_stage": (_narrow("time_in_stage", _STAGE),),
    "conversion_windows": tuple(_within(days) for days in (7, 30, 90)),
    "costs": tuple(
        _narrow(name, _PLACE)
        for name in ("cost_per_lead", "cost_per_mql", "cost_per_sql", "cost_per_opportunity", "cac")
    ),
    "retention": tuple(_narrow(name, _PLACE) for name in ("nrr", "grr", "cohort_retention_curve")),
}


def wanted() -> tuple[Kpi, ...]:
    """The KPIs of the tables that are asked for."""
    return tuple(kpi for name in names() for kpi in TABLES[name])
