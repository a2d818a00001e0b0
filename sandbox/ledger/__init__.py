"""The ledger of the truth: KPIs counted from the drawn events in plain Python, knowing nothing of the product."""

from datetime import date

from sandbox.company.calendar import FIRST_DATE
from sandbox.ledger import funnel, invoiced, plan, pocs, retention, sales, spending, touches, web
from sandbox.ledger.accounts import accounts, months
from sandbox.ledger.exchange import Exchange
from sandbox.ledger.known import known
from sandbox.ledger.tally import Row, Tally
from sandbox.ledger.terms import Terms, read_terms
from sandbox.world import World

PARTS = (funnel, invoiced, plan, pocs, retention, sales, spending, touches, web)
RATIOS = frozenset(kpi for part in PARTS for kpi in part.RATIOS)


def ledger(company: World, day: date, terms: Terms | None = None) -> list[Row]:
    """Every month up to `day`, the running one cut at `day`, as known at each region's cutoff of `day`.

    Raises ValueError if the company's clock has not passed that cutoff everywhere.
    """
    tally = Tally(terms or read_terms(), Exchange(company.seed), RATIOS)
    facts = known(company, tally.terms, day)
    funnel.count_funnel(tally, facts, day, FIRST_DATE)
    sales.count_sales(tally, facts)
    sales.count_new_customers(tally, facts)
    sales.count_pipeline(tally, facts, day, FIRST_DATE)
    sales.count_dwell(tally, facts)
    spending.count_spending(tally, company, day)
    spending.count_leads_against_cost(tally, facts)
    touches.count_touches(tally, facts, company, day)
    touches.count_mailings(tally, facts, company, day)
    pocs.count_pocs(tally, facts, company)
    web.count_visitors(tally, facts, company, day)
    plan.count_quota(tally, company, day)
    paying, past = accounts(company, tally.terms, facts, day), months(FIRST_DATE, day)
    retention.count_retention(tally, paying, past)
    invoiced.count_invoiced(tally, paying)
    invoiced.count_variance(tally, facts, paying)
    return [*tally.rows(), *retention.curve(tally, paying, past)]


__all__ = ["Row", "Terms", "ledger", "read_terms"]
