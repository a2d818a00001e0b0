"""Every sentence a report can say, in English, by id. Catalogues translate them; plural ones have two forms.

Whole sentences with named places for values, so that each language may order them; a claim fits one line of a column.
"""

from include.report.phrases import (
    activity,
    banner,
    channels,
    charts,
    costs,
    first_page,
    funnel,
    heads,
    pipeline,
    places,
    quality,
    rejected,
    restated,
    retention,
    statuses,
    why,
)
from include.report.phrases.phrase import Phrase

ALONE = "value"
"""A value alone: nothing to translate."""
PARTS = (
    first_page, banner, why, funnel, channels, places, pipeline, activity, costs, retention, restated, quality,
    rejected, charts, heads, statuses,
)  # fmt: skip
PHRASES: dict[str, Phrase] = {
    ALONE: ("%(it)s",),
    **{id_: phrase for part in PARTS for id_, phrase in part.PHRASES.items()},
}
