"""Channels."""

from include.report.phrases.phrase import Phrase, _, ngettext

PHRASES: dict[str, Phrase] = {
    "channels.lead.down": _("%(channel)s fell to %(now)s from MQL to SQL, after %(then)s."),
    "channels.lead.best": _("%(channel)s brought %(share)s of the bookings."),
    "channels.lead.volume": _("%(channel)s brought the most leads."),
    "channels.lead.none": _("No channel brought a lead or a deal in this period."),
    "channels.title": _("Channels by bookings"),
    "channels.about": _(
        "%(now)s, channel of the first touch, amounts in %(currency)s. Bookings with renewals; Won, CAC and ROAS "
        "without. Tick on the rate = %(then)s. Cost per lead and CAC of a channel carry its own costs; the total all."
    ),
    "channels.note": _(
        "○ n below 20: the rate is not shown. – not defined (no customer, or no spend). Ratios of the parts need not "
        "add up to the total."
    ),
    "channels.note.unallocated": _(
        "The cost per lead of the total also carries %(cost)s of costs that belong to no channel."
    ),
    "channels.note.more": ngettext(
        "%(n)s smaller channel stands in the row above the total.",
        "%(n)s smaller channels stand together in the row above the total.",
    ),
}
