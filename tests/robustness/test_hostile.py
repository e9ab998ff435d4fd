"""Ten thousand hostile updates through the bot's own way: nothing breaks, nobody is fooled, nothing leaks.

What is right for an update that makes no sense: it is stored and acknowledged like any other. Where its
types are those of the Bot API, it is done at once, whatever its values. Where they are not, it cannot be read
as an update: it is tried twice and kept as failed with its traceback, its sender is told politely if there is
one, and what stands behind it goes on.
"""

import asyncio
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session
from structlog.testing import capture_logs

from bot import access
from bot.base.i18n import translator
from bot.base.lengths import CAPTION_LIMIT, TEXT_LIMIT, split
from bot.base.payload import read_update
from bot.playground.texts import parse_html, utf16_length
from bot.views.base import Message, Reader
from bot.views.messages import load, loads, read, view
from tests.robustness.contents import marker
from tests.robustness.siege import (
    ACTORS,
    BOT,
    NEWCOMERS,
    STRANGERS,
    UPDATES,
    VICTIMS,
    Stage,
    besiege,
    open_town,
)

# So many different forms somebody may have begun.
FORMS = 8
COORDINATE = re.compile(r"-?\d+\.\d{4,}")


@pytest.fixture(scope="module")
def siege(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Stage, dict[str, list[Any]]]]:
    """The town after it all, and what stood in its database before."""
    with open_town(tmp_path_factory.mktemp("siege")) as stage:
        before = stage.of_victims()
        with capture_logs():
            asyncio.run(besiege(stage))
        yield stage, before


Siege = tuple[Stage, dict[str, list[Any]]]


def test_everything_is_settled_and_what_can_be_read_is_done(siege: Siege) -> None:
    stage, _ = siege
    rows = stage.rows("SELECT update_id, state, attempts, error FROM inbox ORDER BY seq")
    assert len(rows) == len(stage.sent) > UPDATES * 0.98
    states = Counter(row.state for row in rows)
    assert set(states) == {"done", "failed"}
    wrong = [(row.error, stage.sent[row.update_id].body) for row in rows
             if row.state == "failed" and stage.sent[row.update_id].sound]  # fmt: skip
    assert not wrong, f"{len(wrong)} failed, first:\n{wrong[0][0]}\n{wrong[0][1][:2000]!r}"
    assert all(row.attempts == (2 if row.state == "failed" else 1) for row in rows)
    assert all(row.error for row in rows if row.state == "failed")
    assert 100 < states["failed"] < UPDATES * 0.15, states


def test_nobody_else_gets_the_answer(siege: Siege) -> None:
    stage, _ = siege
    replies = stage.rows("SELECT key, chat_id, kind, facts FROM outbox WHERE key LIKE 'reply:%'")
    assert len({row.kind for row in replies}) > 20
    for row in replies:
        one = stage.sent[int(row.key.split(":")[2])]
        if row.kind == "group.anonymous":
            # Who hides behind a group is told there how to come forward, and nothing else.
            assert row.chat_id < 0, (row, one)
            continue
        assert row.chat_id == (one.sender or one.chat), (row, one)
        # Who Telegram does not vouch for is only told how to join, or that something went wrong.
        assert one.sender or row.kind in ("refused", "failed"), (row, one)
    others = stage.rows("SELECT chat_id, kind FROM outbox WHERE key NOT LIKE 'reply:%'")
    others += stage.rows("SELECT chat_id, kind FROM card")
    known = {stage.user(name) for name in (*VICTIMS, *ACTORS)} | set(NEWCOMERS)
    assert {row.chat_id for row in others} <= known


def test_nothing_of_others_has_changed(siege: Siege) -> None:
    stage, before = siege
    after = stage.of_victims()
    for table, rows in before.items():
        assert after[table] == rows, table
    open_ = stage.rows(
        "SELECT count(*) FROM checkin WHERE out_at IS NULL GROUP BY person_id HAVING count(*) > 1"
    )
    assert not open_
    # 段平 alone oversees 王芳, and nobody who acts oversees 段平.
    decided = stage.rows("SELECT person_id, decided_by FROM correction WHERE state <> 'asked'")
    decided += stage.rows("SELECT person_id, decided_by FROM second_account_request WHERE state <> 'asked'")
    assert {tuple(row) for row in decided} == {(stage.ids["王芳"], stage.ids["段平"])}
    bound = {row.user_id: row.person_id for row in stage.rows("SELECT user_id, person_id FROM account")}
    let_in = {user: stage.ids["王芳"] for user, name in NEWCOMERS.items() if name == "王芳" and user in bound}
    assert bound == {stage.user(name): stage.ids[name] for name in (*VICTIMS, *ACTORS)} | let_in
    about = ",".join(str(stage.ids[name]) for name in VICTIMS)
    assert not stage.rows(f"SELECT * FROM audit WHERE person_id IN ({about})")


