"""What changed, and why: a claim in bold, then its evidence."""

from include.report.phrases.phrase import Phrase, _, ngettext

PHRASES: dict[str, Phrase] = {
    "reason.pace.running.behind": _("Bookings are %(gap)s behind the pace."),
    "reason.pace.running.ahead": _("Bookings are %(gap)s ahead of the pace."),
    "reason.pace.running.at": _("Bookings keep exactly to the pace."),
    "reason.pace.ended.behind": _("Bookings ended %(gap)s short of target."),
    "reason.pace.ended.ahead": _("Bookings ended %(gap)s above target."),
    "reason.pace.ended.at": _("Bookings ended exactly on target."),
    "reason.pace.running.evidence": ngettext(
        "%(n)s deal with renewals for %(won)s; %(due)s was due by %(day)s. Before (%(then)s): %(before)s.",
        "%(n)s deals with renewals for %(won)s; %(due)s was due by %(day)s. Before (%(then)s): %(before)s.",
    ),
    "reason.pace.ended.evidence": ngettext(
        "%(n)s deal with renewals for %(won)s. Before (%(then)s): %(before)s.",
        "%(n)s deals with renewals for %(won)s. Before (%(then)s): %(before)s.",
    ),
    "reason.bookings.up": _("Bookings are %(change)s higher."),
    "reason.bookings.down": _("Bookings are %(change)s lower."),
    "reason.bookings.same": _("Bookings are the same as before."),
    "reason.bookings.steady": _("Bookings cannot be compared."),
    "reason.bookings.plain": ngettext(
        "%(n)s deal with renewals for %(won)s. Before (%(then)s): %(before)s. No target is set.",
        "%(n)s deals with renewals for %(won)s. Before (%(then)s): %(before)s. No target is set.",
    ),
    "reason.deals.more": _("More deals explain most of the change."),
    "reason.deals.fewer": _("Fewer deals explain most of the change."),
    "reason.deals.larger": _("Larger deals explain most of the change."),
    "reason.deals.smaller": _("Smaller deals explain most of the change."),
    "reason.deals.few": _("Bookings rest on few deals."),
    "reason.deals.evidence": ngettext(
        "%(n)s deal of %(size)s on average; before (%(then)s): %(m)s of %(size_before)s.",
        "%(n)s deals of %(size)s on average; before (%(then)s): %(m)s of %(size_before)s.",
    ),
    "reason.moved.first": _("Largest move: %(kpi)s, %(change)s."),
    "reason.moved.second": _("Next: %(kpi)s, %(change)s."),
    "reason.moved.count": _("%(now)s after %(before)s (%(then)s): more than chance explains."),
    "reason.moved.rate": _("%(now)s of %(n)s, after %(before)s of %(m)s (%(then)s): more than chance explains."),
    "reason.steady": _("No count or rate moved more than chance."),
    "reason.steady.count": _("The nearest to it, %(kpi)s: %(now)s after %(before)s (%(then)s)."),
    "reason.steady.rate": _("The nearest to it, %(kpi)s: %(now)s of %(n)s, after %(before)s of %(m)s (%(then)s)."),
    "reason.steady.split": _(
        "Main rate to move most, %(kpi)s: %(now)s of %(n)s, after %(before)s (%(then)s); rates %(rates)s, mix %(mix)s."
    ),
    "reason.cause.rate.down": _("Lower rates, most of all %(part)s."),
    "reason.cause.rate.up": _("Higher rates, most of all %(part)s."),
    "reason.cause.rate": _("%(kpi)s: %(change)s, of it rates %(rates)s, mix %(mix)s; %(part)s alone %(effect)s."),
    "reason.cause.rates.down": _("Lower rates explain it, not the mix."),
    "reason.cause.rates.up": _("Higher rates explain it, not the mix."),
    "reason.cause.mixes": _("The mix explains it, not the rates."),
    "reason.cause.rates": _("%(kpi)s: %(change)s, of it rates %(rates)s, mix %(mix)s."),
    "reason.cause.mix.more": _("The mix: more came from %(part)s."),
    "reason.cause.mix.less": _("The mix: less came from %(part)s."),
    "reason.cause.mix": _(
        "%(kpi)s: %(change)s, of it mix %(mix)s, rates %(rates)s; %(part)s: %(share)s of all, after %(before)s."
    ),
    "reason.step.down": _("Most is lost on the way to %(stage)s."),
    "reason.step.up": _("A larger share reached %(stage)s."),
    "reason.step.down.first": _(
        "%(now)s of %(n)s, after %(before)s (%(then)s): about %(difference)s fewer. Look there first."
    ),
    "reason.step.down.evidence": _("%(now)s of %(n)s, after %(before)s (%(then)s): about %(difference)s fewer."),
    "reason.step.up.evidence": _("%(now)s of %(n)s, after %(before)s (%(then)s): about %(difference)s more."),
    "reason.channel.rate.down": _("%(channel)s turned fewer MQL into SQL."),
    "reason.channel.rate.up": _("%(channel)s turned more MQL into SQL."),
    "reason.channel.down": _("%(channel)s brought fewer SQL."),
    "reason.channel.up": _("%(channel)s brought more SQL."),
    "reason.channel.evidence": _("%(channel)s: %(now)s SQL, after %(before)s (%(then)s)."),
    "reason.channel.rate": _(
        "%(channel)s: %(now)s SQL, after %(before)s (%(then)s). MQL → SQL: %(rate)s after %(rate_before)s."
    ),
    "reason.cost.up": _("A customer costs %(change)s more."),
    "reason.cost.down": _("A customer costs %(change)s less."),
    "reason.cost.evidence": ngettext(
        "CAC is %(cac)s with %(n)s new customer, after %(before)s with %(customers)s (%(then)s).",
        "CAC is %(cac)s with %(n)s new customers, after %(before)s with %(customers)s (%(then)s).",
    ),
    "reason.gap.sits": _("The gap sits at %(kpi)s."),
    "reason.gap.warning": _("Short of its own target: %(kpi)s."),
    "reason.gap.sits.running": _("%(now)s of the %(due)s due so far (%(share)s). Start here: short by %(lack)s."),
    "reason.gap.sits.ended": _("%(now)s of a target of %(due)s (%(share)s). Start here: short by %(lack)s."),
    "reason.gap.warning.running": _("%(now)s of the %(due)s due so far (%(share)s), short by %(lack)s."),
    "reason.gap.warning.ended": _("%(now)s of a target of %(due)s (%(share)s), short by %(lack)s."),
    "reason.met": _("The month’s target is met."),
    "reason.met.evidence": _("%(open)s is still open in the pipeline."),
    "reason.coverage": _("The open pipeline covers the rest %(coverage)s."),
    "reason.coverage.evidence": _("%(open)s is open and due this month for the %(rest)s still to win."),
    "reason.missing": ngettext("%(n)s figure is missing.", "%(n)s figures are missing."),
    "reason.missing.evidence": ngettext(
        "A source had no data for %(kpi)s; see data quality.",
        "A source had no data for %(kpi)s and others; see data quality.",
    ),
    "reason.late": ngettext("%(n)s source is late or empty.", "%(n)s sources are late or empty."),
    "reason.late.evidence": _("%(source)s does not cover the day yet; what it still owes is in no figure."),
    "reason.complete": _("Every source covers the day."),
    "reason.complete.evidence": ngettext(
        "Rejected rows of %(n)s source, in no figure: %(rejected)s (%(share)s).",
        "Rejected rows of %(n)s sources, in no figure: %(rejected)s (%(share)s).",
    ),
}
