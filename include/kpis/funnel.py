"""Volume, conversion and speed of the funnel, from visit to won deal."""

from include.kpis.kpi import CLOSE_COHORT, EVENT, EXIT_COHORT, PERIOD_RATIO, SURVIVAL, Better, Kpi, Unit, cohort, lagged
from include.kpis.measure import amount, count, total

# A declaration reads better as a paragraph.
# fmt: off
BY_VISIT = ("channel", "campaign", "country")
BY_LEAD = ("channel", "campaign", "country", "city", "rep", "team", "segment")
BY_DEAL = ("channel", "campaign", "country", "rep", "team", "segment", "product", "opportunity_type")
BY_CUSTOMER = ("channel", "country", "city", "rep", "team", "segment", "product")
VISIT_GRAINS, EVENT_GRAINS = ("day", "week", "month"), ("day", "week", "month", "quarter")
RATE_GRAINS = ("week", "month", "quarter")
visitors = Kpi(
    "visitors", "Unique visitors", "Distinct people who visited the site in the period.",
    "visitor", Unit.COUNT, Better.HIGHER, "count", EVENT,
    total("web_visitors", "visitors"),
    grains=VISIT_GRAINS, by=BY_VISIT,
    named_by=("forum", "databox"),
)
leads_created = Kpi(
    "leads_created", "New leads", "Leads created in the period after merging duplicates.",
    "lead", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("stage_entries", "stage = 'lead'"),
    grains=EVENT_GRAINS, by=BY_LEAD,
    named_by=("forum", "seven_stages", "databox", "tudashboard", "kompas"),
)
mql_count = Kpi(
    "mql_count", "Marketing qualified leads (MQL)", "Leads that reached marketing qualification.",
    "mql", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("stage_entries", "stage = 'mql'"),
    grains=EVENT_GRAINS, by=BY_LEAD,
    named_by=("forum", "seven_stages", "databox", "tudashboard", "kompas"),
)
sql_count = Kpi(
    "sql_count", "Sales qualified leads (SQL)", "Leads qualified by sales as ready for direct follow-up.",
    "sql", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("stage_entries", "stage = 'sql'"),
    grains=EVENT_GRAINS, by=BY_LEAD,
    named_by=("forum", "seven_stages", "databox", "tudashboard", "kompas"),
)
opportunities_created = Kpi(
    "opportunities_created", "Opportunities created", "Deals logged in the CRM in the period, renewals excluded.",
    "opportunity", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("deals", "opportunity_type <> 'renewal'", on="created_on"),
    grains=EVENT_GRAINS, by=BY_DEAL,
    named_by=("forum", "seven_stages", "databox", "tudashboard", "kompas"),
)
deals_won = Kpi(
    "deals_won", "Closed-won deals", "Deals closed as won in the period, renewals excluded.",
    "won", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("deals", "status = 'won' and opportunity_type <> 'renewal'"),
    grains=EVENT_GRAINS, by=BY_DEAL,
    named_by=("forum", "seven_stages", "databox", "kompas"),
)
deals_lost = Kpi(
    "deals_lost", "Closed-lost deals", "Deals closed as lost in the period, renewals excluded.",
    "won", Unit.COUNT, Better.LOWER, "count", EVENT,
    count("deals", "status = 'lost' and opportunity_type <> 'renewal'"),
    grains=EVENT_GRAINS, by=BY_DEAL,
)
new_customers = Kpi(
    "new_customers", "New customers", "Accounts that became customers for the first time.",
    "won", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("customers"),
    grains=(*EVENT_GRAINS, "year"), by=BY_CUSTOMER,
    named_by=("databox", "seven_stages", "kompas"),
)
visitor_to_lead_rate = Kpi(
    "visitor_to_lead_rate", "Visitor-to-lead conversion rate", "Share of site visitors who became leads.",
    "visitor", Unit.RATIO, Better.HIGHER, "percent", PERIOD_RATIO,
    leads_created.numerator.filtered("from_web"), visitors.numerator,
    grains=VISIT_GRAINS, by=BY_VISIT,
    named_by=("forum",),
)
lead_to_mql_rate = Kpi(
    "lead_to_mql_rate", "Lead-to-MQL conversion rate", "Share of leads that became marketing qualified.",
    "mql", Unit.RATIO, Better.HIGHER, "percent", cohort(30),
    count("conversions", "stage = 'lead' and reached = 'mql'"), leads_created.numerator,
    grains=RATE_GRAINS, by=BY_LEAD,
    named_by=("forum", "kompas"),
)
mql_to_sql_rate = Kpi(
    "mql_to_sql_rate", "MQL-to-SQL conversion rate", "Share of marketing qualified leads that became sales qualified.",
    "sql", Unit.RATIO, Better.HIGHER, "percent", cohort(90),
    count("conversions", "stage = 'mql' and reached = 'sql'"), mql_count.numerator,
    grains=RATE_GRAINS, by=BY_LEAD,
    named_by=("forum", "seven_stages", "tudashboard", "kompas"),
)
mql_to_sql_rate_period = Kpi(
    "mql_to_sql_rate_period", "MQL-to-SQL ratio (same period)",
    "SQLs of the period divided by MQLs of the same period; can exceed 100%.",
    "sql", Unit.RATIO, Better.HIGHER, "percent", PERIOD_RATIO,
    sql_count.numerator, mql_count.numerator,
    grains=RATE_GRAINS, by=BY_LEAD,
    named_by=("tudashboard",),
)
mql_to_sql_rate_lagged = Kpi(
    "mql_to_sql_rate_lagged", "MQL-to-SQL conversion rate (lagged)",
    "SQLs of a month over the MQLs of an earlier month, e.g. month 3 over month 1.",
    "sql", Unit.RATIO, Better.HIGHER, "percent", lagged(2),
    sql_count.numerator, mql_count.numerator,
    grains=("month", "quarter"), by=BY_LEAD,
    named_by=("tudashboard",),
)
sql_to_won_rate = Kpi(
    "sql_to_won_rate", "SQL-to-deal conversion rate", "Share of SQLs that ended in a won deal.",
    "won", Unit.RATIO, Better.HIGHER, "percent", cohort(180),
    count("conversions", "stage = 'sql' and reached = 'won'"), sql_count.numerator,
    grains=RATE_GRAINS, by=BY_LEAD,
    named_by=("forum", "seven_stages", "databox"),
)
win_rate = Kpi(
    "win_rate", "Win rate", "Won deals over all deals decided (won and lost) in the period.",
    "won", Unit.RATIO, Better.HIGHER, "percent", CLOSE_COHORT,
    deals_won.numerator, deals_won.numerator + deals_lost.numerator,
    grains=RATE_GRAINS, by=BY_DEAL,
    named_by=("seven_stages", "kompas"),
)
_STAGE_DAYS = amount("stage_visits", "days", "days >= 0")
time_in_stage = Kpi(
    "time_in_stage", "Time in stage", "Mean (and median) days spent in a stage.",
    "all", Unit.DURATION_DAYS, Better.LOWER, "days", EXIT_COHORT,
    _STAGE_DAYS, count("stage_visits", "days >= 0"),
    grains=RATE_GRAINS, by=("stage", *BY_DEAL), quantiles={"median": (_STAGE_DAYS, 0.5), "p90": (_STAGE_DAYS, 0.9)},
    lasting=amount("stage_visits", "days", "days >= 0", on="began_on"),
    named_by=("seven_stages", "kompas"),
)
survival_conversion_curve = Kpi(
    "survival_conversion_curve", "Conversion curve (Kaplan–Meier)",
    "Probability of conversion by day t, open cases treated as censored.",
    "all", Unit.RATIO, Better.HIGHER, "percent", SURVIVAL,
    count("stage_waits", "days >= 0"),
    grains=("month", "quarter"), by=("stage", "channel", "country"),
    lasting=amount("stage_waits", "days", "days >= 0"),
)
