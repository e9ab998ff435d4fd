"""Every button there is, when its matter is over or gone, or the role: a sentence, and nothing changed."""

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel
from structlog.testing import capture_logs

from bot import access
from bot.access import Work
from bot.features.hazards import reporting
from bot.features.hazards.repository import NewHazard
from models import Appeal, Said
from tests.e2e.buttons import patterns, samples
from tests.e2e.spoils import lay_out
from tests.e2e.test_outside import Rows, rows
from tests.e2e.town import MORNING, Town
from tests.robustness.siege import BOT, Stage, open_town

_LEADER = "(SELECT id FROM person WHERE name = '刀建国')"
MOST, AT_ONCE = 12, 40
CYCLE = {"days": 1, "turns": [{"day": 0, "start": "08:00", "end": "20:00", "crew": 0}]}
# What stays when everything that was going on is gone: the roster, and how the bot runs.
ROSTER = {
    "area", "person", "role", "person_post", "post", "household_cluster", "account", "invite", "marker",
    "patrol_section", "checkpoint", "shift", "shift_member", "timetable", "inbox",
}  # fmt: skip
# Buttons of no matter: they begin something or set something for whoever presses them, today as any day.
BEGINNING = (
    "lang:", "stop:", "chk:noplace", "pat:start", "exp:", "late:take", "tt:", "sil:n:", "ndg:off:", "hh:",
    "pat:go:", "sos:", "myd:", "lv:", "swap:start:", "swap:cover:", "sub:", "bhf:", "led:w:",
)  # fmt: skip
# Buttons that may be answered on a living message, and what that is filed under.
LIVING = {"ho": "handover", "hz": "hazard", "rq": "request", "apl": "form", "led": "form"}
# Who looked at what is always written down.
WATCHED = {"audit", "nudge", "export_request", "photo"}


def _close(session: Session) -> None:
    """Everything has come to its end."""
    other = session.execute(text("SELECT id FROM person WHERE name = '方志强'")).scalar_one()
    known = {"now": "2026-11-22 23:59:00", "other": other}
    for table, values in (
        ("hazard", "state = 'closed', closed_at = :now"),
        ("resident_request", "state = 'closed', closed_at = :now"),
        ("correction", "state = 'approved', decided_at = :now"),
        ("swap", "state = 'approved', decided_at = :now"),
        ("handover", "state = 'taken'"),
        ("handover_matter", "closed_at = :now"),
        ("dispute", "answered_at = :now"),
        ("appeal", "answered_at = :now, answer = '好', taken_by = :other, taken_at = :now"),
        ("household_mark", "outcome = 'helped', taken_by = :other, taken_at = :now"),
        ("second_account_request", "state = 'refused', decided_at = :now"),
        ("said", "subject = 'hazard:1'"),
        ("rotation", "until = '2026-11-20'"),
        ("draft", "updated_at = '2026-11-01 00:00:00'"),
    ):
        used = {name: value for name, value in known.items() if f":{name}" in values}
        session.execute(text(f"UPDATE {table} SET {values}"), used)


def _delete(session: Session) -> None:
    """Nothing of it is left."""
    session.execute(text("PRAGMA defer_foreign_keys = ON"))
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table.name not in ROSTER:
            session.execute(table.delete())


def _move(session: Session) -> None:
    """Who presses has gone to another township."""
    there = "(SELECT id FROM area WHERE code = 'DH-MS-10-1')"
    session.execute(text(f"UPDATE role SET area_id = {there} WHERE person_id = {_LEADER}"))
    session.execute(text(f"UPDATE person SET area_id = {there} WHERE id = {_LEADER}"))


def _dismiss(session: Session) -> None:
    """Who presses holds no role any more."""
    session.execute(text(f"DELETE FROM role WHERE person_id = {_LEADER}"))


# What becomes of it all, and who presses then: what is one's own stays one's own without any role.
ENDS: dict[Callable[[Session], None], tuple[str, ...]] = {
    _close: ("岩罕", "刀建国"), _delete: ("岩罕", "刀建国"), _move: ("刀建国",), _dismiss: ("刀建国",),
}  # fmt: skip


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """The town with something in every table, each with the number 1."""
    with open_town(tmp_path) as stage:
        town = Town(None, stage, stage.clock, stage.settings)  # type: ignore[arg-type]
        lay_out(town)
        worker = town.id("岩罕")
        with stage.db.write_now() as session:
            actor = access.actors_of(session, BOT, [stage.user("岩罕")])[stage.user("岩罕")]
            found = NewHazard("fire", town.area("DH-MS-1-1-01"))
            reporting.report(Work(session, actor, MORNING, stage.settings), found)
            session.add(
                Appeal(person_id=worker, area_id=town.area("DH-MS-1-1-01"), words="x", made_at=MORNING)
            )
            session.execute(text("UPDATE rotation SET cycle = :cycle"), {"cycle": json.dumps(CYCLE)})
            session.add(
                Said(
                    bot=BOT, chat_id=stage.user("岩罕"), message_id=5, person_id=worker, subject="unplaced",
                    words="x", said_at=MORNING,
                )
            )  # fmt: skip
        yield stage


