"""From trying the product to using it: trials, sign-ups and onboarding."""

from include.kpis.funnel import RATE_GRAINS
from include.kpis.kpi import Better, Kpi, Unit, cohort
from include.kpis.measure import count

# A declaration reads better as a paragraph.
# fmt: off
BY_USER = ("channel", "country", "city", "segment")
trial_to_paid_rate = Kpi(
    "trial_to_paid_rate", "Trial-to-paid conversion rate", "Share of trials that became paying customers.",
    "won", Unit.RATIO, Better.HIGHER, "percent", cohort(45),
    count("trials", "outcome = 'paid'") - count("trials", "outcome = 'back'"), count("trials", "outcome = 'started'"),
    grains=(*RATE_GRAINS, "year"), by=(*BY_USER, "product"),
    named_by=("seven_stages", "kompas"),
)
activation_rate = Kpi(
    "activation_rate", "Activation rate", "Share of new users that reached the activation event.",
    "won", Unit.RATIO, Better.HIGHER, "percent", cohort(14),
    count("signups"), count("signups"),
    grains=(*RATE_GRAINS, "year"), by=BY_USER,
    named_by=("kompas",),
)
onboarding_completion_rate = Kpi(
    "onboarding_completion_rate", "Onboarding completion rate", "Share of customers that finished onboarding.",
    "won", Unit.RATIO, Better.HIGHER, "percent", cohort(60),
    count("onboardings"), count("onboardings"),
    grains=(*RATE_GRAINS, "year"), by=BY_USER,
    named_by=("seven_stages", "kompas"),
)
