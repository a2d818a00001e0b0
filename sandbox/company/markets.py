"""The markets the company sells in: how much comes in, through which channels, at which rates, prices and pace."""

from dataclasses import dataclass

from sandbox.company.chance import Weighted

LEADS_PER_YEAR = 20_000
HOSTILE = ("<script>alert(1)</script>", "{{7*7}}", "=1+1")
"""Names that must come out of the reports as text."""


@dataclass(frozen=True, eq=False)
class Market:
    """A country the company sells in. Rates are of leads (mql), of MQLs (sql) and of decided deals (win)."""

    code: str
    region: str
    team: str
    zone: str
    currency: str
    share: float
    low_day: int
    depth: float
    mql: float
    sql: float
    win: float
    pace: float
    price: float
    """Price level: a deal's amount in `currency` for one dollar of list price."""
    reps: int
    pay: int
    """Yearly cost of a rep, in `currency`."""
    mix: Weighted[str]


def _mix(*weights: float) -> Weighted[str]:
    return Weighted(dict(zip(CHANNELS, weights, strict=True)))


CHANNELS = ("organic_search", "paid_search", "paid_social", "email", "referral", "direct", "event", "partner")

US = Market("US", "united_states", "United States", "America/New_York", "USD", 0.38, 360, 0.10, 1.00, 0.37, 0.23, 1.00,
            1.0, 14, 148_000, _mix(24, 20, 11, 10, 9, 12, 8, 6))  # fmt: skip
MX = Market("MX", "mexico", "Mexico", "America/Mexico_City", "MXN", 0.17, 358, 0.12, 0.88, 0.29, 0.18, 1.15,
            11.6, 8, 905_000, _mix(20, 22, 17, 8, 8, 11, 6, 8))  # fmt: skip
ES = Market("ES", "spain", "Spain", "Europe/Madrid", "EUR", 0.15, 225, 0.18, 0.97, 0.34, 0.23, 1.10,
            0.82, 7, 92_000, _mix(25, 18, 10, 11, 9, 12, 10, 5))  # fmt: skip
CN = Market("CN", "china", "China", "Asia/Shanghai", "CNY", 0.18, 42, 0.16, 1.06, 0.43, 0.25, 0.75,
            4.4, 9, 415_000, _mix(14, 24, 18, 4, 10, 9, 9, 12))  # fmt: skip
MY = Market("MY", "malaysia", "Malaysia", "Asia/Kuala_Lumpur", "MYR", 0.11, 45, 0.10, 0.80, 0.27, 0.16, 1.05,
            2.3, 6, 148_000, _mix(21, 21, 16, 9, 8, 12, 6, 7))  # fmt: skip
ELSEWHERE = Market("ZZ", "", "United States", "America/Mexico_City", "USD", 0.01, 360, 0.10, 0.80, 0.30, 0.18, 1.20,
                   0.9, 0, 0, _mix(40, 0, 0, 10, 20, 25, 0, 5))  # fmt: skip

TEAMS = (US, MX, ES, CN, MY)
MARKETS = (*TEAMS, ELSEWHERE)

MQL_BY_CHANNEL = {
    "organic_search": 0.44, "paid_search": 0.47, "paid_social": 0.31, "email": 0.46, "referral": 0.52, "direct": 0.41,
    "event": 0.37, "partner": 0.58,
}  # fmt: skip
SQL_BY_CHANNEL = {
    "organic_search": 1.05, "paid_search": 1.0, "paid_social": 0.78, "email": 0.95, "referral": 1.15, "direct": 1.0,
    "event": 0.95, "partner": 1.22,
}  # fmt: skip
HUBSPOT_WORD = {
    "organic_search": "ORGANIC_SEARCH", "paid_search": "PAID_SEARCH", "paid_social": "PAID_SOCIAL",
    "email": "EMAIL_MARKETING", "referral": "REFERRALS", "direct": "DIRECT_TRAFFIC", "event": "OFFLINE",
    "partner": "OTHER_CAMPAIGNS",
}  # fmt: skip
CURRENCY_OF = {"SG": "USD", "CO": "COP", "PT": "EUR", "CA": "USD", "DE": "EUR"}
"""Deals elsewhere; the central bank quotes no COP, so those cannot be converted."""
