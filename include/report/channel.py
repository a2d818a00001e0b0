"""Which channels brought anything, the most first, and whose rate from MQL to SQL moved."""

from include.report.material import NOBODY, Material
from include.report.statistics import beyond_chance, rates_differ
from include.report.status import trust

VOLUMES = ("leads_created", "mql_count", "sql_count", "deals_won")
RATE, MONEY, SPEND = "mql_to_sql_rate_period", "bookings", "ad_spend"


def ranked(material: Material) -> list[str]:
    """The channels with a lead, a deal or a cost, by bookings, then leads; what has no channel comes last."""
    found = material.cells.members("channel", *VOLUMES, MONEY, SPEND)
    found = [name for name in found if any(material.number(kpi, channel=name) for kpi in (*VOLUMES, MONEY, SPEND))]

    def weight(name: str) -> tuple[bool, float, float, str]:
        booked, leads = (material.number(kpi, channel=name) for kpi in (MONEY, "leads_created"))
        return (name in NOBODY, -booked, -leads, name)

    return sorted(found, key=weight)


def rate_z(material: Material, channel: str) -> float:
    """How far from chance the channel's MQL to SQL rate moved against the same days a month before."""
    now, then = material.now(RATE, channel=channel), material.before(RATE, channel=channel)
    if now is None or then is None or trust(now) or trust(then) or not now.n or not then.n:
        return 0.0
    if now.value is None or then.value is None or max(now.value, then.value) > 1:
        return 0.0
    return rates_differ(now.value, now.n, then.value, then.n)


def fell(material: Material, channel: str, among: int) -> bool:
    """Whether the channel's rate fell by more than chance, as one of so many channels."""
    z = rate_z(material, channel)
    return z < 0 and beyond_chance(z, among)
