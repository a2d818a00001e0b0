"""KPIs: facts, one declaration a KPI, the compiler, the score."""

from include.kpis.catalogue import KPIS
from include.kpis.kpi import Kpi

__all__ = ["KPIS", "Kpi"]
