"""What Prometheus is told."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest

from bot.base.clock import Clock
from bot.receive import receive
from bot.runtime.metrics import Queues
from models import Photo
from tests.layouts import with_town


def test_what_waits_is_counted_and_its_age_told(tmp_path: Path) -> None:
    db, clock = with_town(tmp_path / "x.sqlite3"), Clock()
    with db.write_now() as session:
        receive.store(session, 1, [{"update_id": 1}, {"update_id": 2}], clock)
        sent: dict[str, Any] = {"bot": 1, "person_id": 1, "area_id": 1, "chat_id": 1, "sent_at": clock.now()}
        session.add_all(
            [Photo(**sent, next_try_at=clock.now()), Photo(**sent), Photo(**sent, state="stored")]
        )
    clock.move(timedelta(minutes=2))
    registry = CollectorRegistry()
    registry.register(Queues(db, clock))
    told = generate_latest(registry).decode()
    assert 'gridduty_inbox_rows{state="pending"} 2.0' in told
    assert "gridduty_photos_waiting 1.0" in told
    seconds = next(
        line for line in told.splitlines() if line.startswith('gridduty_oldest_seconds{box="inbox"')
    )
    assert 120 <= float(seconds.split()[-1]) < 130
    db.close()
