"""Pipeline and forecast, and the month’s bookings day by day."""

from include.report.phrases.phrase import Phrase, _

PHRASES: dict[str, Phrase] = {
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
}
