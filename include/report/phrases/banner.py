"""The banner: what the gate found, and what it calls the tables."""

from include.report.phrases.phrase import Phrase, _, ngettext

PHRASES: dict[str, Phrase] = {
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
}
