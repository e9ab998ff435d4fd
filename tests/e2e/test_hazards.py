"""隐患 from every side: told with four taps, put right, looked at by somebody else."""

import time
from datetime import timedelta

import pytest

from bot.playground.people import Message, Person, sample_photo
from tests.e2e.town import Town

HERE = (24.4001, 98.5501)


def begin(worker: Person, kind: str = "火灾", place: tuple[float, float] | None = HERE) -> Message:
    """A photo, its kind, its place; the last question."""
    worker.reset_taps()
    worker.photo(sample_photo("green"))
    worker.wait_for("这是哪一类")
    worker.tap(kind)
    worker.wait_for("在哪里")
    if place:
        worker.location(*place)
    else:
        worker.send("村口水沟边")
    return worker.wait_for("发出")


def tell(worker: Person, kind: str = "火灾", place: tuple[float, float] | None = HERE) -> Message:
    """Tell of a hazard; the answer."""
    begin(worker, kind, place)
    worker.tap("📤")
    return worker.wait_for("收到，编号")


def card(person: Person, text: str = "H-2026-000001", timeout: float = 5) -> Message:
    """The living message of the hazard, once it says this; what was above it has no buttons any more."""
    end = time.monotonic() + timeout
    while True:
        living = [m for m in person.received if any("经过" in button.text for button in m.buttons)]
        if living and text in living[-1].text:
            return living[-1]
        assert time.monotonic() < end, f"{text!r} is not told in {person}"
        time.sleep(0.02)


def assign(supervisor: Person, to: str = "岩罕") -> None:
    """Give it to somebody."""
    supervisor.click("派给谁", card(supervisor))
    supervisor.wait_for("派给谁？点一个")
    supervisor.tap(to)
    supervisor.wait_for("派给")


def put_right(fixer: Person, town: Town, outcome: str = "✅ 整改好了") -> None:
    """Reply to its message with a photo, and say what came of it."""
    town.settle()
    fixer.reset_taps()
    fixer.reply(card(fixer), photo=sample_photo("blue"))
    fixer.wait_for("整改得怎么样")
    fixer.tap(outcome)


def test_four_taps_from_the_photo_to_the_village(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    answer = tell(worker)
    assert worker.taps == 4
    assert "H-2026-000001（🔥 火灾隐患），明天 18:00 前整改好" in answer.text
    assert "已经告诉刀建国" in answer.text
    shown = card(supervisor)
    assert "📍 芒里第一网格" in shown.text
    assert "photo" in shown.data
    assert town.count("hazard", "state = 'reported' AND severity = 'serious' AND latitude IS NOT NULL") == 1
    assert town.count("photo", "used_for = 'hazard:1'") == 1
    assert town.count("hazard_event", "step = 'reported'") == 1


def test_from_the_report_to_the_end_with_everything_on_the_way(town: Town) -> None:
    worker, supervisor, above = town.join("玉香"), town.join("刀建国"), town.join("方志强")
    fixer = town.join("岩罕")
    tell(worker, "道路")
    assign(supervisor)
    assert "👷 岩罕负责" in card(worker, "岩罕负责").text

    put_right(fixer, town, "◐ 弄好一部分")
    fixer.wait_for("卡在哪里")
    fixer.tap("缺材料")
    fixer.wait_for("多给点时间")
    fixer.tap("再要 3 个工作日")
    fixer.wait_for("延期的事问上去了")
    wish = card(supervisor, "岩罕想延到 12月7日 18:00")
    assert "◐ 弄好一部分：缺材料、缺人手" in wish.text
    supervisor.click("同意延期", wish)
    town.settle()
    assert "想延到" not in card(fixer).text
    assert town.count("hazard_event", "step = 'granted'") == 1

    put_right(fixer, town)
    fixer.wait_for("请刀建国去看过就销号")
    assert fixer.taps == 2
    town.settle()
    supervisor.click("退回", card(supervisor))
    supervisor.wait_for("哪里不行")
    supervisor.tap("只弄好一部分")
    supervisor.wait_for("退回去了")
    town.settle()
    assert "↩️ 退回：只弄好一部分" in card(fixer).text

    put_right(fixer, town)
    town.settle()
    supervisor.click("整改到位", card(supervisor))
    town.settle()
    for person in (worker, fixer, supervisor):
        closed = card(person)
        assert "刀建国看过，整改到位（岩罕整改" in closed.text, str(person)
        assert not [b for row in closed.buttons for b in [row] if "整改" in b.text]
    assert above.texts[-1].startswith("方志强，您好")
    steps = "reported assigned partly wished granted fixed reopened fixed closed".split()
    assert [town.count("hazard_event", f"step = '{step}'") for step in steps] == [1, 1, 1, 1, 1, 2, 1, 2, 1]
    assert town.count("hazard", "state = 'closed' AND reopened = 1 AND verified_by IS NOT NULL") == 1
    # One living message each: what stands above has no buttons and says where to look.
    for person in (worker, fixer, supervisor):
        living = [m for m in person.received if any("经过" in b.text for b in m.buttons)]
        assert len(living) == 1, str(person)
