"""A lost or wrong account: an invite for one who has joined, and taking accounts away."""

import pytest

from bot.access import OPERATOR, SYSTEM, Work
from bot.features.duty.notices import CheckInClosedBySystem
from bot.features.people import accounts, invites
from bot.outbox import outbox
from bot.outbox.outbox import Recipient
from tests.e2e.test_joining import CONTACT, owner, phone_of
from tests.e2e.town import Town


@pytest.mark.one_way
def test_an_invite_for_one_who_has_joined_and_taking_an_account_away(town: Town) -> None:
    first = town.join("岩罕")
    now = town.clock.now()
    with town.db.read() as session:
        area, made = invites.draw_up_for(Work(session, OPERATOR, now, town.settings), "W1")
    with town.db.write_now() as session:
        invites.store(Work(session, OPERATOR, now, town.settings), area, made)
    second = phone_of(town, "新手机", "+8613800000001")
    second.start(f"j_{made[0].code}")
    second.wait_for("只差一步")
    second.tap(CONTACT)
    second.wait_for("现在联系不上您片区的负责人")

    with town.db.read() as session:
        assert accounts.accounts_of(Work(session, OPERATOR, now, town.settings), "W1") == [
            f"…{str(first.id)[-4:]}"
        ]
    with town.db.write_now() as session:
        assert accounts.unbind(Work(session, OPERATOR, now, town.settings), "W1") == 1
    first.send("上岗")
    first.wait_for("还没有加入")
    assert owner(town, first) is None


@pytest.mark.one_way
def test_what_waits_for_a_lost_account_is_not_sent(town: Town) -> None:
    worker = town.join("岩罕")
    town.settle()
    night = town.clock.now().replace(hour=15)  # 23:00 there: held until the morning
    to = Recipient(town.settings.bot_id, worker.id, "zh_CN", town.id("岩罕"))
    notice = CheckInClosedBySystem(night)
    with town.db.write_now() as session:
        outbox.enqueue(Work(session, SYSTEM, night, town.settings), notice, to, "k")
    assert town.count("outbox", "state = 'held'") == 1
    with town.db.write_now() as session:
        accounts.unbind(Work(session, OPERATOR, night, town.settings), "W1")
    assert town.count("outbox", "state = 'dropped'") == 1
