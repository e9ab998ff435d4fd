"""Swaps where they meet the rest of a crew's life: the own shifts, leave, a substitute named by hand."""

from datetime import timedelta

import pytest

from tests.e2e.test_swaps import comes, shift
from tests.e2e.town import Town


def test_from_the_own_shifts_it_is_three_actions_too(town: Town) -> None:
    worker, colleague = town.join("岩罕"), town.join("玉香")
    shift(town, "岩罕")
    worker.send("/shifts")
    worker.wait_for("芒里卡点")
    worker.tap("🔁 换班")
    worker.wait_for("请谁来")
    worker.tap("玉香")
    worker.wait_for("您要换的班")
    assert worker.taps == 3
    colleague.wait_for("岩罕这一班来不了")


def test_for_one_who_is_away_all_are_asked_and_the_card_of_the_gap_says_who_comes(town: Town) -> None:
    ill, lead = town.join("岩罕"), town.join("排勒")
    first, second = town.join("玉香"), town.bind("刀建国")
    number = shift(town, "岩罕", "排勒", lead="排勒")
    ill.send("/shifts")
    ill.wait_for("芒里卡点")
    ill.tap("病")
    gap = lead.wait_for("岩罕")
    lead.reset_taps()
    lead.click("都问问", gap)
    lead.wait_for("您替岩罕换的班")
    assert lead.taps == 1
    first.click("我来", first.wait_for("岩罕这一班来不了，排勒想请您来"))
    ill.wait_for("玉香来，您不用来了")
    lead.wait_for("有人了：这一班玉香来")
    town.settle()
    assert "玉香顶班（排勒安排的）" in gap.text
    assert not gap.buttons
    assert comes(town, "玉香", number)
    where = f"shift_id = {number} AND person_id = {town.id('岩罕')} AND state = 'away'"
    assert town.count("shift_member", where) == 1
    assert not any("换班：" in text for text in second.texts)


@pytest.mark.one_way
def test_once_somebody_was_named_by_hand_nobody_is_asked_any_more(town: Town) -> None:
    ill, lead = town.join("岩罕"), town.join("排勒")
    first = town.join("玉香")
    number = shift(town, "岩罕", "排勒", lead="排勒")
    ill.send("/shifts")
    ill.wait_for("芒里卡点")
    ill.tap("病")
    gap = lead.wait_for("岩罕")
    lead.click("都问问", gap)
    asked = lead.wait_for("您替岩罕换的班")
    offer = first.wait_for("排勒想请您来")
    yes = offer.buttons[0]
    lead.click("玉香", gap)
    lead.wait_for("玉香")
    town.clock.move(timedelta(minutes=1))
    lead.wait_for("取消或有人上了")
    town.settle()
    assert [each.buttons for each in (asked, offer)] == [[], []]
    first.press(offer, yes)
    first.wait_for("取消或有人上了")
    assert comes(town, "玉香", number)
    assert town.count("swap", "state = 'expired'") == 1
    assert not any("没来得及" in text for text in ill.texts)