@dataclass
class Privy:
    """Who may read about whom, said once more without the bot's own words for it."""

    names: dict[int, str]
    paths: dict[int, str]
    over: dict[int, list[str]]
    assigning: dict[int, list[str]]

    def may_read(self, reader: int, person: int) -> bool:
        """Themselves, and those in the areas that they supervise."""
        return reader == person or any(self.paths[person].startswith(p) for p in self.over.get(reader, ()))

    def may_name(self, reader: int, person: int) -> bool:
        """Also those who decide on their requests; who assigns a hazard and who found it, to each other."""
        if self._assigns_for(person, reader) or self._assigns_for(reader, person):
            return True
        return self.may_read(reader, person) or self.may_read(person, reader)

    def may_hear(self, reader: int, person: int) -> bool:
        """Words of theirs: also who assigns what they found."""
        return self.may_read(reader, person) or self._assigns_for(reader, person)

    def _assigns_for(self, dispatcher: int, person: int) -> bool:
        return any(self.paths[person].startswith(path) for path in self.assigning.get(dispatcher, ()))


def _privy(stage: Stage) -> Privy:
    people = stage.rows("SELECT person.id, person.name, path FROM person JOIN area ON area.id = area_id")
    over: dict[int, list[str]] = {}
    assigning: dict[int, list[str]] = {}
    for row in stage.rows(
        "SELECT person_id, role, path FROM role JOIN area ON area.id = area_id"
        " WHERE role IN ('supervisor', 'admin', 'dispatcher')"
    ):
        held = assigning if row.role == "dispatcher" else over
        held.setdefault(row.person_id, []).append(row.path)
    names, paths = {row.id: row.name for row in people}, {row.id: row.path for row in people}
    return Privy(names, paths, over, assigning)


def _messages(stage: Stage, session: Session) -> Iterator[tuple[int, Any]]:
    """Every message that would be sent, with the person who would read it (0: a stranger)."""
    columns = "chat_id, kind, facts, locale"
    found = list(session.execute(text(f"SELECT {columns} FROM outbox WHERE verb = 'send'")))
    found += list(session.execute(text(f"SELECT {columns} FROM card")))
    readers = {user: stage.ids[name] for user, name in NEWCOMERS.items()}
    readers |= {stage.user(name): stage.ids[name] for name in (*VICTIMS, *ACTORS)}
    actors = access.actors_of(session, BOT, list(readers))
    for row in found:
        notice = read(row.kind, _read(row.facts))
        shown = load(session, actors[row.chat_id], notice) if loads(row.kind) else notice
        if shown is not None:
            reader = Reader(translator(row.locale), stage.settings.work.zone, stage.clock.now())
            yield readers.get(row.chat_id, 0), view(row.kind, shown, reader)


def _read(facts: Any) -> Any:
    return read_update(facts.encode()) if isinstance(facts, str) else facts


def test_nothing_about_others_is_told(siege: Siege) -> None:
    stage, _ = siege
    privy, own = _privy(stage), _coordinates(stage)
    writers = {marker(stage.user(name)): stage.ids[name] for name in (*VICTIMS, *ACTORS)}
    shown: Counter[str] = Counter()
    with stage.db.read() as session:
        for reader, message in _messages(stage, session):
            _check_form(message)
            said = message.text + "".join(b.text for line in message.buttons for b in line)
            for person, name in privy.names.items():
                assert name not in said or privy.may_name(reader, person), (privy.names.get(reader), said)
            for mark, person in writers.items():
                shown["words"] += mark in said
                assert mark not in said or privy.may_hear(reader, person), (privy.names.get(reader), said)
            assert not any(marker(stranger) in said for stranger in STRANGERS)
            assert "+86138" not in said, said
            assert "138000000" not in said, said
            points = COORDINATE.findall(said)
            shown["coordinates"] += len(points)
            assert set(points) <= own.get(reader, set()), (privy.names.get(reader), said)
    assert all(not any(name in toast for name in privy.names.values()) for toast in stage.api.toasts)
    assert shown["words"] > 20, shown
    assert shown["coordinates"] > 20, shown
    assert len(stage.api.toasts) > 1000


