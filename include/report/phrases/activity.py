"""Activity and reps."""

from include.report.phrases.phrase import Phrase, _, ngettext

PHRASES: dict[str, Phrase] = {
    "activity.lead.outside": ngettext(
        "%(n)s rep wins a share of deals that chance does not explain.",
        "%(n)s reps win a share of deals that chance does not explain.",
    ),
    "activity.lead.inside": _("No rep’s win rate differs from the team’s by more than chance."),
    "activity.lead": _("What sales did this month, and what came of it."),
    "activity.lead.up": _("%(now)s meetings were held after %(then)s (%(days)s): more than chance explains."),
    "activity.lead.down": _("%(now)s meetings were held after %(then)s (%(days)s): fewer than chance explains."),
    "activity.lead.steady": _("%(now)s meetings were held after %(then)s (%(days)s): a change within chance."),
    "activity.lead.none": _("No activity was recorded in this period."),
    "activity.title": _("What sales did, and what came of it"),
    "activity.about": _("%(now)s; changes against %(then)s and %(year)s; – not defined, or nothing to compare"),
    "reps.title.reps": _("Reps by bookings"),
    "reps.title.regions": _("What sales did, by region"),
    "reps.about": _("%(now)s; bookings with renewals, in %(currency)s"),
    "reps.rates.title": _("Is a rep different, or is it chance?"),
    "reps.rates.about": _(
        "12 months, most deals first; intervals of 95%%, scale 0 to %(scale)s, upright line = the team"
    ),
    "reps.plot.title": _("Win rate of each rep against the number of deals"),
    "reps.plot.about": _(
        "12 months; shaded: where 95%% of reps fall by chance; dashed: 99.8%%. From %(least)s decided deals"
    ),
    "reps.note": _(
        "Nobody is ranked by a rate: a rep is below or above only outside the limits between which 99.8% of reps would "
        "fall by chance."
    ),
    "reps.note.more": ngettext(
        "%(n)s rep more stands in the row above the total.",
        "%(n)s reps more stand together in the row above the total.",
    ),
}
