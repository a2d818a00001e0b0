"""What was sold."""

from include.kpis.funnel import BY_CUSTOMER, deals_won
from include.kpis.kpi import CLOSE_COHORT, EVENT, Better, Kpi, Unit
from include.kpis.measure import money

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
