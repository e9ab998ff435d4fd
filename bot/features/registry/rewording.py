"""A message was changed in the chat: what it said counts anew where that still matters, and whoever acts on
it hears of it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import insert, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Work, self_of
from bot.base.facts import Struct
from bot.features.cases import workflow
from bot.features.duty import corrections
from bot.features.handover import handover
from bot.features.households import help as household_help
from bot.features.ledger import commendations, disputes
from bot.features.patrols import checklist
from bot.features.people import feedback
from bot.features.registry.cases import CASES
from bot.features.safety import appeals, unplaced
from bot.features.safety.notices import WordsChanged, WordsReworded
from bot.outbox import outbox
from bot.words import edits, said
from bot.words.edits import Change
from bot.words.said import Kept
from models import CheckIn, Person, Photo, Said

# Lets the new words count for the subject with this number; whom it concerns. None: nothing can change.
Reworded = Callable[..., Sequence[int] | None]
MOST_NAMES = 3


class _RewordedKind(Struct):
    """`by_card`: whoever acts on it gets its message anew, and needs no other."""

    reworded: Reworded
    by_card: bool = False


def _of_checkin(work: Work, number: int, change: Change) -> Sequence[int] | None:
    """What stands below the photo of a check-in: nobody acts on it."""
    mine = (col(CheckIn.id) == number, col(CheckIn.person_id) == work.actor.person_id)
    return () if edits.put(work.session, CheckIn.remark, change, *mine) else None


def _of_nothing_yet(work: Work, number: int, change: Change) -> Sequence[int] | None:
    """A caption that waits for its use, or words that wait for their place: they are read when it comes."""
    return ()


KINDS: dict[str, _RewordedKind] = {
    **{case.family.name: _RewordedKind(partial(workflow.reworded, case), by_card=True) for case in CASES},
    "matter": _RewordedKind(handover.reworded),
    "household": _RewordedKind(household_help.reworded),
    "patrol": _RewordedKind(checklist.reworded),
    "correction": _RewordedKind(corrections.reworded),
    "dispute": _RewordedKind(disputes.reworded),
    "merit": _RewordedKind(commendations.reworded),
    "feedback": _RewordedKind(feedback.reworded),
    "appeal": _RewordedKind(appeals.reworded),
    "checkin": _RewordedKind(_of_checkin),
    "photo": _RewordedKind(_of_nothing_yet),
    said.UNPLACED: _RewordedKind(_of_nothing_yet),
}


def found(session: Session, actor: Actor, message_id: int) -> Kept | None:
    """What is kept of the actor's message; of a photo without a caption too, for one may be added."""
    access.require(actor, "person.read_own", self_of(actor))
    row = said.find(session, actor.bot, actor.chat_id, message_id)
    if row is None and _keep_photo(session, actor, message_id):
        row = said.find(session, actor.bot, actor.chat_id, message_id)
    return row if row is not None and row.person_id == actor.person_id else None


def reword_draft(session: Session, actor: Actor, row: Kept, words: str) -> None:
    """The answer in an open form was changed with the message; nobody else has seen it yet."""
    access.require(actor, "person.read_own", self_of(actor))
    said.reword(session, row.id, words)


def reword(work: Work, row: Kept, words: str, at: datetime) -> WordsReworded:
    """Let a message say this instead; the names of those who hear of it, None where nothing can change any
    more."""
    access.require(work.actor, "person.read_own", self_of(work.actor))
    name, _, number = row.subject.partition(":")
    kind = KINDS.get(name)
    if kind is None:
        return WordsReworded(None)
    words = said.as_kept(row.subject, words)
    change = Change(row.words, words, at, work.settings.work.zone)
    people = kind.reworded(work, int(number or 0), change)
    if people is None:
        return WordsReworded(None)
    said.reword(work.session, row.id, words)
    if row.subject == said.UNPLACED:
        unplaced.reworded(work, row.id, words)
    asked = sorted(set(people) - {work.actor.person_id})
    if not kind.by_card:
        _tell(work, asked, name, row, change)
    named = select(col(Person.name)).where(col(Person.id).in_(asked)).order_by(col(Person.id))
    return WordsReworded(tuple(work.session.execute(named).scalars())[:MOST_NAMES])


def _tell(work: Work, people: list[int], kind: str, row: Kept, change: Change) -> None:
    """Those whom it concerns read both, once for each change."""
    notice = WordsChanged(work.actor.name, kind, change.old, change.new)
    for to in outbox.recipients_of(work.session, people):
        key = f"words.changed:{row.id}:{change.at:%y%m%d%H%M%S}:{to.bot}:{to.chat_id}"
        outbox.enqueue(work, notice, to, key)


def _keep_photo(session: Session, actor: Actor, message_id: int) -> bool:
    """A photo that came without a caption: from here on one may stand below it."""
    if abs(message_id) >= 1 << 62:
        return False
    photo = session.execute(
        select(col(Photo.id), col(Photo.used_for), col(Photo.sent_at)).where(
            col(Photo.bot) == actor.bot, col(Photo.chat_id) == actor.chat_id,
            col(Photo.message_id) == message_id, col(Photo.person_id) == actor.person_id,
        )
    ).first()  # fmt: skip
    if photo is None:
        return False
    name, _, rest = (photo.used_for or said.photo(photo.id or 0)).partition(":")
    values = {
        "bot": actor.bot, "chat_id": actor.chat_id, "message_id": message_id, "person_id": actor.person_id,
        "subject": f"{name}:{rest.partition(':')[0]}", "words": "", "voice": "", "said_at": photo.sent_at,
    }  # fmt: skip
    session.execute(insert(Said).values(**values))
    return True
