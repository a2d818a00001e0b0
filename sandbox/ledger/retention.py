"""Recurring revenue and what becomes of it: movements, retention, churn, renewals, cohorts."""

from datetime import UTC, date, datetime
from decimal import Decimal

from sandbox.ledger.accounts import Account, Money, Month
from sandbox.ledger.funnel import later
from sandbox.ledger.tally import Row, Tally

RATIOS = frozenset({"arpa", "nrr", "grr", "logo_churn_rate", "renewal_rate", "cohort_retention_curve"})
OLDEST, GRACE = 24, 30


def count_retention(tally: Tally, accounts: list[Account], months: list[Month]) -> None:
    for account in accounts:
        since = account.first_paying()
        for month in months:
            begins, ends = month.ends(tally.terms, account.region)
            start, end = account.mrr(begins), account.mrr(ends)
            _snapshot(tally, account, month, end)
            _movement(tally, account, month, start, end, known=since is not None and since < begins)
            if start:
                _opening(tally, account, month, start, end)
        _renewals(tally, account, months[-1].last)


def _snapshot(tally: Tally, account: Account, month: Month, end: Money) -> None:
    where = month.first, account.region, account.channel
    for currency, amount in end.items():
        for kpi in ("mrr", "arpa"):
            tally.money_top(kpi, *where, amount, currency, month.last)
        tally.money_top("fx_mrr", *where, amount, currency, month.last)
        tally.money_top("fx_mrr", *where, -amount, currency, month.before)
    if end:
        tally.per("arpa", *where)


def _movement(tally: Tally, account: Account, month: Month, start: Money, end: Money, *, known: bool) -> None:
    """One of new, reactivation, expansion, contraction, churn, at the rates of the period's start."""
    was, now = _euros(tally, start, month), _euros(tally, end, month)
    if was == now:
        return
    kind = ("reactivation" if known else "new") if not start else "churned" if not end else None
    kpi = f"{kind or ('expansion' if now > was else 'contraction')}_mrr"
    where = month.first, account.region, account.channel
    tally.money_top(kpi, *where, abs(now - was), "EUR", month.before)
    tally.money_top("net_new_mrr", *where, now - was, "EUR", month.before)


def _opening(tally: Tally, account: Account, month: Month, start: Money, end: Money) -> None:
    """Those who paid when the month began, a month later."""
    where = month.first, account.region, account.channel
    was, now = _euros(tally, start, month), _euros(tally, end, month)
    for kpi, kept in (("nrr", now), ("grr", min(was, now))):
        tally.money_top(kpi, *where, kept, "EUR", month.before)
        tally.money_bottom(kpi, *where, was, "EUR", month.before)
    tally.top("logo_churn_rate", *where, 0 if end else 1)
    tally.bottom("logo_churn_rate", *where)


def _euros(tally: Tally, money: Money, month: Month) -> Decimal:
    told = (tally.exchange.convert(amount, currency, "EUR", month.before) for currency, amount in money.items())
    return sum((one for one in told if one is not None), Decimal())


def _renewals(tally: Tally, account: Account, day: date) -> None:
    """Yearly terms by the date (UTC, as billing writes it) on which they end; renewed = another term has begun."""
    for one in account.subscriptions:
        known = [state for state in one.states if state.at * 1000 < account.cutoff and state.price.interval == "year"]
        starts = {state.start for state in known}
        for term_end in {state.end for state in known}:
            due = datetime.fromtimestamp(term_end, UTC).date()
            if due <= day:
                where = due.replace(day=1), account.region, account.channel
                renewed = any(0 <= begun - term_end <= GRACE * 86_400 for begun in starts)
                tally.bottom("renewal_rate", *where)
                tally.top("renewal_rate", *where, int(renewed))


def curve(tally: Tally, accounts: list[Account], months: list[Month]) -> list[Row]:
    """Of the accounts that first paid in a month, those who pay at the end of it and of each month after."""
    members: dict[tuple[date, str | None, str | None], list[Account]] = {}
    for account in accounts:
        if (since := account.first_paying()) is not None:
            month = tally.terms.local(account.region, since).replace(day=1)
            for region in (None, account.region):
                for channel in (None, account.channel):
                    members.setdefault((month, region, channel), []).append(account)
    last = {month.first: month for month in months}
    return [
        _aged(tally, cell, cohort, age, last[then])
        for cell, cohort in members.items()
        for age in range(OLDEST + 1)
        if (then := later(cell[0], age)) in last
    ]


def _aged(tally: Tally, cell: tuple[date, str | None, str | None], cohort: list[Account], age: int, then: Month) -> Row:
    left = sum(bool(account.mrr(then.ends(tally.terms, account.region)[1])) for account in cohort)
    return Row("cohort_retention_curve", *cell, None, None, Decimal(left), Decimal(len(cohort)), age)
