"""What decides a PDF's bytes beside its page."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from include.report import fonts, labels, palette, paper, tags

_HERE = sorted(Path(__file__).parent.glob("*.py"))
PRINTING = (*map(str, _HERE), labels.__file__, palette.__file__, paper.__file__, tags.__file__)
"""The modules that decide a PDF's bytes."""


@cache
def libraries() -> tuple[tuple[str, str], ...]:
    """What decides a PDF's bytes beside its page: versions of libraries, the fonts, and the modules that print."""
    import weasyprint
    from weasyprint.text.ffi import pango

    return (
        ("weasyprint", weasyprint.__version__),
        ("pango", _dotted(pango.pango_version())),
        ("fonts", fonts.configure().name),
        ("printing", sha256(b"".join(Path(each).read_bytes() for each in PRINTING)).hexdigest()[:12]),
    )


def _dotted(number: int) -> str:
    """Pango's version number, 10000 major + 100 minor + micro, as people write it."""
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
