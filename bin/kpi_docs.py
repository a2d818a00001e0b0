"""docs/kpis.md from the declarations: `python -m bin.kpi_docs update | check`."""

import sys
from collections.abc import Iterator
from textwrap import dedent

from bin.environment import ROOT
from include.kpis import KPIS, Kpi
from include.kpis.arithmetic import Node, Operation
from include.kpis.availability import tables_of
from include.kpis.catalogue import FAMILIES
from include.kpis.kpi import Rule
from include.kpis.measure import Measure
from include.kpis.relations import SAID, facts
from include.kpis.rules import RULES

PAGE = ROOT / "docs" / "kpis.md"
_HEAD = """
    # KPIs

    Made from the declarations in `include/kpis/` by `make words`; `make check` fails where the two differ.
    A formula counts rows of facts (`include/kpis/facts/`, one SQL file each), or adds up one of their columns. A ratio
    is the ratio of both sums in every cell, never a mean of ratios. Money comes in the region's currency and in the
    company's. Every KPI can be cut by region and subdivision, and by what "by" lists.
    """
_RULES = "\n## Cohort rules\n\nWhich rows belong to a period; one function each in `include/kpis/rules.py`.\n"
_FACTS = "\n## Facts\n\nWhat a row of each is.\n"


def page() -> str:
    """The whole page."""
    parts = [dedent(_HEAD).lstrip(), *map(_family, FAMILIES)]
    parts += [_RULES, *(f"- `{name}`: {_first(rule.__doc__ or '')}" for name, rule in RULES.items())]
    parts += [_FACTS, *(f"- `{name}`: {_said(fact.sql)}" for name, fact in facts().items())]
    return "\n".join(parts) + "\n"


def _family(family: str) -> str:
    members = [kpi for kpi in KPIS.values() if kpi.family == family]
    return "\n".join([f"\n## {family.replace('_', ' ').capitalize()} ({len(members)})", *map(_entry, members)])


def _entry(kpi: Kpi) -> str:
    return "\n".join([f"\n### `{kpi.id}`\n\n{kpi.label}. {kpi.description}\n", *(f"- {line}" for line in _lines(kpi))])


def _lines(kpi: Kpi) -> Iterator[str]:
    below = "" if kpi.denominator is None else f" ÷ {_written(kpi.denominator)}"
    yield f"formula: {_written(kpi.numerator)}{below}"
    better = {"higher": "higher is better", "lower": "lower is better", "neither": "neither is better"}[kpi.better]
    yield f"rule: {_rule(kpi.rule)}; unit: {kpi.unit}; {better}"
    yield f"by: {', '.join(kpi.by) or 'place alone'}; each {', '.join(kpi.grains)}"
    yield f"needs: {', '.join(sorted(tables_of(kpi)))}"
    if kpi.named_by:
        yield f"named by: {', '.join(kpi.named_by)}"


def _rule(rule: Rule) -> str:
    window = f" within {rule.window_days} days" if rule.window_days else ""
    lag = f", {rule.lag_months} months" if rule.lag_months else ""
    return f"{rule.name}{window}{lag}{f' of {rule.of}' if rule.of else ''}"


def _written(node: Node) -> str:
    if isinstance(node, Operation):
        return f"({_written(node.left)} {_SIGNS.get(node.sign, node.sign)} {_written(node.right)})"
    if isinstance(node, Kpi):
        return f"`{node.id}`"
    return _counted(node) if isinstance(node, Measure) else str(node)


_SIGNS = {"*": "×", "/": "÷", "-": "−"}


def _counted(measure: Measure) -> str:
    what = {"count": "rows of", "distinct": f"different `{measure.column}` of"}.get(
        measure.kind, f"`{measure.column}` of"
    )
    if measure.kind == "count" and measure.column:
        what = f"`{measure.column}` of"
    where = "" if measure.where == "true" else f" where `{measure.where}`"
    return f"{what} {measure.fact}{where}{'' if measure.on == 'day' else f' by `{measure.on}`'}"


def _said(sql: str) -> str:
    """The comment that opens a fact's file, without its header lines."""
    lines = [line[2:].strip() for line in sql.splitlines() if line.startswith("--")]
    return " ".join(line for line in lines if not SAID.match(f"-- {line}"))


def _first(doc: str) -> str:
    return " ".join(doc.split())


def check() -> int:
    """1 if the page is not what the declarations say."""
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page():
        return 0
    sys.stderr.write(f"{PAGE.relative_to(ROOT)} is stale: run make words\n")
    return 1


def update() -> int:
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit({"update": update, "check": check}[sys.argv[1]]())
