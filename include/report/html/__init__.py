"""A Report in one edition's words as one self-contained page: well-formed XML, no fetch, data never a template."""

from include.report.html.context import title
from include.report.html.page import PageError, environment, page

__all__ = ["PageError", "environment", "page", "title"]
