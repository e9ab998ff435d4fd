"""Many people who check in and out at random, and what must come of it, reckoned without the bot."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session, col

from models import Account, Area, AreaKind, CheckIn, Person, PresencePoint, Role, RoleName

FIRST_USER = 100_000_000
LATITUDE, LONGITUDE = 24.4, 98.5
GRIDS = 40


def settle_in(session: Session, people: int, bot: int) -> None:
    """Write the roster: that many grid workers with accounts; numbers count from 1."""
    run, now = session.connection().execute, datetime.now(UTC)
    run(insert(Area), {"id": 1, "code": "DH", "name": "德宏州", "kind": AreaKind.PREFECTURE, "path": "DH/"})
    run(insert(Area), [_grid(number) for number in range(2, GRIDS + 2)])
    workers = [(number, 2 + number % GRIDS) for number in range(1, people + 1)]
    run(
        insert(Person),
        [{"id": n, "code": f"W{n}", "name": f"岩{n}", "area_id": grid, "titles": ""} for n, grid in workers],
    )
    run(
        insert(Role),
        [{"person_id": n, "role": RoleName.GRID_WORKER, "area_id": grid} for n, grid in workers],
    )
    accounts = [
        {"bot": bot, "user_id": user, "chat_id": user, "person_id": n, "reach": "ok", "joined_at": now}
        for n, user in ((n, FIRST_USER + n) for n, _ in workers)
    ]
    run(insert(Account), accounts)


def _grid(number: int) -> dict[str, Any]:
    return {
        "id": number, "code": f"G{number}", "name": f"第{number}网格", "kind": AreaKind.GRID, "parent_id": 1,
        "path": f"DH/G{number}/", "latitude": LATITUDE, "longitude": LONGITUDE,
    }  # fmt: skip


@dataclass
class Worker:
    """One person's deeds in order, and the record that they must leave."""

    number: int
    deeds: list[str] = field(default_factory=list)
    checkins: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    points: list[datetime] = field(default_factory=list)

    def plan(self, checkins: int, chance: random.Random) -> None:
        """Check in that often, out in between, with more places and vain check-outs here and there."""
        for _ in range(checkins):
            self.deeds += ["place"] * (2 if chance.random() < 0.15 else 1)
            self.deeds += ["out"] * (2 if chance.random() < 0.1 else 1)
        if chance.random() < 0.5:
            # Still on duty at the end.
            while self.deeds[-1] == "out":
                self.deeds.pop()

    def live(self, first: datetime) -> list[datetime]:
        """When each deed is done; keeps what must come of it."""
        moments = [first + timedelta(seconds=20 * step) for step in range(len(self.deeds))]
        for deed, at in zip(self.deeds, moments, strict=True):
            on_duty = bool(self.checkins) and self.checkins[-1][1] is None
            if deed == "place" and on_duty:
                self.points.append(at)
            elif deed == "place":
                self.checkins.append((at, None))
            elif on_duty:
                self.checkins[-1] = (self.checkins[-1][0], at)
        return moments

    def update(self, deed: str, at: datetime) -> dict[str, Any]:
        """The deed as Telegram tells it."""
        user = FIRST_USER + self.number
        place = {"latitude": LATITUDE, "longitude": LONGITUDE, "horizontal_accuracy": 20}
        return {
            "message": {
                "message_id": 10 + int(at.timestamp()) % 100_000, "date": int(at.timestamp()),
                "chat": {"id": user, "type": "private", "first_name": "岩"},
                "from": {"id": user, "is_bot": False, "first_name": "岩", "language_code": "zh-hans"},
                **({"location": place} if deed == "place" else {"text": "下班"}),
            }
        }  # fmt: skip


class Crowd:
    """All of them; `updates` is what arrives, each person's deeds in order, the people mixed."""

    def __init__(self, people: int, checkins: int, seed: int) -> None:
        chance = random.Random(seed)
        self.workers = [Worker(number) for number in range(1, people + 1)]
        for position, worker in enumerate(self.workers):
            worker.plan(checkins // people + (position < checkins % people), chance)
        first = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=30)
        waiting = {w.number: list(zip(w.deeds, w.live(first), strict=True)) for w in self.workers}
        turns = [number for number, deeds in waiting.items() for _ in deeds]
        chance.shuffle(turns)
        self.updates = [self.workers[n - 1].update(*waiting[n].pop(0)) for n in turns]

    @property
    def checkins(self) -> int:
        """How many check-ins must be recorded in all."""
        return sum(len(worker.checkins) for worker in self.workers)

    def wrongs(self, session: Session) -> list[str]:
        """Everything in which the record is not what the deeds must leave: nothing more, nothing less."""
        stays: dict[int, list[tuple[datetime, datetime | None]]] = {}
        columns = col(CheckIn.person_id), col(CheckIn.in_at), col(CheckIn.out_at)
        for person, in_at, out_at in session.execute(select(*columns).order_by(col(CheckIn.id))):
            stays.setdefault(person, []).append((in_at, out_at))
        points = Counter(
            (person, at)
            for person, at in session.execute(select(col(PresencePoint.person_id), col(PresencePoint.at)))
        )
        wrong = [
            f"person {w.number}: {stays.get(w.number, [])} instead of {w.checkins}"
            for w in self.workers
            if stays.get(w.number, []) != w.checkins
        ]
        expected = Counter((w.number, at) for w in self.workers for at in w.points)
        return wrong + [f"points: {points[k]} of {expected[k]} for {k}" for k in points | expected
                        if points[k] != expected[k]]  # fmt: skip
