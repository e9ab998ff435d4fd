"""对换: one comes to the other's shift and the other to the one's, by a single request."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col

from bot.playground.people import Message, Person
from models import Shift
from tests.e2e.town import MORNING, Town

TOMORROW = MORNING + timedelta(days=1, minutes=2)
HALF = timedelta(hours=12)


def two_shifts(town: Town) -> tuple[int, int]:
    """岩罕 has tomorrow's day, 玉香 the night after it; 排勒 leads both."""
    day = town.shift("岩罕", "排勒", starts_at=TOMORROW, ends_at=TOMORROW + HALF, lead="排勒")
    night = town.shift("玉香", starts_at=TOMORROW + HALF, ends_at=TOMORROW + 2 * HALF)
    return day, night


def ask(worker: Person) -> Message:
    """The command, the own shift, that it is to be an exchange, the other's shift."""
    worker.reset_taps()
    worker.send("/swap")
    worker.wait_for("要换哪一班")
    worker.tap("芒里卡点")
    worker.wait_for("请谁来")
    worker.tap("和别人对换一班")
    worker.wait_for("您想上谁的哪一班")
    worker.tap("玉香 明天 20:00–次日 08:00")
    return worker.wait_for("您要换的班")


def comes(town: Town, name: str, number: int) -> bool:
    """Whether the person is to come to the shift."""
    where = f"shift_id = {number} AND person_id = {town.id(name)} AND state = 'planned'"
    return town.count("shift_member", where) == 1


@pytest.mark.one_way
def test_both_shifts_change_hands_at_once(town: Town) -> None:
    worker, colleague, lead = town.join("岩罕"), town.join("玉香"), town.join("排勒")
    day, night = two_shifts(town)
    card = ask(worker)
    assert worker.taps == 4
    assert "换回来：岩罕上 明天 20:00–次日 08:00" in card.text
    offer = colleague.wait_for("岩罕想和您对换一班")
    assert "明天 08:00–20:00 · 芒里卡点" in offer.text
    colleague.click("我来", offer)
    lead.click("✅ 同意", lead.wait_for("换班：岩罕 → 玉香"))
    assert "换回来：岩罕上 明天 20:00" in worker.wait_for("您不用来了").text
    town.settle()
    assert comes(town, "玉香", day)
    assert comes(town, "岩罕", night)
    assert not comes(town, "岩罕", day)
    assert not comes(town, "玉香", night)


@pytest.mark.one_way
def test_where_the_other_shift_is_cancelled_nothing_changes(town: Town) -> None:
    worker, colleague = town.join("岩罕"), town.join("玉香")
    town.bind("排勒")
    day, night = two_shifts(town)
    ask(worker)
    offer = colleague.wait_for("岩罕想和您对换一班")
    with town.db.write_now() as session:
        session.execute(update(Shift).where(col(Shift.id) == night).values(removed_at=MORNING))
    colleague.click("我来", offer)
    colleague.wait_for("这一班刚变过")
    town.clock.move(timedelta(minutes=1))
    worker.wait_for("换班没来得及办成")
    assert comes(town, "岩罕", day)


@pytest.mark.one_way
def test_who_has_taken_on_something_else_meanwhile_cannot(town: Town) -> None:
    worker, colleague = town.join("岩罕"), town.join("玉香")
    town.bind("排勒")
    day, night = two_shifts(town)
    ask(worker)
    offer = colleague.wait_for("岩罕想和您对换一班")
    # The one who asked is to be somewhere else in the night by now.
    town.shift("岩罕", starts_at=TOMORROW + HALF, ends_at=TOMORROW + 2 * HALF, post="P-DAQIAO")
    colleague.click("我来", offer)
    colleague.wait_for("现在换不了")
    assert comes(town, "岩罕", day)
    assert comes(town, "玉香", night)
