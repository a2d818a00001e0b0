"""The room's SQL in Spark's words: made of constructs that were compared, in words that were read."""

import pytest

from include.kpis import relations
from include.kpis.catalogue import KPIS
from include.kpis.spark.dialect import UntranslatableError, file, spark
from tests.kpis.dialects import GOLDEN, held, queries, texts


@pytest.mark.parametrize("name", held())
def test_the_texts_are_those_that_were_read(name: str) -> None:
    found = texts(name, held()[name])

    read = {dialect: (GOLDEN / dialect / f"{name}.sql").read_text(encoding="utf-8") for dialect in found}
    assert found == read, "read the difference, then: python -m tests.kpis.dialects"


def test_nothing_else_lies_among_the_texts() -> None:
    known = {f"{dialect}/{name}.sql" for name, sql in held().items() for dialect in texts(name, sql)}

    assert {str(each.relative_to(GOLDEN)) for each in GOLDEN.glob("*/*.sql")} == known


@pytest.mark.parametrize("name", relations.relations())
def test_every_relation_can_be_said_on_spark(name: str) -> None:
    assert spark(relations.relations()[name].sql, file(name))


def test_every_cube_and_score_can_be_said_on_spark() -> None:
    found = queries(*KPIS.values())

    assert len(found) > len(KPIS)
    assert all(spark(sql, name) for name, sql in found.items())


def test_a_relation_is_named_by_its_file() -> None:
    assert file("steps") == "include/kpis/facts/steps.sql"
    assert file("fx") == "include/kpis/known/fx.sql"
    assert file("sums_steps_day_during_0") == "sums_steps_day_during_0"


@pytest.mark.parametrize(
    ("sql", "construct"),
    [
        ("select median(amount) as m from deals", "Median"),
        ("select quantile_cont(amount, 0.5) as m from deals", "PercentileCont"),
        ("select percentile_cont(0.9) within group (order by amount desc) as m from deals", "PercentileCont"),
        ("select timezone('UTC', day) as d from deals", "Anonymous"),
        ("select strftime(day, '%Y') as y from deals", "TimeToStr"),
        ("select date_diff('week', day, closed) as w from deals", "DateDiff"),
        ("select date_trunc('week', day) as w from deals", "TimestampTrunc"),
        ("select cast(amount as integer) as a from deals", "Cast"),
        ("select cast(date_diff('microsecond', a, b) / 8.64e10 as decimal(18, 9)) as d from deals", "Cast"),
        ("select list(amount) as a from deals", "ArrayAgg"),
        ("select at at time zone 'UTC' at time zone zone as t from deals", "AtTimeZone"),
        ("select a.day from deals as a asof join fx as b on a.day >= b.day", "Join"),
    ],
)
def test_what_nobody_compared_is_refused_with_file_and_construct(sql: str, construct: str) -> None:
    with pytest.raises(UntranslatableError, match=rf"^include/kpis/facts/deals\.sql: {construct} in `.+` is not known"):
        spark(sql, file("deals"))


def test_percentiles_are_exact() -> None:
    said = spark("select percentile_cont(0.9) within group (order by days) as p90 from t")

    assert said == "SELECT PERCENTILE(days, 0.9) AS p90 FROM t"


def test_days_and_months_between_count_midnights_and_firsts() -> None:
    said = spark("select date_diff('day', a, b) as d, date_diff('month', a, b) as m from t")

    assert said == "SELECT DATEDIFF(b, a) AS d, ((YEAR(b) - YEAR(a)) * 12 + (MONTH(b) - MONTH(a))) AS m FROM t"


def test_a_moments_day_is_cut_in_its_regions_zone() -> None:
    said = spark("select cast(ts at time zone r.timezone as date) as day from t join r on true")

    assert said == "SELECT CAST(FROM_UTC_TIMESTAMP(ts, r.timezone) AS DATE) AS day FROM t JOIN r ON TRUE"


def test_what_is_asked_of_grouping_sets_is_asked_of_what_they_gave() -> None:
    said = spark("select a, count(*) as n from t group by grouping sets ((f), (f, a)) having f = (grouping(a) = 1)")

    grouped = "SELECT a, COUNT(*) AS n, f = (GROUPING(a) = 1) AS is_kept FROM t GROUP BY GROUPING SETS ((f), (f, a))"
    assert said == f"SELECT a, n FROM ({grouped}) AS grouped WHERE is_kept"
