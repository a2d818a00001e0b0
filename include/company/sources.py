"""The systems that are read (sources.toml)."""

from pydantic import BaseModel, ConfigDict

from include.company.regions import COMPANY


class SourceConfig(BaseModel):
    """A section of sources.toml. What a kind needs beyond these stays in `model_extra`."""

    model_config = ConfigDict(frozen=True, extra="allow")

    name: str
    kind: str
    connection: str | None = None
    required: bool = False
    sandbox: bool = False
    regions: tuple[str, ...] = ()

    def serves(self, region: str) -> bool:
        """Whether `region` reads from this source; the company reads from all of them."""
        return region == COMPANY or not self.regions or region in self.regions
