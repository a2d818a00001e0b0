"""What recurs: monthly recurring revenue, how it moves, and how much of it and of the customers stays."""

from include.kpis.forecast import SNAPSHOT_GRAINS
from include.kpis.kpi import AGED_COHORT, EVENT, OPENING_COHORT, SNAPSHOT, Better, Kpi, Unit, due
from include.kpis.measure import count, money

# A declaration reads better as a paragraph.
# fmt: off
MOVE_GRAINS = ("day", "month", "quarter", "year")
BY_ACCOUNT = ("channel", "country", "segment")
mrr = Kpi(
    "mrr", "Monthly recurring revenue (MRR)", "Recurring revenue normalised to one month.",
    "won", Unit.MONEY, Better.HIGHER, "money", SNAPSHOT,
    money("account_mrr", "closing", "is_active"),
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
    count("account_mrr", "not is_active"), count("account_mrr"),
    grains=SNAPSHOT_GRAINS, by=BY_ACCOUNT,
)
renewal_rate = Kpi(
    "renewal_rate", "Renewal rate", "Share of due contracts that were renewed.",
    "renewal_expansion", Unit.RATIO, Better.HIGHER, "percent", due(30),
    count("renewals"), count("renewals"),
    grains=("month", "quarter", "year"), by=BY_ACCOUNT,
)
cohort_retention_curve = Kpi(
    "cohort_retention_curve", "Cohort retention curve", "Retention of each customer cohort by months since start.",
    "renewal_expansion", Unit.RATIO, Better.HIGHER, "percent", AGED_COHORT,
    count("retained", "is_active"), count("retained"),
    grains=("month",), by=("channel", "country"),
)
