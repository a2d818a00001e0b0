"""What becomes of a lead: qualification, relapses, skipped stages, and the deal at the end of it."""

from sandbox.company.calendar import DAY, HOUR
from sandbox.company.chance import Draw
from sandbox.company.deals import WON, Deal, sell
from sandbox.company.firms import Firms
from sandbox.company.leads import REASONS, Lead
from sandbox.company.markets import HUBSPOT_WORD, MQL_BY_CHANNEL, SQL_BY_CHANNEL
from sandbox.company.reps import on_duty
from sandbox.company.steps import Steps

LEAD, MQL, SQL, SAL = "lead", "marketingqualifiedlead", "salesqualifiedlead", "salesacceptedlead"
OPPORTUNITY, CUSTOMER = "opportunity", "customer"
_CHANNEL = {word: channel for channel, word in HUBSPOT_WORD.items()}


def travel(draw: Draw, firms: Firms, lead: Lead, day: int) -> Deal | None:
    """Fill in the lead's stages; return its deal if it comes to one."""
    steps = Steps(draw, lead.market, lead.created)
    channel = _CHANNEL.get(lead.channels[0][1], "direct")
    if not draw.chance(min(0.9, MQL_BY_CHANNEL[channel] * lead.market.mql)):
        _give_up(draw, lead, steps, 0.25)
        return None
    lead.qualification = "pql" if draw.chance(0.12) else "iql" if draw.chance(0.06) else "mql"
    qualified = draw.chance(min(0.9, SQL_BY_CHANNEL[channel] * lead.market.sql))
    if not (qualified and draw.chance(0.07)):
        lead.stages.append((steps.after(4.0, 0.9), MQL))
    if draw.chance(0.06) and lead.stages[-1][1] == MQL and not _relapse(draw, lead, steps):
        return None
    if not qualified:
        _give_up(draw, lead, steps, 0.4)
        return None
    return _sales(draw, firms, lead, steps, day)


def _relapse(draw: Draw, lead: Lead, steps: Steps) -> bool:
    """Back to lead; half of them qualify again."""
    lead.stages.append((steps.after(12.0, 0.5), LEAD))
    if not draw.chance(0.5):
        return False
    lead.stages.append((steps.after(15.0, 0.6), MQL))
    return True


def _give_up(draw: Draw, lead: Lead, steps: Steps, share: float) -> None:
    """Some dead ends are marked as disqualified."""
    if draw.chance(share):
        lead.statuses.append((steps.after(9.0, 0.8), "UNQUALIFIED"))
        lead.disqualify_reason = draw.pick(REASONS)


def _sales(draw: Draw, firms: Firms, lead: Lead, steps: Steps, day: int) -> Deal | None:
    """Sales qualifies; one in 25 jumps straight to a deal; one in seven never becomes one."""
    becomes_deal = draw.chance(0.86)
    if not (becomes_deal and draw.chance(0.04)):
        lead.stages.append((steps.after(11.0, 0.75), SQL))
        if draw.chance(0.3):
            lead.stages.append((steps.after(2.0, 0.5), SAL))
    lead.statuses.append((steps.last, "IN_PROGRESS"))
    if not becomes_deal or lead.places[0][1].country is None:
        _give_up(draw, lead, steps, 0.5)
        return None
    created = steps.after(3.5, 0.7)
    if lead.firm is None and not lead.test:
        lead.firm, lead.firm_since = firms.find(draw, lead.market, day), created
    if lead.firm is None:
        return None
    lead.stages.append((created, OPPORTUNITY))
    deal = sell(draw, firms.seed, lead, lead.firm, created)
    if deal.end[1] == WON and deal.defect is None:
        lead.stages.append((deal.end[0], CUSTOMER))
    return deal


def edit(draw: Draw, seed: int, lead: Lead) -> None:
    """Changes after the fact: a new owner, another country, another channel, an undefined stage word, a deletion."""
    dice = draw.u()
    later = lead.created + int(draw.between(1, 120) * DAY)
    if dice < 0.05:
        lead.owners.append((later, draw.pick(on_duty(seed, lead.market.code, later)).id))
    elif dice < 0.06:
        lead.places.append((later, lead.places[0][1]._replace(country="US", state="DE", city="Wilmington")))
    elif dice < 0.07:
        lead.channels.append((later, "DIRECT_TRAFFIC"))
    elif dice < 0.075 and len(lead.stages) > 1 and lead.stages[1][0] - lead.created > 6 * HOUR:
        lead.stages.insert(1, (lead.stages[1][0] - 2 * HOUR, "evangelist"))
    elif dice < 0.08 and len(lead.stages) == 1:
        lead.deleted = later
    elif dice < 0.085 and len(lead.stages) <= 2 and lead.stages[-1][1] != OPPORTUNITY:
        lead.places = [(lead.created, lead.places[0][1]._replace(country=None, state=None, city=None))]
