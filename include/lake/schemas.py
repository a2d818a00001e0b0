"""The 15 landed tables: columns, key, and how each is filed. The one place that names them.

Dated tables are filed under their own date and replaced by source and date; log tables are filed under the UTC date of
their stamp and merged by key and stamp. Money is decimal in its own currency, stamps are UTC to the microsecond.
"""

from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

TEXT, WHOLE, DAY, YES = pa.string(), pa.int64(), pa.date32(), pa.bool_()
STAMP, AMOUNT, RATE = pa.timestamp("us", tz="UTC"), pa.decimal128(18, 4), pa.decimal128(18, 8)


def _schema(**columns: pa.DataType | tuple[pa.DataType]) -> pa.Schema:
    """Columns in order; a type in a tuple is nullable. `_source` closes every table."""
    fields = [
        pa.field(name, kind[0] if isinstance(kind, tuple) else kind, nullable=isinstance(kind, tuple))
        for name, kind in columns.items()
    ]
    return pa.schema([*fields, pa.field("_source", TEXT, nullable=False)])


@dataclass(frozen=True)
class Table:
    """A landed table. `filed_by` is the date (dated) or stamp (log) that names the partition."""

    name: str
    kind: Literal["dated", "log"]
    key: tuple[str, ...]
    filed_by: str
    schema: pa.Schema
    enums: dict[str, tuple[str, ...]] = field(default_factory=dict)
    restated_days: int = 0
    """Dated tables: how many days before the range a pull takes again."""


_CONTACT = pa.struct(
    [("lead_id", TEXT), ("role", TEXT), ("is_key_role", YES), ("first_engaged_at", STAMP)],
)
_PLACE = {"country": (TEXT,), "subdivision": (TEXT,), "city": (TEXT,)}

