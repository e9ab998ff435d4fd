"""A town under siege: the way from receive to process, without a network, and what there is to steal."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import select, text
from sqlmodel import Session, col

from bot.app import build
from bot.base.clock import Clock
from bot.base.payload import read_update
from bot.process.process import Process
from bot.receive.receive import _id_of, store
from bot.settings import Settings, load
from bot.storage.database import Database
from models import (
    Account,
    CheckIn,
    Correction,
    Draft,
    Feedback,
    Invite,
    Person,
    PresencePoint,
    SecondAccountRequest,
    code_hash,
)
from tests.e2e.town import MORNING
from tests.layouts import with_town
from tests.robustness.contents import marker
from tests.robustness.hostility import Hostile, Hostility, Loot

BOT = 77_777_777
UPDATES, AT_ONCE, SEED = 10_000, 250, 20_261_123
FIRST_USER, STRANGERS = 5_000_000_000, [6_000_000_001, 6_000_000_002, 6_000_000_003]
# Named in what others send; they themselves do nothing meanwhile.
VICTIMS = ("玉香", "排勒", "刀建国", "方志强", "李雪梅", "孙工")
ACTORS = ("岩罕", "咩巴", "赵敏", "早么", "王芳", "段平")
# Accounts that ask to be a second one of a victim, and of an actor.
NEWCOMERS = {7_000_000_001: "玉香", 7_000_000_002: "王芳"}
CLOSED_ROSTER = ("person", "role", "area", "post", "person_post", "household_cluster", "invite", "shift")
OF_PERSONS = (
    "account",
    "checkin",
    "presence_point",
    "correction",
    "draft",
    "feedback",
    "second_account_request",
)


class Silence:
    """Stands for Telegram: takes what is said over pressed buttons."""

    def __init__(self) -> None:
        self.toasts: list[str] = []

    async def call(self, method: str, timeout: float | None = None, **values: Any) -> bool:
        """Everything is fine."""
        assert method == "answerCallbackQuery"
        self.toasts.append(str(values.get("text", "")))
        return True


@dataclass
class Stage:
    """A town with something to steal, and the bot's process part."""

    db: Database
    settings: Settings
    clock: Clock
    process: Process
    api: Silence
    sent: dict[int, Hostile] = field(default_factory=dict)

    @cached_property
    def ids(self) -> dict[str, int]:
        """People by name."""
        return {row.name: row.id for row in self.rows("SELECT id, name FROM person")}

    def user(self, name: str) -> int:
        """A person's account."""
        return FIRST_USER + self.ids[name]

    def rows(self, query: str) -> list[Any]:
        """What the database says."""
        with self.db.read() as session:
            return list(session.execute(text(query)))

    async def take(self, bodies: list[bytes]) -> None:
        """Let these arrive and be handled."""
        async with self.db.write() as session:
            store(session, BOT, [read_update(body) for body in bodies], self.clock)
        # Two tries for each, and nothing turns round for ever.
        for _ in range(2 * len(bodies) + 1):
            if not await self.process.batch(64):
                return
        raise AssertionError("the inbox is never empty")

    async def attack(self, many: list[Hostile]) -> None:
        """Let hostile updates arrive."""
        for one in many:
            self.sent.setdefault(_id_of(read_update(one.body)), one)
        await self.take([one.body for one in many])

    def loot(self) -> Loot:
        """What buttons may be forged of just now."""
        return Loot(
            [row.id for row in self.rows("SELECT id FROM checkin ORDER BY id DESC LIMIT 20")] + [1, 2, 3],
            [row.id for row in self.rows("SELECT id FROM correction")],
            [row.id for row in self.rows("SELECT id FROM second_account_request")],
            [tuple(row) for row in self.rows("SELECT form, version, id, step FROM draft")],
        )

    def of_victims(self) -> dict[str, list[Any]]:
        """Everything kept about those who do nothing; and the whole roster."""
        victims = ",".join(str(self.ids[name]) for name in VICTIMS)
        kept = {t: self.rows(f"SELECT * FROM {t} WHERE person_id IN ({victims})") for t in OF_PERSONS}
        return kept | {table: self.rows(f"SELECT * FROM {table}") for table in CLOSED_ROSTER}


