"""Every declared KPI, found in the family modules in the order of FAMILIES."""

from dataclasses import replace
from importlib import import_module

from include.kpis.kpi import Kpi

FAMILIES = (
    *("funnel", "conversion", "advertising", "cost_efficiency", "sales", "revenue", "forecast", "poc", "onboarding"),
    *("retention", "activity", "contact", "returns"),
)


def _declared(family: str) -> dict[str, Kpi]:
    module = import_module(f"include.kpis.{family}")
    found = [value for value in vars(module).values() if isinstance(value, Kpi)]
    return {kpi.id: replace(kpi, family=family) for kpi in found}


def _catalogue() -> dict[str, Kpi]:
    """By id, in order of declaration. A family imports another's KPIs to build on them: the variable named like the
    id in the module that was written first declares it, and families are imported lowest first."""
    kpis: dict[str, Kpi] = {}
    for family in FAMILIES:
        kpis |= {name: kpi for name, kpi in _declared(family).items() if name not in kpis}
    return kpis


KPIS: dict[str, Kpi] = _catalogue()
