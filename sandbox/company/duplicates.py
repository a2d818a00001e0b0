"""Duplicates: the same person entered twice or three times, later merged; from then on the survivor lives the life."""

from sandbox.company.calendar import DAY
from sandbox.company.chance import Draw
from sandbox.company.deals import Deal
from sandbox.company.journey import LEAD
from sandbox.company.leads import Lead
from sandbox.company.markets import HUBSPOT_WORD
from sandbox.company.places import PLACES
from sandbox.company.steps import Steps

SHARE = 0.02
_WORDS = tuple(HUBSPOT_WORD.values())


def duplicated(draw: Draw, lead: Lead, deal: Deal | None) -> list[Lead]:
    """The lead and its duplicates, merges drawn, stages dealt out to who holds them at the time."""
    if not draw.chance(SHARE) or lead.test or lead.defect or lead.deleted:
        return [lead]
    lead.owners, lead.channels, lead.places = lead.owners[:1], lead.channels[:1], lead.places[:1]
    members, holder = [lead], lead
    deal_from = deal.created if deal else None
    for n in range(2 if draw.chance(0.12) else 1):
        steps = Steps(draw, lead.market, members[-1].absorbed[-1][0] if n and members[-1].absorbed else holder.created)
        copy = _copy(draw, lead, lead.id + 50_000 + n * 20_000, steps.after(4.0, 0.9))
        merged_at = max(steps.after(9.0, 0.7), copy.created + DAY // 24)
        if n and merged_at <= max(at for member in members for at, _ in member.absorbed):
            break
        members.append(copy)
        copy_survives = draw.chance(0.4) and (deal_from is None or merged_at < deal_from)
        holder = _merge(holder, copy, merged_at) if copy_survives else _merge(copy, holder, merged_at)
    if deal:
        deal.lead = holder.id
    return members


def _copy(draw: Draw, lead: Lead, copy_id: int, created: int) -> Lead:
    place = lead.places[0][1]
    if place.country == lead.market.code:
        place = draw.weighted(PLACES[lead.market.code])
    return Lead(
        id=copy_id, created=created, market=lead.market, email=f"person{copy_id}@mail.example",
        places=[(created, place)], channels=[(created, draw.pick(_WORDS))], campaign=None, segment=lead.segment,
        origin="import", owners=[(created, lead.owners[0][1])], stages=[(created, LEAD)], statuses=[(created, "NEW")],
    )  # fmt: skip


def _merge(loser: Lead, survivor: Lead, at: int) -> Lead:
    """Archive the loser; what was still to come happens to the survivor."""
    loser.merged = (at, survivor.id)
    survivor.absorbed.append((at, loser.id))
    survivor.stages = _handed_over(loser.stages, survivor.stages, at)
    survivor.statuses = _handed_over(loser.statuses, survivor.statuses, at)
    loser.stages = [entry for entry in loser.stages if entry[0] <= at]
    loser.statuses = [entry for entry in loser.statuses if entry[0] <= at]
    survivor.qualification = survivor.qualification or loser.qualification
    survivor.disqualify_reason = survivor.disqualify_reason or loser.disqualify_reason
    if survivor.firm is None and loser.firm is not None:
        survivor.firm, survivor.firm_since = loser.firm, max(at, loser.firm_since)
    return survivor


def _handed_over(loser: list[tuple[int, str]], survivor: list[tuple[int, str]], at: int) -> list[tuple[int, str]]:
    """The survivor's entries with the loser's later ones, without entries that change nothing."""
    joined = sorted(survivor + [entry for entry in loser if entry[0] > at])
    return [entry for n, entry in enumerate(joined) if n == 0 or entry[1] != joined[n - 1][1]]
