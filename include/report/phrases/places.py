"""Places, and what their plot of win rates says; reps have the same plot."""

from include.report.phrases.phrase import Phrase, _, ngettext

PHRASES: dict[str, Phrase] = {
    "places.lead.below": _("%(place)s won %(rate)s of its deals in 12 months, below the 95%% limit of chance."),
    "places.lead.above": _("%(place)s won %(rate)s of its deals in 12 months, above the 95%% limit of chance."),
    "places.lead.inside": _("Every place lies within the 95% limits of chance."),
    "places.lead.none": _("No lead or deal has a place in this period."),
    "places.title.countries": _("Countries by leads"),
    "places.title": _("Places by leads"),
    "places.title.regions": _("Regions by leads"),
    "places.about": _(
        "%(now)s, place of the lead’s first touch; change of leads: against %(then)s; amounts in %(currency)s, "
        "bookings with renewals"
    ),
    "places.rates.title": _("Is a place different, or is it chance?"),
    "places.rates.about": _("12 months; intervals of 95%%, scale 0 to %(scale)s, upright line = all places"),
    "places.plot.title": _("Win rate against the number of deals"),
    "places.plot.about": _(
        "12 months; shaded: where 95%% of places fall by chance; dashed: 99.8%%. From %(least)s decided deals"
    ),
    "places.note": _("Below and above: outside the limits between which 95% of places would fall by chance."),
    "places.note.more": ngettext(
        "%(n)s smaller place stands in the row above the total.",
        "%(n)s smaller places stand together in the row above the total.",
    ),
    "places.plot.x": _("deals decided in 12 months"),
    "places.plot.mean": _("all %(rate)s"),
    "places.plot.limit": _("95% limit"),
    "limits.inside": _("Within"),
    "limits.below": _("Below"),
    "limits.above": _("Above"),
}
