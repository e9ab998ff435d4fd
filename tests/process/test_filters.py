"""Words that act as keys."""

from datetime import UTC, datetime

import pytest
from telegram import Chat, Message

from bot.process.filters import WordFilter
from handlers.duty import CHECK_IN_WORDS, CHECK_OUT_WORDS


def said(text: str) -> Message:
    """A message of these words."""
    return Message(1, datetime(2026, 11, 23, tzinfo=UTC), Chat(1, "private"), text=text)


@pytest.mark.parametrize(
    "text", ["🏁 下班", "🏁 下岗", "下班", "下岗", "签退", "离岗", " 下班 ", "🏁 Off duty", "OFF DUTY"]
)
def test_who_leaves_is_understood_by_the_key_of_today_and_of_before(text: str) -> None:
    assert WordFilter(CHECK_OUT_WORDS).filter(said(text))
    assert not WordFilter(CHECK_IN_WORDS).filter(said(text))


@pytest.mark.parametrize("text", ["📍 上岗", "上岗", "签到", "到岗", "📍 On duty", "Check in"])
def test_who_comes_is_understood(text: str) -> None:
    assert WordFilter(CHECK_IN_WORDS).filter(said(text))
    assert not WordFilter(CHECK_OUT_WORDS).filter(said(text))
