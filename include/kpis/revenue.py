"""What was invoiced for it, what was taken back, and what is left of it."""

from include.kpis.funnel import BY_CUSTOMER
from include.kpis.kpi import CLOSE_COHORT, EVENT, PERIOD_OVER_PERIOD, PERIOD_RATIO, SNAPSHOT, Better, Kpi, Unit
from include.kpis.measure import count, distinct, money
from include.kpis.sales import LONG_GRAINS, SOLD_GRAINS

# A declaration reads better as a paragraph.
# fmt: off
BILL_GRAINS = ("month", "quarter", "year")
invoiced_revenue = Kpi(
    "invoiced_revenue", "Invoiced revenue", "Net amount invoiced in the period, ex tax, credit notes deducted.",
    "won", Unit.MONEY, Better.HIGHER, "money", EVENT,
    money("invoiced"),
    grains=SOLD_GRAINS, by=BY_CUSTOMER,
    named_by=("seven_stages",),
)
monthly_revenue = Kpi(
    "monthly_revenue", "Monthly revenue", "Invoiced revenue of the calendar month.",
    "won", Unit.MONEY, Better.HIGHER, "money", EVENT,
    invoiced_revenue.numerator,
    by=BY_CUSTOMER,
    named_by=("databox",),
)
revenue_growth_rate = Kpi(
    "revenue_growth_rate", "Revenue growth rate", "Change in invoiced revenue on the previous period.",
    "won", Unit.RATIO, Better.HIGHER, "percent", PERIOD_OVER_PERIOD,
    invoiced_revenue.numerator,
    grains=LONG_GRAINS, by=BY_CUSTOMER,
    named_by=("databox",),
)
average_purchase_value = Kpi(
    "average_purchase_value", "Average purchase value", "Mean value of a paid purchase.",
    "won", Unit.MONEY, Better.HIGHER, "money", PERIOD_RATIO,
    money("invoiced", where="is_paid", on="purchased_on"),
    distinct("invoiced", "invoice_id", "is_paid and is_worth", on="purchased_on"),
    grains=LONG_GRAINS, by=BY_CUSTOMER,
    named_by=("tudashboard", "databox"),
)
arpa = Kpi(
    "arpa", "Average revenue per account (ARPA)", "Mean monthly revenue per paying account.",
    "won", Unit.MONEY, Better.HIGHER, "money", SNAPSHOT,
    money("account_mrr", "closing", "is_active"), count("account_mrr", "is_active"),
    grains=("month", "quarter", "year", "rolling_12m"),
    by=("channel", "country", "city", "segment", "product", "plan", "account_owner"),
    named_by=("databox", "seven_stages"),
)
# A line without its cost has no margin: the sum of those alone is null wherever there is one, for null is not nought.
contribution_margin = Kpi(
    "contribution_margin", "Contribution margin", "Invoiced revenue minus all variable costs.",
    "won", Unit.MONEY, Better.HIGHER, "money", EVENT,
    money("invoiced", "margin") + money("invoiced", "margin", "lacks_cost"),
    grains=SOLD_GRAINS, by=BY_CUSTOMER,
    named_by=("databox",),
)
contribution_margin_ratio = Kpi(
    "contribution_margin_ratio", "Contribution margin ratio", "Contribution margin as a share of revenue.",
    "won", Unit.RATIO, Better.HIGHER, "percent", PERIOD_RATIO,
    contribution_margin.numerator, invoiced_revenue.numerator,
    grains=LONG_GRAINS, by=BY_CUSTOMER,
    named_by=("databox",),
)
refund_rate = Kpi(
    "refund_rate", "Refund and credit-note rate", "Refunded or credited amount over invoiced amount.",
    "won", Unit.RATIO, Better.LOWER, "percent", PERIOD_RATIO,
    money("returned"), invoiced_revenue.numerator.filtered("doc_type = 'invoice'"),
    grains=BILL_GRAINS, by=("channel", "country", "segment", "product"),
)
crm_billing_variance = Kpi(
    "crm_billing_variance", "CRM-to-billing variance",
    "Absolute gap between CRM bookings and billed amounts, over bookings.",
    "won", Unit.RATIO, Better.LOWER, "percent", CLOSE_COHORT,
    money("billed_deals", "gap"), money("billed_deals", "amount"),
    grains=BILL_GRAINS, by=("channel", "country", "rep", "team", "segment", "product"),
)
