"""What was sold."""

from include.kpis.funnel import BY_CUSTOMER, deals_won
from include.kpis.kpi import CLOSE_COHORT, EVENT, SNAPSHOT, Better, Kpi, Unit
from include.kpis.measure import count, money

# A declaration reads better as a paragraph.
# fmt: off
bookings = Kpi(
    "bookings", "Bookings (closed-won amount)", "Amount of deals won, renewals included.",
    "won", Unit.MONEY, Better.HIGHER, "money", EVENT,
    money("deals", where="status = 'won'"),
    grains=("day", "week", "month", "quarter", "year"), by=BY_CUSTOMER,
)
average_deal_size = Kpi(
    "average_deal_size", "Average deal size", "Mean amount of a won deal.",
    "won", Unit.MONEY, Better.HIGHER, "money", CLOSE_COHORT,
    money("deals", where="status = 'won' and opportunity_type <> 'renewal'"), deals_won.numerator,
    grains=("week", "month", "quarter", "year"), by=BY_CUSTOMER,
)
invoiced_revenue = Kpi(
    "invoiced_revenue", "Invoiced revenue", "Net amount invoiced in the period, ex tax, credit notes deducted.",
    "won", Unit.MONEY, Better.HIGHER, "money", EVENT,
    money("invoiced"),
    grains=("day", "week", "month", "quarter", "year"), by=("channel", "country", "segment", "product"),
)
arpa = Kpi(
    "arpa", "Average revenue per account (ARPA)", "Mean monthly revenue per paying account.",
    "won", Unit.MONEY, Better.HIGHER, "money", SNAPSHOT,
    money("account_mrr", "closing", "is_active"), count("account_mrr", "is_active"),
    grains=("month", "quarter", "year", "rolling_12m"),
    by=("channel", "country", "city", "segment", "product", "plan", "account_owner"),
)
crm_billing_variance = Kpi(
    "crm_billing_variance", "CRM-to-billing variance",
    "Absolute gap between CRM bookings and billed amounts, over bookings.",
    "won", Unit.RATIO, Better.LOWER, "percent", CLOSE_COHORT,
    money("billed_deals", "gap"), money("billed_deals", "amount"),
    grains=("month", "quarter", "year"), by=("channel", "country", "segment"),
)
