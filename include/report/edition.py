"""Rendering: a Report and a locale become a Document."""

from datetime import date

from include.company import Company, Edition
from include.kpis import KPIS
from include.report.data import data
from include.report.document import Document
from include.report.figures import Value
from include.report.fonts import configure
from include.report.html import canonical, page, title
from include.report.pdf import Attached, libraries, print_page
from include.report.report import Report
from include.report.words import Words


def render(report: Report, edition: Edition, company: Company) -> Document:
    """The edition's page and PDF. Raises LanguageError, PdfError; nothing is written."""
    configure()
    words = Words(edition.locale, report.currency, company, KPIS)
    html = page(report, words)
    numbers = data(report, words)
    pdf = print_page(html, Attached("data.csv", numbers, date.fromisoformat(report.day), title(report, words)))
    return Document(
        day=report.day,
        region=report.region,
        locale=edition.locale,
        subject=subject(report, words),
        html=html,
        pdf=pdf.data,
        json=canonical(report),
        data=numbers,
        pages=pdf.pages,
        libraries=tuple(libraries().items()),
    )


def subject(report: Report, words: Words) -> str:
    """Malaysia: sales report, 31 October 2026 (Behind)."""
    text = words.language.gettext("%(title)s, %(day)s")
    return text % {"title": title(report, words), "day": words.show(Value("date_long", report.day))}
