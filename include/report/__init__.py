"""Scores become a Report (numbers, no words), a Report becomes Documents (html, pdf), Documents are published."""

from include.report.document import Document
from include.report.edition import render
from include.report.publish import publish
from include.report.region import render_region

__all__ = ["Document", "publish", "render", "render_region"]
