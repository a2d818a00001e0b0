"""What the mail of an edition says, in its language: the templates mail.txt and mail.html."""

from dataclasses import dataclass
from datetime import date

from jinja2 import PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from include.company import Company, Edition
from include.report.formats import Formats
from include.report.language import Language


@dataclass(frozen=True)
class Words:
    """Subject (one line), plain text and HTML of a mail."""

    subject: str
    text: str
    html: str


def words(company: Company, edition: Edition, day: date, subject: str, pages: int) -> Words:
    """The mail that carries the report of `day` under the subject that its document has."""
    language = Language(edition.locale)
    formats = Formats(edition.locale, edition.region.currency)
    templates = _templates(language)
    said = {
        "subject": subject,
        "region": _name(company, edition, language, formats),
        "day": formats.date_long(day),
        "pages": pages,
        "pages_shown": formats.num(pages),
        "company": company.name,
        "sample": company.is_sample,
        "lang": language.html_lang,
    }
    text, html = (templates.get_template(f"mail.{part}").render(said) for part in ("txt", "html"))
    return Words(subject, text, html)


def _name(company: Company, edition: Edition, language: Language, formats: Formats) -> str:
    """A region that is one country is called by its name in the language; another by the name it was given."""
    region = edition.region
    if region.is_company:
        return company.name
    if len(region.countries) == 1 and not region.subdivisions:
        return formats.territory(region.countries[0])
    return language.name(region.name)


def _templates(language: Language) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=PackageLoader("include"),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_callables(language.gettext, language.ngettext, newstyle=True)  # type: ignore[attr-defined]
    return environment
