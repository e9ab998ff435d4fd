"""Whoever is posted elsewhere: the hazards of the post are the own area's."""

from datetime import timedelta

import pytest

from bot.playground.world import Button
from tests.e2e.test_hazard_boards import opened, told
from tests.e2e.test_hazards import card
from tests.e2e.town import Town


def stands(town: Town, name: str) -> None:
    """On a shift at the post of another village."""
    now = town.clock.now()
    town.shift(name, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=7))


def test_the_hazards_of_the_post_are_those_of_the_own_area(town: Town) -> None:
    stands(town, "王芳")
    posted, other = town.join("王芳"), town.bind("岩罕")
    told(town, other, area="DH-MS-1-1", post_id=town.post("P-MANGLI"))
    told(town, other, area="DH-MS-1-1")
    board = opened(posted)
    assert "没办结的隐患：1 件" in board.text
    assert "H-2026-000001" in board.text
    posted.click("1", board)
    assert "芒里卡点" in card(posted, "H-2026-000001").text


@pytest.mark.one_way
def test_what_one_told_of_oneself_elsewhere_is_not_all_done(town: Town) -> None:
    posted = town.join("王芳")
    told(town, posted, area="DH-MS-1-1")
    assert "H-2026-000001" in opened(posted).text


@pytest.mark.one_way
def test_who_is_not_posted_there_sees_nothing_of_it(town: Town) -> None:
    stands(town, "王芳")
    elsewhere, other = town.join("段平"), town.bind("岩罕")
    number = told(town, other, area="DH-MS-1-1", post_id=town.post("P-MANGLI"))
    board = opened(elsewhere)
    assert "H-2026-000001" not in board.text
    elsewhere.press(board, Button("?", data=f"hz:open:{number}"))
    town.settle()
    assert not [text for text in elsewhere.texts if "H-2026-000001" in text]
