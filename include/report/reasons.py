"""What changed, and why: three to five sentences by rule, each number of them traceable to its rows."""

from collections.abc import Callable

from include.report import aims, causes, caveats, deals, moved
from include.report.figures import Message
from include.report.material import Material
from include.report.reason import Reason

MOST = 5
Rule = Callable[[Material], Reason | None]
RULES: tuple[Rule, ...] = (
    aims.bookings,
    deals.deals_or_size,
    moved.largest,
    causes.mix_or_rate,
    causes.nothing,
    moved.second,
    moved.channel,
    moved.cost,
    aims.gap,
    moved.step,
    aims.coverage,
    caveats.data,
)
"""In reading order: on target, what changed, why, where to look, what the data lack. A rule that has nothing to say is
silent; of more than MOST sentences the weightiest are kept."""


def reasons(material: Material) -> tuple[tuple[Message, Message], ...]:
    """Claim and evidence of the weightiest reasons, in the order of RULES; one alone, a caveat, explains nothing."""
    found = [reason for rule in RULES if (reason := rule(material)) is not None]
    kept = sorted(range(len(found)), key=lambda at: -found[at].weight)[:MOST]
    return () if len(kept) < 2 else tuple((found[at].claim, found[at].evidence) for at in sorted(kept))
