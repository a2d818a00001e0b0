"""The first page: its verdict, what to look at, and the words on its cards."""

from include.report.phrases.phrase import Phrase, _, ngettext

PHRASES: dict[str, Phrase] = {
    # The verdict: the first sentence of a report.
    "verdict.running": _("%(month)s stands at %(won)s in bookings, %(share)s of the pace to its target of %(target)s."),
    "verdict.ended": _("%(month)s closed with %(won)s in bookings, %(share)s of its target of %(target)s."),
    "verdict.no_target": _("%(month)s stands at %(won)s in bookings on %(day)s; it has no target."),
    "verdict.no_share": _("%(month)s stands at %(won)s in bookings; its target is %(target)s."),
    "verdict.missing": _("A source had no data, so the bookings of %(month)s are not known."),
    "verdict.none": _("No booking was counted in %(month)s."),
    # What to look at: who or what, why, and what is at stake.
    "watch.channel": _("%(channel)s: %(now)s of %(n)s MQL became SQL"),
    "watch.channel.why": _("%(before)s before (%(then)s); at that rate there would be more"),
    "watch.place": _("%(place)s: %(rate)s of %(n)s deals won, below the 95%% limit"),
    "watch.place.why": _("all places together %(mean)s, 12 months"),
    "watch.spend": _("%(spend)s of ad spend without a channel"),
    "watch.spend.why": _("its campaigns need a name or a mapping"),
    "watch.coverage": _("The open pipeline covers the %(rest)s still to win only %(coverage)s"),
    "watch.coverage.why": _("deals due this month do not reach the target"),
    "watch.card": _("%(kpi)s: %(now)s, target %(target)s"),
    "watch.card.why.due": _("%(share)s of what was due so far"),
    "watch.card.why.target": _("%(share)s of the target"),
    "watch.card.why.limit": _("%(by)s above the target"),
    "stake.sql": _("≈ %(n)s SQL"),
    "stake.deals": ngettext("≈ %(n)s deal", "≈ %(n)s deals"),
    # What n counts on a card.
    "cases.deals": ngettext("%(n)s deal", "%(n)s deals"),
    "cases.renewals": _("%(n)s with renewals"),
    "cases.decided": ngettext("%(n)s decided", "%(n)s decided"),
    "cases.sql": _("%(n)s SQL"),
    "cases.mql": _("%(n)s MQL"),
    "cases.leads": ngettext("%(n)s lead", "%(n)s leads"),
    "cases.customers": ngettext("%(n)s customer", "%(n)s customers"),
    "cases.open": ngettext("%(n)s open", "%(n)s open"),
    "cases.due": _("%(n)s due this month"),
    "cases.any": ngettext("%(n)s case", "%(n)s cases"),
    # Beside the status of a cost: how far from its target.
    "beside.above": _("%(by)s above target"),
    "beside.below": _("%(by)s below target"),
    "beside.at": _("at the target"),
    # How the cards are read.
    "cards.note": _(
        "Beside the status: share of the target; of a cost, how far from it. Lines: the last weeks; grey band = usual "
        "range, dashed = target, open dot = period still running."
    ),
    "cards.note.learnt": _(
        "Beside the status: share of the pace (counts, money; %(due)s of a target is due by %(day)s, learnt from last "
        "month and the same month last year) or of the target (rates). Lines: the last weeks; grey band = usual range, "
        "dashed = target, open dot = period still running."
    ),
    "cards.note.calendar": _(
        "Beside the status: share of the pace (counts, money; %(due)s of a target is due by %(day)s, by the calendar) "
        "or of the target (rates). Lines: the last weeks; grey band = usual range, dashed = target, open dot = period "
        "still running."
    ),
}
