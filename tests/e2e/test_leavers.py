"""Somebody leaves the roster by an import: what was in hand goes on, and who has it now is told once."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.access import OPERATOR, Work
from bot.features import roster
from bot.playground.people import Message, Person
from models import Area, Role
from models import Person as OnRoster
from tests.e2e import test_corrections, test_hazards, test_requests, test_swaps
from tests.e2e.town import Town
from tests.features.roster_books import save

_WORDS = {
    "grid_worker": "网格员", "crew_member": "班组成员", "household_head": "中心户",
    "supervisor": "书记/网格长", "dispatcher": "调度员", "member": "成员", "admin": "管理员",
}  # fmt: skip


def bring_in_without(
    town: Town, folder: Path, *names: str, roles: dict[str, tuple[str, str]] | None = None
) -> None:
    """Import everybody who is on the roster but these; whoever is in `roles` holds only that role, there."""
    with town.db.read() as session:
        there = (col(OnRoster.removed_at).is_(None), col(OnRoster.name).not_in(names))
        people = session.execute(
            select(col(OnRoster.code), col(OnRoster.name), col(OnRoster.phone), col(Area.code))
            .join(Area, col(Area.id) == col(OnRoster.area_id))
            .where(*there)
        ).all()
        held = session.execute(
            select(col(OnRoster.code), col(Role.role), col(Area.code), col(OnRoster.name))
            .join(Role, col(Role.person_id) == col(OnRoster.id))
            .join(Area, col(Area.id) == col(Role.area_id))
            .where(*there)
        ).all()
        rows = {(code, *(roles or {}).get(name, (role, area))) for code, role, area, name in held}
        book = {
            "人员": [["编码", "姓名", "电话", "区域"], *map(list, people)],
            "角色": [
                ["人员", "角色", "区域"],
                *([code, _WORDS[r], where] for code, r, where in sorted(rows)),
            ],
        }
        file = save(folder / f"{len(people)}-{len(rows)}.xlsx", book)
        plan = roster.plan(Work(session, OPERATOR, town.clock.now(), town.settings), file)
    roster.apply(town.db, OPERATOR, plan, now=town.clock.now(), settings=town.settings)


def next_minute(town: Town) -> None:
    """Let a minute pass, and wait until what is done every minute was done."""
    town.clock.move(timedelta(minutes=1))
    occasion = f"{town.clock.now().astimezone(town.settings.work.zone):%Y-%m-%dT%H:%M}"
    for _ in range(1000):
        if town.count("slot", f"rule = 'pass_on' AND state = 'done' AND occasion = '{occasion}'"):
            break
        time.sleep(0.01)
    town.settle()


def left(person: Person) -> list[Message]:
    """The messages about people who left."""
    return [each for each in person.received if "不在这片名单上了" in each.text]


@pytest.mark.every_way
def test_hazard_request_approval_and_swap_go_on_without_who_left(town: Town, tmp_path: Path) -> None:
    worker, other = town.join("岩罕"), town.join("玉香")
    supervisor, above = town.join("刀建国"), town.join("方志强")
    test_hazards.tell(other)
    test_hazards.assign(supervisor)
    test_requests.register(worker)
    test_requests.card(supervisor)
    supervisor.click("派人去办", test_requests.card(supervisor))
    supervisor.wait_for("派给谁？点一个")
    supervisor.tap("岩罕")
    town.settle()
    test_corrections.morning_shift(town)
    test_swaps.shift(town, "岩罕", "排勒", lead="排勒")
    test_swaps.ask(worker)
    other.click("我来", other.wait_for("芒里卡点"))
    town.settle()
    before = len(other.received)

    bring_in_without(town, tmp_path, "岩罕")
    next_minute(town)
    (told,) = left(supervisor)
    assert "岩罕不在这片名单上了，留下的 2 件现在请您接着办" in told.text
    assert "还没派人" in told.text
    # One tap from there to the thing itself, at the end of the chat.
    supervisor.click("1", told)
    town.settle()
    opened = supervisor.received[-1]
    assert opened.id > told.id
    assert "H-2026-000001" in opened.text
    assert any("派人去办" in button.text for button in opened.buttons)
    # Who was to swap with the one who left hears of it, and nothing of the rest.
    news = [each.text for each in other.received[before:]]
    assert [text for text in news if "这一班您不用来" in text]
    assert not [text for text in news if "隐患" in text or "诉求" in text]
    assert left(worker) == []
    assert not [each for each in worker.received if each.buttons and "H-2026-000001" in each.text]

    # The supervisor leaves as well: everything lies before the one above, in one message, once.
    bring_in_without(town, tmp_path, "刀建国")
    next_minute(town)
    next_minute(town)
    (told,) = left(above)
    assert "刀建国不在这片名单上了，留下的 2 件" in told.text
    assert left(worker) == []
    assert len(left(supervisor)) == 1


def test_a_correction_goes_to_who_may_decide_now(town: Town, tmp_path: Path) -> None:
    worker, supervisor, above = town.join("岩罕"), town.join("刀建国"), town.join("方志强")
    test_corrections.come_late(town, worker)
    test_corrections.ask(worker)
    supervisor.wait_for("补卡：岩罕")
    town.settle()
    bring_in_without(town, tmp_path, "刀建国")
    next_minute(town)
    (told,) = left(above)
    assert "刀建国不在这片名单上了" in told.text
    assert "岩罕" in told.text
    above.click("1", told)
    above.click("批准", above.wait_for("补卡：岩罕"))
    worker.wait_for("批了")


@pytest.mark.parametrize("role", [("household_head", "DH-MS-1-1-01"), ("supervisor", "DH-MS-1-2")])
def test_who_stays_with_another_role_has_the_keys_of_that(
    town: Town, tmp_path: Path, role: tuple[str, str]
) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    test_hazards.tell(worker)
    assert "派人去办" in _keys(test_hazards.card(supervisor))
    bring_in_without(town, tmp_path, roles={"刀建国": role})
    supervisor.wait_for("下面的按钮换好了")
    town.settle()
    old = [each for each in supervisor.received if "H-2026-000001" in each.text]
    assert old
    assert all("派人去办" not in _keys(each) for each in old)
    now = {button["text"] for button in supervisor.keyboard}
    assert ("📍 上岗" in now) == (role[0] == "supervisor")
    # Whose roles are as before is told nothing.
    assert "下面的按钮换好了" not in "".join(worker.texts)


def _keys(message: Message) -> str:
    return " ".join(button.text for button in message.buttons)
