"""Which KPIs a region may choose as cards."""

import pytest

from include.company import Company, ConfigError
from include.kpis import KPIS
from include.kpis.cards import check, eligible

FOUR = ("bookings", "win_rate", "meetings_held")


def choosing(company: Company, last: str) -> Company:
    spain = company.regions["spain"].model_copy(update={"kpis": (*FOUR, last)})
    return company.model_copy(update={"regions": company.regions | {"spain": spain}})


def test_a_kpi_that_there_is_is_a_card(company: Company) -> None:
    check(choosing(company, "mrr"))


@pytest.mark.parametrize("name", ["bookngs", "time_in_stage", "cohort_retention_curve"])
def test_another_is_named_with_its_region_and_those_that_there_are(company: Company, name: str) -> None:
    with pytest.raises(ConfigError, match=f"kpis of spain: '{name}' can be no card; write some of visitors, "):
        check(choosing(company, name))


def test_only_curves_and_what_is_told_by_stage_are_none() -> None:
    assert len(KPIS) - len(list(eligible())) == 5
