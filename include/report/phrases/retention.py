"""Retention: what recurring revenue did, what customers kept, and how long they stay."""

from include.report.phrases.phrase import Phrase, _, ngettext

PHRASES: dict[str, Phrase] = {
    "retention.lead.up": _("MRR is %(mrr)s, %(by)s more than at the start of %(start)s."),
    "retention.lead.down": _("MRR is %(mrr)s, %(by)s less than at the start of %(start)s."),
    "retention.lead.same": _("MRR is %(mrr)s, the same as at the start of %(start)s."),
    "retention.lead.none": _("No customer had a paid subscription in this period."),
    "retention.lead.nobody": _("No source of this region holds its subscriptions, so recurring revenue is not known."),
    "retention.lead.waiting": _("%(source)s does not cover the day yet, so recurring revenue is not known."),
    "retention.lead.uncounted": _("Recurring revenue could not be counted; see data quality."),
    "moves.title.up": _("More MRR was gained than lost"),
    "moves.title.down": _("More MRR was lost than gained"),
    "moves.title.same": _("As much MRR was gained as lost"),
    "moves.title.none": _("No subscription changed"),
    "moves.about": _("MRR, %(now)s, in %(currency)s; the scale does not start at zero"),
    "moves.level": _("MRR, %(day)s"),
    "moves.new_mrr": _("New"),
    "moves.expansion_mrr": _("Expansion"),
    "moves.reactivation_mrr": _("Reactivation"),
    "moves.contraction_mrr": _("Contraction"),
    "moves.churned_mrr": _("Churn"),
    "moves.fx_mrr": _("Exchange rates"),
    "trend.title": _("NRR is %(nrr)s and GRR %(grr)s"),
    "trend.about": _("12 months to the end of each month; scale from %(low)s"),
    "trend.about.band": _(
        "12 months to the end of each month; scale from %(low)s; shaded: the 95%% range of chance, from how much "
        "single months vary"
    ),
    "trend.none": _("NRR and GRR are drawn once six months know them, of at least 20 customers each."),
    "trend.nrr": _("NRR"),
    "trend.grr": _("GRR"),
    "retained.title": _("What existing customers kept, and what they pay"),
    "retained.about": _(
        "%(now)s; changes against %(then)s and %(year)s, of 12-month figures against the end of the month before; – no "
        "target, or nothing to compare"
    ),
    "retained.rolled": _("%(kpi)s, 12 months"),
    "retained.due": _("%(kpi)s, %(month)s"),
    "heat.title": ngettext(
        "%(share)s of customers still pay after %(n)s month",
        "%(share)s of customers still pay after %(n)s months",
    ),
    "heat.title.plain": _("How long customers stay"),
    "heat.about": _("Customers still paying, % of the cohort, by months since the first payment"),
    "heat.about.quarters": _(
        "Customers still paying, % of the cohort, by months since the first payment; by quarter, as most months have "
        "fewer than 20"
    ),
    "heat.all": _("All"),
    "heat.age": _("month %(n)s"),
    "heat.step.0": _("below 80"),
    "heat.step.1": _("80 to 89"),
    "heat.step.2": _("90 to 94"),
    "heat.step.3": _("95 to 99"),
    "heat.step.4": _("100"),
    "heat.running": _("month still running: not compared, in no total"),
    "heat.few": _("fewer than 20 customers: no rate shown"),
    "heat.note": _("All: every cohort above that has reached the month, those too small to show included."),
}
