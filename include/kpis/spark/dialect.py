"""The room's SQL, which is written for DuckDB, in Spark's words.

What is not on the list of constructs is refused: SQLGlot translates some into something else and says nothing
(percentiles become approximate, a function it does not know passes as it is).
"""

import sqlglot
from sqlglot import exp

ALLOWED = frozenset(
    """
    Abs Add Alias And AnyValue ArgMax ArgMin AtTimeZone Between Boolean Case Cast Coalesce Column Count CTE DataType
    DataTypeParam DateAdd DateDiff DateTrunc Distinct Div EQ Except Exists Exp From Greatest Group Grouping GroupingSets
    GT GTE Having Identifier If IgnoreNulls In Interval Is Join Lag LastDay LastValue Lead Least Like Literal Ln
    LogicalAnd LogicalOr LT LTE Max Min Mul Neg NEQ Not Null Nullif NullSafeEQ Or Order Ordered Paren PercentileCont
    Pow Qualify Round RowNumber Select Sqrt Star Sub Subquery Sum Table TableAlias TimestampTrunc Tuple Union Var Where
    Window WindowSpec With WithinGroup Substring DPipe FirstValue Extract Values Unnest
    """.split()  # noqa: SIM905
)
FUNCTIONS = frozenset({"to_months"})
"""Those that SQLGlot does not know, and this file translates."""


class UntranslatableError(ValueError):
    """A construct that nobody has checked on Spark; the message names it and where to allow it."""


def spark(sql: str) -> str:
    """The query in Spark SQL. Raises UntranslatableError."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    for node in tree.walk():
        name = type(node).__name__
        if name not in ALLOWED and not (isinstance(node, exp.Anonymous) and node.name.lower() in FUNCTIONS):
            raise UntranslatableError(
                f"{name} in {node.sql('duckdb')[:80]}: not known to mean the same on Spark; allow it in {__name__}"
            )
    return tree.transform(_in_sparks_words).sql("spark")


def _in_sparks_words(node: exp.Expression) -> exp.Expression:
    match node:
        case exp.WithinGroup(this=exp.PercentileCont() as level):
            (ordered,) = node.find_all(exp.Ordered)
            return exp.Anonymous(this="percentile", expressions=[ordered.this, level.this])  # SQLGlot's is approximate
        case exp.Add(expression=exp.Anonymous() as added) if added.name.lower() == "to_months":
            return exp.Anonymous(this="add_months", expressions=[node.this, *added.expressions])
        case exp.Cast(to=exp.DataType(this=exp.DataType.Type.USERDEFINED)):
            node.set("to", exp.DataType.build("text"))  # DuckDB's enumerations are text made small
        case exp.Table(db="main"):
            return exp.to_table(node.name, alias=node.alias or None)  # a landed one
        case exp.CTE():
            node.set("materialized", None)
    return node
