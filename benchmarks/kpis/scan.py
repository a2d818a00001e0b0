"""A pure scan: every column that the five tables touch is read once, and nothing is made of it."""

from contextlib import closing
from pathlib import Path

from benchmarks.kpis.cells import names
from benchmarks.kpis.landed import connect, limit

_PLACE = ("country", "subdivision", "city", "channel")
TOUCHED = {
    "accounts": ("account_id", "parent_account_id", *_PLACE, "created_at", "is_test", "updated_at"),
    "leads": (
        *("lead_id", "account_id", *_PLACE, "created_at", "is_test", "deleted_at", "updated_at"),
        *("merged_into_lead_id", "merged_at"),
    ),
    "opportunities": (
        *("opportunity_id", "primary_lead_id", "account_id", "type", "status", "created_at", "closed_at"),
        *("is_test", "deleted_at", "updated_at"),
    ),
    "crm_stage_history": (
        *("entity_type", "entity_id", "stage", "is_stage_change", "entered_at", "valid_from", "recorded_at"),
    ),
    "ad_spend_daily": ("date", "channel", "country", "subdivision", "currency", "spend"),
    "sales_costs": (
        *("cost_date", "channel", "country", "subdivision", "currency", "amount", "stage", "acquisition_scope"),
    ),
    "subscription_items": (
        *("item_id", "account_id", "status", "valid_from", "quantity", "unit_amount", "currency", "updated_at"),
        *("billing_interval", "interval_count", "discount_pct", "discount_amount", "discount_ends_at", "is_metered"),
        *("canceled_at", "cancel_effective_at"),
    ),
    "fx_rates": ("rate_date", "base_currency", "quote_currency", "rate_type", "rate"),
}  # fmt: skip


def run(folder: Path, out: Path) -> None:
    """Read; write nothing."""
    with closing(connect(folder)) as connection:
        limit(connection, out)
        for name, columns in TOUCHED.items():
            if name == "subscription_items" and "retention" not in names():
                continue
            connection.execute(f"select {', '.join(f'max({column})' for column in columns)} from {name}").fetchall()
