"""What payers are worth at month ends, how much of it stays, and who of each cohort is left."""

import numpy as np
import pandas as pd

from benchmarks.kpis.frames.known import CUTS, Known, months, read, rolled, survivors
from benchmarks.kpis.frames.money import factor, in_moneys, per_euro

_PLACE = ["channel", "region", "country", "subdivision"]
_MONTHS = {"year": 12.0, "quarter": 3.0, "month": 1.0, "week": 12.0 / 52, "day": 12.0 / 365}


def cells(known: Known) -> pd.DataFrame:
    worth = _worth(known)
    first = worth.groupby("payer", as_index=False)["from_day"].min()
    traits = known.accounts.loc[first["payer"], _PLACE].reset_index(drop=True).astype("str")
    traits = traits.fillna("unknown").astype("category").assign(payer=first["payer"], first_day=first["from_day"])
    standing = _standing(known, worth)
    return pd.concat([_ratios(known, standing, traits), _triangle(known, standing, traits)])


def _worth(known: Known) -> pd.DataFrame:
    """A row an item and state: from which local day to before which one it was worth how much a month."""
    items = _versions(known)
    items = items[items["status"].isin(["active", "past_due"]) & ~items["is_metered"]]
    ends = items["ends_at"].where(items["ends_at"] > items["valid_from"])
    items = items.assign(stops_at=pd.concat([items["valid_to"], ends], axis=1).min(axis=1))
    items["gross"] = items["quantity"] * items["unit_amount"]
    off = items["discount_amount"].fillna(0)
    items["net"] = items["gross"] * (1 - items["discount_pct"].fillna(0) / 100) - off
    until = items["discount_ends_at"]
    early = until.where(until > items["valid_from"])
    now = items.assign(
        start=items["valid_from"], stop=pd.concat([items["stops_at"], early], axis=1).min(axis=1),
        net=items["net"].where(~(until <= items["valid_from"]), items["gross"]),
    )  # fmt: skip
    after = items[early.notna() & (items["stops_at"].isna() | (items["stops_at"] > until))]
    after = after.assign(start=after["discount_ends_at"], stop=after["stops_at"], net=after["gross"])
    parts = pd.concat([now, after], ignore_index=True)
    parts = parts[parts["net"] > 0].reset_index(drop=True)
    spans = parts["interval_count"].fillna(1) * parts["billing_interval"].astype("str").map(_MONTHS)
    parts["mrr"] = (parts["net"] / spans).round(9)
    parts["from_day"] = known.local_days(parts["start"], parts["region"])
    parts["to_day"] = np.nan_to_num(known.local_days(parts["stop"], parts["region"]), nan=np.inf)
    return parts.loc[parts["to_day"] > parts["from_day"], ["payer", "region", "currency", "from_day", "to_day", "mrr"]]


def _versions(known: Known) -> pd.DataFrame:
    """Of each validity that had begun the last known version; of an item nobody knew yet the first."""
    columns = [
        *("item_id", "account_id", "status", "valid_from", "quantity", "unit_amount", "currency", "billing_interval"),
        *("interval_count", "discount_amount", "discount_pct", "discount_ends_at", "is_metered", "canceled_at"),
        *("cancel_effective_at", "updated_at"),
    ]
    items = read(known.folder, "subscription_items", columns)
    account = known.account_ids.get_indexer(items.pop("account_id"))
    top = survivors(known.accounts["parent"])
    items["payer"] = pd.Series(account, items.index).map(top).fillna(pd.Series(account, items.index)).astype("int64")
    items["item"] = pd.factorize(items.pop("item_id"))[0]
    tests = known.accounts.index[known.accounts["is_test"]]
    items = items[~(np.isin(account, tests) | items["payer"].isin(tests).to_numpy())]
    items["region"] = known.accounts["region"].reindex(items["payer"]).fillna("unassigned").to_numpy()
    items["cutoff"] = items["region"].map(known.regions["cutoff"])
    items = items[items["valid_from"] < items["cutoff"]]
    past = items[items["updated_at"] < items["cutoff"]].sort_values(["item", "valid_from", "updated_at"])
    chosen = past.drop_duplicates(["item", "valid_from"], keep="last")
    unknown = items[~items["item"].isin(past["item"])].sort_values(["item", "updated_at", "valid_from"])
    chosen = pd.concat([chosen, unknown.drop_duplicates("item")]).sort_values(["item", "valid_from"])
    chosen["valid_to"] = chosen["valid_from"].shift(-1).where(chosen["item"] == chosen["item"].shift(-1))
    is_known = chosen["canceled_at"].isna() | (chosen["canceled_at"] < chosen["cutoff"])
    return chosen.assign(ends_at=chosen["cancel_effective_at"].where(is_known))


