"""What was sold, and where it came from."""

from include.kpis.funnel import (
    BY_CUSTOMER,
    BY_DEAL,
    EVENT_GRAINS,
    deals_won,
    leads_created,
    new_customers,
    opportunities_created,
)
from include.kpis.kpi import CLOSE_COHORT, EVENT, PERIOD_RATIO, Better, Kpi, Unit, cohort, share
from include.kpis.measure import money

# A declaration reads better as a paragraph.
# fmt: off
LONG_GRAINS = ("week", "month", "quarter", "year")
SOLD_GRAINS = ("day", *LONG_GRAINS)
bookings = Kpi(
    "bookings", "Bookings (closed-won amount)", "Amount of deals won, renewals included.",
    "won", Unit.MONEY, Better.HIGHER, "money", EVENT,
    money("deals", where="status = 'won'"),
    grains=SOLD_GRAINS, by=BY_CUSTOMER,
    named_by=("seven_stages", "databox"),
)
average_deal_size = Kpi(
    "average_deal_size", "Average deal size", "Mean amount of a won deal.",
    "won", Unit.MONEY, Better.HIGHER, "money", CLOSE_COHORT,
    bookings.numerator.filtered("opportunity_type <> 'renewal'"), deals_won.numerator,
    grains=LONG_GRAINS, by=BY_CUSTOMER,
    named_by=("kompas", "databox"),
)
contract_value = Kpi(
    "contract_value", "Contract value", "Total value (TCV) of contracts signed.",
    "won", Unit.MONEY, Better.HIGHER, "money", EVENT,
    money("deals", "tcv", "status = 'won'"),
    grains=SOLD_GRAINS, by=BY_CUSTOMER,
    named_by=("seven_stages",),
)
sales_by_location = Kpi(
    "sales_by_location", "Sales by location", "Bookings by country, region and city.",
    "won", Unit.MONEY, Better.HIGHER, "money", EVENT,
    bookings.numerator,
    grains=SOLD_GRAINS, by=BY_CUSTOMER,
    named_by=("databox",),
)
# A negative deal has no `shared` amount: the sum of those alone is null wherever there is one.
sales_location_share = Kpi(
    "sales_location_share", "Location share of sales", "Share of a location in total bookings.",
    "won", Unit.RATIO, Better.NEITHER, "percent", share("place"),
    bookings.numerator + money("deals", "shared", "status = 'won' and is_negative"),
    grains=LONG_GRAINS, by=BY_CUSTOMER,
    named_by=("databox",),
)
new_customers_by_channel = Kpi(
    "new_customers_by_channel", "New customers by channel", "New customers per acquisition channel.",
    "won", Unit.COUNT, Better.HIGHER, "count", EVENT,
    new_customers.numerator,
    grains=SOLD_GRAINS, by=BY_CUSTOMER,
    named_by=("databox",),
)
customer_channel_share = Kpi(
    "customer_channel_share", "Channel share of new customers", "Share of a channel in new customers.",
    "won", Unit.RATIO, Better.NEITHER, "percent", share("channel"),
    new_customers.numerator,
    grains=LONG_GRAINS, by=BY_CUSTOMER,
    named_by=("databox",),
)
revenue_per_lead = Kpi(
    "revenue_per_lead", "Revenue per lead", "Won amount per lead created.",
    "won", Unit.MONEY, Better.HIGHER, "money", cohort(180),
    money("lead_wins"), leads_created.numerator,
    grains=LONG_GRAINS, by=BY_CUSTOMER,
    named_by=("kompas",),
)
revenue_per_opportunity = Kpi(
    "revenue_per_opportunity", "Revenue per opportunity", "Won amount per opportunity created.",
    "won", Unit.MONEY, Better.HIGHER, "money", cohort(180),
    money("deals", where="status = 'won' and opportunity_type <> 'renewal'", on="created_on"),
    opportunities_created.numerator,
    grains=LONG_GRAINS, by=BY_CUSTOMER,
    named_by=("kompas",),
)
marketing_sourced_revenue = Kpi(
    "marketing_sourced_revenue", "Marketing-sourced revenue", "Won amount from marketing-sourced leads.",
    "won", Unit.MONEY, Better.HIGHER, "money", EVENT,
    bookings.numerator.filtered("from_marketing"),
    grains=SOLD_GRAINS, by=BY_CUSTOMER,
    named_by=("kompas",),
)
marketing_sourced_revenue_share = Kpi(
    "marketing_sourced_revenue_share", "Marketing-sourced share of bookings", "Share of bookings sourced by marketing.",
    "won", Unit.RATIO, Better.HIGHER, "percent", PERIOD_RATIO,
    marketing_sourced_revenue.numerator, bookings.numerator,
    grains=LONG_GRAINS, by=BY_CUSTOMER,
    named_by=("kompas",),
)
opportunity_dollars = Kpi(
    "opportunity_dollars", "Opportunity value created", "Value of the opportunities created, renewals excluded.",
    "opportunity", Unit.MONEY, Better.HIGHER, "money", EVENT,
    money("deals_created", where="opportunity_type <> 'renewal'"),
    grains=EVENT_GRAINS, by=BY_DEAL,
    named_by=("databox",),
)
