"""The cells a KPI is scored in: the cuts of the fixed interface, as far as its dimensions allow."""

from include.kpis.kpi import DIMENSIONS, Kpi

Cut = tuple[str, ...]

TO_COUNTRY: tuple[Cut, ...] = ((), ("channel",), ("region",), ("region", "channel"), ("region", "country"))
FINE: tuple[Cut, ...] = (("region", "country", "subdivision"), ("region", "rep"))
CITY: Cut = ("region", "country", "subdivision", "city")


def cuts(kpi: Kpi) -> tuple[Cut, ...]:
    """Every grouping set of `kpi`: each cut, each by stage where it has one, each by at most one breakdown."""
    places = [cut for cut in (*TO_COUNTRY, *FINE) if set(cut) <= set(kpi.dimensions)]
    staged = [
        cut for place in places for cut in ((place, (*place, "stage")) if "stage" in kpi.dimensions else (place,))
    ]
    broken = [(*cut, breakdown) for cut in staged for breakdown in kpi.breakdowns]
    city = [CITY] if set(CITY) <= set(kpi.dimensions) else []
    return tuple((*staged, *broken, *city))


def fits(cut: Cut, grain: str, is_recent: bool) -> bool:
    """Whether the interface lists `cut` at `grain`: days only up to country, cities only in the latest two months."""
    if grain == "day":
        return tuple(name for name in cut if name != "stage") in TO_COUNTRY
    return "city" not in cut or is_recent


def breakdown(cut: Cut) -> str | None:
    """The one dimension of `cut` that is no column of the scores."""
    return next((name for name in cut if name not in DIMENSIONS), None)
