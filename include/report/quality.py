"""Data quality: what came from each source, what was rejected and why, and which figures lack data."""

from include.report.figures import Message
from include.report.material import Material
from include.report.report import Section


def quality(material: Material) -> Section:
    return Section(id="quality", lead=Message("quality.lead.good"), rows=())
