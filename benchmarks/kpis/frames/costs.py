"""What a lead, an MQL, an SQL, an opportunity and a customer cost."""

import pandas as pd

from benchmarks.kpis.frames.funnel import Ways
from benchmarks.kpis.frames.known import Known, months, read, rolled, survivors
from benchmarks.kpis.frames.money import factor, in_moneys, per_euro

KPIS = {
    "cost_per_lead": ("lead", 0), "cost_per_mql": ("mql", 1), "cost_per_sql": ("sql", 2),
    "cost_per_opportunity": ("deal", 4), "cac": ("customer", 9),
}  # fmt: skip
_REACH = {"visitor": 0, "lead": 0, "mql": 1, "sql": 2, "sal": 4, "opportunity": 4}
_PLACE = ["channel", "region", "country", "subdivision"]


def cells(known: Known, ways: Ways) -> pd.DataFrame:
    fine = pd.concat([_spent(known), _bought(known, ways)], ignore_index=True)
    fine = fine[fine["month"].isin(known.months)].astype(dict.fromkeys(_PLACE, "category"))
    sums = [name for name in fine if name not in ("month", *_PLACE)]
    cube = rolled(fine.fillna(dict.fromkeys(sums, 0)), ["month"], sums)
    return pd.concat([_kpi(known, cube, kpi, *of) for kpi, of in KPIS.items()])


def _kpi(known: Known, cube: pd.DataFrame, kpi: str, bought: str, reach: int) -> pd.DataFrame:
    given = cube[["month", *_PLACE]].assign(
        kpi=kpi, statistic="value", numerator_region=cube[f"region_{reach}"],
        numerator_company=cube[f"company_{reach}"], denominator=cube[bought],
    )  # fmt: skip
    moneys = in_moneys(known, given[(given["numerator_company"] != 0) | (given["denominator"] > 0)])
    return moneys.assign(value=(moneys["numerator"] / moneys["denominator"]).where(moneys["denominator"] > 0))


def _spent(known: Known) -> pd.DataFrame:
    """Amounts by month and place in both moneys, as far as each KPI counts them."""
    place = ["channel", "country", "subdivision"]
    ads = read(known.folder, "ad_spend_daily", ["date", *place, "currency", "spend"])
    ads = ads.rename(columns={"date": "day", "spend": "amount"}).assign(reach=-1)
    columns = ["cost_date", *place, "currency", "amount", "stage", "acquisition_scope"]
    selling = read(known.folder, "sales_costs", columns).rename(columns={"cost_date": "day"})
    selling = selling[selling["acquisition_scope"] == "new"]
    selling["reach"] = selling["stage"].astype("str").map(_REACH).fillna(9).astype("int64")
    rows = pd.concat([ads, selling])[["day", *place, "currency", "amount", "reach"]].astype(
        dict.fromkeys([*place, "currency"], "category")
    )
    rows = rows.groupby(["day", *place, "currency", "reach"], observed=True, dropna=False, as_index=False).sum()
    rows["day"] = pd.to_datetime(rows["day"]).to_numpy().astype("datetime64[D]").astype("int64")
    region = pd.Series(known.place(rows), rows.index).where(rows["country"].notna(), "unallocated")
    rates = per_euro(known)
    for side, money in (("region", "currency"), ("company", "company_currency")):
        rows[f"in_{side}"] = rows["amount"] * factor(
            rates, rows["day"], rows["currency"], region.map(known.regions[money])
        )
    named = {name: rows[name].astype("str").fillna("unallocated") for name in place}
    rows = rows.assign(region=region, month=months(rows["day"]), **named)
    sums = {
        f"{side}_{reach}": rows[f"in_{side}"].where(rows["reach"] <= reach, 0.0)
        for side in ("region", "company")
        for _, reach in KPIS.values()
    }
    return rows[["month", *_PLACE]].assign(**sums).groupby(["month", *_PLACE], as_index=False).sum()


def _bought(known: Known, ways: Ways) -> pd.DataFrame:
    stages = ways.fine[ways.fine["stage"].isin(["lead", "mql", "sql"])]
    counted = stages.astype(dict.fromkeys(_PLACE, "str")).pivot_table(
        index=["month", *_PLACE], columns="stage", values="n", aggfunc="sum", observed=True
    )
    new = ways.deal_days[(ways.deal_days["type"] == "new").to_numpy()]
    deals = _counted(new, months(new["d4"].to_numpy()), "deal")
    tops = survivors(known.accounts["parent"])
    won = known.deals[known.deals["is_won"] & (known.deals["type"] == "new")].copy()
    won["customer"] = won["owner"].map(tops).fillna(won["owner"])
    won["name"] = known.deal_ids.to_numpy()[won.index]
    first = won.sort_values(["closed_at", "name"]).drop_duplicates("customer")
    customers = _counted(first, months(known.local_days(first["closed_at"], first["region"])), "customer")
    return pd.concat([counted.reset_index(), deals, customers])


def _counted(rows: pd.DataFrame, month: object, name: str) -> pd.DataFrame:
    rows = rows[_PLACE].astype("str").assign(month=month, **{name: 1})
    return rows.groupby(["month", *_PLACE], as_index=False).sum()
