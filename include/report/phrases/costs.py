"""Cost efficiency: what a customer costs, and what trials do."""

from include.report.phrases.phrase import Phrase, _

PHRASES: dict[str, Phrase] = {
    "costs.lead.above": _("A customer costs %(cac)s, %(by)s above the target."),
    "costs.lead.below": _("A customer costs %(cac)s, %(by)s below the target."),
    "costs.lead.at": _("A customer costs %(cac)s, as the target allows."),
    "costs.lead.change": _("A customer costs %(cac)s; change on the month before: %(change)s."),
    "costs.lead.plain": _("A customer costs %(cac)s."),
    "costs.lead.unknown": _("No new customer in this period, so the cost of one is not defined."),
    "costs.title": _("Cost and return of the month"),
    "costs.about": _("%(now)s; changes against %(then)s and %(year)s; – no target, or nothing to compare"),
    "costs.chart.title": _("%(kpi)s, 12 months"),
    "costs.chart.about": _("By month, scale from zero; open dot = month still running"),
    "poc.title": _("What POCs bring, and what they cost"),
    "poc.about": _(
        "%(now)s; changes against %(then)s and %(year)s; rates of the last month that can be followed so far"
    ),
    "poc.none": _("No POC was executed in this period, so nothing is said of their cost."),
    "poc.missing": _("A source had no data on POCs, so their cost is not known; see data quality."),
}
