"""Rendering: a Report and a locale become a Document."""

from datetime import date

from include.company import Company, Edition
from include.kpis import KPIS
from include.report.data import data
from include.report.document import Document, Draft
from include.report.figures import Value
from include.report.fonts import configure
from include.report.html import page, title
from include.report.pdf import Attached, libraries, print_page
from include.report.report import Report, canonical
from include.report.words import Words
from include.report.workbook import workbook


def render(report: Report, edition: Edition, company: Company) -> Document:
    """The edition's page and PDF. Raises LanguageError, PageError, PdfError; nothing is written."""
    return printed(draft(report, edition, company))


def draft(report: Report, edition: Edition, company: Company) -> Draft:
    """The edition's page and numbers, a tenth of the work. Raises LanguageError, PageError."""
    configure()
    words = Words(edition.locale, report.currency, company, KPIS)
    return Draft(
        day=report.day,
        region=report.region,
        locale=edition.locale,
        title=title(report, words),
        subject=subject(report, words),
        html=page(report, words, company.theme),
        json=canonical(report),
        data=data(report, words),
        workbook=workbook(report, words, subject(report, words)),
    )


def printed(draft: Draft) -> Document:
    """The edition with its PDF. Raises PdfError."""
    pdf = print_page(draft.html, Attached("data.csv", draft.data, date.fromisoformat(draft.day), draft.title))
    return draft.printed(pdf.data, pdf.pages, libraries())


def subject(report: Report, words: Words) -> str:
    """Malaysia: sales report, 31 October 2026 (Behind)."""
    text = words.language.gettext("%(title)s, %(day)s")
    return text % {"title": title(report, words), "day": words.show(Value("date_long", report.day))}
