"""targets.csv: the planning sheet, every version of it."""

from collections.abc import Iterator

from sandbox.company.targets import targets
from sandbox.world import World

HEADER = ("period_start", "period_end", "metric", "region", "rep_id", "target_value", "currency", "valid_from")


def rows(world: World) -> Iterator[tuple[object, ...]]:
    yield HEADER
    for one in targets(world.firms, world.clock.now):
        since = f"{one.since:%Y-%m-%dT%H:%M:%SZ}"
        yield one.first, one.last, one.metric, one.region, one.rep, one.value, one.currency, since
