"""The cells a KPI is scored in: the cuts of the fixed interface, as far as its dimensions allow."""

from include.kpis.kpi import BREAKDOWNS, DIMENSIONS, Kpi

Cut = tuple[str, ...]
Level = tuple[str, Cut]
"""A grain and a cut."""

TO_COUNTRY: tuple[Cut, ...] = ((), ("channel",), ("region",), ("region", "channel"), ("region", "country"))
FINE: tuple[Cut, ...] = (("region", "country", "subdivision"), ("region", "rep"))
CITY: Cut = ("region", "country", "subdivision", "city")


def plain_cuts(kpi: Kpi) -> tuple[Cut, ...]:
    """The cuts by place, channel and rep that its dimensions allow; by stage where it has one."""
    stage = ("stage",) if "stage" in kpi.dimensions else ()
    finer = () if kpi.rule.aged else (*FINE, CITY)
    return tuple((*cut, *stage) for cut in (*TO_COUNTRY, *finer) if set(cut) <= set(kpi.dimensions))


def cuts(kpi: Kpi) -> tuple[Cut, ...]:
    """Every grouping set of `kpi`: the plain cuts, and all but cities again by each breakdown."""
    plain = plain_cuts(kpi)
    return (*plain, *((*cut, each) for cut in plain if "city" not in cut for each in kpi.breakdowns))


def fits(cut: Cut, grain: str, is_recent: bool) -> bool:
    """Whether the interface lists `cut` at `grain`: days only up to country, cities only in the latest two months."""
    if grain == "day":
        return tuple(name for name in cut if name != "stage") in TO_COUNTRY
    return "city" not in cut or is_recent


def levels(kpi: Kpi, sets: tuple[Cut, ...]) -> tuple[Level, ...]:
    """The grains of `kpi`, each with those of `sets` that the interface lists at it, for its latest months at least."""
    return tuple((grain, cut) for cut in sets for grain in kpi.grains if fits(cut, grain, is_recent=grain == "month"))


def breakdown(cut: Cut) -> str | None:
    """The one dimension of `cut` that is no column of the scores."""
    return next((name for name in cut if name not in DIMENSIONS), None)


def bits(cut: Cut) -> int:
    """The number that names `cut`."""
    return sum(1 << (*DIMENSIONS, *BREAKDOWNS).index(name) for name in cut)
