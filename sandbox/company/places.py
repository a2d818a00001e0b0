"""Where the company's people are: country, ISO 3166-2 subdivision, city, with weights."""

from typing import NamedTuple

from sandbox.company.chance import Weighted


class Place(NamedTuple):
    """`state` is the part after the hyphen of ISO 3166-2."""

    country: str | None
    state: str | None
    city: str | None


def _places(country: str, *rows: tuple[str, str, float]) -> Weighted[Place]:
    return Weighted({Place(country, state, city): weight for state, city, weight in rows})


PLACES: dict[str, Weighted[Place]] = {
    "US": _places(
        "US",
        ("CA", "San Francisco", 16), ("CA", "Los Angeles", 11), ("NY", "New York", 18), ("TX", "Austin", 9),
        ("TX", "Houston", 6), ("IL", "Chicago", 9), ("WA", "Seattle", 8), ("MA", "Boston", 8), ("FL", "Miami", 6),
        ("GA", "Atlanta", 5), ("CO", "Denver", 4),
    ),
    "MX": _places(
        "MX",
        ("CMX", "Ciudad de México", 38), ("NLE", "Monterrey", 22), ("JAL", "Guadalajara", 18), ("QUE", "Querétaro", 9),
        ("PUE", "Puebla", 8), ("YUC", "Mérida", 5),
    ),
    "ES": _places(
        "ES",
        ("MD", "Madrid", 36), ("CT", "Barcelona", 30), ("VC", "València", 11), ("AN", "Sevilla", 8),
        ("AN", "Málaga", 6), ("PV", "Bilbao", 6), ("GA", "A Coruña", 3),
    ),
    "CN": _places(
        "CN",
        ("SH", "上海", 28), ("BJ", "北京", 24), ("GD", "深圳", 17), ("GD", "广州", 11), ("ZJ", "杭州", 10),
        ("SC", "成都", 6), ("JS", "南京", 4),
    ),
    "MY": _places(
        "MY",
        ("14", "Kuala Lumpur", 42), ("10", "Shah Alam", 22), ("07", "George Town", 14), ("01", "Johor Bahru", 12),
        ("13", "Kuching", 6), ("12", "Kota Kinabalu", 4),
    ),
    "ZZ": Weighted(
        {
            Place("SG", "01", "Singapore"): 34, Place("CO", "DC", "Bogotá"): 22, Place("PT", "11", "Lisboa"): 20,
            Place("CA", "ON", "Toronto"): 14, Place("DE", "BE", "Berlin"): 10,
        }
    ),
}  # fmt: skip

NUMERIC = {
    "US": 840, "MX": 484, "ES": 724, "CN": 156, "MY": 458, "SG": 702, "CO": 170, "PT": 620, "CA": 124, "DE": 276,
    "GT": 320, "AD": 20, "BN": 96,
}  # fmt: skip
"""ISO 3166-1 numeric codes, of which Google makes its country criteria (2000 + code)."""
