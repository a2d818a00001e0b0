"""What comes back for what was spent, and how fast."""

from include.kpis.advertising import DAILY_GRAINS, ad_spend
from include.kpis.contact import sales_cycle_length
from include.kpis.cost_efficiency import BY_SELLER, LONG_GRAINS, SELLING_NEW, cac, cost_per_lead, selling_cost
from include.kpis.funnel import BY_DEAL, BY_VISIT, RATE_GRAINS, deals_lost, deals_won
from include.kpis.kpi import DERIVED, PERIOD_RATIO, Better, Kpi, Unit, cohort
from include.kpis.measure import count, money
from include.kpis.retention import ltv, new_mrr
from include.kpis.revenue import BILL_GRAINS, contribution_margin_ratio, invoiced_revenue
from include.kpis.sales import average_deal_size, revenue_per_lead

# A declaration reads better as a paragraph.
# fmt: off
_WON = average_deal_size.numerator
roas = Kpi(
    "roas", "Return on ad spend (ROAS)", "Won amount per unit of ad spend.",
    "won", Unit.RATIO, Better.HIGHER, "times", PERIOD_RATIO,
    _WON.filtered("from_ads"), ad_spend.numerator,
    grains=DAILY_GRAINS, by=BY_VISIT,
    named_by=("databox",),
)
_MARKETING = SELLING_NEW.filtered("cost_type in ('agency', 'event', 'content') or campaign <> 'unallocated'")
marketing_roi = Kpi(
    "marketing_roi", "Marketing ROI", "Net return per unit of marketing and campaign spending.",
    "won", Unit.RATIO, Better.HIGHER, "times", PERIOD_RATIO,
    _WON.filtered("from_marketing") - ad_spend.numerator - _MARKETING, ad_spend.numerator + _MARKETING,
    grains=DAILY_GRAINS, by=BY_VISIT,
    named_by=("databox", "kompas"),
)
lead_source_roi = Kpi(
    "lead_source_roi", "Lead source ROI", "Net return on the cost of each lead source.",
    "won", Unit.RATIO, Better.HIGHER, "times", PERIOD_RATIO,
    _WON - cac.numerator, cac.numerator,
    grains=DAILY_GRAINS, by=BY_VISIT,
    named_by=("kompas", "databox"),
)
selling_cost_ratio = Kpi(
    "selling_cost_ratio", "Cost of selling, % of revenue", "Cost of selling relative to invoiced revenue.",
    "all", Unit.RATIO, Better.LOWER, "percent", PERIOD_RATIO,
    selling_cost.numerator, invoiced_revenue.numerator,
    grains=LONG_GRAINS, by=BY_SELLER,
    named_by=("databox",),
)
_MARGIN = money("invoiced", "margin", "is_won", on="won_on")
sales_roi = Kpi(
    "sales_roi", "Return on sales investment",
    "Contribution margin net of selling cost, per unit of selling cost.",
    "won", Unit.RATIO, Better.HIGHER, "times", PERIOD_RATIO,
    _MARGIN + _MARGIN.filtered("lacks_cost") - selling_cost.numerator, selling_cost.numerator,
    grains=LONG_GRAINS, by=BY_SELLER,
    named_by=("databox",),
)
margin_after_acquisition = Kpi(
    "margin_after_acquisition", "Revenue after acquisition cost",
    "Won amount minus acquisition cost of all leads; product cost not deducted.",
    "won", Unit.MONEY, Better.HIGHER, "money", cohort(180),
    revenue_per_lead.numerator - cost_per_lead.numerator,
    grains=DAILY_GRAINS, by=BY_VISIT,
    named_by=("databox",),
)
cac_payback_months = Kpi(
    "cac_payback_months", "CAC payback", "Months of contribution margin needed to recover CAC.",
    "won", Unit.RATIO, Better.LOWER, "months", DERIVED,
    cac, new_mrr / count("account_mrr", "movement = 'new'") * contribution_margin_ratio,
    grains=BILL_GRAINS, by=("channel", "country"),
)
ltv_to_cac = Kpi(
    "ltv_to_cac", "CLV-to-CAC ratio", "Customer lifetime value over customer acquisition cost.",
    "won", Unit.RATIO, Better.HIGHER, "times", DERIVED,
    ltv, cac,
    grains=BILL_GRAINS, by=("channel", "country"),
    named_by=("seven_stages",),
)
_WORKED = count("worked_deals", "opportunity_type <> 'renewal'")
sales_velocity = Kpi(
    "sales_velocity", "Sales velocity", "Money the pipeline yields per day.",
    "opportunity", Unit.MONEY, Better.HIGHER, "money", DERIVED,
    _WORKED * deals_won.numerator * _WON, (deals_won.numerator + deals_lost.numerator) * sales_cycle_length.numerator,
    grains=RATE_GRAINS, by=BY_DEAL,
    named_by=("seven_stages", "kompas"),
)
