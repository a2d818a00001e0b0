"""What was restated since the day before."""

from include.report.phrases.phrase import Phrase, _, ngettext

PHRASES: dict[str, Phrase] = {
    "restated.lead": ngettext(
        "%(n)s figure of the months up to %(day)s is known otherwise than a day ago.",
        "%(n)s figures of the months up to %(day)s are known otherwise than a day ago.",
    ),
    "restated.lead.none": _("Nothing that was known on %(day)s has changed since."),
    "restated.lead.unknown": _("This day was not compared with what was known on %(day)s."),
    "restated.title": _("The same days, as known a day ago and now"),
    "restated.about": _("Each month or days, up to %(day)s; the most changed first"),
    "restated.note": _("Figures of the CRM are counted twice from today’s data, by when it learnt of each change."),
    "restated.note.ads": _("Ad platforms keep no history: ad spend is compared with the report of %(day)s."),
    "restated.note.ads.same": _(
        "Ad platforms keep no history: ad spend is as the report of %(day)s had it, day by day."
    ),
    "restated.note.ads.none": _(
        "Ad platforms keep no history, and there is no report of %(day)s to compare ad spend with."
    ),
    "restated.note.more": ngettext(
        "%(n)s smaller change is not shown.",
        "%(n)s smaller changes are not shown.",
    ),
}
