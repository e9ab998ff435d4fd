"""What quiet hours have held for a person becomes one message in the morning, not one each.

With it goes what may not be sent twice and of which nobody knows whether it arrived: said as just that.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import TextClause, func, or_, select, text, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work, self_of
from bot.features.reminders.notices import Folded, HeldNotice
from bot.outbox import outbox
from bot.outbox.notices import POLICIES, Lane
from bot.outbox.outbox import Recipient
from bot.storage.rows import Expression
from bot.views import messages
from models import UNSETTLED, OutboxRow, OutboxState

RUN = "digest.run"
# So long before quiet hours end; what comes later goes by itself.
BEFORE = timedelta(minutes=2)
# What nobody knows to have arrived is told of the next morning, not later.
UNSURE_SINCE = timedelta(days=1)
# More than this does not fit into one message.
MOST = 12

_Where = tuple[Expression | TextClause, ...]


def fold(work: Work, limit: int) -> int:
    """Fold what waits in some chats for the end of quiet hours that are nearly over; how many chats."""
    access.require(work.actor, RUN, Resource())
    until = outbox.quiet_until(work.settings, work.now)
    if until is None or until - work.now > BEFORE:
        return 0
    held, unsure = _held(until), _unsure(work.now, until)
    chats = _chats(work.session, held, 2, limit)
    chats += [chat for chat in _chats(work.session, unsure, 1, limit - len(chats)) if chat not in chats]
    for bot, chat_id in chats:
        rows = [row for where in (unsure, held) for row in _rows(work.session, where, bot, chat_id)]
        _fold(work, rows[:MOST])
    return len(chats)


def _held(until: datetime) -> _Where:
    """What waits for the morning."""
    return (text("state = 'held'"), col(OutboxRow.kind).in_(_kinds("folds")), col(OutboxRow.due_at) <= until)


def _unsure(now: datetime, until: datetime) -> _Where:
    """What may not have arrived, and is still of use in the morning; what rang is not told again."""
    of_use = or_(col(OutboxRow.deadline).is_(None), col(OutboxRow.deadline) > until)
    lately = col(OutboxRow.created_at) > now - UNSURE_SINCE
    # Written like the partial index, so that it is used.
    return (
        text(UNSETTLED),
        text("state = 'unknown'"),
        col(OutboxRow.kind).in_(_kinds("retold")),
        col(OutboxRow.lane) >= Lane.REMINDER,
        lately,
        of_use,
    )


def _chats(session: Session, where: _Where, least: int, limit: int) -> list[tuple[int, int]]:
    """Chats (with their bot) in which at least so many wait."""
    found = select(col(OutboxRow.bot), col(OutboxRow.chat_id)).where(*where)
    grouped = found.group_by(col(OutboxRow.bot), col(OutboxRow.chat_id)).having(func.count() >= least)
    return [(bot, chat_id) for bot, chat_id in session.execute(grouped.limit(limit))]


def _rows(session: Session, where: _Where, bot: int, chat_id: int) -> list[OutboxRow]:
    here = (col(OutboxRow.bot) == bot, col(OutboxRow.chat_id) == chat_id)
    found = select(OutboxRow).where(*where, *here).order_by(col(OutboxRow.id)).limit(MOST)
    return list(session.execute(found).scalars())


def _fold(work: Work, rows: list[OutboxRow]) -> None:
    """One message instead of these, all of one chat."""
    first = rows[0]
    to = Recipient(first.bot, first.chat_id, first.locale, first.person_id)
    held = tuple(HeldNotice(row.kind, row.facts, row.state == OutboxState.UNKNOWN) for row in rows)
    key = f"folded:{first.id}:{first.bot}:{first.chat_id}"
    outbox.enqueue(work, Folded(held), to, key)
    gone = update(OutboxRow).where(col(OutboxRow.id).in_([row.id for row in rows]))
    work.session.execute(gone.values(state=OutboxState.DROPPED))


def _kinds(rule: str) -> list[str]:
    """The kinds of message for which this rule of their policy holds."""
    return sorted(kind for kind, policy in POLICIES.items() if getattr(policy, rule))


def load(session: Session, reader: Actor, folded: Folded) -> Folded | None:
    """Of several things in one message, those that are still needed."""
    access.require(reader, "person.read_own", self_of(reader))
    needed = []
    for each in folded.notices:
        shown = messages.load(session, reader, messages.read(each.kind, each.facts))
        if shown is not None:
            needed.append(replace(each, facts=messages.as_facts(shown)))
    return Folded(tuple(needed)) if needed else None
