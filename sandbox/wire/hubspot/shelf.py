"""All records of one object type as of the clock: sorted by id, with creation and change stamps for fast filters."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandbox.company.calendar import iso
from sandbox.wire.hubspot.objects import CREATED, MODIFIED, Timelines, timelines

Stamps = NDArray[np.int64]


@dataclass(frozen=True)
class Shelf:
    """Entities that exist at `now`, archived ones apart. The three arrays run parallel to `live`, ids ascending."""

    kind: str
    now: int
    live: list[Any]
    ids: Stamps
    created: Stamps
    modified: Stamps
    rows: dict[int, int]
    archived: list[Any]

    def changed(self, entity: Any) -> int:
        """The last change of an entity that is known now; archiving counts."""
        if gone := archived_at(entity, self.now):
            return gone
        stamps: list[int] = entity.stamps
        return stamps[bisect_right(stamps, self.now) - 1]

    def value(self, entity: Any, name: str) -> str | None:
        """A property's value now."""
        return self.values(entity)[name]

    def values(self, entity: Any) -> dict[str, str | None]:
        """All properties' values now."""
        lines = timelines(self.kind, entity)
        found = {name: _last(line, self.now) for name, line in lines.items()}
        return found | {"hs_object_id": str(entity.id), MODIFIED[self.kind]: iso(self.changed(entity))}

    def record(self, entity: Any, wanted: list[str], historical: list[str]) -> dict[str, Any]:
        """A record as HubSpot writes it: id, properties now, and the histories asked for, newest first."""
        values = self.values(entity)
        asked = dict.fromkeys((*wanted, "hs_object_id", CREATED[self.kind], MODIFIED[self.kind]))
        archived = archived_at(entity, self.now)
        record: dict[str, Any] = {
            "id": values["hs_object_id"],
            "properties": {name: values[name] for name in asked},
            "createdAt": iso(entity.created),
            "updatedAt": values[MODIFIED[self.kind]],
            "archived": archived is not None,
        }
        if historical:
            record["propertiesWithHistory"] = self._histories(entity, historical)
        return record | ({"archivedAt": iso(archived)} if archived is not None else {})

    def _histories(self, entity: Any, historical: list[str]) -> dict[str, list[dict[str, Any]]]:
        lines = timelines(self.kind, entity) | {"hs_object_id": [(entity.created, str(entity.id))]}
        lines[MODIFIED[self.kind]] = [(self.changed(entity), iso(self.changed(entity)))]
        return {name: _history(lines, name, self.now) for name in historical}


def archived_at(entity: Any, now: int) -> int | None:
    """When the entity was archived, if that has happened."""
    archived: int | None = getattr(entity, "archived", None)
    return archived if archived is not None and archived <= now else None


def shelve(kind: str, entities: list[Any], now: int) -> Shelf:
    """Sort out what exists at `now`."""
    existing = sorted((one for one in entities if one.created <= now), key=lambda one: one.id)
    live = [one for one in existing if archived_at(one, now) is None]
    stamps = [one.stamps for one in live]
    return Shelf(
        kind=kind,
        now=now,
        live=live,
        ids=np.array([one.id for one in live], dtype=np.int64),
        created=np.array([one.created for one in live], dtype=np.int64),
        modified=np.array([line[bisect_right(line, now) - 1] for line in stamps], dtype=np.int64),
        rows={one.id: row for row, one in enumerate(live)},
        archived=[one for one in existing if archived_at(one, now) is not None],
    )


def _last(line: Any, now: int) -> str | None:
    value = None
    for at, later in line:
        if at > now:
            break
        value = later
    return value


def _history(lines: Timelines, name: str, now: int) -> list[dict[str, Any]]:
    known = [(at, value) for at, value in lines[name] if at <= now and value is not None]
    return [
        {"value": value, "timestamp": iso(at), "sourceType": "CRM_UI", "sourceId": "userId:7000001"}
        for at, value in reversed(known)
    ]
