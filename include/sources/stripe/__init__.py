"""Stripe: subscription items in versions and the lines of invoices, credit notes, payments and refunds."""

from pathlib import Path

from include.company import Company, SourceConfig
from include.sources.stripe.source import Stripe


def build(company: Company, config: SourceConfig, root: Path) -> Stripe:
    return Stripe(company, config, root)


__all__ = ["Stripe", "build"]
