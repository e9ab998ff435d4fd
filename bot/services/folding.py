"""What quiet hours have held for a person becomes one message in the morning, not one each."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, text, update
from sqlmodel import Session, col

from bot import access, outbox
from bot.access import Actor, Thing
from bot.notices import FOLDED, Notice
from bot.outbox import Recipient
from bot.settings import Settings
from models import OutboxRow, OutboxState

RUN = "digest.run"
# So long before quiet hours end; what comes later goes by itself.
BEFORE = timedelta(minutes=2)
# More than this does not fit into one message.
MOST = 12


def fold(session: Session, actor: Actor, limit: int, *, now: datetime, settings: Settings) -> int:
    """Fold what waits in some chats for the end of quiet hours that are nearly over; how many chats."""
    access.require(actor, RUN, Thing())
    until = outbox.quiet_until(settings, now)
    if until is None or until - now > BEFORE:
        return 0
    waiting = (text("state = 'held'"), col(OutboxRow.kind).in_(FOLDED), col(OutboxRow.due_at) <= until)
    chats = session.execute(
        select(col(OutboxRow.bot), col(OutboxRow.chat_id))
        .where(*waiting)
        .group_by(col(OutboxRow.bot), col(OutboxRow.chat_id))
        .having(func.count() > 1)
        .limit(limit)
    ).all()
    for bot, chat_id in chats:
        _fold(session, bot, chat_id, waiting, now, settings)
    return len(chats)


def _fold(
    session: Session, bot: int, chat_id: int, waiting: tuple[object, ...], now: datetime, settings: Settings
) -> None:
    here = (col(OutboxRow.bot) == bot, col(OutboxRow.chat_id) == chat_id)
    found = select(OutboxRow).where(*waiting, *here)  # type: ignore[arg-type]
    rows = session.execute(found.order_by(col(OutboxRow.id)).limit(MOST)).scalars().all()
    first = rows[0]
    to = Recipient(bot, chat_id, first.locale, first.person_id)
    notices = [{"kind": row.kind, "facts": row.facts} for row in rows]
    key = f"folded:{first.id}:{bot}:{chat_id}"
    outbox.enqueue(session, Notice("folded", {"notices": notices}), to, key, now, settings)
    gone = update(OutboxRow).where(col(OutboxRow.id).in_([row.id for row in rows]))
    session.execute(gone.values(state=OutboxState.DROPPED))
