"""From the first contact: who becomes a lead, how soon somebody answers, how long until the deal and the money."""

from include.kpis.activity import BY_TOUCH
from include.kpis.advertising import DAILY_GRAINS
from include.kpis.forecast import SNAPSHOT_GRAINS
from include.kpis.funnel import BY_DEAL, BY_VISIT, EVENT_GRAINS, RATE_GRAINS
from include.kpis.kpi import CLOSE_COHORT, PERIOD_RATIO, SNAPSHOT, Better, Kpi, Unit, cohort
from include.kpis.measure import amount, count, distinct, total

# A declaration reads better as a paragraph.
# fmt: off
contact_to_lead_rate = Kpi(
    "contact_to_lead_rate", "Contact-to-lead conversion rate",
    "Share of prospects first contacted that became a lead.",
    "lead", Unit.RATIO, Better.HIGHER, "percent", cohort(30),
    count("lead_advances", "step = 'contact'"), count("lead_advances", "step = 'contact'"),
    grains=EVENT_GRAINS, by=BY_TOUCH,
    named_by=("seven_stages",),
)
campaign_to_lead_rate = Kpi(
    "campaign_to_lead_rate", "Campaign-to-lead conversion rate",
    "Leads attributed to campaigns over campaign responses (clicks).",
    "lead", Unit.RATIO, Better.HIGHER, "percent", PERIOD_RATIO,
    count("stage_entries", "stage = 'lead' and campaign <> 'unknown'"),
    total("ad_costs", "clicks") + distinct("mailings", "responder", "response = 'clicked'", on="responded_on"),
    grains=DAILY_GRAINS, by=BY_VISIT,
    named_by=("kompas",),
)
_ANSWERED = "step = 'creation' and hours >= 0 and days_taken <= 30"
lead_response_time = Kpi(
    "lead_response_time", "Lead response time", "Average hours from lead creation to the first human contact.",
    "lead", Unit.DURATION_HOURS, Better.LOWER, "hours", cohort(30),
    amount("prospect_steps", "hours", _ANSWERED), count("prospect_steps", _ANSWERED),
    grains=RATE_GRAINS, by=("channel", "campaign", "country", "rep", "team", "segment"),
)
nurture_conversion_rate = Kpi(
    "nurture_conversion_rate", "Lead-nurturing conversion rate", "Share of nurtured leads that became SQLs.",
    "sql", Unit.RATIO, Better.HIGHER, "percent", cohort(365),
    count("lead_advances", "step = 'nurture'"), count("lead_advances", "step = 'nurture'"),
    grains=EVENT_GRAINS, by=BY_VISIT,
    named_by=("kompas",),
)
multi_contact_pipeline_ratio = Kpi(
    "multi_contact_pipeline_ratio", "Pipeline with multiple contacts",
    "Share of open opportunities with several engaged contacts.",
    "opportunity", Unit.RATIO, Better.HIGHER, "percent", SNAPSHOT,
    count("pipeline", "contacts_engaged >= 3"), count("pipeline"),
    grains=SNAPSHOT_GRAINS, by=BY_DEAL,
    named_by=("databox",),
)
meeting_conversion_rate = Kpi(
    "meeting_conversion_rate", "Meeting conversion rate",
    "Share of opportunities with a first meeting, presentation or demo that were won.",
    "won", Unit.RATIO, Better.HIGHER, "percent", cohort(120),
    count("met_deals"), count("met_deals"),
    grains=EVENT_GRAINS, by=BY_TOUCH,
    named_by=("databox",),
)
sales_cycle_length = Kpi(
    "sales_cycle_length", "Sales cycle length", "Average days from first contact to the won deal.",
    "won", Unit.DURATION_DAYS, Better.LOWER, "days", CLOSE_COHORT,
    amount("won_deals", "days", "days >= 0"), count("won_deals", "days >= 0"),
    grains=RATE_GRAINS, by=BY_DEAL, lasting=amount("sales_cycles", "days", "days >= 0"),
    named_by=("seven_stages", "tudashboard", "kompas"),
)
contact_to_cash_days = Kpi(
    "contact_to_cash_days", "First contact to payment", "Average days from first contact to first payment.",
    "won", Unit.DURATION_DAYS, Better.LOWER, "days", CLOSE_COHORT,
    amount("paying_customers", "days", "days >= 0"), count("paying_customers", "days >= 0"),
    grains=RATE_GRAINS, by=BY_DEAL,
    named_by=("seven_stages",),
)