def _buttons(stage: Stage) -> list[str]:
    """One of each kind and alternative. AssertionError where a handler's pattern has none."""
    kinds = {pattern: samples(pattern) for pattern in patterns(stage.settings)}
    assert all(kinds.values())
    # What has the number 1 is there. Of boards that can be turned in many ways a dozen are enough.
    there = {pattern: [one for one in each if not one.endswith(":5")] for pattern, each in kinds.items()}
    return list(dict.fromkeys(one for each in there.values() for one in each[:MOST]))


async def _press(stage: Stage, made: list[str], people: tuple[str, ...]) -> dict[int, tuple[str, str]]:
    """Everybody presses them all; which update was whose and what."""
    pressed: dict[int, tuple[str, str]] = {}
    bodies = []
    for data in made:
        for name in people:
            number, user = 1000 + len(pressed), stage.user(name)
            pressed[number] = (name, data)
            chat = {"id": user, "type": "private", "first_name": name}
            message = {"message_id": 7, "date": int(MORNING.timestamp()), "chat": chat, "text": "x"}
            query = {"id": str(number), "from": {"id": user, "is_bot": False, "first_name": name},
                     "chat_instance": "1", "data": data, "message": message}  # fmt: skip
            bodies.append(json.dumps({"update_id": number, "callback_query": query}).encode())
    # What waits too long gets no toast any more.
    for first in range(0, len(bodies), AT_ONCE):
        await stage.take(bodies[first : first + AT_ONCE])
        await asyncio.sleep(0)
    await asyncio.sleep(0.05)
    return pressed


def _changes(before: Rows, after: Rows) -> list[str]:
    """What is otherwise than before, and what was added."""
    found = []
    for table, kept in after.items():
        if table not in WATCHED:
            fresh = [(table, key, row, before[table].get(key)) for key, row in kept.items()]
            found += [f"{t} {row} was {old}" for t, key, row, old in fresh if row != old]
            found += [f"{table} {key} is gone" for key in before[table].keys() - kept.keys()]
    return found


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_an_old_button_says_so_and_changes_nothing(stage: Stage, end: Callable[[Session], None]) -> None:
    made = [one for one in _buttons(stage) if not one.startswith(BEGINNING)]
    assert len(made) > 150
    with stage.db.write_now() as session:
        end(session)
        session.execute(text("UPDATE card SET shown = wanted"))
        session.execute(text("INSERT INTO marker (name, value) VALUES ('roster', '999')"
                             " ON CONFLICT (name) DO UPDATE SET value = '999'"))  # fmt: skip
    answered: set[int] = set()

    async def call(method: str, timeout: float | None = None, **values: Any) -> bool:
        if str(values.get("text", "")).strip():
            answered.add(int(values["callback_query_id"]))
        return True

    stage.api.call = call  # type: ignore[method-assign]
    before = rows(stage)  # type: ignore[arg-type]
    with capture_logs():
        pressed = asyncio.run(_press(stage, made, ENDS[end]))
    states = stage.rows("SELECT update_id, state, attempts, error FROM inbox")
    failed = [f"{pressed[row.update_id]}: {row.error}" for row in states if row.state != "done"]
    assert not failed, "\n".join(failed)
    assert {row.update_id for row in states} == set(pressed)
    changes = _changes(before, rows(stage))  # type: ignore[arg-type]
    assert not changes, "\n".join(changes)
    answered |= {
        int(row.key.split(":")[2]) for row in stage.rows("SELECT key FROM outbox WHERE key LIKE 'reply:%'")
    }
    silent = sorted({pressed[number] for number in pressed.keys() - answered})
    cards = {row.subject.split(":")[0] for row in stage.rows("SELECT subject FROM card WHERE wanted > shown")}
    silent = [each for each in silent if LIVING.get(each[1].split(":")[0]) not in cards]
    assert not silent, "\n".join(map(str, silent))
