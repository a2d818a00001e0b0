"""Proofs of concept, trials and demos: how many, how well they went, how long they took, what they cost."""

from include.kpis.forecast import SNAPSHOT_GRAINS
from include.kpis.funnel import BY_DEAL, BY_LEAD, BY_VISIT, EVENT_GRAINS, RATE_GRAINS, sql_count
from include.kpis.kpi import CLOSE_COHORT, EVENT, EXIT_COHORT, PERIOD_RATIO, SNAPSHOT, Better, Kpi, Unit, cohort
from include.kpis.measure import amount, count, money, total

# A declaration reads better as a paragraph.
# fmt: off
pocs_executed = Kpi(
    "pocs_executed", "Executed POCs", "POCs, trials or demos carried out to their end.",
    "poc", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("poc_outcomes"),
    grains=EVENT_GRAINS, by=BY_DEAL,
    named_by=("seven_stages",),
)
pocs_passed = Kpi(
    "pocs_passed", "Passed POCs", "POCs that met the agreed success criteria.",
    "poc", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("poc_outcomes", on="accomplished_on"),
    grains=EVENT_GRAINS, by=BY_DEAL,
    named_by=("seven_stages",),
)
successful_poc_evaluations = Kpi(
    "successful_poc_evaluations", "Successful POC evaluations",
    "Successful evaluations with an intention to buy within two months.",
    "poc_evaluation", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("poc_outcomes", "is_successful", on="evaluated_on"),
    grains=EVENT_GRAINS, by=BY_DEAL,
    named_by=("seven_stages",),
)
sql_with_buy_intent_2m = Kpi(
    "sql_with_buy_intent_2m", "SQLs intending to buy within 2 months",
    "Open SQLs with a recorded intention to buy within two months.",
    "poc_evaluation", Unit.COUNT, Better.HIGHER, "count", SNAPSHOT,
    count("buying_intents"),
    grains=SNAPSHOT_GRAINS, by=BY_DEAL,
    named_by=("seven_stages",),
)
poc_events_accomplished = Kpi(
    "poc_events_accomplished", "POC events accomplished", "Number of goals and events accomplished during POCs.",
    "poc", Unit.COUNT, Better.HIGHER, "count", EVENT,
    count("poc_events"),
    grains=EVENT_GRAINS, by=BY_DEAL,
    named_by=("seven_stages",),
)
sql_to_accomplished_poc_rate = Kpi(
    "sql_to_accomplished_poc_rate", "SQL-to-passed-POC rate", "Share of SQLs with a passed POC.",
    "poc", Unit.RATIO, Better.HIGHER, "percent", cohort(120),
    count("poc_conversions", "since = 'sql' and reached = 'accomplished'"), sql_count.numerator,
    grains=RATE_GRAINS, by=BY_LEAD,
    named_by=("seven_stages",),
)
sql_to_successful_poc_rate = Kpi(
    "sql_to_successful_poc_rate", "SQL-to-successful-POC rate", "Share of SQLs with a successful POC evaluation.",
    "poc_evaluation", Unit.RATIO, Better.HIGHER, "percent", cohort(180),
    count("poc_conversions", "since = 'sql' and reached = 'successful'"), sql_count.numerator,
    grains=RATE_GRAINS, by=BY_LEAD,
    named_by=("seven_stages",),
)
poc_pass_rate = Kpi(
    "poc_pass_rate", "POC pass rate", "Share of executed POCs that met the agreed success criteria.",
    "poc", Unit.RATIO, Better.HIGHER, "percent", CLOSE_COHORT,
    pocs_executed.numerator.filtered("is_accomplished"), pocs_executed.numerator,
    grains=RATE_GRAINS, by=BY_DEAL,
    named_by=("seven_stages",),
)
poc_goal_completion_rate = Kpi(
    "poc_goal_completion_rate", "POC goal completion rate", "Share of planned POC goals that were accomplished.",
    "poc", Unit.RATIO, Better.HIGHER, "percent", CLOSE_COHORT,
    total("poc_plans", "goals_met"), total("poc_plans", "goals_planned"),
    grains=RATE_GRAINS, by=BY_DEAL,
    named_by=("seven_stages",),
)
poc_success_rate = Kpi(
    "poc_success_rate", "POC success rate", "Share of executed POCs with a successful evaluation.",
    "poc_evaluation", Unit.RATIO, Better.HIGHER, "percent", cohort(60),
    count("poc_conversions", "since = 'executed' and reached = 'successful'"), pocs_executed.numerator,
    grains=RATE_GRAINS, by=BY_DEAL,
    named_by=("seven_stages",),
)
buy_intent_realisation_rate = Kpi(
    "buy_intent_realisation_rate", "Buying-intent realisation rate",
    "Share of two-month buying intentions that ended in a won deal.",
    "won", Unit.RATIO, Better.HIGHER, "percent", cohort(62),
    count("poc_conversions", "since = 'successful' and reached = 'won'"), successful_poc_evaluations.numerator,
    grains=RATE_GRAINS, by=BY_DEAL,
)
time_in_poc = Kpi(
    "time_in_poc", "Time in POC stage", "Average days spent in the POC stage.",
    "poc", Unit.DURATION_DAYS, Better.LOWER, "days", EXIT_COHORT,
    amount("stage_visits", "days", "stage = 'poc' and days >= 0"), count("stage_visits", "stage = 'poc' and days >= 0"),
    grains=RATE_GRAINS, by=BY_DEAL,
    lasting=amount("stage_visits", "days", "stage = 'poc' and days >= 0", on="began_on"),
    named_by=("seven_stages",),
)
time_in_poc_evaluation = Kpi(
    "time_in_poc_evaluation", "Time in POC evaluation", "Average days spent in the POC evaluation stage.",
    "poc_evaluation", Unit.DURATION_DAYS, Better.LOWER, "days", EXIT_COHORT,
    amount("stage_visits", "days", "stage = 'poc_evaluation' and days >= 0"),
    count("stage_visits", "stage = 'poc_evaluation' and days >= 0"),
    grains=RATE_GRAINS, by=BY_DEAL,
    lasting=amount("stage_visits", "days", "stage = 'poc_evaluation' and days >= 0", on="began_on"),
    named_by=("seven_stages",),
)
poc_time_to_finish = Kpi(
    "poc_time_to_finish", "POC time to finish", "Average days from start to end of the POC.",
    "poc", Unit.DURATION_DAYS, Better.LOWER, "days", CLOSE_COHORT,
    amount("poc_outcomes", "days", "days >= 0"), pocs_executed.numerator.filtered("days >= 0"),
    grains=RATE_GRAINS, by=BY_DEAL,
    lasting=amount("poc_waits", "days", "days >= 0"),
    named_by=("seven_stages",),
)
_MEDIA, _SELLING_NEW = money("ad_costs"), money("selling_costs", where="acquisition_scope = 'new'")
cost_per_poc = Kpi(
    "cost_per_poc", "POC acquisition cost", "Acquisition cost per executed POC.",
    "poc", Unit.MONEY, Better.LOWER, "money", PERIOD_RATIO,
    _MEDIA + _SELLING_NEW.filtered("to_poc"), pocs_executed.numerator,
    grains=RATE_GRAINS, by=BY_VISIT,
    named_by=("seven_stages",),
)
cost_per_successful_poc = Kpi(
    "cost_per_successful_poc", "Successful-POC acquisition cost", "Acquisition cost per successful POC evaluation.",
    "poc_evaluation", Unit.MONEY, Better.LOWER, "money", PERIOD_RATIO,
    _MEDIA + _SELLING_NEW.filtered("to_poc_evaluation"), successful_poc_evaluations.numerator,
    grains=RATE_GRAINS, by=BY_VISIT,
    named_by=("seven_stages",),
)
poc_cost_per_accomplished_poc = Kpi(
    "poc_cost_per_accomplished_poc", "POC cost per passed POC",
    "Time and material of all executed POCs per passed POC.",
    "poc", Unit.MONEY, Better.LOWER, "money", CLOSE_COHORT,
    money("poc_expenses", "cost"), poc_pass_rate.numerator,
    grains=RATE_GRAINS, by=BY_DEAL,
    named_by=("seven_stages",),
)
poc_cost_per_successful_poc = Kpi(
    "poc_cost_per_successful_poc", "POC cost per successful POC",
    "Time and material of all executed POCs per successful POC.",
    "poc_evaluation", Unit.MONEY, Better.LOWER, "money", CLOSE_COHORT,
    money("poc_expenses", "cost"), pocs_executed.numerator.filtered("is_successful"),
    grains=RATE_GRAINS, by=BY_DEAL,
    named_by=("seven_stages",),
)
