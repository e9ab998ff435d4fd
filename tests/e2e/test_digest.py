"""The list of the morning: one message with all that waits, from which goes what is done."""

from datetime import datetime, timedelta

import pytest

from tests.e2e.test_corrections import ask, morning_shift
from tests.e2e.test_hazards import tell
from tests.e2e.town import MORNING, Town


def come(town: Town, moment: str) -> None:
    """Let it be this local time, and wait until what is done every minute was done."""
    town.clock.set(datetime.fromisoformat(f"{moment}:01+08:00"))
    town.until_done("follow_digest", moment)


def test_in_the_morning_all_that_waits_is_one_message_and_goes_as_it_is_done(town: Town) -> None:
    worker, supervisor, above = town.join("岩罕"), town.join("刀建国"), town.join("方志强")
    morning_shift(town)
    town.clock.set(MORNING + timedelta(hours=2))
    ask(worker, "08:00 没上岗记录", "手机没电")
    card = supervisor.wait_for("补卡：岩罕")
    come(town, "2026-11-24T08:00")
    listed = supervisor.wait_for("有 1 件事等您")
    assert "✏️ 补卡等批（/corrections）\n1. 岩罕（芒里第一网格），昨天 08:00 的" in listed.text
    # One tap from the list to the thing itself, at the end of the chat.
    before = supervisor.taps
    supervisor.click("1", listed)
    town.settle()
    assert supervisor.taps == before + 1
    brought = [each for each in supervisor.received if "补卡：岩罕" in each.text][-1]
    assert brought is not card
    supervisor.click("批准", brought)
    worker.wait_for("批了")
    come(town, "2026-11-24T08:02")
    supervisor.wait_for("今天要办的 1 件都办完了")
    town.settle()
    assert len([text for text in supervisor.texts if "今天要办的" in text]) == 1
    assert [text for text in above.texts if "件事等您" in text] == []


@pytest.mark.one_way
def test_nothing_waits_and_nothing_is_said(town: Town) -> None:
    supervisor = town.join("刀建国")
    come(town, "2026-11-24T08:00")
    assert [text for text in supervisor.texts if "件事等您" in text] == []


@pytest.mark.one_way
def test_a_hazard_is_told_by_kind_number_and_place_and_one_key_opens_it(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    tell(worker, place=None)
    town.settle()
    come(town, "2026-11-24T08:00")
    listed = supervisor.wait_for("件事等您")
    line = next(line for line in listed.text.splitlines() if line.startswith("1. "))
    assert "🔥" in line
    assert "1 号" in line
    assert "村口水沟边" in line
    supervisor.click("1", listed)
    town.settle()
    opened = [each for each in supervisor.received if "H-2026-000001" in each.text][-1]
    assert opened.id > listed.id
    assert "派人去办" in opened.buttons[0].text
