"""What charts say of themselves."""

from include.report.phrases.phrase import Phrase, _, ngettext

PHRASES: dict[str, Phrase] = {
    "chart.none": _("Nothing was counted here in this period."),
    "chart.rest": ngettext("%(n)s other", "%(n)s others"),
    "survival.at_risk": _("Followed so far (n)"),
    "survival.end": _("%(share)s left after %(age)s"),
    "survival.median": _("half left after %(age)s"),
    "survival.at": _("%(share)s left, n = %(n)s"),
    "reached.end": _("%(share)s after %(age)s days"),
    "reached.median": _("half after %(age)s days"),
    "reached.at": _("%(share)s got there, %(n)s still followed"),
}
