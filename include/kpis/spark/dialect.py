"""The room's SQL, which is written for DuckDB, in Spark's words.

What is not on the lists here is refused: SQLGlot translates some constructs into something else and says nothing.
Percentiles become approximate, months between two days become whole ones, a function it does not know passes as it is.
"""

from pathlib import Path

import sqlglot
from sqlglot import exp

ROOM = Path(__file__).parents[1]
ALLOWED = frozenset(
    """
    Abs Add Alias And AnyValue ArgMax ArgMin AtTimeZone Between Boolean Case Cast Coalesce Column Count CTE DataType
    DataTypeParam DateDiff Distinct Div EQ Exists Exp Extract FirstValue From Greatest Group Grouping GroupingSets GT
    GTE Having Identifier If IgnoreNulls In Interval Is Join Lag LastDay LastValue Lead Least Like Literal Ln
    LogicalAnd LogicalOr LT LTE Max Min Mul Neg NEQ Not Null Nullif NullSafeEQ NullSafeNEQ Or Order Ordered Paren
    PercentileCont Pow Qualify Round RowNumber Select Sqrt Star Sub Subquery Substring Sum Table TableAlias
    TimestampTrunc Tuple Union Unnest Values Var Where Window WindowSpec With WithinGroup DPipe
    """.split()  # noqa: SIM905
)
FUNCTIONS = frozenset({"to_months"})
"""Those that SQLGlot does not know, and this file translates."""
UNITS = {
    exp.DateDiff: {"DAY", "MONTH", "MICROSECOND"},
    exp.TimestampTrunc: {"MINUTE", "MONTH"},
    exp.Interval: {"DAY", "MONTH", "SECOND"},
}
"""The units in which a construct was compared."""
TYPES = {"BIGINT", "DATE", "DECIMAL", "DOUBLE", "INT", "TEXT", "TIMESTAMPTZ", "USERDEFINED"}
"""What a cast may make; an integer only of what is whole (days, months, row numbers): DuckDB rounds, Spark cuts off."""


class UntranslatableError(ValueError):
    """A construct that nobody has checked on Spark; the message names it and where to allow it."""


def spark(sql: str, of: str = "a query") -> str:
    """The query in Spark SQL. Raises UntranslatableError, which names `of`."""
    return translated(sql, of).sql("spark")


def translated(sql: str, of: str) -> exp.Expr:
    """The query as a tree that says the same on Spark. Raises UntranslatableError, which names `of`."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    for node in tree.walk():
        if not _is_known(node):
            shown = node.sql("duckdb")[:80]
            raise UntranslatableError(
                f"{of}: {type(node).__name__} in `{shown}` is not known to mean the same on Spark; compare it, then "
                f"allow it in {__name__}"
            )
    return tree.transform(_kept_after).transform(_in_sparks_words)


def file(relation: str) -> str:
    """The file of a relation under include/kpis, or its name where it has none."""
    return next((f"include/kpis/{each.relative_to(ROOM)}" for each in ROOM.glob(f"*/{relation}.sql")), relation)


def _is_known(node: exp.Expr) -> bool:
    if isinstance(node, exp.Anonymous):
        return node.name.lower() in FUNCTIONS
    if isinstance(node, exp.Cast):
        kind = node.to.this.name
        return kind in TYPES and (kind != "INT" or _is_whole(node.this)) and (kind != "DECIMAL" or _is_exact(node.this))
    if isinstance(node, exp.Join) and node.method:
        return False  # ASOF, POSITIONAL: their names are passed on, and mean nothing there
    if isinstance(node, exp.AtTimeZone):
        return not node.find_ancestor(exp.AtTimeZone)  # a second one turns the other way in DuckDB
    if isinstance(node, exp.PercentileCont):
        return isinstance(node.parent, exp.WithinGroup) and not node.parent.expression.find(exp.Ordered).args.get(
            "desc"
        )
    units = UNITS.get(type(node))
    return type(node).__name__ in ALLOWED and (units is None or _unit(node) in units)


def _is_whole(cast: exp.Expr) -> bool:
    return cast.find(exp.DateDiff, exp.RowNumber) is not None


def _is_exact(cast: exp.Expr) -> bool:
    """Not a stretch of time divided: half of its last place is rounded to the even digit by DuckDB, up by Spark."""
    return not (isinstance(cast, exp.Div) and isinstance(cast.this, exp.DateDiff) and _unit(cast.this) == "MICROSECOND")


def _unit(node: exp.Expr) -> str:
    return str(node.args.get("unit")).upper()


def _kept_after(node: exp.Expr) -> exp.Expr:
    """What grouping sets have by `having` is asked of what they gave: Spark finds no grouped column there that is not
    selected."""
    group, having = node.args.get("group"), node.args.get("having")
    if not (isinstance(node, exp.Select) and having and group and group.find(exp.GroupingSets)):
        return node
    inner = node.copy()
    inner.set("having", None)
    inner = inner.select(exp.alias_(having.this.copy(), "is_kept"))
    return exp.select(*node.named_selects).from_(inner.subquery("grouped")).where("is_kept")


def _in_sparks_words(node: exp.Expr) -> exp.Expr:
    match node:
        case exp.WithinGroup(this=exp.PercentileCont() as level):
            (ordered,) = node.find_all(exp.Ordered)
            return _call("percentile", ordered.this, level.this)  # SQLGlot's is approximate
        case exp.DateDiff():
            return _between(node)
        case exp.ArgMax() | exp.ArgMin() if not isinstance(node.parent, exp.Filter):
            known = exp.Not(this=exp.Is(this=node.this.copy(), expression=exp.Null()))
            return exp.Filter(this=node.copy(), expression=exp.Where(this=known))  # Spark's takes a null for an answer
        case exp.Add(expression=exp.Anonymous() as added) if added.name.lower() == "to_months":
            return _call("add_months", node.this, *added.expressions)
        case exp.Cast(to=exp.DataType(this=exp.DataType.Type.USERDEFINED)):
            node.set("to", exp.DataType.build("text"))  # DuckDB's enumerations are text made small
        case exp.Table(db="main"):
            return exp.to_table(node.name, alias=node.alias or None)  # a landed one
        case exp.CTE():
            node.set("materialized", None)
    return node


def _between(node: exp.DateDiff) -> exp.Expr:
    """DuckDB counts the midnights and firsts of the month between two moments; Spark's counts what is whole."""
    last, first = node.this, node.expression
    match _unit(node):
        case "DAY":
            return _call("datediff", last, first)
        case "MONTH":
            years, months = (
                exp.paren(exp.Sub(this=_call(unit, last), expression=_call(unit, first))) for unit in ("year", "month")
            )
            return exp.paren(exp.Add(this=exp.Mul(this=years, expression=exp.Literal.number(12)), expression=months))
    return node


def _call(function: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=function, expressions=[each.copy() for each in arguments])
