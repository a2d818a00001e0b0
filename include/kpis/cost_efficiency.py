"""What the funnel costs, and what a unit of it buys."""

from include.kpis.funnel import BY_VISIT, leads_created, new_customers
from include.kpis.kpi import EVENT, PERIOD_RATIO, Better, Kpi, Unit
from include.kpis.measure import money

# A declaration reads better as a paragraph.
# fmt: off
DAILY_GRAINS = ("day", "week", "month", "quarter")
ad_spend = Kpi(
    "ad_spend", "Ad spend", "Advertising spend of the period.",
    "visitor", Unit.MONEY, Better.NEITHER, "money", EVENT,
    money("ad_costs"),
    grains=DAILY_GRAINS, by=BY_VISIT,
)
_SELLING_NEW = money("selling_costs", where="acquisition_scope = 'new'")
cost_per_lead = Kpi(
    "cost_per_lead", "Cost per lead (CPL)", "Acquisition cost per new lead.",
    "lead", Unit.MONEY, Better.LOWER, "money", PERIOD_RATIO,
    ad_spend.numerator + _SELLING_NEW.filtered("cost_stage in ('visitor', 'lead')"), leads_created.numerator,
    grains=DAILY_GRAINS, by=BY_VISIT,
)
cac = Kpi(
    "cac", "Customer acquisition cost (CAC)", "Fully loaded sales and marketing cost per new customer.",
    "won", Unit.MONEY, Better.LOWER, "money", PERIOD_RATIO,
    ad_spend.numerator + _SELLING_NEW, new_customers.numerator,
    grains=("week", "month", "quarter", "year"), by=("channel", "country"),
)
roas = Kpi(
    "roas", "Return on ad spend (ROAS)", "Won amount per unit of ad spend.",
    "won", Unit.RATIO, Better.HIGHER, "times", PERIOD_RATIO,
    money("deals", where="status = 'won' and opportunity_type <> 'renewal' and from_ads"), ad_spend.numerator,
    grains=DAILY_GRAINS, by=BY_VISIT,
)
