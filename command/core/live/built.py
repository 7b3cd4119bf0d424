"""Records as the bytes of a snapshot, kept while they last: what has the same epoch and version says the same (RULES 11), so that of
thousands of records only those are built anew that changed since somebody came last."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock

import orjson
import sqlalchemy as sa
from sqlalchemy.orm import Session

from command.core import canonical, records
from command.core.records import AnyRecord, Criterion

MOST_BYTES = 64_000_000
FEW = 500
"""So many are read by their ids; where more are missing, all are read."""
Stamp = tuple[int, int, int]
Key = tuple[int, str, str]


class Built:
    """The records of this process's snapshots, each as it was built last."""

    def __init__(self) -> None:
        self._held: dict[Key, tuple[Stamp, bytes]] = {}
        self._bytes = 0
        self._lock = Lock()

    def items(self, session: Session, topic: str) -> Iterator[orjson.Fragment]:
        """What `records.snapshot` says of a topic, item by item, as its bytes."""
        for spec in records.KINDS.values():
            criterion = spec.in_topic(topic)
            if criterion is not None:
                yield from self._of(session, spec, criterion)

    def _of(self, session: Session, spec: AnyRecord, criterion: Criterion) -> Iterator[orjson.Fragment]:
        world: int = session.info["world"]
        model = spec.model
        version = model.version if spec.stamp is None else spec.stamp
        query = sa.select(model.id, model.term, model.n, version).where(criterion).order_by(*spec.order)
        stamps = {str(row[0]): (row[1], row[2], row[3]) for row in session.execute(query)}
        found: dict[str, bytes] = {}
        for thing, stamp in stamps.items():
            held = self._held.get((world, spec.kind, thing))
            if held is not None and held[0] == stamp:
                found[thing] = held[1]
        missing = [thing for thing in stamps if thing not in found]
        if missing:
            chosen = model.id.in_(missing) if len(missing) <= FEW else criterion
            rows = session.execute(sa.select(model).where(chosen)).scalars().all()
            for one in spec.show(session, rows):
                raw = canonical.dump({"type": spec.kind, "record": one.model_dump()})
                found[one.id] = raw
                self._keep((world, spec.kind, one.id), (one.term, one.n, one.version), raw)
        return (orjson.Fragment(found[thing]) for thing in stamps if thing in found)

    def _keep(self, key: Key, stamp: Stamp, raw: bytes) -> None:
        """The newest last; what was built longest ago goes when there is no room."""
        with self._lock:
            before = self._held.pop(key, None)
            self._bytes += len(raw) - (len(before[1]) if before else 0)
            self._held[key] = (stamp, raw)
            while self._bytes > MOST_BYTES:
                first = next(iter(self._held))
                self._bytes -= len(self._held.pop(first)[1])
