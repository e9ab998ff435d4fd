"""What Prometheus is told."""

from datetime import timedelta
from pathlib import Path

from prometheus_client import CollectorRegistry, generate_latest
from sqlmodel import SQLModel

from bot import receive
from bot.clock import Clock
from bot.database import Database
from bot.metrics import Queues
from bot.settings import DatabaseSettings


def test_what_waits_is_counted_and_its_age_told(tmp_path: Path) -> None:
    db, clock = Database(DatabaseSettings(url=f"sqlite:///{tmp_path / 'x.sqlite3'}")), Clock()
    SQLModel.metadata.create_all(db.writer)
    with db.write_now() as session:
        receive.store(session, 1, [{"update_id": 1}, {"update_id": 2}], clock)
    clock.move(timedelta(minutes=2))
    registry = CollectorRegistry()
    registry.register(Queues(db, clock))
    told = generate_latest(registry).decode()
    assert 'gridduty_inbox_rows{state="pending"} 2.0' in told
    seconds = next(
        line for line in told.splitlines() if line.startswith('gridduty_oldest_seconds{box="inbox"')
    )
    assert 120 <= float(seconds.split()[-1]) < 130
    db.close()
