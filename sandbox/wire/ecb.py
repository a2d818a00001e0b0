"""The central bank's files: all history as a zipped CSV, ninety days as XML."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.company.fx import LEVEL, RETIRED, SINCE, is_published, published_at, rate
from sandbox.wire.answers import answer
from sandbox.world import World

_ENVELOPE = """<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject>
<gesmes:Sender><gesmes:name>Sample data, invented</gesmes:name></gesmes:Sender>
<Cube>
{days}
</Cube></gesmes:Envelope>
"""


def published(world: World) -> list[int]:
    """The days whose rates are out, newest first."""
    today = (world.clock.now + timedelta(hours=2)).date().toordinal()
    days = (day for day in range(today, SINCE - 1, -1) if is_published(day))
    return [day for day in days if published_at(day) <= world.clock.now]


def history_csv(world: World) -> str:
    """eurofxref-hist.csv: newest first, N/A where a currency is retired, a comma at every line's end."""
    columns = sorted((*LEVEL, *RETIRED))
    lines = ["Date," + ",".join(columns) + ","]
    for day in published(world):
        rates = ("N/A" if currency in RETIRED else str(rate(world.seed, currency, day)) for currency in columns)
        lines.append(f"{date.fromordinal(day)}," + ",".join(rates) + ",")
    return "\n".join(lines) + "\n"


def history_zip(world: World) -> bytes:
    packed = BytesIO()
    stamp = world.clock.now
    entry = ZipInfo("eurofxref-hist.csv", (stamp.year, stamp.month, stamp.day, stamp.hour, stamp.minute, stamp.second))
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr(entry, history_csv(world), ZIP_DEFLATED)
    return packed.getvalue()


def ninety_days_xml(world: World) -> str:
    oldest = world.clock.now.date().toordinal() - 90
    days = [_day_xml(world, day) for day in published(world) if day >= oldest]
    return _ENVELOPE.format(days="\n".join(days))


def _day_xml(world: World, day: int) -> str:
    rates = "".join(f'<Cube currency="{one}" rate="{rate(world.seed, one, day)}"/>' for one in LEVEL)
    return f'<Cube time="{date.fromordinal(day)}">{rates}</Cube>'


def routes(world: World) -> list[Route]:
    async def zipped(request: Request) -> Response:
        return _plain(request) or Response(history_zip(world), media_type="application/zip")

    async def xml(request: Request) -> Response:
        return _plain(request) or Response(ninety_days_xml(world), media_type="text/xml")

    folder = "/stats/eurofxref"
    return [Route(f"{folder}/eurofxref-hist.zip", zipped), Route(f"{folder}/eurofxref-hist-90d.xml", xml)]


def _plain(request: Request) -> Response | None:
    """These are files: they take no parameters."""
    unknown = sorted(request.query_params)
    return answer({"error": f"unknown parameter {unknown[0]!r}"}, 400) if unknown else None
