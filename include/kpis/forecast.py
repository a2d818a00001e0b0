"""What is in the pipeline, against what was promised, and how good the promise was.

Actual and forecast are compared rep by rep of each region, in every cell: a rep commits to a sum, so that the deals of
one net out; but what one sells too much does not make up for what another misses, as it would in a region's total.
"""

from include.kpis.kpi import PERIOD_RATIO, SNAPSHOT, Better, Kpi, Unit, lifetime
from include.kpis.measure import amount, money
from include.kpis.revenue import arpa, contribution_margin_ratio
from include.kpis.sales import bookings

# A declaration reads better as a paragraph.
# fmt: off
SNAPSHOT_GRAINS = ("month", "quarter", "year", "rolling_12m")
BY_PIPELINE, BY_QUOTA = ("country", "rep", "team", "product"), ("country", "rep", "team")
_TARGET = money("plan", where="metric = 'bookings'")
_DUE = "expected_close_on between period_start and period_closes"
pipeline_value = Kpi(
    "pipeline_value", "Pipeline value", "Amount of open opportunities.",
    "opportunity", Unit.MONEY, Better.HIGHER, "money", SNAPSHOT,
    money("pipeline"),
    grains=SNAPSHOT_GRAINS, by=BY_PIPELINE,
    named_by=("seven_stages", "kompas"),
)
weighted_pipeline = Kpi(
    "weighted_pipeline", "Weighted pipeline", "Open amount weighted by win probability.",
    "opportunity", Unit.MONEY, Better.HIGHER, "money", SNAPSHOT,
    money("pipeline", "weighted"),
    grains=SNAPSHOT_GRAINS, by=BY_PIPELINE,
)
pipeline_coverage = Kpi(
    "pipeline_coverage", "Pipeline coverage ratio", "Open pipeline over what is left of the target.",
    "opportunity", Unit.RATIO, Better.HIGHER, "times", SNAPSHOT,
    pipeline_value.numerator.filtered(_DUE), _TARGET - bookings.numerator,
    grains=SNAPSHOT_GRAINS, by=BY_QUOTA,
    named_by=("kompas",),
)
pipeline_effectiveness_vs_goal = Kpi(
    "pipeline_effectiveness_vs_goal", "Pipeline effectiveness vs. target",
    "Bookings to date plus weighted pipeline, over the target.",
    "opportunity", Unit.RATIO, Better.HIGHER, "percent", SNAPSHOT,
    bookings.numerator + weighted_pipeline.numerator.filtered(_DUE), _TARGET,
    grains=SNAPSHOT_GRAINS, by=BY_QUOTA,
    named_by=("tudashboard",),
)
quota_attainment = Kpi(
    "quota_attainment", "Quota attainment", "Bookings over quota.",
    "won", Unit.RATIO, Better.HIGHER, "percent", PERIOD_RATIO,
    bookings.numerator, _TARGET,
    grains=("month", "quarter"), by=BY_QUOTA,
    named_by=("databox",),
)
forecast_accuracy = Kpi(
    "forecast_accuracy", "Forecast accuracy (1 − WAPE)", "How close the frozen forecast came to actuals.",
    "won", Unit.RATIO, Better.HIGHER, "percent", PERIOD_RATIO,
    money("forecasts", "actual") - money("forecasts", "missed"), money("forecasts", "actual"),
    grains=("month", "quarter"), by=BY_PIPELINE,
    named_by=("kompas",),
)
predicted_clv = Kpi(
    "predicted_clv", "Predicted customer lifetime value", "Forecast margin of a customer over its life.",
    "won", Unit.MONEY, Better.HIGHER, "money", lifetime(36),
    arpa * contribution_margin_ratio,
    grains=("month", "quarter", "year"), by=("channel", "country", "segment"),
    lasting=amount("lifetimes", "months", "months >= 0"),
    named_by=("databox",),
)
