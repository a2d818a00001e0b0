"""What every part of the configuration is: unchangeable, and without a key that nobody knows."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
