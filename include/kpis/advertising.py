"""What ads cost, and what they bring before the CRM knows of anybody."""

from include.kpis.funnel import BY_VISIT, leads_created
from include.kpis.kpi import EVENT, PERIOD_RATIO, Better, Kpi, Unit
from include.kpis.measure import amount, money, total

# A declaration reads better as a paragraph.
# fmt: off
DAILY_GRAINS = ("day", "week", "month", "quarter")
ad_spend = Kpi(
    "ad_spend", "Ad spend", "Advertising spend of the period.",
    "visitor", Unit.MONEY, Better.NEITHER, "money", EVENT,
    money("ad_costs"),
    grains=DAILY_GRAINS, by=BY_VISIT,
    named_by=("databox",),
)
ad_impressions = Kpi(
    "ad_impressions", "Impressions", "Times ads were shown.",
    "visitor", Unit.COUNT, Better.HIGHER, "count", EVENT,
    total("ad_costs", "impressions"),
    grains=DAILY_GRAINS, by=BY_VISIT,
)
ad_clicks = Kpi(
    "ad_clicks", "Clicks", "Clicks on ads.",
    "visitor", Unit.COUNT, Better.HIGHER, "count", EVENT,
    total("ad_costs", "clicks"),
    grains=DAILY_GRAINS, by=BY_VISIT,
)
ctr = Kpi(
    "ctr", "Click-through rate (CTR)", "Clicks per impression.",
    "visitor", Unit.RATIO, Better.HIGHER, "percent", PERIOD_RATIO,
    ad_clicks.numerator, ad_impressions.numerator,
    grains=DAILY_GRAINS, by=BY_VISIT,
)
cpc = Kpi(
    "cpc", "Cost per click (CPC)", "Spend per click.",
    "visitor", Unit.MONEY, Better.LOWER, "money", PERIOD_RATIO,
    ad_spend.numerator, ad_clicks.numerator,
    grains=DAILY_GRAINS, by=BY_VISIT,
)
cpm = Kpi(
    "cpm", "Cost per mille (CPM)", "Spend per thousand impressions.",
    "visitor", Unit.MONEY, Better.LOWER, "money", PERIOD_RATIO,
    1000 * ad_spend.numerator, ad_impressions.numerator,
    grains=DAILY_GRAINS, by=BY_VISIT,
)
click_to_lead_rate = Kpi(
    "click_to_lead_rate", "Click-to-lead rate", "Leads from ads per ad click.",
    "visitor", Unit.RATIO, Better.HIGHER, "percent", PERIOD_RATIO,
    leads_created.numerator.filtered("from_ads"), ad_clicks.numerator,
    grains=DAILY_GRAINS, by=BY_VISIT,
)
cpa_platform = Kpi(
    "cpa_platform", "Platform CPA", "Spend per conversion as the ad platform counts it.",
    "visitor", Unit.MONEY, Better.LOWER, "money", PERIOD_RATIO,
    money("ad_conversions"), amount("ad_conversions", "conversions"),
    grains=DAILY_GRAINS, by=("platform", *BY_VISIT),
)
