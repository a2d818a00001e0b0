"""Rates of every day, and cells in the money of the company and of each region."""

import numpy as np
import pandas as pd

from benchmarks.kpis.frames.known import Known, read


def per_euro(known: Known) -> pd.DataFrame:
    """By day since 1970: what a euro was worth in each currency, at most seven days before."""
    columns = ["rate_date", "quote_currency", "rate", "base_currency", "rate_type"]
    rates = read(known.folder, "fx_rates", columns)
    rates = rates[(rates["base_currency"] == "EUR") & (rates["rate_type"] == "daily_close") & (rates["rate"] > 0)]
    day = pd.to_datetime(rates["rate_date"]).to_numpy().astype("datetime64[D]").astype("int64")
    wide = rates.assign(day=day).pivot_table(index="day", columns="quote_currency", values="rate", observed=True)
    wide = wide.reindex(np.arange(day.min(), day.max() + 8)).ffill(limit=7)
    wide.columns = wide.columns.astype("str")
    return wide.assign(EUR=1.0)


def factor(rates: pd.DataFrame, days: pd.Series, source: pd.Series, target: pd.Series) -> np.ndarray:
    """What one unit of `source` was worth in `target`, row by row."""
    at = rates.index.get_indexer(days)
    values = rates.to_numpy()
    origin, aim = (values[at, rates.columns.get_indexer(each.astype("str"))] for each in (source, target))
    return np.where((at >= 0), aim / origin, np.nan)


def in_moneys(known: Known, cells: pd.DataFrame) -> pd.DataFrame:
    """Each cell in the company's currency (_company), each region's again in its own (_region), if that differs."""
    whole = known.regions.loc["company", "company_currency"]
    company = cells.rename(columns=lambda name: name.removesuffix("_company")).assign(currency=whole)
    own = cells["region"].astype("str").map(known.regions["currency"].astype("str"))
    theirs = cells[own.notna() & (own != whole)]
    region = theirs.rename(columns=lambda name: name.removesuffix("_region")).assign(currency=own[theirs.index])
    return pd.concat([company, region])
