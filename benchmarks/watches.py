"""A prefecture on watch, for as long and with as many people as wanted; what each of them does is chance.

Workers stand three watches a day in crews of five; household heads answer in the evening. What has to come of
it is told by `Watches` alone, so that it can be held against what Telegram was sent.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, SQLModel

from bot.outbox.notices import Lane
from models import (
    Account,
    Area,
    AreaKind,
    HouseholdCluster,
    Person,
    Role,
    RoleName,
    Shift,
    ShiftMember,
)

FIRST_USER = 100_000_000
LATITUDE, LONGITUDE = 24.4, 98.5
CREW, HOURS = 5, 8
# When something goes to everybody, day by day: also when all come and go, and when heads are asked.
BROADCASTS = (7.75, 12, 15.8, 18.9, 20.4, 7.9, 10)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Duty:
    """One person's shift: when it begins, when the person comes and goes (None: never)."""

    person: int
    start: datetime
    come: datetime | None
    go: datetime | None

    @property
    def end(self) -> datetime:
        """When it is over."""
        return self.start + timedelta(hours=HOURS)


@dataclass(frozen=True, slots=True)
class Evening:
    """One head's evening: when it begins, and when all is said to be well (None: no word)."""

    person: int
    asked: datetime
    answer: datetime | None


@dataclass(frozen=True, slots=True)
class Many:
    """The same words for many at once, `times` to each; `over`: by when everybody must have them."""

    at: datetime
    over: datetime
    kind: str
    words: str
    people: Sequence[int]
    lane: Lane
    held: bool
    times: int = 1


