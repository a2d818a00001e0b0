"""What representatives and mailings do: touches, whom they reach, and what it takes until something comes of them."""

from include.kpis.funnel import BY_DEAL, EVENT_GRAINS, RATE_GRAINS, deals_won
from include.kpis.kpi import CLOSE_COHORT, EVENT, PERIOD_RATIO, Better, Kpi, Unit, cohort
from include.kpis.measure import amount, count, distinct, total

# A declaration reads better as a paragraph.
# fmt: off
BY_REP = ("rep", "team", "country")
BY_TOUCH = (*BY_REP, "activity_type")
BY_MAILING = ("campaign", "country")
_BY_HAND, _CALL = "direction = 'outbound' and not is_automated", "activity_type = 'call'"
calls_made = Kpi(
    "calls_made", "Calls made", "Outbound calls, cold calls included.",
    "lead", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("touches", f"{_CALL} and {_BY_HAND}"),
    grains=EVENT_GRAINS, by=BY_REP,
    named_by=("seven_stages", "databox"),
)
emails_sent = Kpi(
    "emails_sent", "One-to-one e-mails sent", "E-mails written by reps (marketing blasts excluded).",
    "lead", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("touches", f"activity_type = 'email' and {_BY_HAND}"),
    grains=EVENT_GRAINS, by=BY_REP,
    named_by=("seven_stages", "databox"),
)
voicemails_left = Kpi(
    "voicemails_left", "Voicemails left", "Voicemails left for prospects.",
    "lead", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("touches", f"(activity_type = 'voicemail' or {_CALL} and outcome = 'voicemail') and {_BY_HAND}"),
    grains=EVENT_GRAINS, by=BY_REP,
    named_by=("databox",),
)
meetings_held = Kpi(
    "meetings_held", "Meetings held", "Unique meetings, presentations and demos that took place.",
    "lead", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("touches", "is_meeting and outcome = 'held'"),
    grains=EVENT_GRAINS, by=BY_TOUCH,
    named_by=("seven_stages", "databox"),
)
opportunity_sessions = Kpi(
    "opportunity_sessions", "Prospects first contacted",
    "Distinct prospects contacted for the first time by e-mail, call or meeting.",
    "lead", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("touches", "is_first_contact"),
    grains=EVENT_GRAINS, by=BY_TOUCH,
    named_by=("seven_stages",),
)
qualification_activities = Kpi(
    "qualification_activities", "Qualification calls and forms",
    "Questioning calls and filled-in forms used to qualify.",
    "sql", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("touches", f"{_CALL} and purpose = 'qualification' or activity_type = 'form'"),
    grains=EVENT_GRAINS, by=BY_TOUCH,
    named_by=("seven_stages",),
)
appointments_booked = Kpi(
    "appointments_booked", "Appointments booked", "Appointments scheduled, whether or not they took place.",
    "opportunity", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("touches", "is_meeting", on="booked_on"),
    grains=EVENT_GRAINS, by=BY_TOUCH,
    named_by=("databox",),
)
contact_attempts = Kpi(
    "contact_attempts", "Contact attempts", "Attempts to reach potential buyers, answered or not.",
    "lead", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("touches", "is_attempt"),
    grains=EVENT_GRAINS, by=BY_TOUCH,
    named_by=("databox",),
)
contacts_reached = Kpi(
    "contacts_reached", "Connections made", "Contact attempts that reached the prospect.",
    "lead", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("touches", "is_attempt and outcome in ('connected', 'replied')"),
    grains=EVENT_GRAINS, by=BY_TOUCH,
    named_by=("databox",),
)
phone_minutes = Kpi(
    "phone_minutes", "Minutes on the phone", "Talk time of connected calls.",
    "lead", Unit.COUNT, Better.NEITHER, "count", EVENT,
    amount("touches", "minutes", f"{_CALL} and outcome = 'connected'"),
    grains=EVENT_GRAINS, by=BY_REP,
    named_by=("databox",),
)
phone_minutes_per_won_deal = Kpi(
    "phone_minutes_per_won_deal", "Phone minutes per won deal", "Talk time spent per won deal.",
    "won", Unit.COUNT, Better.NEITHER, "count", CLOSE_COHORT,
    amount("won_deals", "minutes"), count("won_deals"),
    grains=EVENT_GRAINS, by=BY_REP,
    named_by=("databox",),
)
activity_per_rep = Kpi(
    "activity_per_rep", "Activity per sales rep", "Average number of activities per active rep.",
    "all", Unit.RATIO, Better.HIGHER, "mean", PERIOD_RATIO,
    count("touches", "not is_automated"), amount("rep_days", "active"),
    grains=EVENT_GRAINS, by=BY_TOUCH,
    named_by=("tudashboard", "databox"),
)
connect_rate = Kpi(
    "connect_rate", "Connect rate", "Share of contact attempts that reached the prospect.",
    "lead", Unit.RATIO, Better.HIGHER, "percent", PERIOD_RATIO,
    contacts_reached.numerator, contact_attempts.numerator,
    grains=EVENT_GRAINS, by=BY_TOUCH,
    named_by=("databox",),
)
touches_per_appointment = Kpi(
    "touches_per_appointment", "Touches per appointment", "Contact attempts needed to book a first appointment.",
    "opportunity", Unit.RATIO, Better.LOWER, "mean", CLOSE_COHORT,
    total("touches", "attempts", "is_first_appointment", on="booked_on"),
    count("touches", "is_first_appointment", on="booked_on"),
    grains=EVENT_GRAINS, by=BY_TOUCH,
    named_by=("databox",),
)
touches_per_won_deal = Kpi(
    "touches_per_won_deal", "Touches per won deal", "Sales and marketing touches before a won deal.",
    "won", Unit.RATIO, Better.NEITHER, "mean", CLOSE_COHORT,
    total("won_deals", "touches"), count("won_deals"),
    grains=RATE_GRAINS, by=BY_DEAL,
    named_by=("kompas",),
)
contacts_per_sale = Kpi(
    "contacts_per_sale", "Contacts per sale", "How many people must be contacted to make one sale.",
    "won", Unit.RATIO, Better.LOWER, "mean", PERIOD_RATIO,
    distinct("touches", "prospect", "is_contact"), deals_won.numerator,
    grains=EVENT_GRAINS, by=BY_REP,
    named_by=("databox",),
)
approach_to_presentation_rate = Kpi(
    "approach_to_presentation_rate", "Approach-to-presentation rate",
    "Share of approached prospects that reached a presentation or demo.",
    "opportunity", Unit.RATIO, Better.HIGHER, "percent", cohort(60),
    count("prospect_steps", "step = 'approach'"), count("prospect_steps", "step = 'approach'"),
    grains=EVENT_GRAINS, by=BY_TOUCH,
    named_by=("databox",),
)
pitch_through_rate = Kpi(
    "pitch_through_rate", "Pitch-through rate (1st → 2nd meeting)", "Share of first meetings leading to a second one.",
    "opportunity", Unit.RATIO, Better.HIGHER, "percent", cohort(45),
    count("prospect_steps", "step = 'meeting'"), count("prospect_steps", "step = 'meeting'"),
    grains=EVENT_GRAINS, by=BY_TOUCH,
    named_by=("databox",),
)
follow_up_conversion_rate = Kpi(
    "follow_up_conversion_rate", "Follow-up conversion rate",
    "Share of followed-up leads that advanced at least one stage.",
    "opportunity", Unit.RATIO, Better.HIGHER, "percent", cohort(30),
    count("lead_advances", "step = 'follow_up'"), count("lead_advances", "step = 'follow_up'"),
    grains=EVENT_GRAINS, by=BY_TOUCH,
    named_by=("databox",),
)
_DELIVERED = count("mailings", "response = 'delivered'")
_OPENED, _CLICKED = count("mailings", "response = 'opened'"), count("mailings", "response = 'clicked'")
email_open_rate = Kpi(
    "email_open_rate", "E-mail open rate", "Share of delivered marketing e-mails that were opened.",
    "lead", Unit.RATIO, Better.HIGHER, "percent", cohort(7),
    _OPENED, _DELIVERED,
    grains=EVENT_GRAINS, by=BY_MAILING,
    named_by=("kompas",),
)
email_open_rate_adjusted = Kpi(
    "email_open_rate_adjusted", "Adjusted e-mail open rate",
    "Open rate without machine opens (mail privacy protection).",
    "lead", Unit.RATIO, Better.HIGHER, "percent", cohort(7),
    _OPENED.filtered("not is_machine"), _DELIVERED.filtered("not is_machine"),
    grains=EVENT_GRAINS, by=BY_MAILING,
)
email_click_rate = Kpi(
    "email_click_rate", "E-mail click rate", "Share of delivered marketing e-mails with at least one click.",
    "lead", Unit.RATIO, Better.HIGHER, "percent", cohort(7),
    _CLICKED, _DELIVERED,
    grains=EVENT_GRAINS, by=BY_MAILING,
    named_by=("kompas",),
)
email_click_to_open_rate = Kpi(
    "email_click_to_open_rate", "E-mail click-to-open rate", "Share of opened e-mails that were clicked.",
    "lead", Unit.RATIO, Better.HIGHER, "percent", cohort(7),
    _CLICKED, count("mailings", "response = 'responded' and days_taken <= 7"),
    grains=EVENT_GRAINS, by=BY_MAILING,
)
