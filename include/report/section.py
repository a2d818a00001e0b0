"""A topic of a report, and what may stand in it: tables and charts."""

from dataclasses import dataclass

from include.report.blocks import Attained, Bars, Funnel, Heat, Survival, Waterfall
from include.report.figures import Message
from include.report.funnel_plot import FunnelPlot
from include.report.lines import Lines
from include.report.tables import Table

Block = Table | Lines | FunnelPlot | Waterfall | Heat | Survival | Attained | Bars | Funnel


@dataclass(frozen=True)
class Section:
    """A topic: its id, its finding, notices, then rows of one or two blocks, then notes. `page` starts a new page."""

    id: str
    lead: Message
    rows: tuple[tuple[Block, ...], ...]
    notices: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()
    page: bool = False