def _belongings(session: Session, ids: dict[str, int], areas: dict[str, int]) -> None:
    """Accounts for everyone, and of everything at least one that is worth forging a button for."""
    for name in (*VICTIMS, *ACTORS):
        user = FIRST_USER + ids[name]
        session.add(Account(bot=BOT, user_id=user, chat_id=user, person_id=ids[name], joined_at=MORNING))
    session.add(
        Invite(
            person_id=ids["阿昌"], code_hash=code_hash("never-guessed"), created_at=MORNING,
            expires_at=MORNING + timedelta(days=30),
        )
    )  # fmt: skip
    for newcomer, name in NEWCOMERS.items():
        session.add(
            SecondAccountRequest(
                bot=BOT, user_id=newcomer, person_id=ids[name], asked_at=MORNING, language="zh_CN"
            )
        )  # fmt: skip
    for name in ("玉香", "王芳", "段平"):
        days = [_stay(ids[name], areas[name], ago) for ago in (3, 2, 1)]
        session.add_all(days)
        session.flush()
        session.add(_wish(days[-1], ids[name], areas[name]))
        session.add(
            PresencePoint(
                checkin_id=days[0].id or 0, person_id=ids[name], at=days[0].in_at, latitude=24.43217,
                longitude=98.51234, evidence="pin", place_grade="on_site",
            )
        )  # fmt: skip
    session.add(Feedback(person_id=ids["排勒"], at=MORNING, words=marker(FIRST_USER + ids["排勒"])))
    session.add(
        Draft(
            bot=BOT, chat_id=FIRST_USER + ids["玉香"], person_id=ids["玉香"], form="feedback", version=1,
            step="words", answers={"given": {}, "options": [], "offered": False}, started_at=MORNING,
            updated_at=MORNING,
        )
    )  # fmt: skip


def _stay(person: int, area: int, days_ago: int) -> CheckIn:
    in_at = MORNING - timedelta(days=days_ago)
    out_at = in_at + timedelta(hours=8) if days_ago > 1 else None
    return CheckIn(
        person_id=person, area_id=area, duty_type="grid", work_day=in_at.date(), in_at=in_at, out_at=out_at,
        close_at=in_at + timedelta(hours=48), latitude=24.43217, longitude=98.51234,
        closed_by="self" if out_at else None,
    )  # fmt: skip


def _wish(stay: CheckIn, person: int, area: int) -> Correction:
    return Correction(
        person_id=person, area_id=area, checkin_id=stay.id, kind="check_in",
        reason=marker(FIRST_USER + person),
        happened_at=stay.in_at - timedelta(minutes=20), recorded_at=stay.in_at, asked_at=MORNING,
    )  # fmt: skip


@contextmanager
def open_town(folder: Path) -> Iterator[Stage]:
    """A town in a database of its own, nothing said yet."""
    environment = {
        "GRIDDUTY_TELEGRAM__TOKEN": f"{BOT}:{'x' * 35}",
        "GRIDDUTY_DATABASE__URL": f"sqlite:///{folder / 'town.sqlite3'}",
        "GRIDDUTY_DATABASE__SYNCHRONOUS": "OFF",
    }
    settings, clock, api = load(None, environment), Clock(), Silence()
    clock.set(MORNING)
    db = with_town(folder / "town.sqlite3")
    with db.write_now() as session:
        found = session.execute(select(col(Person.name), col(Person.id), col(Person.area_id))).all()
        ids = {name: number or 0 for name, number, _ in found}
        _belongings(session, ids, {name: area for name, _, area in found})
    app = asyncio.run(build(settings, {"username": "duty_bot"}))
    yield Stage(db, settings, clock, Process(db, app, api, settings, clock), api)  # type: ignore[arg-type]
    db.close()


async def besiege(stage: Stage) -> None:
    """Let all the hostile updates arrive."""
    senders = [stage.user(name) for name in ACTORS] + STRANGERS
    hostility = Hostility(SEED, senders, [stage.user(name) for name in VICTIMS])
    for _ in range(UPDATES // AT_ONCE):
        hostility.loot = stage.loot()
        await stage.attack(hostility.some(AT_ONCE))
        stage.clock.move(timedelta(seconds=7))
    await asyncio.sleep(0)
