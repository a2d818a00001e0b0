"""A row a person and a row a deal with the local day of each stage; from them the funnel and the windows."""

import numpy as np
import pandas as pd

from benchmarks.kpis.frames.known import CUTS, PLACE, Known, Numbers, months, read, rolled

STAGES = ["lead", "mql", "sql", "sal", "opportunity", "poc", "poc_evaluation", "negotiation", "won"]
WINDOWS = (7, 30, 90)


def moves(known: Known, entity: str) -> pd.DataFrame:
    """The known stage changes of lead records (by person) or deals."""
    columns = ["entity_type", "entity_id", "stage", "is_stage_change", "entered_at", "valid_from", "recorded_at"]
    where = [("entity_type", "=", entity), ("is_stage_change", "=", True)]
    landed = read(known.folder, "crm_stage_history", columns, where).drop(columns=["entity_type", "is_stage_change"])
    if entity == "lead":
        landed["lead"] = known.lead_ids.get_indexer(landed.pop("entity_id"))
        landed["person"] = landed["lead"].map(known.merged).fillna(landed["lead"]).astype("int64")
        landed = landed.join(known.people["cutoff"], on="person", how="inner")
    else:
        landed["deal"] = known.deal_ids.get_indexer(landed.pop("entity_id"))
        landed = landed.join(known.deals[["cutoff", "person", "lead"]], on="deal", how="inner")
    landed = landed[(landed["recorded_at"] < landed["cutoff"]) & (landed["entered_at"] < landed["cutoff"])]
    return landed.drop(columns=["recorded_at", "cutoff"])


class Ways:
    """The stage changes, and `fine`: what came of each entry, by the finest cell."""

    def __init__(self, known: Known) -> None:
        self.known = known
        known.lead_moves, known.deal_moves = moves(known, "lead"), self._deal_moves()
        person, deal = self._person(), self._deal()
        self.deal_days = deal
        parts = [_outcomes(person, STAGES[index], person_days(person, index)) for index in range(4)]
        kept = deal[(deal["type"] != "renewal").to_numpy()]
        parts += [_outcomes(kept, STAGES[index], person_days(kept, index)) for index in range(4, 8)]
        self.fine = pd.concat(parts, ignore_index=True).astype(dict.fromkeys(PLACE, "category"))
        self.fine = self.fine[self.fine["month"].isin(known.months)]

    def _deal_moves(self) -> pd.DataFrame:
        deals = self.known.deals
        made = pd.DataFrame(
            {
                "stage": "opportunity", "entered_at": deals["created_at"], "valid_from": deals["created_at"],
                "deal": deals.index, "person": deals["person"], "lead": deals["lead"],
            }
        )  # fmt: skip
        known = moves(self.known, "opportunity")
        return pd.concat([known.astype({"stage": "str"}), made], ignore_index=True).astype({"stage": "category"})

    def _person(self) -> pd.DataFrame:
        """A row a person, with d0 to d8."""
        known = self.known
        seen = pd.concat(
            [
                known.lead_moves.loc[known.lead_moves["stage"] != "lead", ["person", "stage", "entered_at"]],
                known.deal_moves.loc[known.deal_moves["person"] >= 0, ["person", "stage", "entered_at"]],
            ]
        )
        first = _pivot(seen.astype({"stage": "str"}), "person").reindex(known.people.index)
        won = known.deals[known.deals["is_won"] & (known.deals["type"] == "new") & (known.deals["person"] >= 0)]
        won_at = won.groupby("person")["closed_at"].min().reindex(known.people.index)
        first["won"] = won_at.fillna(first["won"])
        times = _inferred(first, STAGES[1:])
        times["lead"], times["won"] = known.people["created_at"], won_at
        return _days(known, known.people, times, range(9))

    def _deal(self) -> pd.DataFrame:
        """A row a deal, with d4 to d8."""
        known = self.known
        first = _pivot(known.deal_moves[["deal", "stage", "entered_at"]].astype({"stage": "str"}), "deal")
        first = first.reindex(known.deals.index)
        first["won"] = known.deals["closed_at"].where(known.deals["is_won"])
        times = _inferred(first, STAGES[5:])
        times["opportunity"] = known.deals["created_at"]
        return _days(known, known.deals, times, range(4, 9))


