"""The gate before the mail: a report that the gate holds is made and archived, and not mailed. Why, inside the company:
each reason names source, day and the next step."""

from collections.abc import Mapping
from datetime import date

from include.company import Company, Region
from include.kpis import gate
from include.kpis.gate import Finding
from include.lake import Lake


def reasons_to_hold(
    company: Company, region: Region, day: date, tables: Mapping[str, tuple[str, ...]], lake: Lake
) -> list[str]:
    """Why the report of `day` may not be mailed to `region`: a line for each finding of the gate that holds.

    `tables` names what each source may hold. No line means: mail it.
    """
    late = [each for each in gate.freshness(lake, company, region, day, tables) if each.level == "hold"]
    odd = [each for each in gate.read(lake, company, region, day) if each.level == "hold"]
    return [*(_late(each, region, day) for each in late), *(_odd(each, day) for each in odd)]


def _late(finding: Finding, region: Region, day: date) -> str:
    return (
        f"{finding.source} does not cover {day}: no complete pull of {finding.table} began after the day had ended in "
        f"{region.id} ({region.cutoff(day):%Y-%m-%d %H:%M} UTC); mend the source, then clear its task in this run"
    )


def _odd(finding: Finding, day: date) -> str:
    place = f" in {finding.region}" if finding.region else ""
    what = f"{finding.table}{place}: {_SAID[finding.rule](finding)}"
    return (
        f"{finding.source or 'scores'}, {day}: {what}; {_STEP[finding.rule]}, then clear land and score in this run; "
        "or, if it is right, accept it in gate.toml and clear hold"
    )


def _volume(finding: Finding) -> str:
    span = "of the day" if finding.first == finding.last else f"of {finding.first}..{finding.last}"
    return f"{finding.found:,.0f} rows {span} where {finding.usual:,.0f} are usual"


def _rejects(finding: Finding) -> str:
    since = f"since {finding.first}"
    return f"{finding.found:.1%} of {finding.usual:,.0f} rows {since} were rejected, most often: {finding.what}"


def _amounts(finding: Finding) -> str:
    what, _, kind = finding.what.partition(" ")
    times = max(finding.found / finding.usual, finding.usual / finding.found)
    much = "times" if finding.found > finding.usual else "times less than"
    seen = {"typical": "the median", "largest": "the largest"}[what]
    return (
        f"{kind}: {seen} amount of {finding.first} is {finding.found:,.2f}, {times:,.0f} {much} the usual "
        f"{finding.usual:,.2f}"
    )


def _reconciliation(finding: Finding) -> str:
    return (
        f"{finding.found:.1%} of the bookings of {finding.first}..{finding.last} ({finding.usual:,.0f} deals) differ "
        "from what was billed"
    )


_SAID = {
    "volume": _volume,
    "rejects": _rejects,
    "amounts": _amounts,
    "reconciliation": _reconciliation,
}
_STEP = {
    "volume": "compare with what the source itself shows of that day, mend it",
    "rejects": "look at the rejected rows in the lake, mend them at the source",
    "amounts": "look at those rows at the source (cents for units? another currency?), mend them",
    "reconciliation": "compare the won deals with their first invoices, mend CRM or billing",
}
