"""Pace against Telegram's own buckets, as the playground plays them."""

from dataclasses import dataclass, field

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.deliver.rate_limit import RateLimiter
from bot.outbox.notices import Lane
from bot.playground.limits import Limits

RATE = 29.5
FEW_CHATS = st.sampled_from([1, 2, 3, -7])
WISHES = st.lists(
    st.tuples(
        st.one_of(FEW_CHATS, st.integers(1, 60)),
        st.sampled_from([Lane.SOS, Lane.REPLY, Lane.BROADCAST]),
        st.floats(0, 0.2),
    ),
    max_size=400,
)


@dataclass
class Telegram:
    """The bot's pace before Telegram's limits, both on one clock."""

    pace: RateLimiter
    now: float = 1_000.0
    sent: list[tuple[float, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.limits = Limits(monotonic=lambda: self.now)

    def wish(self, chat: int, lane: Lane) -> bool:
        """Send if the pace allows it, asked as deliver asks; whether it did."""
        may = self.pace.room(self.now, 8) or (lane is Lane.SOS and self.pace.sos_room(self.now))
        if not may or chat in self.pace.closed_chats(self.now):
            return False
        self.pace.spend(chat, lane, self.now)
        self.limits.take(chat)
        self.sent.append((self.now, chat))
        return True


@given(WISHES)
@example([(chat, Lane.SOS, 0.011) for chat in range(1, 61)] * 60)
@example([(chat, Lane.BROADCAST, 0.001) for chat in range(1, 61)] * 60)
@example([(-7, Lane.REPLY, 0.04)] * 3_000)
def test_telegram_never_refuses_what_the_pace_allows(wishes: list[tuple[int, Lane, float]]) -> None:
    telegram = Telegram(RateLimiter(RATE))
    for chat, lane, wait in wishes:
        telegram.now += wait
        telegram.wish(chat, lane)
    assert telegram.limits.refused == 0
    assert not wishes or telegram.sent


def test_with_enough_to_send_the_rate_is_held_evenly() -> None:
    telegram = Telegram(RateLimiter(RATE))
    chat = 0
    while telegram.now < 1_060:
        chat += telegram.wish(chat + 1, Lane.REMINDER)
        telegram.now += 0.003
    assert len(telegram.sent) >= 0.99 * RATE * 60
    for start in range(1_000, 1_059):
        within = sum(start <= at < start + 1 for at, _ in telegram.sent)
        # What was saved up while nothing was sent goes first.
        assert 28 <= within <= (36 if start == 1_000 else 31)


def test_a_late_sender_catches_up_by_no_more_than_five() -> None:
    pace = RateLimiter(RATE)
    pace.spend(1, Lane.REPLY, 100.0)
    for sent in range(6):
        assert pace.room(200.0, 8) == 6 - sent
        pace.spend(2 + sent, Lane.REPLY, 200.0)
    assert pace.room(200.0, 8) == 0
    assert pace.wait(200.0) == pytest.approx(1 / RATE)


def test_two_of_a_chats_three_tokens_are_spent_at_once() -> None:
    pace = RateLimiter(RATE)
    for now in (10.0, 10.1):
        assert pace.closed_chats(now) == []
        pace.spend(1, Lane.REPLY, now)
    assert pace.closed_chats(10.2) == [1]
    assert pace.closed_chats(11.1) == []


def test_a_call_for_help_has_a_token_a_second() -> None:
    pace = RateLimiter(RATE)
    for chat in range(10, 16):
        pace.spend(chat, Lane.REPLY, 10.0)
    assert not pace.room(10.0, 8)
    assert pace.sos_room(10.0)
    pace.spend(2, Lane.SOS, 10.0)
    assert not pace.sos_room(10.9)
    assert pace.sos_room(11.0)


def test_one_refused_chat_rests_alone() -> None:
    pace = RateLimiter(RATE)
    pace.pause(1, 7, 10.0)
    assert pace.closed_chats(16.9) == [1]
    assert not pace.is_paused(10.0)
    assert pace.closed_chats(17.1) == []


@pytest.mark.parametrize("rate", [RATE, 0.0])
@pytest.mark.parametrize("refusals", [[(1, 5), (2, 5), (3, 5)], [(1, 31)]])
def test_many_refusals_or_a_long_one_leave_one_probe_a_second(
    rate: float, refusals: list[tuple[int, float]]
) -> None:
    pace = RateLimiter(rate)
    for chat, seconds in refusals:
        pace.pause(chat, seconds, 10.0)
    assert pace.is_paused(14.9)
    now, sent = 10.0, 0
    while now < 14.0:
        if pace.room(now, 8):
            pace.spend(100 + sent, Lane.REPLY, now)
            sent += 1
        now += 0.01
    assert 4 <= sent <= 5
    end = 10.0 + refusals[0][1] + 0.01
    assert not pace.is_paused(end)
    assert pace.room(end + 1, 8) == (6 if rate else 8)


def test_refusals_far_apart_or_of_one_chat_pause_nobody_else() -> None:
    pace = RateLimiter(RATE)
    for number, chat in enumerate([1, 2, 3, 4, 4, 4]):
        pace.pause(chat, 3, 10.0 + 2.1 * number if number < 4 else 16.5)
    assert not pace.is_paused(16.6)


def test_without_a_rate_only_refused_chats_wait() -> None:
    pace = RateLimiter(0)
    for _ in range(100):
        assert pace.room(10.0, 8) == 8
        pace.spend(1, Lane.REPLY, 10.0)
    assert pace.wait(10.0) == 0
    assert pace.closed_chats(10.0) == []
