"""What the gate lets pass: the numbers of CONFIG_DIR/gate.toml. Without the file, and for every key left out, the
defaults here hold; docs/gate.md says what each rule compares."""

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Rule = Literal["freshness", "volume", "rejects", "amounts", "reconciliation"]


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _ascending(low: str, first: float, high: str, second: float) -> None:
    if first > second:
        raise ValueError(f"{low} {first:g} is greater than {high} {second:g}; lower {low} or raise {high}")


class Freshness(Section):
    """grace_hours: a required source whose last complete pull began up to so many hours before the day's end gives a
    banner instead of holding."""

    grace_hours: float = Field(default=0, ge=0, le=72)


class Volume(Section):
    """Shares of the usual number of rows. deviations: how far from the usual, in widths of its own spread, a number has
    to be before the shares are asked. quiet: days (by region, or `all`) on which few rows are no news."""

    warn_below: float = Field(default=0.5, ge=0, le=1)
    hold_below: float = Field(default=0.1, ge=0, le=1)
    warn_above: float = Field(default=3, ge=1)
    hold_above: float = Field(default=20, ge=1)
    deviations: float = Field(default=6, gt=0)
    weeks: int = Field(default=8, ge=4, le=26)
    quiet: dict[str, tuple[date, ...]] = {}

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        _ascending("hold_below", self.hold_below, "warn_below", self.warn_below)
        _ascending("warn_above", self.warn_above, "hold_above", self.hold_above)
        return self


class Rejects(Section):
    """Shares of rejected rows among those that came, and how many must be rejected before a share says anything."""

    warn_above: float = Field(default=0.05, ge=0, le=1)
    hold_above: float = Field(default=0.25, ge=0, le=1)
    least: int = Field(default=20, ge=1)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        _ascending("warn_above", self.warn_above, "hold_above", self.hold_above)
        return self


class Amounts(Section):
    """How many times the usual amount (or how small a part of it: 10 also means a tenth) a day's typical amount has to
    be, and how many times the largest known a single one. deviations as for volume; least: how many amounts must be
    known before one is called unusual."""

    warn_times: float = Field(default=5, gt=1)
    hold_times: float = Field(default=10, gt=1)
    largest_warn_times: float = Field(default=3, gt=1)
    largest_hold_times: float = Field(default=10, gt=1)
    deviations: float = Field(default=4, gt=0)
    least: int = Field(default=20, ge=5)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        _ascending("warn_times", self.warn_times, "hold_times", self.hold_times)
        _ascending("largest_warn_times", self.largest_warn_times, "largest_hold_times", self.largest_hold_times)
        return self


class Reconciliation(Section):
    """Shares of crm_billing_variance, and how many deals a month needs before its share says anything."""

    warn_above: float = Field(default=0.1, ge=0)
    hold_above: float = Field(default=0.3, ge=0)
    least: int = Field(default=10, ge=1)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        _ascending("warn_above", self.warn_above, "hold_above", self.hold_above)
        return self


class Accepted(Section):
    """A person looked at what a rule holds, and lets it pass with a banner, on the report days from `first` to `last`.
    A source that was not read cannot be accepted."""

    rule: Literal["volume", "rejects", "amounts", "reconciliation"]
    table: str
    region: str
    first: date
    last: date
    why: str = Field(min_length=1)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"last {self.last} is before first {self.first}; exchange the two")
        return self


class Gate(Section):
    """All thresholds, and what was accepted."""

    freshness: Freshness = Freshness()
    volume: Volume = Volume()
    rejects: Rejects = Rejects()
    amounts: Amounts = Amounts()
    reconciliation: Reconciliation = Reconciliation()
    accepted: tuple[Accepted, ...] = ()
