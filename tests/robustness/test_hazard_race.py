"""Accept and send back, pressed at the same instant in two processes: one is done, the other is told.

GRIDDUTY_RACES says how often; without it a hundred times.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlmodel import col

from bot.settings import DatabaseSettings
from bot.storage.database import Database
from models import Area, Hazard, HazardEvent, Person, Role
from tests.e2e.postgres import Postgres
from tests.layouts import make_tables
from tests.robustness.hazard_race import VERSION

RACES = int(os.environ.get("GRIDDUTY_RACES", "100"))
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
AREA = {"id": 1, "code": "T", "name": "风平镇", "kind": "township", "path": "T/"}


@pytest.fixture
def url(server: Postgres) -> str:
    """A PostgreSQL database with as many hazards that wait for somebody to look at them."""
    address = server.url(server.create())
    _lay_down(address)
    return address


def _lay_down(address: str) -> None:
    db = Database(DatabaseSettings(url=address))
    make_tables(db)
    people = [{"id": n, "code": f"P{n}", "name": f"P{n}", "area_id": 1} for n in (1, 2, 3)]
    fixed: dict[str, Any] = {
        "year": 2026, "area_id": 1, "category": "fire", "severity": "serious", "found_at": NOW,
        "reported_by": 1, "reported_at": NOW, "due_at": NOW + timedelta(days=1), "state": "fixed",
        "fixed_by": 1, "fixed_at": NOW, "version": VERSION,
    }  # fmt: skip
    with db.write_now() as session:
        run = session.connection().execute
        run(insert(Area), [AREA])
        run(insert(Person), people)
        run(insert(Role), [{"person_id": n, "role": "supervisor", "area_id": 1} for n in (2, 3)])
        run(insert(Hazard), [fixed | {"id": n, "number": n} for n in range(1, RACES + 1)])
    db.close()


def _racer(url: str, how: str, person: int, start: float) -> "subprocess.Popen[str]":
    words = [url, how, str(person), "1", str(RACES), str(start)]
    command = [sys.executable, "-m", "tests.robustness.hazard_race", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_of_two_processes_one_decides_and_the_other_is_told(url: str) -> None:
    start = time.time() + 4
    racers = [_racer(url, "accept", 2, start), _racer(url, "reopen", 3, start)]
    told = []
    for racer in racers:
        out, errors = racer.communicate(timeout=60 + RACES / 5)
        assert racer.returncode == 0, errors
        told.append(out.split())
    for accepted, reopened in zip(*told, strict=True):
        assert (accepted, reopened) in {("done", "hazard-is-closed"), ("hazard-is-reported", "done")}
    db = Database(DatabaseSettings(url=url))
    with db.read() as session:
        states = Counter(session.execute(select(col(Hazard.state))).scalars())
        steps = session.execute(select(func.count(), func.count(col(HazardEvent.hazard_id).distinct())))
        assert tuple(steps.one()) == (RACES, RACES)
    db.close()
    print(f"accepted {states['closed']}, sent back {states['reported']}")
    assert states.total() == RACES == states["closed"] + states["reported"]
