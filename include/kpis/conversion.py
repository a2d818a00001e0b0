"""How leads and deals move on from stage to stage, and how long that takes."""

from include.kpis.funnel import (
    BY_DEAL,
    BY_LEAD,
    BY_VISIT,
    EVENT_GRAINS,
    RATE_GRAINS,
    VISIT_GRAINS,
    leads_created,
    mql_count,
    new_customers,
    opportunities_created,
    sql_count,
    visitors,
)
from include.kpis.kpi import (
    CLOSE_COHORT,
    EVENT,
    EXIT_COHORT,
    OPENING_BASE,
    PERIOD_RATIO,
    Better,
    Kpi,
    Unit,
    cohort,
    settled_cohort,
)
from include.kpis.measure import amount, count, money

# A declaration reads better as a paragraph.
# fmt: off
sal_count = Kpi(
    "sal_count", "Sales accepted leads (SAL)", "SQLs accepted by sales that keep moving towards a deal.",
    "sal", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("stage_entries", "stage = 'sal'"),
    grains=EVENT_GRAINS, by=BY_LEAD,
    named_by=("forum",),
)
negotiations_initiated = Kpi(
    "negotiations_initiated", "Initiated negotiations", "Opportunities that entered contract negotiation.",
    "negotiation", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("steps", "stage = 'negotiation' and outcome = 'entered' and opportunity_type <> 'renewal'"),
    grains=EVENT_GRAINS, by=BY_DEAL,
    named_by=("seven_stages",),
)
pql_to_sql_rate = Kpi(
    "pql_to_sql_rate", "PQL-to-SQL conversion rate", "Share of product qualified leads that became SQLs.",
    "sql", Unit.RATIO, Better.HIGHER, "percent", cohort(90),
    count("conversions", "stage = 'mql' and reached = 'sql' and qualification_type = 'pql'"),
    mql_count.numerator.filtered("qualification_type = 'pql'"),
    grains=RATE_GRAINS, by=BY_LEAD,
    named_by=("seven_stages", "databox"),
)
iql_to_sql_rate = Kpi(
    "iql_to_sql_rate", "IQL-to-SQL conversion rate", "Share of information qualified leads that became SQLs.",
    "sql", Unit.RATIO, Better.HIGHER, "percent", cohort(90),
    count("conversions", "stage = 'mql' and reached = 'sql' and qualification_type = 'iql'"),
    mql_count.numerator.filtered("qualification_type = 'iql'"),
    grains=RATE_GRAINS, by=BY_LEAD,
    named_by=("seven_stages",),
)
_HANDOVER = "stage in ('sql', 'sal') and next_stage in ('sql', 'sal')"  # whichever of the two comes first
sql_to_sal_rate = Kpi(
    "sql_to_sal_rate", "SQL-to-SAL conversion rate", "Share of SQLs accepted by sales (SAL).",
    "sal", Unit.RATIO, Better.HIGHER, "percent", cohort(60),
    count("steps", f"outcome = 'moved_on' and {_HANDOVER}"), count("steps", f"outcome = 'entered' and {_HANDOVER}"),
    grains=RATE_GRAINS, by=BY_LEAD,
    named_by=("forum",),
)
sql_to_opportunity_rate = Kpi(
    "sql_to_opportunity_rate", "SQL-to-opportunity conversion rate", "Share of SQLs that became an opportunity.",
    "opportunity", Unit.RATIO, Better.HIGHER, "percent", cohort(60),
    count("conversions", "stage = 'sql' and reached = 'opportunity'"), sql_count.numerator,
    grains=RATE_GRAINS, by=BY_LEAD,
    named_by=("kompas",),
)
lead_to_won_rate = Kpi(
    "lead_to_won_rate", "Lead-to-sale conversion rate", "Share of leads that ended in a won deal.",
    "won", Unit.RATIO, Better.HIGHER, "percent", cohort(180),
    count("conversions", "stage = 'lead' and reached = 'won'"), leads_created.numerator,
    grains=RATE_GRAINS, by=BY_LEAD,
    named_by=("databox", "kompas"),
)
overall_conversion_rate = Kpi(
    "overall_conversion_rate", "Overall conversion rate", "New customers from web channels over all site visitors.",
    "won", Unit.RATIO, Better.HIGHER, "percent", PERIOD_RATIO,
    new_customers.numerator.filtered("from_web"), visitors.numerator,
    grains=VISIT_GRAINS, by=BY_VISIT,
    named_by=("databox", "kompas"),
)
customer_acquisition_rate = Kpi(
    "customer_acquisition_rate", "Customer acquisition rate",
    "New customers relative to the customer base at period start.",
    "won", Unit.RATIO, Better.HIGHER, "percent", OPENING_BASE,
    new_customers.numerator, count("account_mrr"),
    grains=(*RATE_GRAINS, "year"), by=("channel", "country", "city", "segment"),
    named_by=("databox",),
)
_DECIDED = "status in ('won', 'lost') and opportunity_type <> 'renewal'"
win_rate_value = Kpi(
    "win_rate_value", "Win rate by value", "Amount of won deals over amount of decided deals.",
    "won", Unit.RATIO, Better.HIGHER, "percent", CLOSE_COHORT,
    money("deals", where="status = 'won' and opportunity_type <> 'renewal'"), money("deals", where=_DECIDED),
    grains=RATE_GRAINS, by=BY_DEAL,
)
close_rate = Kpi(
    "close_rate", "Close rate", "Won deals over all opportunities created, open ones included.",
    "won", Unit.RATIO, Better.HIGHER, "percent", cohort(180),
    count("deals", "status = 'won' and opportunity_type <> 'renewal'", on="created_on"),
    opportunities_created.numerator,
    grains=RATE_GRAINS, by=BY_DEAL,
    named_by=("databox", "kompas"),
)
negotiation_to_won_rate = Kpi(
    "negotiation_to_won_rate", "Negotiation-to-win rate", "Share of negotiations that closed as won.",
    "negotiation", Unit.RATIO, Better.HIGHER, "percent", cohort(90),
    count("steps", "stage = 'negotiation' and outcome = 'won' and opportunity_type <> 'renewal'"),
    negotiations_initiated.numerator,
    grains=RATE_GRAINS, by=BY_DEAL,
    named_by=("seven_stages",),
)
_HAS_NEXT = "next_stage is not null and opportunity_type <> 'renewal'"
stage_conversion_rate = Kpi(
    "stage_conversion_rate", "Stage-to-stage conversion rate",
    "Share of leads or opportunities that moved to the next stage.",
    "all", Unit.RATIO, Better.HIGHER, "percent", cohort(90),
    count("steps", f"outcome = 'moved_on' and {_HAS_NEXT}"), count("steps", f"outcome = 'entered' and {_HAS_NEXT}"),
    grains=RATE_GRAINS, by=("stage", *BY_LEAD),
    named_by=("seven_stages", "kompas"),
)
stage_drop_off_rate = Kpi(
    "stage_drop_off_rate", "Stage drop-off rate",
    "Share of leads or opportunities that did not reach the next stage.",
    "all", Unit.RATIO, Better.LOWER, "percent", settled_cohort(90),
    count("steps", f"outcome = 'entered' and {_HAS_NEXT}") - stage_conversion_rate.numerator,
    count("steps", f"outcome = 'entered' and {_HAS_NEXT}"),
    grains=RATE_GRAINS, by=("stage", *BY_LEAD),
    named_by=("kompas",),
)
time_in_negotiation = Kpi(
    "time_in_negotiation", "Time in negotiation", "Average days spent in the negotiation stage.",
    "negotiation", Unit.DURATION_DAYS, Better.LOWER, "days", EXIT_COHORT,
    amount("stage_visits", "days", "stage = 'negotiation' and days >= 0"),
    count("stage_visits", "stage = 'negotiation' and days >= 0"),
    grains=RATE_GRAINS, by=BY_DEAL,
    lasting=amount("stage_visits", "days", "stage = 'negotiation' and days >= 0", on="began_on"),
    named_by=("seven_stages",),
)
_MQL_TO_SQL = "stage = 'mql' and reached = 'sql' and not is_inferred and days >= 0"
mql_to_sql_time = Kpi(
    "mql_to_sql_time", "MQL-to-SQL conversion time", "Average days an MQL takes to become an SQL.",
    "sql", Unit.DURATION_DAYS, Better.LOWER, "days", EXIT_COHORT,
    amount("conversions", "days", _MQL_TO_SQL, on="reached_on"), count("conversions", _MQL_TO_SQL, on="reached_on"),
    grains=RATE_GRAINS, by=("channel", "campaign", "country", "rep", "team", "segment"),
    lasting=amount("qualification_waits", "days", "days >= 0"),
    named_by=("tudashboard",),
)
_CLOSED = f"{_DECIDED} and days_open >= 0"
pipeline_transit_time = Kpi(
    "pipeline_transit_time", "Pipeline transit time", "Average days from opportunity creation to close, won or lost.",
    "opportunity", Unit.DURATION_DAYS, Better.LOWER, "days", CLOSE_COHORT,
    amount("deals", "days_open", _CLOSED), count("deals", _CLOSED),
    grains=RATE_GRAINS, by=BY_DEAL,
    lasting=amount("deal_waits", "days", "days >= 0"),
    named_by=("seven_stages",),
)
