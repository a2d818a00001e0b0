"""The funnel: who reached each stage, what became of a month’s entries, and how long they took."""

from include.report.phrases.phrase import Phrase, _, ngettext

PHRASES: dict[str, Phrase] = {
    "funnel.lead.down": _("From %(base)s to %(stage)s %(now)s went on, after %(then)s: chance does not explain it."),
    "funnel.lead.up": _("From %(base)s to %(stage)s %(now)s went on, up from %(then)s: chance does not explain it."),
    "funnel.lead.steady": _("No step changed by more than chance would since the month before."),
    "funnel.lead.few": _("Too few leads moved to compare the steps."),
    "funnel.volumes.title": _("How many reached each stage in %(month)s"),
    "funnel.volumes.about": _(
        "First entries, %(now)s (month still running), inferred ones striped. Bars on one scale, from the first stage "
        "that does not dwarf the rest. Step rate = share of the last stage before that nobody skips; its tick = "
        "%(then)s."
    ),
    "funnel.volumes.about.whole": _(
        "First entries, %(now)s, inferred ones striped. Bars on one scale, from the first stage that does not dwarf "
        "the rest. Step rate = share of the last stage before that nobody skips; its tick = %(then)s."
    ),
    "cohorts.title": _("What became of a month’s entries"),
    "cohorts.about": _("The last month whose window has closed, and the change on its year before"),
    "times.title": _("Days in each stage"),
    "times.about": _("Visits that ended %(now)s; inferred stages have no time"),
    "waits.title": _("How soon those who became %(stage)s in %(quarter)s moved on"),
    "waits.about": _(
        "Share that reached the next stage, by days since the entry, who still waits counted as far as followed; "
        "shaded: 95% range of chance"
    ),
    "waits.age": _("days since the entry"),
    "funnel.inferred": ngettext("%(n)s of them inferred", "%(n)s of them inferred"),
    # A row of the cohorts
    "cohort.lead_to_mql_rate": _("Lead → MQL, %(days)s days"),
    "cohort.mql_to_sql_rate": _("MQL → SQL, %(days)s days"),
    "cohort.mql_to_sql_rate_lagged": _("MQL → SQL, lagged"),
    "cohort.sql_to_won_rate": _("SQL → won, %(days)s days"),
}
