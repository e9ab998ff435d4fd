"""Rows that hold what nobody can read: each is set aside by itself, and everything else goes on."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.access.area_times import marker
from bot.photos import fetch
from bot.playground.people import Person as Phone
from bot.views.messages import as_facts
from jobs import ALL
from models import PhotoState
from tests.e2e.town import Town
from tests.robustness.stage import heard, reminder, reply, stage, state, tell
from tests.robustness.test_fetch import given, is_, later, picture, row
from tests.waiting import until

GARBAGE = ("x", "", "{", "[]", "null", "5", '"x"', "\x00", "{}" * 3, '{"a":')
# What a row of the outbox may hold instead of what it should, by column.
MESSAGES: list[dict[str, Any]] = [
    *({"facts": each} for each in GARBAGE), {"facts": b"\xff\xfe"}, {"facts": '{"key":5,"facts":[]}'},
    {"facts": '{"key":"no-such-sentence","facts":{}}'}, {"kind": "no.such.kind"}, {"kind": ""},
    {"kind": "hazard.card"}, {"kind": "summary"}, {"kind": "household.day"}, {"kind": "export.file"},
    {"kind": "ledger.sheet"}, {"kind": "folded", "facts": '{"notices":[5]}'}, {"verb": "dance"},
    {"verb": "commands"}, {"verb": "commands", "facts": '{"roles":5}'}, {"locale": "xx"}, {"locale": ""},
    {"created_at": "yesterday"}, {"created_at": ""}, {"deadline": "soon"}, {"due_at": "never"},
    {"reply_to": "x"}, {"reply_to": -5}, {"attempts": "many"}, {"attempts": -5}, {"person_id": "who"},
    {"chat_id": 0}, {"chat_id": "x"}, {"chat_id": 2**62}, {"lane": "x"}, {"lane": 77}, {"lane": -1},
]  # fmt: skip
CARDS: list[dict[str, Any]] = [
    *({"facts": each} for each in GARBAGE), {"kind": "no.such.kind"}, {"kind": "hazard.card"},
    {"subject": "hazard:x:y:z"}, {"subject": ""}, {"subject": "::", "facts": "["}, {"due_at": "1"},
    {"message_id": "x"}, {"message_id": -5}, {"content_hash": "::::"}, {"content_hash": "dance:1"},
    {"wanted": "x"}, {"attempts": "x"}, {"locale": "xx"}, {"chat_id": "x"}, {"sent_at": "soon"},
]  # fmt: skip
UPDATES: list[dict[str, Any]] = [
    *({"payload": each} for each in GARBAGE), {"payload": None}, {"payload": b"\xff" * 50},
    {"payload": b"[" * 9000},
    {"payload": b'{"update_id":1,"message":[]}'}, {"payload": b'{"update_id":1,"message":{"chat":5}}'},
    {"received_at": "yesterday"}, {"received_at": ""}, {"chat_id": "x"}, {"attempts": "x"}, {"attempts": 99},
    {"update_id": "x"}, {"update_id": -5},
]  # fmt: skip
SLOTS: list[dict[str, Any]] = [
    *({"cursor": each} for each in GARBAGE), {"counts": "["}, {"counts": "5"}, {"due_at": "soon"},
    {"rule": "dance"}, {"occasion": "x"}, {"occasion": ""}, {"attempts": "x"}, {"area": "nowhere"},
    {"rule": "remind", "cursor": '{"x":1}'},
    {"rule": "roll_up", "cursor": '{"day":"x"}'}, {"rule": "digest", "cursor": '{"after":"x"}'},
]  # fmt: skip


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with stage(tmp_path) as town:
        yield town


def _people(town: Town, count: int) -> list[Phone]:
    phones = [town.stranger(f"岩{number}") for number in range(count)]
    with town.playground.world.lock:
        for phone in phones:
            phone.phone.private.started = True
    return phones


def _insert(town: Town, table: str, rows: list[dict[str, Any]]) -> None:
    with town.db.write_now() as session:
        for row in rows:
            names = ", ".join(row)
            values = ", ".join(f":{name}" for name in row)
            session.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)


def test_messages_that_make_no_sense_hold_up_no_other(town: Town) -> None:
    town.bot.stop()
    phones = _people(town, len(MESSAGES))
    usual = {
        "bot": town.settings.bot_id, "verb": "send", "lane": 1, "kind": "refused", "locale": "zh_CN",
        "facts": json.dumps(as_facts(reply("odd"))), "created_at": "2026-11-22 23:00:00",
        "due_at": "2026-11-22 23:00:00", "state": "pending", "attempts": 0,
    }  # fmt: skip
    odd = [{**usual, "key": f"odd{n}", "chat_id": phone.id} | MESSAGES[n] for n, phone in enumerate(phones)]
    _insert(town, "outbox", odd)
    for phone in phones:
        tell(town, phone.id, reply("first"), reminder("second"))
    town.bot.start()
    for phone in phones:
        until(lambda phone=phone: heard(phone, "first", "second") == ["first", "second"])  # type: ignore[misc]
    waiting = "state IN ('pending', 'sending') AND lane IN (0, 1, 2, 3, 4)"
    until(lambda: town.count("outbox", waiting) == 0)
    failed = town.count("outbox", "state = 'failed'")
    print(f"{len(odd)} odd messages, {failed} failed")
    assert failed > len(odd) / 2


def test_cards_that_make_no_sense_hold_up_no_other(town: Town) -> None:
    town.bot.stop()
    phones = _people(town, len(CARDS))
    usual = {
        "bot": town.settings.bot_id, "lane": 1, "kind": "refused", "locale": "zh_CN", "wanted": 1, "shown": 0,
        "facts": json.dumps(as_facts(reply("odd"))), "due_at": "2026-11-22 23:00:00", "attempts": 0,
    }  # fmt: skip
    odd = [{**usual, "subject": f"odd{n}", "chat_id": phone.id} | CARDS[n] for n, phone in enumerate(phones)]
    _insert(town, "card", odd)
    for phone in phones:
        tell(town, phone.id, reply("first"), reminder("second"))
    town.bot.start()
    for phone in phones:
        until(lambda phone=phone: heard(phone, "first", "second") == ["first", "second"])  # type: ignore[misc]
    until(lambda: town.count("card", "wanted > shown AND wanted <> 'x'") == 0)


def test_updates_that_make_no_sense_hold_up_no_other(town: Town) -> None:
    town.bot.stop()
    phones = [town.bind("岩罕"), town.bind("玉香")]
    usual = {
        "bot": town.settings.bot_id, "received_at": "2026-11-22 23:00:00", "payload": b'{"update_id":5}',
        "state": "pending", "attempts": 0,
    }  # fmt: skip
    odd = [
        {**usual, "update_id": 5000 + n, "chat_id": phones[n % 2].id} | each for n, each in enumerate(UPDATES)
    ]
    _insert(town, "inbox", odd)
    town.bot.start()
    for phone in phones:
        phone.send("有人吗")
        phone.wait_for("我先留着了")
    until(lambda: town.count("inbox", "state = 'pending'") == 0)
    assert town.count("inbox", "state = 'failed'") > len(odd) * 0.8


def test_slots_and_markers_that_make_no_sense_hold_up_no_other(town: Town) -> None:
    town.bot.stop()
    usual = {
        "rule": "remind", "area": "", "due_at": "2026-11-22 23:00:00", "state": "running", "cursor": "{}",
        "counts": "{}", "attempts": 0,
    }  # fmt: skip
    odd = [{**usual, "occasion": f"2026-11-20T{n:02}:00"} | each for n, each in enumerate(SLOTS)]
    _insert(town, "slot", odd)
    names = ["alive", "behind", "bot_user", "bot_username", *(marker(job.name, "") for job in ALL)]
    values = [{"name": name, "value": GARBAGE[n % len(GARBAGE)]} for n, name in enumerate(names)]
    with town.db.write_now() as session:
        session.execute(text("DELETE FROM marker WHERE name <> 'process_stopped'"))
    _insert(town, "marker", values)
    town.bot.start()
    worker = town.join("岩罕")
    until(
        lambda: town.count("slot", "state = 'running' AND attempts = 0 AND occasion LIKE '2026-11-20%'") == 0
    )
    worker.send("有人吗")
    worker.wait_for("我先留着了")
    # What the clock does goes on: every job has its moment kept again, and the next minute is worked off.
    town.clock.move(timedelta(minutes=2))
    until(
        lambda: town.count("slot", "state = 'done' AND rule = 'remind' AND occasion LIKE '2026-11-23%'") > 0
    )


def test_photos_and_exports_that_make_no_sense_hold_up_no_other(town: Town) -> None:
    worker = town.join("岩罕")
    with town.db.read() as session:
        person = session.execute(text("SELECT id FROM person WHERE name = '岩罕'")).scalar_one()
        area = session.execute(text("SELECT min(id) FROM area")).scalar_one()
    usual: dict[str, Any] = {
        "bot": town.settings.bot_id, "chat_id": worker.id, "person_id": person, "what": "checkins",
        "area_id": area, "with_photos": 0, "since": "2026-11-01", "until": "2026-11-23", "state": "asked",
        "asked_at": "2026-11-22 23:00:00", "rows_done": 0, "rows_total": 0, "tries": 0, "files": "[]",
    }  # fmt: skip
    odd: list[dict[str, Any]] = [
        {"what": "dance"}, {"since": "x"}, {"until": ""}, {"chat_id": 0}, {"tries": 99},
        {"what": "checkins", "files": "["}, {"rows_total": "x"}, {"asked_at": "x"}, {"with_photos": 7},
    ]  # fmt: skip
    _insert(town, "export_request", [usual | each for each in odd])
    until(lambda: town.count("export_request", "state IN ('asked', 'making')") == 0)
    tell(town, worker.id, reply("first"))
    worker.wait_for("first")
    until(lambda: state(town, "first", worker.id) == "sent")


def test_a_photo_that_telegram_tells_nonsense_of_holds_up_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "NAP_SECONDS", 0.05)
    said = [
        b'{"ok":true,"result":{"file_path":"../../etc/passwd"}}', b'{"ok":true,"result":[]}', b"", b"[1]",
        b'{"ok":true,"result":{"file_path":"https://elsewhere.invalid/x","file_size":-1}}', b'{"ok":true}',
        b'{"ok":false,"error_code":{},"description":[]}', b'{"ok":true,"result":{"file_path":5}}',
    ]  # fmt: skip
    with stage(tmp_path) as town:
        for body in said:
            fault = town.playground.faults.strange(lambda _, body=body: (200, body), method="getFile")
            odd = given(town, picture(len(body)), "hazard:1")
            until(lambda fault=fault: fault.struck == 1)  # type: ignore[misc]
            right = given(town, picture(200 + len(body)), "hazard:2")
            is_(town, right, PhotoState.STORED)
            assert row(town, odd).state == PhotoState.WAITING
        later(town)
        until(lambda: town.count("photo", "state <> 'stored'") == 0)


@pytest.mark.parametrize(
    "garbage", [{"sent_at": "x"}, {"file_id": None}, {"file_id": ""}, {"tries": "x"}, {"width": "x"}]
)
def test_a_photo_row_that_makes_no_sense_holds_up_no_other(
    garbage: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "NAP_SECONDS", 0.05)
    monkeypatch.setattr(fetch, "REST_SECONDS", 0.05)
    with stage(tmp_path, running=False) as town:
        odd = given(town, picture(1), "hazard:1")
        with town.db.write_now() as session:
            for name, value in garbage.items():
                changed = text(f"UPDATE photo SET {name} = :value WHERE id = :odd")
                session.execute(changed, {"value": value, "odd": odd})
        right = [given(town, picture(number), "hazard:2") for number in (2, 3)]
        town.bot.start()
        for number in right:
            is_(town, number, PhotoState.STORED)