class Watches:
    """Who is there and what each does; `midnight` is when the first day begins (local, aware)."""

    def __init__(
        self, workers: int, heads: int, townships: int, days: int, midnight: datetime, seed: int = 1
    ) -> None:
        self.workers, self.heads, self.townships, self.days = workers, heads, townships, days
        self.midnight = midnight
        chance = random.Random(seed)
        self.duties = [
            _duty(worker, self.start_of(worker, day), chance)
            for day in range(days)
            for worker in range(1, workers + 1)
        ]
        self.evenings = [
            _evening(head, midnight + timedelta(days=day), chance)
            for day in range(days)
            for head in range(workers + 1, workers + heads + 1)
        ]
        self.many: list[Many] = []
        # Who gets too much.
        self.often: Sequence[int] = ()

    def say_to_many(self) -> None:
        """Every day something to everybody, at another hour; something at night; and too much for some."""
        everybody = range(1, self.workers + self.heads + self.townships + 1)
        few = range(1, min(self.workers, 300) + 1)
        self.often = few[::10]
        for day in range(self.days):
            midnight, noted = self.midnight + timedelta(days=day), f"{day + 1}"
            night, noon = midnight + timedelta(hours=2.5), midnight + timedelta(hours=13)
            at, six = (
                midnight + timedelta(hours=BROADCASTS[day % len(BROADCASTS)]),
                midnight + timedelta(hours=6),
            )
            over, soon = timedelta(hours=1), six + timedelta(minutes=15)
            self.many += [
                Many(at, at + over, "broadcast", f"📣{noted}", everybody, Lane.BROADCAST, held=False),
                Many(night, soon, "said at night", f"🌙{noted}", few[::2], Lane.REMINDER, held=True),
                Many(night, soon, "said at night, urgent", f"🌙急{noted}", few[1::2], Lane.URGENT, held=True),
                Many(noon, soon + timedelta(days=1), "said too often", f"🧺{noted}", self.often,
                     Lane.REMINDER, held=True, times=25),
            ]  # fmt: skip

    def start_of(self, worker: int, day: int) -> datetime:
        crew = (worker - 1) // CREW
        return self.midnight + timedelta(days=day, hours=crew % 3 * HOURS)

    def settle(self, session: Session, bot: int) -> None:
        """Write down the roster, a supervisor for every township, and the shifts."""
        now = self.midnight.astimezone(UTC)
        _put(session, Area, self._areas())
        supervisors = range(self.workers + self.heads + 1, self.workers + self.heads + self.townships + 1)
        area_of = {n: self._grid_of(n) for n in range(1, self.workers + self.heads + 1)}
        area_of |= {n: 2 + n - supervisors.start for n in supervisors}
        people = [{"id": n, "code": f"W{n}", "name": f"岩{n}", "titles": ""} for n in area_of]
        _put(session, Person, [row | {"area_id": area_of[int(row["id"])]} for row in people])
        _put(session, Account, [_account(n, bot, now) for n in area_of])
        _put(session, Role, [self._held(n, area_of[n]) for n in area_of])
        heads = range(self.workers + 1, self.workers + self.heads + 1)
        _put(session, HouseholdCluster, [{"head_id": n, "area_id": area_of[n], "count": 10} for n in heads])
        shifts = [self._shift(day, crew) for day in range(self.days) for crew in range(self._crews)]
        _put(session, Shift, shifts)
        _put(session, ShiftMember, [row for shift in shifts for row in self._crew(int(shift["id"]))])

    def township_of(self, person: int) -> int:
        """The number of a person's township, from 0."""
        return (person - 1) // CREW % self._crews % self.townships

    def supervisor_of(self, township: int) -> int:
        """Who looks after a township."""
        return self.workers + self.heads + 1 + township

    @staticmethod
    def lead_of(person: int) -> int:
        """Who leads a person's crew."""
        return (person - 1) // CREW * CREW + 1

    @property
    def _crews(self) -> int:
        return -(-self.workers // CREW)

    def _grid_of(self, person: int) -> int:
        """A crew works in one grid."""
        return 2 + self.townships + (person - 1) // CREW % self._crews

    def _held(self, person: int, area: int) -> Row:
        """A person's role, numbered as the person."""
        return {"id": person, "person_id": person, "role": self._role(person), "area_id": area}

    def _role(self, person: int) -> RoleName:
        if person <= self.workers:
            return RoleName.GRID_WORKER
        return RoleName.HOUSEHOLD_HEAD if person <= self.workers + self.heads else RoleName.SUPERVISOR

    def _areas(self) -> list[Row]:
        place = {"latitude": LATITUDE, "longitude": LONGITUDE}
        top = {"id": 1, "code": "DH", "name": "德宏州", "kind": AreaKind.PREFECTURE, "path": "DH/"}
        rows = [top | place | {"parent_id": None}]
        for n in range(self.townships):
            there = {"id": 2 + n, "code": f"T{n}", "name": f"第{n}镇", "kind": AreaKind.TOWNSHIP}
            rows.append(there | place | {"path": f"DH/T{n}/", "parent_id": 1})
        for n in range(self._crews):
            above = n % self.townships
            there = {"id": 2 + self.townships + n, "code": f"G{n}", "name": f"第{n}网格"}
            there |= {"kind": AreaKind.GRID, "path": f"DH/T{above}/G{n}/", "parent_id": 2 + above}
            rows.append(there | place)
        return rows

    def _shift(self, day: int, crew: int) -> Row:
        start = self.start_of(crew * CREW + 1, day).astimezone(UTC)
        return {
            "id": 1 + day * self._crews + crew, "code": f"S{day}-{crew}", "duty_type": "grid",
            "area_id": 2 + self.townships + crew, "starts_at": start,
            "ends_at": start + timedelta(hours=HOURS),
        }  # fmt: skip

    def _crew(self, shift: int) -> list[Row]:
        first = 1 + (shift - 1) % self._crews * CREW
        crew = range(first, min(first + CREW, self.workers + 1))
        return [{"shift_id": shift, "person_id": n, "is_lead": n == first} for n in crew]


def _put(session: Session, model: type[SQLModel], rows: list[Row]) -> None:
    if rows:
        session.connection().execute(insert(model), rows)


def _account(person: int, bot: int, now: datetime) -> Row:
    user = FIRST_USER + person
    return {
        "bot": bot, "user_id": user, "chat_id": user, "person_id": person, "reach": "ok", "joined_at": now
    }  # fmt: skip


def _duty(person: int, start: datetime, chance: random.Random) -> Duty:
    """Some come early, most around the beginning, some too late, a few never; most sign off in time."""
    drawn = chance.random()
    if drawn < 0.05:
        return Duty(person, start, None, None)
    low, high = (-20, -11) if drawn < 0.30 else (-9, 5) if drawn < 0.90 else (12, 25)
    come = start + timedelta(seconds=chance.randint(low * 60, high * 60))
    end = start + timedelta(hours=HOURS)
    leaves = chance.random()
    if leaves < 0.1:
        return Duty(person, start, come, None)
    low, high = (-8, -1) if leaves < 0.8 else (10, 30)
    return Duty(person, start, come, end + timedelta(seconds=chance.randint(low * 60, high * 60)))


def _evening(person: int, midnight: datetime, chance: random.Random) -> Evening:
    asked = midnight + timedelta(hours=19)
    if chance.random() < 0.3:
        return Evening(person, asked, None)
    return Evening(person, asked, asked + timedelta(seconds=chance.randint(120, 80 * 60)))


def update(person: int, number: int, at: datetime, *, come: bool) -> Row:
    """What Telegram tells of somebody who comes or goes."""
    user = FIRST_USER + person
    place = {"latitude": LATITUDE, "longitude": LONGITUDE, "horizontal_accuracy": 20}
    message = {
        "message_id": number, "date": int(at.timestamp()),
        "chat": {"id": user, "type": "private", "first_name": "岩"},
        "from": {"id": user, "is_bot": False, "first_name": "岩", "language_code": "zh-hans"},
    }  # fmt: skip
    said = {"location": place} if come else {"text": "下班"}
    return {"update_id": number, "message": message | said}
