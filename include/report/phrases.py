"""Every sentence a report can say, in English, by id. Catalogues translate them; plural ones have two forms.

Whole sentences with named places for values, so that each language may order them; a claim fits one line of a column.
"""


def _(text: str) -> tuple[str]:
    return (text,)


def ngettext(one: str, many: str) -> tuple[str, str]:
    return (one, many)


ALONE = "value"
PHRASES: dict[str, tuple[str] | tuple[str, str]] = {
    ALONE: ("%(it)s",),  # a value alone: nothing to translate
    # The verdict: the first sentence of a report.
    "verdict.running": _("%(month)s stands at %(won)s in bookings, %(share)s of the pace to its target of %(target)s."),
    "verdict.ended": _("%(month)s closed with %(won)s in bookings, %(share)s of its target of %(target)s."),
    "verdict.no_target": _("%(month)s stands at %(won)s in bookings on %(day)s; it has no target."),
    "verdict.no_share": _("%(month)s stands at %(won)s in bookings; its target is %(target)s."),
    "verdict.missing": _("A source had no data, so the bookings of %(month)s are not known."),
    "verdict.none": _("No booking was counted in %(month)s."),
    # The banner: what the gate found.
    "banner.held": _("Held: not mailed until the following is mended."),
    "banner.freshness": _("%(source)s was not read after the day had ended; its figures may be incomplete."),
    "banner.volume.day": ngettext(
        "%(table)s, %(place)s: %(n)s row on this day; %(usual)s are usual on this weekday.",
        "%(table)s, %(place)s: %(n)s rows on this day; %(usual)s are usual on this weekday.",
    ),
    "banner.volume.week": ngettext(
        "%(table)s, %(place)s: %(n)s row in the last 7 days; %(usual)s are usual.",
        "%(table)s, %(place)s: %(n)s rows in the last 7 days; %(usual)s are usual.",
    ),
    "banner.rejects": _(
        "%(table)s: %(share)s of the latest rows from %(source)s could not be read; no figure has them."
    ),
    "banner.amounts.typical": _(
        "%(table)s, %(place)s: the amounts of %(day)s are implausible, %(times)s the usual size."
    ),
    "banner.amounts.largest": _(
        "%(table)s, %(place)s: an amount of %(day)s is implausible, %(times)s the largest of the half year before."
    ),
    "banner.reconciliation": _("%(place)s: %(share)s of the bookings of %(month)s differ from what was billed."),
    "code.table.accounts": _("Accounts"),
    "code.table.activities": _("Activities"),
    "code.table.ad_spend_daily": _("Ad spend"),
    "code.table.billing_lines": _("Invoices"),
    "code.table.crm_stage_history": _("Stage changes"),
    "code.table.fx_rates": _("Exchange rates"),
    "code.table.leads": _("Leads"),
    "code.table.opportunities": _("Deals"),
    "code.table.pocs": _("Trials"),
    "code.table.product_events": _("Product events"),
    "code.table.reps": _("Sales reps"),
    "code.table.sales_costs": _("Cost of selling"),
    "code.table.subscription_items": _("Subscriptions"),
    "code.table.targets": _("Targets"),
    "code.table.web_sessions_daily": _("Website visits"),
    # What changed, and why: a claim in bold, then its evidence.
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
    # Funnel
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
    # Channels
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
    # Places
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
    # Cost
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
    # Pipeline and forecast
    "pipeline.lead.running": _(
        "With what is due by its probability the month comes to %(sum)s, %(share)s of its target."
    ),
    "pipeline.lead.ended": _("The month closed at %(share)s of its target; %(open)s is open in the pipeline."),
    "pipeline.lead.weighted": _("%(open)s is open in the pipeline, %(weighted)s of it by probability."),
    "pipeline.lead.open": _("%(open)s is open in the pipeline."),
    "pipeline.lead.none": _("No deal is open and none was due in this period."),
    "pipeline.title": _("Pipeline, forecast and target"),
    "pipeline.about": _("%(now)s; changes against %(then)s and %(year)s; – no target, or nothing to compare"),
    "pipeline.note": _(
        "The forecast of a month is frozen on its first day: amount times probability of the deals then due in it."
    ),
    "pipeline.course.title": _("Bookings against their target, 12 months"),
    "pipeline.course.title.alone": _("Bookings, 12 months"),
    "pipeline.course.about": _("By month, scale from zero; open dot = month still running"),
    "pipeline.line.value": _("Won"),
    "pipeline.line.ink": _("Target"),
    "attained.title": _("%(month)s: %(share)s of the target is won"),
    "attained.title.alone": _("%(month)s: bookings day by day"),
    "attained.about": _(
        "Added up by day, from zero; thin dashes: pace to the target; grey: the month before, where known by day"
    ),
    "attained.about.range": _(
        "Added up by day, from zero; thin dashes: pace to the target; grey: the month before, where known by day; "
        "shaded: up to all that is due this month, thick dashes: by probability"
    ),
    "attained.about.alone": _("Added up by day, from zero; grey: the month before, where known by day"),
    "attained.won": _("Won"),
    "attained.target": _("Target"),
    "attained.likely": _("Likely"),
    "attained.most": _("All won"),
    # Activity and reps
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
    "column.rep": _("Sales rep"),
    "column.quota_attainment": _("Quota"),
    "column.meetings_held": _("Meetings"),
    "column.calls_made": _("Calls"),
    "column.emails_sent": _("E-mails"),
    # Retention
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
    # What was restated
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
    "column.period": _("Period"),
    "column.known_then": _("A day ago"),
    "column.known_now": _("Now"),
    # Column heads
    "column.stage": _("Stage"),
    "column.kpi": _("Figure"),
    "column.channel": _("Channel"),
    "column.place": _("Place"),
    "column.reached": _("Reached"),
    "column.inferred": _("Inferred"),
    "column.step_rate": _("Step rate"),
    "column.change_points": _("Change"),
    "column.cases": _("n"),
    "column.status": _("Status"),
    "column.cohort": _("Month"),
    "column.rate": _("Rate"),
    "column.year_before": _("On a year before"),
    "column.this_month": _("This month"),
    "column.median": _("Median"),
    "column.p90": _("9 in 10 within"),
    "column.visits": _("n"),
    "column.leads_created": _("Leads"),
    "column.mql_count": _("MQL"),
    "column.sql_count": _("SQL"),
    "column.deals_won": _("Won"),
    "column.mql_to_sql_rate_period": _("MQL → SQL"),
    "column.bookings": _("Bookings"),
    "column.ad_spend": _("Ad spend"),
    "column.cost_per_lead": _("Cost per lead"),
    "column.cac": _("CAC"),
    "column.roas": _("ROAS"),
    "column.win_rate": _("Win rate"),
    "column.decided": _("Decided"),
    "column.interval": _("95% interval"),
    "column.now": _("Now"),
    "column.change": _("Change"),
    "column.year_change": _("On last year"),
    "column.target": _("Target"),
    "column.due": _("Due by today"),
    "column.reached_share": _("Share of pace or target"),
    "column.first_payment": _("First payment"),
    "column.source": _("Source"),
    "column.landed": _("Rows"),
    "column.why": _("Why"),
    "column.rejected": _("Rejected"),
    "column.last_pull": _("Last pull, UTC"),
    "column.reason": _("Reason"),
    # Cohorts
    "cohort.lead_to_mql_rate": _("Lead → MQL, %(days)s days"),
    "cohort.mql_to_sql_rate": _("MQL → SQL, %(days)s days"),
    "cohort.mql_to_sql_rate_lagged": _("MQL → SQL, lagged"),
    "cohort.sql_to_won_rate": _("SQL → won, %(days)s days"),
    # Members that stand for no one
    "code.total": _("Total"),
    "code.unknown": _("Unknown"),
    "code.unallocated": _("Unallocated"),
    "code.unassigned": _("Unassigned"),
    # Status words; the shape before them is drawn
    "status.ahead": _("Ahead"),
    "status.on": _("On track"),
    "status.risk": _("At risk"),
    "status.behind": _("Behind"),
    "status.few": _("Too few"),
    "status.partial": _("Partial"),
    "status.immature": _("Immature"),
    "status.missing": _("Missing"),
    "status.met": _("Target met"),
    "status.none": _("Not defined"),
    "lead.missing": _("A source had no data, so this is not known; see data quality."),
    # Charts
    "chart.none": _("Nothing was counted here in this period."),
    "chart.rest": ngettext("%(n)s other", "%(n)s others"),
    "survival.at_risk": _("Followed so far (n)"),
    "survival.end": _("%(share)s left after %(age)s"),
    "survival.median": _("half left after %(age)s"),
    "survival.at": _("%(share)s left, n = %(n)s"),
    "reached.end": _("%(share)s after %(age)s days"),
    "reached.median": _("half after %(age)s days"),
    "reached.at": _("%(share)s got there, %(n)s still followed"),
    "funnel.inferred": ngettext("%(n)s of them inferred", "%(n)s of them inferred"),
    # What the marks mean
    "mark.ahead": _("Ahead: 105% of pace or target, or more"),
    "mark.on": _("On track: 97% to 105%; in tables: within chance"),
    "mark.risk": _("At risk: 90% to 97%"),
    "mark.behind": _("Behind: below 90%; in tables: beyond chance"),
    "mark.few": _("Too few: n below 20, no rate shown"),
    "mark.partial": _("Partial or immature: the period or cohort still runs; not compared"),
    "mark.missing": _("Missing: a source had no data"),
    "mark.none": _("Not defined: nothing to divide by"),
    # Sections
    "section.funnel": _("Funnel"),
    "section.channels": _("Channels"),
    "section.places": _("Places"),
    "section.pipeline": _("Pipeline and forecast"),
    "section.activity": _("Activity and reps"),
    "section.costs": _("Cost efficiency"),
    "section.retention": _("Retention"),
    "section.restated": _("What was restated"),
    "section.quality": _("Data quality"),
    "section.definitions": _("Definitions"),
    # Data quality
    "quality.lead.good": _("Every source covers the day."),
    "quality.lead.late": _("%(source)s does not cover the day yet."),
    "quality.lead.late.more": ngettext(
        "%(source)s and %(n)s more source do not cover the day yet.",
        "%(source)s and %(n)s more sources do not cover the day yet.",
    ),
    "quality.lead.missing": _("%(source)s has brought nothing so far."),
    "quality.lead.missing.more": ngettext(
        "%(source)s has brought nothing so far; %(n)s more source is late or empty.",
        "%(source)s has brought nothing so far; %(n)s more sources are late or empty.",
    ),
    "quality.sources.title": _("Sources"),
    "quality.sources.about": _("Rows kept up to %(day)s; complete: covers that day"),
    "quality.reasons.title": _("Why rows were rejected"),
    "quality.reasons.about": _("Most frequent first; rejected rows are kept whole and are in no figure"),
    "quality.figures.title": _("Figures without data"),
    "quality.figures.about": _("Shown as □ in this report"),
    "quality.figures.waiting": _("A source is late or empty"),
    "quality.figures.nobody": _("No source of this region has the data"),
    "quality.rates": ngettext(
        "%(n)s amount in %(currency)s (%(days)s) has no exchange rate and is in no sum.",
        "%(n)s amounts in %(currency)s (%(days)s) have no exchange rate and are in no sum.",
    ),
    "quality.unassigned": ngettext(
        "%(n)s lead of this month has no place in any region; it is in the company’s figures only.",
        "%(n)s leads of this month have no place in any region; they are in the company’s figures only.",
    ),
    "quality.costs": ngettext(
        "%(n)s invoice line of this month has no variable cost, so margins over it are not shown.",
        "%(n)s invoice lines of this month have no variable cost, so margins over them are not shown.",
    ),
    "quality.durations": ngettext(
        "%(n)s stay in a stage ends before it begins; it is counted, its time is not.",
        "%(n)s stays in a stage end before they begin; they are counted, their times are not.",
    ),
    # Why a row was rejected (include/lake/reasons.py): the column of the source, the cell as it came.
    "rejected.missing": _("%(column)s: missing"),
    "rejected.text": _("%(column)s: “%(cell)s” is no text"),
    "rejected.unicode": _("%(column)s: “%(cell)s” is no text"),
    "rejected.number": _("%(column)s: “%(cell)s” is no number"),
    "rejected.whole": _("%(column)s: “%(cell)s” is no whole number"),
    "rejected.minor": _("%(column)s: “%(cell)s” is no whole number"),
    "rejected.milliseconds": _("%(column)s: “%(cell)s” is no number"),
    "rejected.digits": _("%(column)s: “%(cell)s” has too many digits"),
    "rejected.date": _("%(column)s: “%(cell)s” is no date"),
    "rejected.stamp": _("%(column)s: “%(cell)s” is no date and time"),
    "rejected.zone": _("%(column)s: “%(cell)s” has no time zone"),
    "rejected.truth": _("%(column)s: “%(cell)s” is neither true nor false"),
    "rejected.list": _("%(column)s: “%(cell)s” is no list"),
    "rejected.negative": _("%(column)s: “%(cell)s” is negative"),
    "rejected.zero": _("%(column)s: “%(cell)s” is not above zero"),
    "rejected.currency": _("%(column)s: “%(cell)s” is no currency code"),
    "rejected.country": _("%(column)s: “%(cell)s” is no country code"),
    "rejected.word": _("%(column)s: “%(cell)s” is not in the list"),
    "rejected.setting": _("%(column)s: “%(cell)s” is missing in %(setting)s"),
    "rejected.cells": _("line: %(n)s cells, the header has %(heads)s"),
    "rejected.line": _("line: a quote is not closed, or the text is not UTF-8"),
    "rejected.nobody": _("account_id: no customer is named"),
    "rejected.deleted": _("account_id: the customer “%(cell)s” is deleted"),
    "rejected.unpriced": _("unit_amount: the price “%(cell)s” has none of its own"),
    "rejected.foreign": _("price in “%(cell)s”, its subscription in “%(currency)s”"),
    "rejected.times": _("unit_amount: “%(cell)s” times “%(pieces)s” is no number"),
    "rejected.coupon": _("discount_pct: nobody tells what the coupon “%(cell)s” takes off"),
    "quality.note": _("Ad platforms restate past days, so spend is as last landed, not as known on the day."),
    "source.ok": _("Complete"),
    "source.late": _("Late"),
    "source.missing": _("Empty"),
}
