"""Data quality: sources, rejected rows, figures without data."""

from include.report.phrases.phrase import Phrase, _, ngettext

PHRASES: dict[str, Phrase] = {
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
    "quality.note": _("Ad platforms restate past days, so spend is as last landed, not as known on the day."),
    "source.ok": _("Complete"),
    "source.late": _("Late"),
    "source.missing": _("Empty"),
}