_ALL = (
    Table(
        "web_sessions_daily", "dated",
        ("period_grain", "period_start", "channel", "campaign_id", "country", "subdivision", "city"), "period_start",
        _schema(
            period_grain=TEXT, period_start=DAY, channel=TEXT, campaign_id=(TEXT,), country=TEXT, subdivision=(TEXT,),
            city=(TEXT,), visitors=WHOLE, sessions=WHOLE, bot_filter_version=(TEXT,),
        ),
        {"period_grain": ("day", "week", "month")}, restated_days=37,
    ),
    Table(
        "ad_spend_daily", "dated",
        ("date", "platform", "ad_account_id", "campaign_id", "country", "subdivision"), "date",
        _schema(
            date=DAY, platform=TEXT, ad_account_id=TEXT, account_timezone=TEXT, campaign_id=TEXT, campaign_name=TEXT,
            channel=TEXT, country=(TEXT,), subdivision=(TEXT,), currency=TEXT, impressions=WHOLE, clicks=WHOLE,
            spend=AMOUNT, platform_conversions=(AMOUNT,), platform_conversion_value=(AMOUNT,),
        ),
        restated_days=30,
    ),
    Table(
        "sales_costs", "dated", ("cost_id",), "cost_date",
        _schema(
            cost_id=TEXT, cost_date=DAY, cost_type=TEXT, acquisition_scope=TEXT, stage=(TEXT,), rep_id=(TEXT,),
            poc_id=(TEXT,), opportunity_id=(TEXT,), channel=(TEXT,), campaign_id=(TEXT,), country=(TEXT,),
            subdivision=(TEXT,), hours=(AMOUNT,), amount=AMOUNT, currency=TEXT,
        ),
        {
            "cost_type": (
                "rep_pay", "commission", "entertainment", "travel", "tools", "agency", "event", "content", "poc_time",
                "poc_material", "other",
            ),
            "acquisition_scope": ("new", "existing"),
        },
        restated_days=62,
    ),
    Table(
        "fx_rates", "dated", ("rate_date", "base_currency", "quote_currency", "rate_type"), "rate_date",
        _schema(rate_date=DAY, base_currency=TEXT, quote_currency=TEXT, rate_type=TEXT, rate=RATE),
        {"rate_type": ("daily_close", "budget")}, restated_days=10,
    ),
    Table(
        "accounts", "log", ("account_id",), "updated_at",
        _schema(
            account_id=TEXT, parent_account_id=(TEXT,), billing_customer_id=(TEXT,), name=TEXT, **_PLACE,
            timezone=(TEXT,), segment=(TEXT,), industry=(TEXT,), channel=(TEXT,), campaign_id=(TEXT,),
            account_owner=(TEXT,), created_at=STAMP, is_test=YES, deleted_at=(STAMP,), updated_at=STAMP,
        ),
    ),
    Table(
        "leads", "log", ("lead_id",), "updated_at",
        _schema(
            lead_id=TEXT, merged_into_lead_id=(TEXT,), merged_at=(STAMP,), account_id=(TEXT,), opportunity_id=(TEXT,),
            created_at=STAMP, channel=TEXT, campaign_id=(TEXT,), origin=(TEXT,), qualification_type=(TEXT,),
            program_type=(TEXT,), **_PLACE, segment=(TEXT,), owner_rep_id=(TEXT,), team=(TEXT,),
            disqualified_at=(STAMP,), disqualify_reason=(TEXT,), is_test=YES, deleted_at=(STAMP,), updated_at=STAMP,
        ),
        {
            "origin": ("inbound", "outbound", "partner", "import", "event"),
            "qualification_type": ("mql", "pql", "iql"),
        },
    ),
    Table(
        "opportunities", "log", ("opportunity_id",), "updated_at",
        _schema(
            opportunity_id=TEXT, primary_lead_id=(TEXT,), account_id=(TEXT,), type=TEXT,
            renewal_of_subscription_id=(TEXT,), created_at=STAMP, expected_close_date=(DAY,), closed_at=(STAMP,),
            status=TEXT, lost_reason=(TEXT,), amount=(AMOUNT,), tcv=(AMOUNT,), acv=(AMOUNT,),
            contract_term_months=(WHOLE,), currency=TEXT, probability=(AMOUNT,), forecast_category=(TEXT,),
            product=(TEXT,), channel=(TEXT,), campaign_id=(TEXT,), **_PLACE, segment=(TEXT,), owner_rep_id=(TEXT,),
            team=(TEXT,), contacts=(pa.list_(_CONTACT),), is_test=YES, deleted_at=(STAMP,), updated_at=STAMP,
        ),
        {"type": ("new", "renewal", "upsell", "cross_sell"), "status": ("open", "won", "lost")},
    ),
    Table(
        "pocs", "log", ("poc_id",), "updated_at",
        _schema(
            poc_id=TEXT, type=TEXT, lead_id=(TEXT,), opportunity_id=(TEXT,), account_id=(TEXT,), country=(TEXT,),
            subdivision=(TEXT,), started_at=STAMP, planned_end_at=(STAMP,), executed_at=(STAMP,),
            accomplished_at=(STAMP,), goals_planned=(WHOLE,), evaluation_started_at=(STAMP,), evaluated_at=(STAMP,),
            evaluation_result=(TEXT,), intent_to_buy_by=(DAY,), is_test=YES, updated_at=STAMP,
        ),
        {"type": ("poc", "trial", "demo"), "evaluation_result": ("success", "fail", "withdrawn")},
    ),
    Table(
        "activities", "log", ("activity_id",), "updated_at",
        _schema(
            activity_id=TEXT, type=TEXT, direction=(TEXT,), purpose=(TEXT,), is_automated=YES, rep_id=(TEXT,),
            team=(TEXT,), lead_id=(TEXT,), account_id=(TEXT,), opportunity_id=(TEXT,), campaign_id=(TEXT,),
            program_type=(TEXT,), booked_at=(STAMP,), started_at=STAMP, duration_minutes=(AMOUNT,), outcome=(TEXT,),
            attempt_no=(WHOLE,), meeting_seq=(WHOLE,), is_follow_up=(YES,), sent_at=(STAMP,), delivered_at=(STAMP,),
            bounced_at=(STAMP,), first_open_at=(STAMP,), first_click_at=(STAMP,), is_machine_open=(YES,),
            country=(TEXT,), subdivision=(TEXT,), updated_at=STAMP,
        ),
        {
            "type": (
                "call", "email", "voicemail", "social", "approach", "meeting", "presentation", "demo", "form",
                "marketing_email",
            ),
            "direction": ("outbound", "inbound"),
            "purpose": ("prospecting", "qualification", "follow_up", "closing", "success"),
            "outcome": ("connected", "replied", "no_answer", "voicemail", "held", "no_show", "cancelled"),
        },
    ),
    Table(
        "subscription_items", "log", ("item_id", "valid_from"), "updated_at",
        _schema(
            item_id=TEXT, subscription_id=TEXT, account_id=TEXT, product=TEXT, plan=TEXT, status=TEXT,
            valid_from=STAMP, valid_to=(STAMP,), quantity=AMOUNT, unit_amount=AMOUNT, currency=TEXT,
            billing_interval=TEXT, interval_count=WHOLE, discount_amount=(AMOUNT,), discount_pct=(AMOUNT,),
            discount_ends_at=(STAMP,), is_metered=YES, term_start=(DAY,), term_end=(DAY,), auto_renew=(YES,),
            trial_start=(STAMP,), trial_end=(STAMP,), canceled_at=(STAMP,), cancel_effective_at=(STAMP,),
            updated_at=STAMP,
        ),
        {
            "status": ("trialing", "active", "past_due", "paused", "canceled"),
            "billing_interval": ("day", "week", "month", "quarter", "year"),
        },
    ),
    Table(
        "billing_lines", "log", ("doc_id", "line_id"), "updated_at",
        _schema(
            doc_id=TEXT, line_id=TEXT, doc_type=TEXT, original_doc_id=(TEXT,), account_id=TEXT,
            subscription_id=(TEXT,), opportunity_id=(TEXT,), product=(TEXT,), status=TEXT, issued_at=STAMP,
            service_period_start=(DAY,), service_period_end=(DAY,), paid_at=(STAMP,), quantity=AMOUNT,
            amount_net=AMOUNT, tax=AMOUNT, currency=TEXT, variable_cost=(AMOUNT,), is_recurring=YES,
            is_proration=YES, updated_at=STAMP,
        ),
        {
            "doc_type": ("invoice", "credit_note", "payment", "refund", "write_off"),
            "status": ("draft", "open", "paid", "void", "uncollectible"),
        },
    ),
    Table(
        "reps", "log", ("rep_id",), "updated_at",
        _schema(
            rep_id=TEXT, name=TEXT, team=(TEXT,), region=(TEXT,), valid_from=STAMP, valid_to=(STAMP,),
            updated_at=STAMP,
        ),
    ),
    Table(
        "targets", "log", ("period_start", "period_end", "metric", "region", "country", "rep_id"), "valid_from",
        _schema(
            period_start=DAY, period_end=DAY, metric=TEXT, region=(TEXT,), country=(TEXT,), rep_id=(TEXT,),
            team=(TEXT,), target_value=AMOUNT, currency=(TEXT,), valid_from=(STAMP,), valid_to=(STAMP,),
        ),
    ),
    Table(
        "crm_stage_history", "log", ("entity_type", "entity_id", "valid_from"), "recorded_at",
        _schema(
            entity_type=TEXT, entity_id=TEXT, stage=TEXT, source_stage=TEXT, is_stage_change=YES, entered_at=STAMP,
            exited_at=(STAMP,), valid_from=STAMP, valid_to=(STAMP,), amount=(AMOUNT,), currency=(TEXT,),
            probability=(AMOUNT,), expected_close_date=(DAY,), owner_rep_id=(TEXT,), changed_by=(TEXT,),
            recorded_at=STAMP,
        ),
        {"entity_type": ("lead", "opportunity")},
    ),
    Table(
        "product_events", "log", ("event_id",), "occurred_at",
        _schema(
            event_id=TEXT, account_id=TEXT, user_id=(TEXT,), poc_id=(TEXT,), event_type=TEXT, goal_id=(TEXT,),
            step_no=(WHOLE,), is_required=(YES,), occurred_at=STAMP,
        ),
        {
            "event_type": (
                "signup", "trial_start", "activation", "onboarding_start", "onboarding_step", "onboarding_completed",
                "poc_goal_accomplished", "poc_event",
            ),
        },
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in _ALL}
