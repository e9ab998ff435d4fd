"""Whether the bot has been down, and has not yet taken in what people sent meanwhile.

Until it has, nobody is found late or missing. Whoever keeps the clock notes every minute that the bot is
alive; whoever receives says when it is behind, and when it has caught up.
"""

from datetime import datetime

from sqlalchemy import select, text
from sqlmodel import Session, col

from bot.storage import values
from models import InboxRow

_ALIVE, _BEHIND = "alive", "behind"


def note_alive(session: Session, now: datetime) -> None:
    """The clock is kept."""
    values.put(session, _ALIVE, now.isoformat())


def begin(session: Session, now: datetime) -> None:
    """From when it was last alive (or, if it is, from now) it receives nothing; it stays at the earliest."""
    if behind_since(session) is None:
        alive = values.moment(session, _ALIVE)
        since = min(alive, now) if alive else now
        values.put(session, _BEHIND, since.isoformat())


def behind_since(session: Session) -> datetime | None:
    """From when on there may be updates that were not taken in yet; None: there are none."""
    return values.moment(session, _BEHIND)


def end(session: Session) -> None:
    """Everything has been taken in."""
    values.put(session, _BEHIND, "")


def is_working_off(session: Session, bot: int) -> bool:
    """Whether something that was taken in waits to be handled."""
    # Written like the partial index, so that what was handled long ago is not looked through.
    waiting = select(col(InboxRow.seq)).where(col(InboxRow.bot) == bot, text("state = 'pending'")).limit(1)
    return session.execute(waiting).first() is not None
