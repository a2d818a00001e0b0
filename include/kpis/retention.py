"""What recurs: monthly recurring revenue, how it moves, and how much of it and of the customers stays."""

from include.kpis.forecast import SNAPSHOT_GRAINS
from include.kpis.funnel import BY_DEAL
from include.kpis.kpi import (
    AGED_COHORT,
    CLOSE_COHORT,
    DERIVED,
    EVENT,
    OPENING_COHORT,
    PERIOD_RATIO,
    SNAPSHOT,
    Better,
    Kpi,
    Unit,
    due,
)
from include.kpis.measure import count, money
from include.kpis.revenue import arpa, contribution_margin_ratio

# A declaration reads better as a paragraph.
# fmt: off
MOVE_GRAINS = ("day", "month", "quarter", "year")
DUE_GRAINS = ("month", "quarter", "year")
BY_ACCOUNT = ("channel", "country", "cohort_month", "segment", "plan", "account_owner")
mrr = Kpi(
    "mrr", "Monthly recurring revenue (MRR)", "Recurring revenue normalised to one month.",
    "won", Unit.MONEY, Better.HIGHER, "money", SNAPSHOT,
    money("account_mrr", "closing", "is_active"),
    grains=SNAPSHOT_GRAINS, by=BY_ACCOUNT,
)
arr = Kpi(
    "arr", "Annual recurring revenue (ARR)", "MRR times twelve.",
    "won", Unit.MONEY, Better.HIGHER, "money", SNAPSHOT,
    12 * mrr.numerator,
    grains=SNAPSHOT_GRAINS, by=BY_ACCOUNT,
)
active_customers = Kpi(
    "active_customers", "Active customers", "Paying accounts at period end.",
    "won", Unit.COUNT, Better.HIGHER, "count", SNAPSHOT,
    count("account_mrr", "is_active"),
    grains=SNAPSHOT_GRAINS, by=BY_ACCOUNT,
)
new_mrr = Kpi(
    "new_mrr", "New MRR", "MRR of first-time customers.",
    "won", Unit.MONEY, Better.HIGHER, "money", EVENT,
    money("account_mrr", "moved", "movement = 'new'"),
    grains=MOVE_GRAINS, by=BY_ACCOUNT,
)
expansion_mrr = Kpi(
    "expansion_mrr", "Expansion MRR", "Extra MRR from existing customers.",
    "renewal_expansion", Unit.MONEY, Better.HIGHER, "money", EVENT,
    money("account_mrr", "moved", "movement = 'expansion'"),
    grains=MOVE_GRAINS, by=BY_ACCOUNT,
    named_by=("seven_stages",),
)
contraction_mrr = Kpi(
    "contraction_mrr", "Contraction MRR", "MRR lost by downgrades of continuing customers.",
    "renewal_expansion", Unit.MONEY, Better.LOWER, "money", EVENT,
    money("account_mrr", "moved", "movement = 'contraction'"),
    grains=MOVE_GRAINS, by=BY_ACCOUNT,
)
churned_mrr = Kpi(
    "churned_mrr", "Churned MRR", "MRR of lost customers.",
    "renewal_expansion", Unit.MONEY, Better.LOWER, "money", EVENT,
    money("account_mrr", "opening", "movement = 'churned'"),
    grains=MOVE_GRAINS, by=BY_ACCOUNT,
)
reactivation_mrr = Kpi(
    "reactivation_mrr", "Reactivation MRR", "MRR of returning customers.",
    "renewal_expansion", Unit.MONEY, Better.HIGHER, "money", EVENT,
    money("account_mrr", "moved", "movement = 'reactivation'"),
    grains=MOVE_GRAINS, by=BY_ACCOUNT,
)
fx_mrr = Kpi(
    "fx_mrr", "FX impact on MRR", "MRR change caused only by exchange rates.",
    "renewal_expansion", Unit.MONEY, Better.NEITHER, "money", EVENT,
    money("account_mrr", "fx", "has_fx"),
    grains=MOVE_GRAINS, by=BY_ACCOUNT,
)
net_new_mrr = Kpi(
    "net_new_mrr", "Net new MRR", "Net change of MRR by customer movements, FX excluded.",
    "renewal_expansion", Unit.MONEY, Better.HIGHER, "money", EVENT,
    new_mrr.numerator + expansion_mrr.numerator + reactivation_mrr.numerator
    - contraction_mrr.numerator - churned_mrr.numerator,
    grains=MOVE_GRAINS, by=BY_ACCOUNT,
)
nrr = Kpi(
    "nrr", "Net revenue retention (NRR)", "Revenue kept from opening customers, expansion included.",
    "renewal_expansion", Unit.RATIO, Better.HIGHER, "percent", OPENING_COHORT,
    money("account_mrr", "held"), money("account_mrr", "opening"),
    grains=SNAPSHOT_GRAINS, by=BY_ACCOUNT,
    named_by=("seven_stages",),
)
grr = Kpi(
    "grr", "Gross revenue retention (GRR)", "Revenue kept without expansion; never above 100%.",
    "renewal_expansion", Unit.RATIO, Better.HIGHER, "percent", OPENING_COHORT,
    money("account_mrr", "kept"), money("account_mrr", "opening"),
    grains=SNAPSHOT_GRAINS, by=BY_ACCOUNT,
)
logo_churn_rate = Kpi(
    "logo_churn_rate", "Customer churn rate", "Share of opening customers lost.",
    "renewal_expansion", Unit.RATIO, Better.LOWER, "percent", OPENING_COHORT,
    count("account_mrr", "not stays"), count("account_mrr"),
    grains=SNAPSHOT_GRAINS, by=BY_ACCOUNT,
    named_by=("tudashboard", "kompas"),
)
customer_retention_rate = Kpi(
    "customer_retention_rate", "Customer retention rate", "Share of opening customers kept.",
    "renewal_expansion", Unit.RATIO, Better.HIGHER, "percent", OPENING_COHORT,
    count("account_mrr", "stays"), count("account_mrr"),
    grains=SNAPSHOT_GRAINS, by=BY_ACCOUNT,
    named_by=("seven_stages", "databox"),
)
gross_mrr_churn_rate = Kpi(
    "gross_mrr_churn_rate", "Gross MRR churn rate", "Churned and contracted MRR over opening MRR.",
    "renewal_expansion", Unit.RATIO, Better.LOWER, "percent", OPENING_COHORT,
    money("account_mrr", "lost"), money("account_mrr", "opening"),
    grains=SNAPSHOT_GRAINS, by=BY_ACCOUNT,
)
net_mrr_churn_rate = Kpi(
    "net_mrr_churn_rate", "Net MRR churn rate", "Lost MRR minus expansion, over opening MRR.",
    "renewal_expansion", Unit.RATIO, Better.LOWER, "percent", OPENING_COHORT,
    money("account_mrr", "lost") - money("account_mrr", "gained"), money("account_mrr", "opening"),
    grains=SNAPSHOT_GRAINS, by=BY_ACCOUNT,
)
expansion_rate = Kpi(
    "expansion_rate", "Expansion rate", "Expansion MRR over opening MRR.",
    "renewal_expansion", Unit.RATIO, Better.HIGHER, "percent", OPENING_COHORT,
    money("account_mrr", "gained"), money("account_mrr", "opening"),
    grains=SNAPSHOT_GRAINS, by=BY_ACCOUNT,
    named_by=("kompas",),
)
quick_ratio = Kpi(
    "quick_ratio", "SaaS quick ratio", "Gained MRR over lost MRR.",
    "renewal_expansion", Unit.RATIO, Better.HIGHER, "times", PERIOD_RATIO,
    money("account_mrr", "gained"), money("account_mrr", "lost"),
    grains=DUE_GRAINS, by=BY_ACCOUNT,
)
renewal_rate = Kpi(
    "renewal_rate", "Renewal rate", "Share of due contracts that were renewed.",
    "renewal_expansion", Unit.RATIO, Better.HIGHER, "percent", due(30),
    count("renewals"), count("renewals"),
    grains=DUE_GRAINS, by=BY_ACCOUNT,
    named_by=("seven_stages", "kompas"),
)
renewal_rate_value = Kpi(
    "renewal_rate_value", "Renewal rate by value", "Renewed value over value due, uplift excluded.",
    "renewal_expansion", Unit.RATIO, Better.HIGHER, "percent", due(30),
    money("renewals", "renewed"), money("renewals", "due"),
    grains=DUE_GRAINS, by=BY_ACCOUNT,
    named_by=("seven_stages",),
)
_SOLD_ON = count("deals", "opportunity_type in ('upsell', 'cross_sell') and status in ('won', 'lost')")
upsell_success_rate = Kpi(
    "upsell_success_rate", "Upsell success rate", "Share of decided upsell and cross-sell deals that were won.",
    "renewal_expansion", Unit.RATIO, Better.HIGHER, "percent", CLOSE_COHORT,
    _SOLD_ON.filtered("status = 'won'"), _SOLD_ON,
    grains=DUE_GRAINS, by=tuple(name for name in BY_DEAL if name != "campaign"),
    named_by=("seven_stages",),
)
ltv = Kpi(
    "ltv", "Customer lifetime value (CLV)", "Contribution margin expected from one customer over its life.",
    "renewal_expansion", Unit.MONEY, Better.HIGHER, "money", DERIVED,
    arpa * contribution_margin_ratio * count("churn_months"), count("churn_months", "is_lost"),
    grains=DUE_GRAINS, by=("channel", "country", "segment"),
    named_by=("seven_stages", "tudashboard", "kompas"),
)
cohort_retention_curve = Kpi(
    "cohort_retention_curve", "Cohort retention curve", "Retention of each customer cohort by months since start.",
    "renewal_expansion", Unit.RATIO, Better.HIGHER, "percent", AGED_COHORT,
    count("retained", "is_active"), count("retained"),
    grains=("month",), by=BY_ACCOUNT,
)
