"""Whoever is outside an area, tries everything there is, sees nothing of it and changes nothing in it."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel

from bot.playground.people import Message, Person, sample_photo
from bot.process.menus import COMMANDS
from tests.e2e.buttons import patterns, samples
from tests.e2e.conftest import Seen
from tests.e2e.spoils import NAMES, OUTSIDERS, SECRETS, lay_out, lose_role, settle_outsiders
from tests.e2e.test_hazards import HERE, tell
from tests.e2e.town import MORNING, Town

# What moves whoever does what: the pipe, the clock, and what is kept of drawings.
MOVING = {
    "inbox", "outbox", "card", "slot", "account", "attachment", "marker", "touched", "rollup", "burden",
    "burden_person", "bot_state", "draft",
}  # fmt: skip
# By which columns a row belongs to somebody or something.
OWNED_BY = ("person_id", "head_id")
THINGS = ("hazard_id", "request_id", "handover_id", "patrol_id", "swap_id", "shift_id")
# It leaves; everybody may.
LEAVING = "^stop:yes$"
ARGUMENTS = ("岩罕", "DH-MS-1-1", "H-2026-000001", "R-2026-000001", "1", "P-MANGLI")
# Those of them who press at least one button of each kind: over another area, and without the role.
THOROUGH = (0, 5)
# How a person is asked for, with the name that stands for any; and what was not found comes back.
EXAMPLES = ("/ledger 岩罕", "「岩罕」", "「P-MANGLI」", "「H-2026-000001」", "「R-2026-000001」")
LINKS = ("p_P-MANGLI", "c_D1-K1", "j_guessed", "led_1", "h_1", "ho_1")
Rows = dict[str, dict[Any, Any]]


def rows(town: Town) -> Rows:
    """All that stands in the tables that do not move by themselves."""
    found: Rows = {}
    with town.db.read() as session:
        for table in SQLModel.metadata.sorted_tables:
            if table.name not in MOVING:
                keys = [column.name for column in table.primary_key]
                listed = session.execute(text(f'SELECT * FROM "{table.name}"')).mappings()
                found[table.name] = {tuple(row[k] for k in keys): dict(row) for row in listed}
    return found


def arrived(town: Town, message: Message) -> str:
    """All that can be read in a message: words, buttons, names of files, what workbooks hold."""
    sent = {kind: message.data.get(kind) for kind in ("document", "location", "venue")}
    shown = [message.text, str(sent), *(f"{b.text} {b.data}" for b in message.buttons)]
    document = message.data.get("document")
    if document:
        data = town.playground.world.files.find(document["file_id"], town.settings.bot_id).data
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                shown += [parts.read(name).decode(errors="ignore") for name in parts.namelist()]
    return "\n".join(shown)


def try_everything(person: Person, known: list[list[str]], who: int, of: int) -> None:
    """Every command, every link and a button of every kind, one right after the other; all who try
    together press every button there is."""
    for place, name in enumerate(COMMANDS):
        # Own words come back in /mydata.
        said = "" if name == "feedback" else ARGUMENTS[(who + place) % len(ARGUMENTS)]
        person.send(f"/{name} {said}".strip())
    for link in LINKS:
        person.start(link)
    under = person.received[-1] if person.received else person.mine
    for made in known:
        for data in made[who::of] or made[:1] * (who in THOROUGH):
            person.phone.click(under, data)


def press_what_was_received(person: Person) -> None:
    """Every button of every message, also those that are gone from it, and a reply to each."""
    for message in person.received:
        for button in [*message.buttons, *message.past_buttons]:
            if button.data and not button.data.startswith("stop:"):
                person.press(message, button)
        person.reply(message, photo=sample_photo("blue"))
        person.reply(message, "整改好了")


def secrets_in(shown: str) -> list[str]:
    """What of it can be read there, besides what was asked."""
    for example in EXAMPLES:
        shown = shown.replace(example, "")
    return [
        f"{secret}: …{shown[max(0, shown.find(secret) - 120) :][:200]}…"
        for secret in SECRETS
        if secret in shown
    ]


def leaks(town: Town, person: Person, since: int) -> list[str]:
    """What can be read of it in what has arrived since then, or was changed since, and in toasts."""
    fresh = [arrived(town, message) for message in person.received if message.seq > since] + person.toasts
    return [leak for one in fresh for leak in secrets_in(one)]


def intruders(town: Town) -> dict[str, Person]:
    """All who try."""
    people = {name: town.join(name) for name in ("段平", "王芳", *(one[0] for one in OUTSIDERS))}
    stranger = town.stranger()
    stranger.start()
    stranger.wait_for()
    return people | {"路人": stranger}


@pytest.mark.one_way
def test_nobody_outside_sees_or_changes_anything(town: Town, seen: Seen) -> None:
    settle_outsiders(town)
    lay_out(town)
    worker, head, supervisor = town.join("岩罕"), town.join("咩巴"), town.join("刀建国")
    worker.send("/feedback")
    worker.wait_for()
    people = intruders(town)
    tell(worker, place=HERE)
    supervisor.wait_for("H-2026-000001")
    people["卸任的"].wait_for("H-2026-000001")
    for command in ("/missing", "/summary", "/corrections", "/h 1", "/hazards", "/ledger 岩罕"):
        people["卸任的"].send(command)
    town.settle()
    lose_role(town, "卸任的")
    group = town.playground.group("外面的群", people["段平"])
    group.add_bot(people["段平"].user)
    town.settle()
    before, since = rows(town), town.playground.world.seq
    victims_see = {p.id: len(p.received) for p in (worker, head, supervisor)}
    seen.made.clear()

    known = [samples(pattern) for pattern in patterns(town.settings) if pattern != LEAVING]
    press_what_was_received(people["卸任的"])
    for who, person in enumerate(people.values()):
        try_everything(person, known, who, len(people))
    for name in COMMANDS:
        people["段平"].send(f"/{name} DH-MS-1-1", group.chat)
    town.settle()

    found = {name: leaks(town, person, since) for name, person in people.items()}
    leaking = [f"{name}: {leak}" for name, each in found.items() for leak in each]
    assert not leaking, "\n".join(leaking)
    told = "\n".join(arrived(town, m) for m in group.messages if m.from_bot)
    assert not secrets_in(told)
    assert not [leak for one in seen.made for leak in secrets_in(one)]
    assert {p.id: len(p.received) for p in (worker, head, supervisor)} == victims_see
    unchanged(town, before, rows(town))


def unchanged(town: Town, before: Rows, after: Rows) -> None:
    """Nothing that was there is otherwise, and nothing was added to those of 芒里村."""
    people = {town.id(name) for name in (*NAMES, "刀建国")}
    for table, kept in before.items():
        changed = {key: row for key, row in kept.items() if after[table].get(key) != row}
        assert not changed, (table, changed)
        added = [row for key, row in after[table].items() if key not in kept]
        assert not [row for row in added for column in OWNED_BY if row.get(column) in people], (table, added)
        things = [row for row in added for column in THINGS if row.get(column) == 1]
        assert not things, (table, things)


# What the supervisor of the village gets by the same buttons.
RIGHTFUL = {
    "hz:show:1": "H-2026-000001",
    "hz:log:1": "岩罕",
    "pat:see:1": "界河一段",
    "ho:show:1": "暗语围栏",
    "led:b:1:m:20261123": "岩罕",
    "led:e:1:m:m:20261123:0": "暗语表彰",
    "sil:b:d:5:20261123:0": "玉香",
    "sum:s:5:d:261123": "芒里村",
    "sum:r:5:d:261123": "述评材料，可以打印",
    "hb:page:area:5::0": "H-2026-000001",
    "rq:show:1": "暗语诉求",
    "rq:log:1": "暗语诉求",
    "rb:page:area:5:0": "R-2026-000001",
}


@pytest.mark.one_way
def test_the_rightful_supervisor_gets_it_all_by_the_same_buttons(town: Town) -> None:
    lay_out(town)
    # From ten o'clock on workers without shifts are asked for.
    town.clock.set(MORNING + timedelta(hours=2, minutes=5))
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    tell(worker, place=HERE)
    supervisor.wait_for("H-2026-000001")
    made = {data for pattern in patterns(town.settings) for data in samples(pattern)}
    assert set(RIGHTFUL) <= made
    for data, secret in RIGHTFUL.items():
        since = town.playground.world.seq
        supervisor.phone.click(supervisor.received[-1], data)
        town.settle()
        fresh = [arrived(town, m) for m in supervisor.received if m.seq > since]
        assert any(secret in one for one in fresh), (data, fresh)
