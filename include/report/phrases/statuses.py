"""Status words and what their marks mean; the shape before them is drawn."""

from include.report.phrases.phrase import Phrase, _

PHRASES: dict[str, Phrase] = {
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
    # What the marks mean
    "mark.ahead": _("Ahead: 105% of pace or target, or more"),
    "mark.on": _("On track: 97% to 105%; in tables: within chance"),
    "mark.risk": _("At risk: 90% to 97%"),
    "mark.behind": _("Behind: below 90%; in tables: beyond chance"),
    "mark.few": _("Too few: n below 20, no rate shown"),
    "mark.partial": _("Partial or immature: the period or cohort still runs; not compared"),
    "mark.missing": _("Missing: a source had no data"),
    "mark.none": _("Not defined: nothing to divide by"),
    # In place of a section’s finding
    "lead.missing": _("A source had no data, so this is not known; see data quality."),
}
