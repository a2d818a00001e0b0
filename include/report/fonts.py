"""The two fonts of every page: Noto Sans SC in regular and bold, cut to the characters reports may need.

Built once from the variable font of the PyPI wheel `justmytype-intl-cjk` (SIL Open Font License 1.1; its text is copied
beside the fonts, and the Reserved Font Name is not used), so that no font of the machine can change a page.
Run as `python -m include.report.fonts [FOLDER]` by set-up.
"""

import os
import shutil
import sys
import tempfile
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path

from fontTools.ttLib import TTFont

FAMILY = "Noto Sans SC"
STYLES = {"Regular": 400, "Bold": 700}
WHEEL = "justmytype-intl-cjk"
SOURCE = files("justmytype_intl_cjk") / "fonts" / "ofl" / "notosanssc"
RECIPE = "2"  # raise it when the way of building changes: the cache is keyed by it

# Latin with Vietnamese, punctuation, currency signs, letterlike and number forms, arrows, mathematics, boxes, shapes,
# CJK punctuation, full-width forms. What the font does not draw is left out by the subsetter.
RANGES = (
    (0x0020, 0x007F), (0x00A0, 0x0250), (0x02B0, 0x0300), (0x1E00, 0x1F00), (0x2010, 0x2070), (0x2070, 0x20D0),
    (0x2100, 0x2400), (0x2500, 0x2700), (0x2713, 0x2714), (0x3000, 0x3020), (0xFF00, 0xFFF0),
)  # fmt: skip
# CLDR dates and numbers use these; the font has only the plain spaces, so they are drawn as one.
SPACES = {0x2009: 0x0020, 0x202F: 0x00A0}
FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <cachedir>{folder}/cache</cachedir>
</fontconfig>
"""


class FontsError(RuntimeError):
    """The fonts cannot be built or were not configured; the message says what to do."""


def configure(folder: Path | None = None) -> Path:
    """Make fontconfig see these two fonts and no other; returns the folder that holds them.

    They are kept under `folder`, else FONTS_DIR, else data/fonts, and built if they are not there (10 s).
    Call before the first import of weasyprint, which reads FONTCONFIG_FILE then. Raises FontsError.
    """
    kept = folder or Path(os.environ.get("FONTS_DIR", "data/fonts"))
    built = kept.resolve() / _key()
    if not built.is_dir():
        _build(built)
    settings = built / "fonts.conf"
    text = FONTCONFIG.format(folder=built)
    if not settings.is_file() or settings.read_text(encoding="utf-8") != text:
        _write(settings, text)  # also when the folder was moved: the paths inside are absolute
    os.environ["FONTCONFIG_FILE"] = str(settings)
    return built


def missing(text: str) -> tuple[str, ...]:
    """The characters of `text` that neither font draws, each once, in order. Line breaks and tabs are not drawn."""
    known = drawn()
    return tuple(dict.fromkeys(char for char in text if ord(char) not in known and char not in "\n\r\t"))


def shown(text: str) -> str:
    """`text` with each character that has no glyph as its code point, `[U+20BB7]` (never a box, never a guess)."""
    absent = {ord(char): f"[U+{ord(char):04X}]" for char in missing(text)}
    return text.translate(absent)


def drawn() -> frozenset[int]:
    """The code points with a glyph in the configured fonts."""
    return _drawn(file("Regular"))


def file(style: str) -> Path:
    """The configured font of a style of STYLES. Raises FontsError."""
    settings = os.environ.get("FONTCONFIG_FILE", "")
    if not settings.endswith(f"{_key()}/fonts.conf"):
        raise FontsError("fonts are not configured: call include.report.fonts.configure first")
    return Path(settings).parent / f"{style}.ttf"


@cache
def _drawn(file: Path) -> frozenset[int]:
    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def characters() -> frozenset[int]:
    """Every code point asked for: RANGES, and the 7,445 characters of GB2312."""
    wanted = {code for first, end in RANGES for code in range(first, end)}
    for row in range(0xA1, 0xF8):
        wanted |= {
            ord(char) for char in bytes(b for cell in range(0xA1, 0xFF) for b in (row, cell)).decode("gb2312", "ignore")
        }
    return frozenset(wanted)


@cache
def _key() -> str:
    asked = f"{RECIPE} {sorted(characters())} {sorted(SPACES.items())} {STYLES}"
    return f"{FAMILY.replace(' ', '')}-{version(WHEEL)}-{sha256(asked.encode()).hexdigest()[:12]}"


def _build(built: Path) -> None:
    """Build in a folder of its own and rename it: two builders at once are harmless, a killed one leaves no half."""
    try:
        built.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".building-", dir=built.parent))
    except OSError as fault:
        raise FontsError(
            f"{built.parent}: no fonts can be written there ({fault.strerror}); free or choose a folder"
        ) from fault
    try:
        _write_fonts(draft)
        draft.rename(built)
    except OSError as fault:
        if not built.is_dir():  # another builder may have been first
            raise FontsError(
                f"{built}: the fonts could not be built ({fault}); free some space and run again"
            ) from fault
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write_fonts(draft: Path) -> None:
    from fontTools.varLib.instancer import (
        instantiateVariableFont,
    )  # late: a report that finds its fonts needs none of it

    draft.chmod(0o755)
    with as_file(SOURCE / "NotoSansSC[wght].ttf") as file, TTFont(file, recalcTimestamp=False) as font:
        _cut(font)
        font.save(draft / "variable")
    for style, weight in STYLES.items():
        with TTFont(draft / "variable", recalcTimestamp=False) as font:
            _name(instantiateVariableFont(font, {"wght": weight}, inplace=True), style, weight)
            font.save(draft / f"{style}.ttf")
    (draft / "variable").unlink()
    (draft / "OFL.txt").write_bytes((SOURCE / "OFL.txt").read_bytes())


def _cut(font: TTFont) -> None:
    """Keep the wanted characters, and the features that set them: `pwid` gives quotation marks their Latin width."""
    from fontTools.subset import Options, Subsetter

    options = Options(
        layout_features=["ccmp", "kern", "liga", "locl", "mark", "palt", "halt", "pwid"],
        hinting=False,
        notdef_outline=True,
    )
    options.drop_tables += ["vhea", "vmtx", "BASE"]  # nothing is set vertically
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    for table in font["cmap"].tables:
        table.cmap |= {space: table.cmap[plain] for space, plain in SPACES.items() if plain in table.cmap}


def _name(font: TTFont, style: str, weight: int) -> None:
    """One family with a regular and a bold style, the pair that fontconfig and CSS weights 400 and 700 find."""
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    names = font["name"]
    for number, text in {1: FAMILY, 2: style, 3: postscript, 4: f"{FAMILY} {style}", 6: postscript}.items():
        names.setName(text, number, 3, 1, 0x409)
    for number in (16, 17, 25):
        names.removeNames(nameID=number)
    font["OS/2"].usWeightClass = weight
    bold = style == "Bold"
    font["OS/2"].fsSelection = 0x20 if bold else 0x40
    font["head"].macStyle = 1 if bold else 0


def _write(file: Path, text: str) -> None:
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(file)


if __name__ == "__main__":
    sys.stdout.write(f"{configure(Path(sys.argv[1]) if len(sys.argv) > 1 else None)}\n")
