"""The page, out of the house's templates and the company's own."""

from functools import cache
from pathlib import Path
from traceback import extract_tb

from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from include.report.figures import Message
from include.report.html.context import context
from include.report.page_fonts import with_fonts
from include.report.report import Report
from include.report.theme_css import style
from include.report.typography import label, tie
from include.report.words import Words
from include.theme import TEMPLATES, Theme

HOUSE = Theme()
"""The look without a company's own."""


class PageError(RuntimeError):
    """A template is at fault; the message says which, and what it lacks."""


@cache
def environment(overlay: Path | None = None) -> ImmutableSandboxedEnvironment:
    """Escapes always, knows every name it uses, and cannot reach or change anything else.

    A template found in `overlay` takes the place of the house's own, which it can still include as `corong/<name>`.
    """
    house = FileSystemLoader(TEMPLATES)
    own = [] if overlay is None else [FileSystemLoader(overlay)]
    env = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*own, house, PrefixLoader({"corong": house})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals["message"] = Message
    env.filters |= {"tie": tie, "label": label}
    return env


def page(report: Report, words: Words, theme: Theme = HOUSE) -> str:
    """The report's page, in the company's look. Raises PageError."""
    try:
        template = environment(theme.templates).get_template("report.html.j2")
        return with_fonts(template.render(context(report, words), logo=theme.logo, theme=style(theme)))
    except TemplateError as fault:
        raise PageError(f"{_place(fault)}: {fault}") from fault


def _place(fault: BaseException) -> str:
    """`cards.html.j2, line 12`: the innermost template that the fault passed through."""
    if isinstance(fault, TemplateSyntaxError):
        return f"{fault.name}, line {fault.lineno}"
    frames = [frame for frame in extract_tb(fault.__traceback__) if frame.filename.endswith((".j2", ".css"))]
    return f"{Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else "template"
