"""Figures for Prometheus, counted in the database when they are asked for."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import text

from bot.base.clock import Clock
from bot.base.errors import OperatorError
from bot.storage.database import Database
from models import UNSETTLED
from models.columns import MOMENT
from models.photo import DUE

# The states are written out: only then do the partial indexes serve, and nothing old is read.
_INBOX = [
    text(f"SELECT '{state}' AS state, count(*) AS count FROM inbox WHERE state = '{state}'")  # noqa: S608
    for state in ("pending", "failed")
]
_OUTBOX = [
    text(f"SELECT lane, state, count(*) AS count FROM outbox WHERE {where} GROUP BY lane, state")  # noqa: S608
    for where in ("state = 'pending'", "state = 'held'", UNSETTLED)
]
_PHOTOS = text(f"SELECT count(*) FROM photo WHERE {DUE}")  # noqa: S608
# Grouped, so that the oldest is looked for among what waits and not in the index of all moments.
_OLDEST = {
    "inbox": text("SELECT bot, min(received_at) AS at FROM inbox WHERE state = 'pending' GROUP BY bot"),
    "outbox": text("SELECT bot, min(created_at) AS at FROM outbox WHERE state = 'pending' GROUP BY bot"),
    "photos": text(f"SELECT bot, min(sent_at) AS at FROM photo WHERE {DUE} GROUP BY bot"),  # noqa: S608
}


class Queues(Collector):
    """How much waits, how much failed, and how long the oldest has waited."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """One reading."""
        inbox = GaugeMetricFamily("gridduty_inbox_rows", "Updates by state", labels=["state"])
        outbox = GaugeMetricFamily("gridduty_outbox_rows", "Messages by lane", labels=["lane", "state"])
        photos = GaugeMetricFamily("gridduty_photos_waiting", "Photos used and not yet copied")
        age = GaugeMetricFamily("gridduty_oldest_seconds", "Age of the oldest that waits", labels=["box"])
        with self._db.read() as session:
            for row in _rows(session, _INBOX):
                inbox.add_metric([row.state], row.count)
            for row in _rows(session, _OUTBOX):
                outbox.add_metric([str(row.lane), row.state], row.count)
            photos.add_metric([], session.execute(_PHOTOS).scalar_one())
            for box, oldest in _OLDEST.items():
                found = [row.at for row in session.execute(oldest.columns(at=MOMENT))]
                age.add_metric([box], self._seconds_since(min(found, default=None)))
        return [inbox, outbox, photos, age]

    def _seconds_since(self, moment: datetime | None) -> float:
        return max(0.0, (self._clock.now() - moment).total_seconds()) if moment else 0.0


def serve(listen: str, db: Database, clock: Clock) -> None:
    """Answer Prometheus on `host:port`, in a thread. Raises OperatorError where that cannot be."""
    host, _, port = listen.rpartition(":")
    registry = CollectorRegistry()
    registry.register(Queues(db, clock))
    try:
        start_http_server(int(port), host or "127.0.0.1", registry)
    except (OSError, ValueError) as error:
        raise OperatorError(f"metrics.listen: cannot serve on {listen!r}: {error}") from error


def _rows(session: Any, statements: list[Any]) -> Iterable[Any]:
    for statement in statements:
        yield from session.execute(statement)
