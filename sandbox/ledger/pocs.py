"""Proofs of concept, trials and demonstrations by the date they were over, where their deal counts, else their lead."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sandbox.company.calendar import local_day
from sandbox.company.trials import Event, Poc, trials
from sandbox.ledger.funnel import later
from sandbox.ledger.known import Known, Person, Sale
from sandbox.ledger.tally import Tally
from sandbox.world import World

RATIOS = frozenset({"poc_pass_rate", "poc_goal_completion_rate", "poc_time_to_finish"})
MS_PER_DAY = 86_400_000
TO_BUY = 2
"""Calendar months within which a successful evaluation wants to buy."""


@dataclass(frozen=True)
class Counted:
    """One that counts, with what happened in it before the cutoff."""

    poc: Poc
    home: Person | Sale
    events: list[Event]

    def reached(self, until: int) -> int:
        """Goals, each once."""
        return len({one.goal for one in self.events if one.type == "poc_goal_accomplished" and one.at <= until})


def count_pocs(tally: Tally, facts: Known, world: World) -> None:
    for day in world.days:
        pocs, events = trials(world.firms, day)
        for poc in pocs:
            home = _home(facts, poc)
            if home is not None and poc.wrong is None and poc.started < home.cutoff:
                own = [one for one in events if one.poc == poc.id and one.wrong is None and one.at < home.cutoff]
                _count(tally, Counted(poc, home, own))


def _home(facts: Known, poc: Poc) -> Person | Sale | None:
    if poc.deal is not None:
        return facts.by_deal.get(poc.deal.id)
    person = facts.by_lead.get(poc.lead or 0)
    return None if person is None or person.out else person


def _count(tally: Tally, one: Counted) -> None:
    _events(tally, one)
    poc, home = one.poc, one.home
    if poc.ended is not None and poc.ended < home.cutoff:
        _executed(tally, one, poc.ended)
    if poc.evaluated is not None and poc.evaluated < home.cutoff and poc.result == "success":
        told = tally.terms.local(home.region, poc.evaluated)
        if _on(poc.zone, poc.evaluated) + timedelta(poc.intent_days) <= _months_on(told, TO_BUY):
            tally.top("successful_poc_evaluations", told.replace(day=1), home.region, home.channel)


def _executed(tally: Tally, one: Counted, ended: int) -> None:
    poc, home = one.poc, one.home
    where = tally.terms.local(home.region, ended).replace(day=1), home.region, home.channel
    tally.top("pocs_executed", *where)
    tally.bottom("poc_pass_rate", *where)
    tally.top("poc_time_to_finish", *where, Decimal(ended - poc.started) / MS_PER_DAY)
    tally.bottom("poc_time_to_finish", *where)
    if poc.accomplished:
        tally.top("pocs_passed", *where)
        tally.top("poc_pass_rate", *where)
    if poc.goals:
        tally.bottom("poc_goal_completion_rate", *where, poc.goals)
        tally.top("poc_goal_completion_rate", *where, one.reached(ended))


def _events(tally: Tally, one: Counted) -> None:
    """Each goal when it was first met, and every other event."""
    firsts: dict[str | None, int] = {}
    for event in one.events:
        if event.type in ("poc_goal_accomplished", "poc_event"):
            name = event.goal if event.type == "poc_goal_accomplished" else event.id
            firsts[name] = min(firsts.get(name, event.at), event.at)
    for at in firsts.values():
        month = tally.terms.local(one.home.region, at).replace(day=1)
        tally.top("poc_events_accomplished", month, one.home.region, one.home.channel)


def _on(zone: str, stamp: int) -> date:
    return date.fromordinal(local_day(zone, stamp))


def _months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    first = later(day.replace(day=1), months)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))