def _coordinates(stage: Stage) -> dict[int, set[str]]:
    own: dict[int, set[str]] = {}
    for table in ("checkin", "presence_point"):
        for row in stage.rows(
            f"SELECT person_id, latitude, longitude FROM {table} WHERE latitude IS NOT NULL"
        ):
            own.setdefault(row.person_id, set()).update({f"{row.latitude:.5f}", f"{row.longitude:.5f}"})
    return own


def _check_form(message: Any) -> None:
    """What Telegram would take; a message that only loses its buttons says nothing new."""
    if message == Message(""):
        return
    # What is longer is sent in parts.
    for part in [message.text] if message.voice else split(message.text, TEXT_LIMIT):
        said, _ = parse_html(part)
        assert 0 < utf16_length(said) <= (CAPTION_LIMIT if message.voice else TEXT_LIMIT), message
    for button in (b for line in message.buttons for b in line):
        assert button.url.startswith("https://") or 1 <= len(button.data.encode()) <= 64, button
        assert button.text.strip(), button


@pytest.mark.parametrize("name", ["玉香", "岩罕", "王芳"])
def test_a_normal_check_in_is_still_answered(siege: Siege, name: str) -> None:
    stage, _ = siege
    user, ids = stage.user(name), [900_000 + 20 * stage.ids[name] + n for n in range(FORMS + 2)]
    # Each form that was begun is kept until it is dropped.
    cancel = {"text": "/cancel", "entities": [{"type": "bot_command", "offset": 0, "length": 7}]}
    sent: list[dict[str, Any]] = [
        *([cancel] * FORMS),
        {"text": "下班"},
        {"location": {"latitude": 24.4, "longitude": 98.55, "horizontal_accuracy": 12}},
    ]
    stage.clock.move(timedelta(hours=1))
    for update_id, content in zip(ids, sent, strict=True):
        date = int(stage.clock.now().timestamp())
        chat, sender = {"id": user, "type": "private"}, {"id": user, "is_bot": False, "first_name": name}
        message = {"message_id": 9, "date": date, "chat": chat, "from": sender, **content}
        with capture_logs():
            asyncio.run(stage.take([_body(update_id, message)]))
    replies = {
        int(row.key.split(":")[2]): row.kind
        for row in stage.rows("SELECT key, kind FROM outbox WHERE key LIKE 'reply:%' ORDER BY id DESC")
    }
    assert replies[ids[-1]] == "checkin.done", [replies.get(number) for number in ids]


def _body(update_id: int, message: dict[str, Any]) -> bytes:
    return json.dumps({"update_id": update_id, "message": message}).encode()


def _from(user: int, **content: Any) -> dict[str, Any]:
    sender = {"id": user, "is_bot": False, "first_name": "x"}
    return {
        "message_id": 9, "date": 1_795_391_940, "chat": {"id": user, "type": "private"}, "from": sender,
        **content,
    }  # fmt: skip


def test_who_is_not_named_joins_as_nobody(tmp_path: Path) -> None:
    unnamed = _from(8_000_000_001, text="/start j_never-guessed")
    del unnamed["from"]
    with open_town(tmp_path) as stage:
        asyncio.run(
            stage.take([_body(1, unnamed), _body(2, unnamed | {"chat": {"id": -5, "type": "private"}})])
        )
        replies = stage.rows("SELECT chat_id, kind FROM outbox")
        assert [tuple(row) for row in replies] == [(8_000_000_001, "refused")]
        assert not stage.rows("SELECT * FROM account WHERE user_id <= 0")
        assert not stage.rows("SELECT * FROM join_attempt")
        # The link is as good as before to somebody who is.
        asyncio.run(stage.take([_body(3, _from(8_000_000_002, text="/start j_never-guessed"))]))
        joined = stage.rows("SELECT person_id FROM account WHERE user_id = 8000000002")
        assert [row.person_id for row in joined] == [stage.ids["阿昌"]]


def test_one_who_keeps_no_duty_is_not_answered_at_every_move(tmp_path: Path) -> None:
    with open_town(tmp_path) as stage:
        user = stage.user("早么")
        moves = [
            {"update_id": n, "edited_message": _from(user, location={"latitude": 24.4, "longitude": 98.5})}
            for n in range(1, 4)
        ]
        asyncio.run(stage.take([json.dumps(move).encode() for move in moves]))
        assert not stage.rows("SELECT kind FROM outbox")
        assert not stage.rows("SELECT error FROM inbox WHERE state <> 'done'")