def _pivot(seen: pd.DataFrame, key: str) -> pd.DataFrame:
    """The first time of each stage in a column of its own."""
    seen = seen[seen["stage"].isin(STAGES)]
    return seen.groupby([key, "stage"])["entered_at"].min().unstack("stage").reindex(columns=STAGES)


def _inferred(times: pd.DataFrame, stages: list[str]) -> pd.DataFrame:
    """A stage passed unseen has the time of the next one seen."""
    found = {stages[-1]: times[stages[-1]]}
    for stage, after in zip(stages[-2::-1], stages[:0:-1], strict=True):
        found[stage] = times[stage].fillna(found[after])
    return pd.DataFrame(found)


def _days(known: Known, cells: pd.DataFrame, times: pd.DataFrame, indexes: range) -> pd.DataFrame:
    regions = cells["region"]
    days = {f"d{index}": known.local_days(times[STAGES[index]], regions) for index in indexes}
    kept = [*PLACE, *(["type"] if "type" in cells else [])]
    return cells[kept].assign(**days)


def person_days(ways: pd.DataFrame, index: int) -> tuple[Numbers, Numbers, Numbers]:
    """Of stage `index`: the day of the entry, of the next stage or a later one, and of the next stage itself."""
    later = [ways[f"d{each}"].to_numpy() for each in range(index + 1, 9)]
    return ways[f"d{index}"].to_numpy(), np.fmin.reduce(later), later[0]


def _outcomes(ways: pd.DataFrame, stage: str, days: tuple[Numbers, Numbers, Numbers]) -> pd.DataFrame:
    entered, moved, following = days
    here = ~np.isnan(entered)
    counted = ways.loc[here, PLACE].assign(
        stage=stage,
        month=months(entered[here]),
        n=1,
        moved=(moved - entered)[here] <= 90,
        **{f"within_{window}": (following - entered)[here] <= window for window in WINDOWS},
    )
    sums = ["n", "moved", *(f"within_{window}" for window in WINDOWS)]
    return counted.groupby(["stage", "month", *PLACE], observed=True, as_index=False)[sums].sum()


def cube(ways: Ways) -> pd.DataFrame:
    sums = ["n", "moved", *(f"within_{window}" for window in WINDOWS)]
    recent = ways.fine[ways.fine["month"].isin(ways.known.recent)]
    cities = rolled(recent, ["stage", "month"], sums, [["region", "country", "subdivision", "city"]])
    return pd.concat([rolled(ways.fine, ["stage", "month"], sums, CUTS), cities])


def cells(ways: Ways) -> pd.DataFrame:
    counts = {"lead": "leads_created", "mql": "mql_count", "sql": "sql_count"}
    counted = ways.cube[ways.cube["stage"].isin(counts)]
    counted = counted.assign(kpi=counted["stage"].map(counts), stage=None, numerator=counted["n"], value=counted["n"])
    rates = ways.cube.assign(
        kpi="stage_conversion_rate", numerator=ways.cube["moved"], denominator=ways.cube["n"],
        value=ways.cube["moved"] / ways.cube["n"],
    )  # fmt: skip
    return pd.concat([counted, rates]).assign(statistic="value")


def windows(ways: Ways) -> pd.DataFrame:
    mqls = ways.cube[ways.cube["stage"] == "mql"].assign(stage=None, statistic="value")
    parts = (
        mqls.assign(
            kpi=f"mql_to_sql_rate_{window}", numerator=mqls[f"within_{window}"], denominator=mqls["n"],
            value=mqls[f"within_{window}"] / mqls["n"],
        )
        for window in WINDOWS
    )  # fmt: skip
    return pd.concat(parts)
