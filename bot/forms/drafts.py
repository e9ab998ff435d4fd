"""Drafts: where people are in their forms. The only truth about it is this table."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import asdict, field
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, tuple_, update
from sqlmodel import Session, col

from bot.access import Actor, Work
from bot.base.facts import Facts, Struct, read_as
from bot.forms.given import Given
from bot.forms.notices import Choice
from bot.forms.steps import Option, Phrase
from bot.storage.rows import Expression, all_of, first_of
from models import Draft as DraftRow

# After this long a forgotten form no longer takes what a person writes.
FRESH = timedelta(hours=24)
NUMBERS = 10**18

_COLUMNS = [
    col(DraftRow.id), col(DraftRow.bot), col(DraftRow.chat_id), col(DraftRow.person_id), col(DraftRow.form),
    col(DraftRow.version), col(DraftRow.step), col(DraftRow.answers), col(DraftRow.updated_at),
]  # fmt: skip
_NEWEST_LAST = select(*_COLUMNS).order_by(col(DraftRow.updated_at), col(DraftRow.id))
# Asked for every batch of updates, so it is prepared once.
_FRONTS = _NEWEST_LAST.where(
    col(DraftRow.chat_id).in_(bindparam("chat_ids", expanding=True)),
    col(DraftRow.bot) == bindparam("bot"),
    col(DraftRow.updated_at) > bindparam("since"),
)


class Draft(Struct):
    """An unfinished form. `options` are the buttons of the question asked last, which is `asked`; `offered`
    is whether the person was reminded of it since. `past` are the steps answered, the last one last; `trail`
    is what was asked and answered on the living message."""

    id: int
    bot: int
    chat_id: int
    person_id: int
    form: str
    version: int
    step: str
    given: Given = field(default_factory=Given)
    options: tuple[Option, ...] = ()
    offered: bool = False
    asked: Phrase | None = None
    past: tuple[str, ...] = ()
    trail: tuple[Choice, ...] = ()

    @property
    def subject(self) -> str:
        """What its living message is filed under."""
        return f"form:{self.id}"


class _Row(Struct):
    id: int
    bot: int
    chat_id: int
    person_id: int
    form: str
    version: int
    step: str
    answers: Facts
    updated_at: datetime


def drafts_of(session: Session, bot: int, chat_ids: Sequence[int], now: datetime) -> dict[int, Draft]:
    """For each of these chats the draft that is being filled in, where there is one."""
    asked = {"bot": bot, "chat_ids": chat_ids, "since": now - FRESH}
    try:
        return {row.chat_id: _draft(row) for row in all_of(session, _Row, _FRONTS, asked)}
    except (ValueError, LookupError, TypeError, AttributeError):
        # One that cannot be read is as if it were not there; it is nobody else's trouble.
        if len(chat_ids) == 1:
            return {}
    found: dict[int, Draft] = {}
    for chat_id in chat_ids:
        found |= drafts_of(session, bot, [chat_id], now)
    return found


def front(session: Session, actor: Actor, now: datetime) -> Draft | None:
    """The draft that the actor's chat is filling in."""
    return drafts_of(session, actor.bot, [actor.chat_id], now).get(actor.chat_id)


def get(work: Work, draft_id: int) -> Draft | None:
    """The actor's own draft with this number, unless it was forgotten."""
    mine = (*_own(work.actor), col(DraftRow.id) == draft_id, col(DraftRow.updated_at) > work.now - FRESH)
    row = first_of(work.session, _Row, _NEWEST_LAST.where(*mine))
    return _draft(row) if row else None


def of_chat(session: Session, actor: Actor) -> list[Draft]:
    """All drafts of the actor's chat, whosever account it was."""
    here = (col(DraftRow.bot) == actor.bot, col(DraftRow.chat_id) == actor.chat_id)
    return [_draft(row) for row in all_of(session, _Row, _NEWEST_LAST.where(*here))]


def lapsed(session: Session, now: datetime, current: Collection[tuple[str, int]], most: int) -> list[Draft]:
    """Drafts that were forgotten, or whose form and version are not among the current ones."""
    known = tuple_(col(DraftRow.form), col(DraftRow.version)).in_(list(current))
    gone = _NEWEST_LAST.where((col(DraftRow.updated_at) <= now - FRESH) | ~known)
    return [_draft(row) for row in all_of(session, _Row, gone.limit(most))]


def begin(work: Work, form: str, version: int, step: str, given: Given) -> Draft:
    """Start a draft; an unfinished one of the same form, and forgotten ones, make way for it."""
    outdated = (col(DraftRow.form) == form) | (col(DraftRow.updated_at) <= work.now - FRESH)
    work.session.execute(delete(DraftRow).where(*_own(work.actor), outdated))
    # Counted up, SQLite would give a deleted draft's number again, and its old buttons with it.
    number = secrets.randbelow(NUMBERS)
    values = {
        "id": number, "bot": work.actor.bot, "chat_id": work.actor.chat_id,
        "person_id": work.actor.person_id, "form": form,
        "version": version, "step": step, "answers": {"given": given, "options": [], "offered": False},
        "started_at": work.now, "updated_at": work.now,
    }  # fmt: skip
    work.session.execute(insert(DraftRow).values(**values))
    return Draft(number, work.actor.bot, work.actor.chat_id, work.actor.person_id, form, version, step, given)


def save(session: Session, draft: Draft, now: datetime) -> None:
    """Keep where the draft is now; it is the one being filled in."""
    kept = {
        "given": draft.given, "options": [{**asdict(o.label), "value": o.value} for o in draft.options],
        "offered": draft.offered, "asked": draft.asked, "past": draft.past, "trail": draft.trail,
    }  # fmt: skip
    values = {"step": draft.step, "answers": kept, "updated_at": now}
    session.execute(update(DraftRow).where(col(DraftRow.id) == draft.id).values(**values))


def drop(session: Session, draft: Draft) -> bool:
    """Delete the draft; False if it was gone."""
    found = session.connection().execute(delete(DraftRow).where(col(DraftRow.id) == draft.id))
    return found.rowcount == 1


def _own(actor: Actor) -> tuple[Expression, ...]:
    return (
        col(DraftRow.bot) == actor.bot, col(DraftRow.chat_id) == actor.chat_id,
        col(DraftRow.person_id) == actor.person_id,
    )  # fmt: skip


def _draft(row: _Row) -> Draft:
    kept: Facts = row.answers
    return Draft(
        row.id, row.bot, row.chat_id, row.person_id, row.form, row.version, row.step,
        Given(kept["given"]), tuple(Option(read_as(Phrase, each), each["value"]) for each in kept["options"]),
        kept["offered"], read_as(Phrase, kept["asked"]) if kept.get("asked") else None,
        tuple(kept.get("past", ())), read_as(tuple[Choice, ...], kept.get("trail", ())),
    )  # fmt: skip
