"""Visits to a stage that ended: their mean, median and ninth decile by the month of the end."""

import numpy as np
import pandas as pd

from benchmarks.kpis.frames.funnel import STAGES
from benchmarks.kpis.frames.known import CUTS, PLACE, Known, months

ORDER = {stage: index for index, stage in enumerate(STAGES)}


def cells(known: Known) -> pd.DataFrame:
    leads, deals = _leads(known), _deals(known)
    ended = pd.concat([leads, deals], ignore_index=True).astype(dict.fromkeys(["stage", *PLACE], "category"))
    ended = ended[ended["month"].isin(known.months) & (ended["days"] >= 0)]
    return pd.concat([_statistics(ended, cut) for cut in CUTS])


def _statistics(ended: pd.DataFrame, cut: list[str]) -> pd.DataFrame:
    grouped = ended.groupby(["stage", "month", *cut], observed=True)["days"]
    sums = grouped.agg(numerator="sum", denominator="count").reset_index()
    means = sums.assign(statistic="value", value=sums["numerator"] / sums["denominator"])
    levels = (
        grouped.quantile([0.5, 0.9]).rename_axis([*grouped.sum().index.names, "level"]).rename("value").reset_index()
    )
    levels["statistic"] = levels["level"].map({0.5: "median", 0.9: "p90"})
    return pd.concat([means, levels.drop(columns="level")]).assign(kpi="time_in_stage")


def _leads(known: Known) -> pd.DataFrame:
    """Each record by its own history; where its deal moves, its visit ends."""
    records = known.leads[~known.leads["is_test"]]
    person = records.index.to_series().map(known.merged).fillna(records.index.to_series()).astype("int64")
    made = pd.DataFrame(
        {
            "lead": records.index, "person": person, "stage": "lead", "entered_at": records["created_at"],
            "valid_from": records["created_at"],
        }
    )  # fmt: skip
    made = made[made["person"].isin(known.people.index)]
    columns = ["lead", "person", "stage", "entered_at", "valid_from"]
    theirs = known.deal_moves.loc[known.deal_moves["person"] >= 0, columns]
    visits = _ended([known.lead_moves[columns], made, theirs], "lead")
    visits = visits[visits["order"].between(0, 3) & visits["exited_at"].notna()].join(known.people[PLACE], on="person")
    return _dated(known, visits)


def _deals(known: Known) -> pd.DataFrame:
    """Who is closed has left its stage, whatever its history says."""
    visits = _ended([known.deal_moves[["deal", "stage", "entered_at", "valid_from"]]], "deal")
    visits = visits[visits["order"] >= 4].join(known.deals[[*PLACE, "closed_at"]], on="deal")
    leaves = (visits["closed_at"] >= visits["entered_at"]) & (visits["order"] < ORDER["won"])
    visits["exited_at"] = visits["exited_at"].fillna(visits["closed_at"].where(leaves))
    return _dated(known, visits[visits["exited_at"].notna()])


def _ended(parts: list[pd.DataFrame], key: str) -> pd.DataFrame:
    """A row a visit, with the moment it ended if it did; rows of one stage in a row are one visit."""
    rows = pd.concat([part.astype({"stage": "str"}) for part in parts], ignore_index=True)
    rows["order"] = rows["stage"].map(ORDER).fillna(-100).astype("int8")
    rows["stage"] = rows["stage"].astype("category")
    rows = rows.sort_values([key, "valid_from", "order", "entered_at"], ignore_index=True)
    code = rows["stage"].cat.codes
    rows = rows[(rows[key] != rows[key].shift()) | (code != code.shift())]
    follows = rows[key] == rows[key].shift(-1)
    return rows.assign(exited_at=rows["entered_at"].shift(-1).where(follows))


def _dated(known: Known, visits: pd.DataFrame) -> pd.DataFrame:
    lasted = (visits["exited_at"] - visits["entered_at"]).to_numpy().astype("int64")
    days = np.floor(lasted / 86.4 + 0.5) / 1e9  # billionths of a day, as the facts have them
    month = months(known.local_days(visits["exited_at"], visits["region"]))
    return visits[["stage", *PLACE]].assign(days=days, month=month)
