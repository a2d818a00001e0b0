"""The stages of the sales funnel (funnel.toml)."""

from pydantic import Field

from include.company.frozen import Frozen


class Funnel(Frozen):
    """The stages in order, and how each vendor's words map to them."""

    order: tuple[str, ...]
    exits: tuple[str, ...]
    optional: tuple[str, ...]
    labels: dict[str, str]
    hubspot: dict[str, dict[str, str]] = Field(default_factory=dict)
