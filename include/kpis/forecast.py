"""What is in the pipeline, against what was promised."""

from include.kpis.kpi import PERIOD_RATIO, SNAPSHOT, Better, Kpi, Unit
from include.kpis.measure import money
from include.kpis.revenue import bookings

# A declaration reads better as a paragraph.
# fmt: off
SNAPSHOT_GRAINS = ("month", "quarter", "year", "rolling_12m")
_TARGET = money("plan", where="metric = 'bookings'")
pipeline_value = Kpi(
    "pipeline_value", "Pipeline value", "Amount of open opportunities.",
    "opportunity", Unit.MONEY, Better.HIGHER, "money", SNAPSHOT,
    money("pipeline"),
    grains=SNAPSHOT_GRAINS, by=("country", "rep", "team", "product"),
)
pipeline_coverage = Kpi(
    "pipeline_coverage", "Pipeline coverage ratio", "Open pipeline over what is left of the target.",
    "opportunity", Unit.RATIO, Better.HIGHER, "times", SNAPSHOT,
    money("pipeline", where="expected_close_on between period_start and period_closes"), _TARGET - bookings.numerator,
    grains=SNAPSHOT_GRAINS, by=("country", "rep", "team"),
)
quota_attainment = Kpi(
    "quota_attainment", "Quota attainment", "Bookings over quota.",
    "won", Unit.RATIO, Better.HIGHER, "percent", PERIOD_RATIO,
    bookings.numerator, _TARGET,
    grains=("month", "quarter"), by=("country", "rep", "team"),
)