def _standing(known: Known, worth: pd.DataFrame) -> pd.DataFrame:
    """By payer, currency and number of a month end (0: before the first month): what stood."""
    ends = np.concatenate([[known.ends[0] - _length(known)], known.ends])
    first = np.searchsorted(ends, worth["from_day"].to_numpy(), side="left")
    stop = np.searchsorted(ends, worth["to_day"].to_numpy(), side="left")
    times = np.maximum(stop - first, 0)
    at = np.repeat(first, times) + np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    rows = worth.loc[worth.index.repeat(times), ["payer", "region", "currency", "mrr"]].assign(number=at)
    keys = ["payer", "region", "currency", "number"]
    return rows.astype({"region": "category"}).groupby(keys, observed=True, as_index=False)["mrr"].sum()


def _length(known: Known) -> int:
    """Days of the first month."""
    return int(known.ends[0] - np.datetime64(int(known.months[0]), "M").astype("datetime64[D]").astype("int64") + 1)


def _ratios(known: Known, standing: pd.DataFrame, traits: pd.DataFrame) -> pd.DataFrame:
    keys = ["payer", "region", "currency", "number"]
    opening = standing[standing["number"] < len(known.ends)].assign(number=lambda rows: rows["number"] + 1)
    both = opening.merge(standing[standing["number"] > 0], on=keys, how="outer", suffixes=("", "_end"))
    both = both.fillna({"mrr": 0.0, "mrr_end": 0.0})
    since = np.concatenate([[known.ends[0] - _length(known)], known.ends])[both["number"] - 1]
    rates = per_euro(known)
    region = both["region"].astype("str")
    for side, money in (("region", "currency"), ("company", "company_currency")):
        rate = factor(rates, since, both["currency"], region.map(known.regions[money]))
        both[f"opening_{side}"], both[f"held_{side}"] = both["mrr"] * rate, both["mrr_end"] * rate
    sums = [f"{part}_{side}" for part in ("opening", "held") for side in ("region", "company")]
    payers = both.assign(was=both["mrr"] > 0).groupby(["payer", "number"], as_index=False)[[*sums, "was"]].sum()
    payers = payers[payers["was"] > 0].drop(columns="was")
    for side in ("region", "company"):
        payers[f"kept_{side}"] = payers[[f"held_{side}", f"opening_{side}"]].min(axis=1)
    payers = payers.assign(month=known.months[payers["number"] - 1]).merge(traits, on="payer")
    sums += ["kept_region", "kept_company"]
    cube = rolled(payers.groupby(["month", *_PLACE], observed=True, as_index=False)[sums].sum(), ["month"], sums)
    moneys = in_moneys(known, cube)
    parts = (
        moneys.assign(kpi=kpi, numerator=moneys[part], denominator=moneys["opening"])
        for kpi, part in (("nrr", "held"), ("grr", "kept"))
    )
    return pd.concat(parts).assign(statistic="value", value=lambda rows: rows["numerator"] / rows["denominator"])


def _triangle(known: Known, standing: pd.DataFrame, traits: pd.DataFrame) -> pd.DataFrame:
    """A cohort's size and who of it is left, at the end of every month since."""
    grown = traits.assign(month=months(traits["first_day"]))
    grown = grown[grown["month"].isin(known.months)]
    place = ["channel", "region", "country"]
    present = standing.drop_duplicates(["payer", "number"])[["payer", "number"]].merge(grown, on="payer")
    present["at"] = known.months[present["number"] - 1]
    alive = present[(present["number"] > 0) & (present["at"] >= present["month"])]
    alive = alive.groupby(["month", "at", *place], observed=True, as_index=False).size()
    sizes = grown.groupby(["month", *place], observed=True, as_index=False).size()
    sizes = sizes.merge(pd.DataFrame({"at": known.months}), how="cross")
    sizes = sizes[sizes["at"] >= sizes["month"]].rename(columns={"size": "denominator"})
    fine = sizes.merge(alive, on=["month", "at", *place], how="left").rename(columns={"size": "numerator"})
    fine["numerator"] = fine["numerator"].fillna(0)
    cube = rolled(fine, ["month", "at"], ["numerator", "denominator"], CUTS[:5])
    return cube.assign(
        kpi="cohort_retention_curve", statistic="value", age=cube["at"] - cube["month"],
        value=cube["numerator"] / cube["denominator"],
    )  # fmt: skip
