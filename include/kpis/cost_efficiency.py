"""What the funnel costs, and what a unit of it takes."""

from include.kpis.advertising import DAILY_GRAINS, ad_spend
from include.kpis.funnel import BY_VISIT, leads_created, mql_count, new_customers, opportunities_created, sql_count
from include.kpis.kpi import EVENT, PERIOD_RATIO, Better, Kpi, Unit
from include.kpis.measure import money

# A declaration reads better as a paragraph.
# fmt: off
STAGE_GRAINS, LONG_GRAINS = ("week", "month", "quarter"), ("week", "month", "quarter", "year")
BY_SELLER = ("channel", "country", "rep", "team")
SALES_TYPES = "cost_type in ('rep_pay', 'commission', 'entertainment', 'travel', 'tools', 'poc_time', 'poc_material')"
SELLING_NEW = money("selling_costs", where="acquisition_scope = 'new'")
cost_per_lead = Kpi(
    "cost_per_lead", "Cost per lead (CPL)", "Acquisition cost per new lead.",
    "lead", Unit.MONEY, Better.LOWER, "money", PERIOD_RATIO,
    ad_spend.numerator + SELLING_NEW.filtered("to_lead"), leads_created.numerator,
    grains=DAILY_GRAINS, by=BY_VISIT,
    named_by=("databox", "seven_stages"),
)
cost_per_mql = Kpi(
    "cost_per_mql", "Cost per MQL", "Acquisition cost per MQL.",
    "mql", Unit.MONEY, Better.LOWER, "money", PERIOD_RATIO,
    ad_spend.numerator + SELLING_NEW.filtered("to_mql"), mql_count.numerator,
    grains=STAGE_GRAINS, by=BY_VISIT,
)
cost_per_sql = Kpi(
    "cost_per_sql", "Cost per SQL", "Acquisition cost per SQL.",
    "sql", Unit.MONEY, Better.LOWER, "money", PERIOD_RATIO,
    ad_spend.numerator + SELLING_NEW.filtered("to_sql"), sql_count.numerator,
    grains=STAGE_GRAINS, by=BY_VISIT,
    named_by=("seven_stages",),
)
cost_per_opportunity = Kpi(
    "cost_per_opportunity", "Cost per opportunity", "Acquisition cost per new-business opportunity.",
    "opportunity", Unit.MONEY, Better.LOWER, "money", PERIOD_RATIO,
    ad_spend.numerator + SELLING_NEW.filtered("to_opportunity"),
    opportunities_created.numerator.filtered("opportunity_type = 'new'"),
    grains=STAGE_GRAINS, by=BY_VISIT,
)
cac = Kpi(
    "cac", "Customer acquisition cost (CAC)", "Fully loaded sales and marketing cost per new customer.",
    "won", Unit.MONEY, Better.LOWER, "money", PERIOD_RATIO,
    ad_spend.numerator + SELLING_NEW, new_customers.numerator,
    grains=LONG_GRAINS, by=("channel", "country"),
    named_by=("databox", "seven_stages", "kompas"),
)
sales_cac = Kpi(
    "sales_cac", "Sales CAC", "Sales-team cost per new customer.",
    "won", Unit.MONEY, Better.LOWER, "money", PERIOD_RATIO,
    SELLING_NEW.filtered(SALES_TYPES), new_customers.numerator,
    grains=LONG_GRAINS, by=BY_SELLER,
    named_by=("seven_stages",),
)
media_cac = Kpi(
    "media_cac", "Media CAC (blended CPA)", "Ad spend per new customer.",
    "won", Unit.MONEY, Better.LOWER, "money", PERIOD_RATIO,
    ad_spend.numerator, new_customers.numerator,
    grains=DAILY_GRAINS, by=BY_VISIT,
    named_by=("databox",),
)
selling_cost = Kpi(
    "selling_cost", "Cost of selling", "Money and time the sales team spends to sell; not cost of goods sold.",
    "all", Unit.MONEY, Better.LOWER, "money", EVENT,
    money("selling_costs", where=SALES_TYPES),
    grains=("day", *LONG_GRAINS), by=BY_SELLER,
    named_by=("databox",),
)
