"""Whether the clock can be right: Telegram says what time it is with every answer and in every message.

Nothing is refused over it. It is said in the log and to the admins, and what is erased by its age stays.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.storage import values

# Telegram keeps updates for a day: older ones it cannot send, newer ones than now nobody has sent.
_KEPT = timedelta(days=2)
_APART = timedelta(days=1)
# By an answer's own date it is known more closely.
NOTABLE = timedelta(minutes=5)
_MARKER = "clock_apart"


def by_messages(now: datetime, dates: Iterable[datetime | None]) -> timedelta:
    """How far Telegram's clock is ahead of ours, by when it took messages; 0 where ours may be right."""
    newest = max((date for date in dates if date), default=None)
    if newest is None or now - _KEPT < newest < now + _APART:
        return timedelta()
    return newest - now


def by_answer(now: datetime, told: datetime | None) -> timedelta:
    """How far Telegram's clock is ahead of ours, by the date of its answer; 0 where ours is right."""
    return told - now if told and abs(told - now) > NOTABLE else timedelta()


def words(apart: timedelta) -> str:
    """How wrong our clock is."""
    side, wrong = "behind" if apart > timedelta() else "ahead of", abs(apart)
    days, minutes = round(wrong / timedelta(days=1)), round(wrong / timedelta(minutes=1))
    told = f"{days} days" if days else f"{minutes} minutes"
    return f"this machine's clock is {told} {side} Telegram's: set it (NTP)"


def note(session: Session, apart: timedelta) -> bool:
    """Keep how wrong it is; whether that has changed from right to wrong or back."""
    before = is_wrong(session)
    values.put(session, _MARKER, str(apart.total_seconds()) if apart else "")
    return before != bool(apart)


def is_wrong(session: Session) -> bool:
    """Whether the clock cannot be right."""
    return bool(values.get(session, _MARKER))
