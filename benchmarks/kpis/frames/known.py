"""Accounts, leads and deals as known at each region's cutoff, and who is who; ids are numbers from here on."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.kpis.landed import files

PLACE = ["channel", "region", "country", "subdivision", "city"]
CUTS: tuple[list[str], ...] = (
    [], ["channel"], ["region"], ["region", "channel"], ["region", "country"], ["region", "country", "subdivision"],
)  # fmt: skip
Numbers = np.ndarray[Any, Any]


def read(folder: Path, table: str, columns: Sequence[str], where: Any = None) -> pd.DataFrame:
    """Some columns of a table; amounts as floats, texts as categories but for ids."""
    found = pq.read_table(files(folder)[table], columns=list(columns), filters=where, partitioning=None)
    for index, field in enumerate(found.schema):
        if pa.types.is_decimal(field.type):
            found = found.set_column(index, field.name, pc.cast(found[index], pa.float64()))
        elif pa.types.is_string(field.type) and not field.name.endswith("_id"):
            found = found.set_column(index, field.name, found[index].dictionary_encode().unify_dictionaries())
    return found.to_pandas()


def rolled(fine: pd.DataFrame, keys: list[str], sums: list[str], cuts: Sequence[list[str]] = CUTS) -> pd.DataFrame:
    """The sums of each cut; what it rolls up is missing."""
    parts = (fine.groupby([*keys, *cut], observed=True, as_index=False)[sums].sum() for cut in cuts)
    return pd.concat(parts, ignore_index=True)


def months(days: Any) -> Numbers:
    """Days since 1970 as months since then; missing as -1."""
    known = pd.isna(days)
    dates = np.where(known, 0, days).astype("int64").astype("datetime64[D]")
    return np.where(known, -1, dates.astype("datetime64[M]").astype("int64"))


class Known:
    """The relations that the tables are made from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.regions = read(folder, "regions", ["region", "currency", "company_currency", "timezone", "cutoff"])
        self.regions = self.regions.astype({"region": "str", "timezone": "str"}).set_index("region")
        places = read(folder, "places", ["place", "region"]).astype("str")
        self.home = dict(zip(places["place"], places["region"], strict=True))
        periods = read(folder, "periods", ["period_start", "period_end", "is_recent"])
        starts = pd.to_datetime(periods["period_start"])
        self.months = starts.to_numpy().astype("datetime64[M]").astype("int64")
        self.ends = pd.to_datetime(periods["period_end"]).to_numpy().astype("datetime64[D]").astype("int64")
        self.recent = self.months[periods["is_recent"].to_numpy()]
        self.accounts = self._accounts()
        self.leads = self._leads()
        self.merged = survivors(self.leads["into"])
        self.people = self._people()
        self.deals = self._deals()

    def place(self, frame: pd.DataFrame) -> Numbers:
        """The region of each row: its subdivision's, else its country's."""
        subdivision = frame["subdivision"].map(self.home).astype("str")
        return subdivision.fillna(frame["country"].map(self.home).astype("str")).fillna("unassigned").to_numpy()

    def cutoff(self, regions: Any) -> pd.Series:
        return pd.Series(regions).map(self.regions["cutoff"])

    def local_days(self, stamps: pd.Series, regions: Any) -> Numbers:
        """The local date of each stamp as a number since 1970; NaN for none."""
        zones = pd.Series(regions).astype("str").map(self.regions["timezone"]).to_numpy()
        found = np.full(len(stamps), np.nan)
        for zone in pd.unique(zones):
            here = zones == zone
            local = stamps[here].dt.tz_convert(zone).dt.tz_localize(None)
            days = local.to_numpy().astype("datetime64[D]").astype("int64").astype("float64")
            found[here] = np.where(local.isna(), np.nan, days)
        return found

    def as_of(self, versions: pd.DataFrame, key: str, traits: list[str], state: list[str]) -> pd.DataFrame:
        """One row a key, by number: `traits` of the first version, `state` of the last before the cutoff."""
        versions = versions.sort_values([key, "updated_at"], ignore_index=True)
        first = versions.drop_duplicates(key).set_index(key)
        region = pd.Series(self.place(first), first.index)
        cutoff = region.map(self.regions["cutoff"])
        past = versions[versions["updated_at"].to_numpy() < cutoff.reindex(versions[key]).to_numpy()]
        last = past.drop_duplicates(key, keep="last").set_index(key)[state]
        unknown = first.index.difference(last.index)
        last = pd.concat([last, first.loc[unknown, state]]) if len(unknown) else last
        known = first[traits].assign(region=region, cutoff=cutoff).join(last)
        return known[known["created_at"] < known["cutoff"]]

    def _accounts(self) -> pd.DataFrame:
        traits = ["created_at", "channel", "country", "subdivision", "city"]
        landed = read(self.folder, "accounts", ["account_id", "parent_account_id", *traits, "is_test", "updated_at"])
        self.account_ids = pd.Index(landed["account_id"].unique())
        landed["account"] = self.account_ids.get_indexer(landed["account_id"])
        landed["parent"] = self.account_ids.get_indexer(landed["parent_account_id"])
        return self.as_of(landed, "account", traits, ["is_test", "parent"])

    def _leads(self) -> pd.DataFrame:
        traits = ["created_at", "channel", "country", "subdivision", "city"]
        state = ["account_id", "is_test", "deleted_at", "merged_into_lead_id", "merged_at"]
        landed = read(self.folder, "leads", ["lead_id", *traits, *state, "updated_at"])
        self.lead_ids = pd.Index(landed["lead_id"].unique())
        landed["lead"] = self.lead_ids.get_indexer(landed["lead_id"])
        landed["into"] = self.lead_ids.get_indexer(landed["merged_into_lead_id"])
        landed["account"] = self.account_ids.get_indexer(landed["account_id"])
        known = self.as_of(landed, "lead", traits, ["account", "is_test", "deleted_at", "into", "merged_at"])
        tests = self.accounts.index[self.accounts["is_test"]]
        known["is_test"] |= known["account"].isin(tests)
        known["is_deleted"] = known["deleted_at"] < known["cutoff"]
        counts = known["merged_at"].isna() | (known["merged_at"] < known["cutoff"])
        known["into"] = known["into"].where(counts & (known["into"] != known.index), -1)
        return known

    def _people(self) -> pd.DataFrame:
        """By the number of the surviving lead: place and creation of the earliest of its records."""
        records = self.leads[~self.leads["is_test"]]
        person = records.index.to_series().map(self.merged).fillna(records.index.to_series()).astype("int64")
        records = records.assign(person=person)
        several = records["person"].isin(set(self.merged.to_numpy()))
        first = records[several].sort_values(["person", "created_at", "lead"]).drop_duplicates("person")
        people = pd.concat([records[~several], first]).set_index("person")
        out = self.leads.index[self.leads["is_test"] | self.leads["is_deleted"]]
        people = people[~people.index.isin(out)]
        return people[["created_at", "cutoff", *PLACE]].assign(**_named(people))

    def _deals(self) -> pd.DataFrame:
        state = ["account_id", "type", "status", "closed_at", "is_test", "deleted_at"]
        landed = read(
            self.folder, "opportunities", ["opportunity_id", "created_at", "primary_lead_id", *state, "updated_at"]
        )
        self.deal_ids = pd.Index(landed["opportunity_id"].unique())
        landed["deal"] = self.deal_ids.get_indexer(landed["opportunity_id"])
        landed["lead"] = self.lead_ids.get_indexer(landed["primary_lead_id"])
        landed["account"] = self.account_ids.get_indexer(landed["account_id"])
        landed = landed.sort_values(["deal", "updated_at"])
        first = landed.drop_duplicates("deal").set_index("deal")
        named = landed[landed["lead"] >= 0].drop_duplicates("deal").set_index("deal")["lead"]
        placed = pd.DataFrame({"created_at": landed.groupby("deal")["created_at"].min(), "account": first["account"]})
        placed["lead"] = named.reindex(placed.index).fillna(-1).astype("int64")
        placed["person"] = placed["lead"].map(self.merged).fillna(placed["lead"]).astype("int64")
        placed.loc[~placed["person"].isin(self.people.index), "person"] = -1
        placed = self._placed(placed)
        placed["cutoff"] = placed["region"].astype("str").map(self.regions["cutoff"])
        past = landed[landed["updated_at"].to_numpy() < placed["cutoff"].reindex(landed["deal"]).to_numpy()]
        last = past.drop_duplicates("deal", keep="last").set_index("deal")
        unknown = first.index.difference(last.index)
        last = pd.concat([last, first.loc[unknown]]) if len(unknown) else last
        kept = last[["type", "status", "closed_at", "is_test", "deleted_at"]].assign(owner=last["account"])
        known = placed.join(kept)
        known = known[known["created_at"] < known["cutoff"]]
        tests = self.accounts.index[self.accounts["is_test"]]
        test_leads = self.leads.index[self.leads["is_test"]]
        out = known["is_test"] | known["owner"].isin(tests) | known["lead"].isin(test_leads)
        known = known[~out & ~(known["deleted_at"] < known["cutoff"])]
        is_closed = (known["closed_at"] < known["cutoff"]) & (known["status"] != "open")
        known["closed_at"] = known["closed_at"].where(is_closed)
        known["is_won"] = is_closed & (known["status"] == "won")
        return known

    def _placed(self, deals: pd.DataFrame) -> pd.DataFrame:
        """`deals` with the place of their person, else of their lead, else of their account."""
        person, lead, account = (
            source.reindex(deals[name])[PLACE].set_axis(deals.index)
            for source, name in ((self.people, "person"), (self.leads, "lead"), (self.accounts, "account"))
        )
        has_lead = deals["lead"].isin(self.leads.index)
        found = {}
        for name in PLACE:
            own = person[name].astype("str").fillna(lead[name].astype("str"))
            other = account[name].astype("str")
            both = own.fillna(other) if name in ("channel", "region") else own.where(has_lead, other)
            found[name] = both.fillna("unassigned" if name == "region" else "unknown").astype("category")
        return deals.assign(**found)


def _named(frame: pd.DataFrame) -> dict[str, pd.Series]:
    return {name: frame[name].astype("str").fillna("unknown").astype("category") for name in PLACE}


def survivors(into: pd.Series) -> pd.Series:
    """Of each merged record the one at the end of its chain."""
    merged = into[into >= 0]
    ends = merged
    for _ in range(20):
        further = ends.map(merged)
        if further.isna().all():
            break
        ends = further.fillna(ends).astype("int64")
    return ends
