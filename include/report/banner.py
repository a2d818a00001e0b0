"""What stands above everything else when the gate has something to say: which data are late, few, odd or contested."""

from include.kpis.gate import Finding
from include.report.figures import Message, Value
from include.report.material import Material


def banner(material: Material) -> tuple[Message, ...]:
    """A sentence for each finding, what holds first; a report that is held says so, to whoever opens the archive."""
    held = any(finding.level == "hold" for finding in material.gate)
    return (*([Message("banner.held")] if held else []), *map(_said, material.gate))


def _said(finding: Finding) -> Message:
    said = {"table": Value("code", f"table.{finding.table}"), "source": Value("data", finding.source)}
    said |= {"place": Value("region", finding.region or "")}
    return {
        "freshness": _freshness,
        "volume": _volume,
        "rejects": _rejects,
        "amounts": _amounts,
        "reconciliation": _reconciliation,
    }[finding.rule](finding, said)


Said = dict[str, Value]


def _freshness(_: Finding, said: Said) -> Message:
    return Message("banner.freshness", {"source": said["source"]})


def _volume(finding: Finding, said: Said) -> Message:
    """A day is compared with its weekday, seven days with the seven of other weeks."""
    numbers = {"n": Value("count", finding.found), "usual": Value("count", finding.usual)}
    return Message(f"banner.volume.{finding.what}", _named(said) | numbers, plural="n")


def _rejects(finding: Finding, said: Said) -> Message:
    share = {"share": Value("percent", finding.found)}
    return Message("banner.rejects", {"table": said["table"], "source": said["source"]} | share)


def _amounts(finding: Finding, said: Said) -> Message:
    """Money differs from region to region, so the sentence has none: how many times the usual."""
    what = finding.what.split(" ", 1)[0]
    day = {"day": Value("date", finding.first.isoformat())}
    return Message(
        f"banner.amounts.{what}", _named(said) | day | {"times": Value("times", finding.found / finding.usual)}
    )


def _reconciliation(finding: Finding, said: Said) -> Message:
    month = {"month": Value("month", finding.first.isoformat()), "share": Value("percent", finding.found)}
    return Message("banner.reconciliation", {"place": said["place"]} | month)


def _named(said: Said) -> Said:
    return {name: said[name] for name in ("table", "place")}
