"""What people answer to a call: a key, a number, words. Until it ends, they may answer otherwise."""

import re
from datetime import datetime

from sqlmodel import Session

from bot import access
from bot.access import Actor, Relation, Resource, Work
from bot.base.errors import Refused
from bot.features.calls import repository, sending
from bot.features.calls.notices import CallMessage, CallMovedUp
from bot.features.calls.repository import CallRow, Choice, RecipientRow, subject_of
from bot.outbox import outbox
from models import Asked

SEEN = "seen"
MOST_WORDS = 500
MOST_NUMBER = 1_000_000_000


def choose(work: Work, call_id: int, code: str) -> bool:
    """Take an answer by key; whether a word is wanted with it. Raises Refused where the call is over, does
    not ask this, or is not for the actor."""
    call, mine = _held(work, call_id)
    if call.asked == Asked.SEEN and code == SEEN:
        _keep(work, call, mine, choice=SEEN)
        return False
    choice = next((each for each in call.offered if each.code == code), None)
    if call.asked != Asked.CHOICE or choice is None:
        raise Refused("button-stale")
    if mine.choice != code:
        place = _place(work.session, call, choice)
        _keep(work, call, mine, choice=code, waiting=place, words="", voice=None)
        _move_up(work, call, mine)
    return choice.note and not mine.words


def put_number(work: Work, call_id: int, number: int) -> None:
    """Take a number. Raises Refused as `choose` does, and for one that cannot be."""
    call, mine = _held(work, call_id)
    if call.asked != Asked.NUMBER:
        raise Refused("button-stale")
    if not 0 <= number <= MOST_NUMBER:
        raise Refused("call-number-unlikely")
    _keep(work, call, mine, number=number)


def put_words(work: Work, call_id: int, words: str, voice: str = "") -> None:
    """Keep what was said to a call, beside the answer; where only a confirmation is asked, it is one.

    Raises Refused as `choose` does, and for words that are too many.
    """
    call, mine = _held(work, call_id)
    if len(words) > MOST_WORDS:
        raise Refused("call-words-too-many", most=MOST_WORDS)
    confirmed = {"choice": SEEN} if call.asked == Asked.SEEN else {}
    answered = bool(mine.answered_at or confirmed)
    _keep(work, call, mine, answered=answered, words=words, voice=voice or None, **confirmed)


def require_open(work: Work, call_id: int) -> None:
    """Raise Refused where the actor cannot answer this call any more."""
    _held(work, call_id)


def asked_in(session: Session, actor: Actor, message_id: int) -> int | None:
    """The call that this message of the bot's is, where the actor may answer it; None for any other."""
    call_id = repository.call_of_message(session, actor.bot, actor.chat_id, message_id)
    call = repository.read(session, call_id) if call_id else None
    mine = repository.recipient(session, call_id, actor.person_id) if call_id else None
    if call is None or mine is None:
        return None
    return call_id if access.allows(actor, "call.answer", of_recipient(call, mine.person_id)) else None


def put(work: Work, call_id: int, words: str, voice: str = "") -> None:
    """Take what was replied: a number where one is asked for, else words. Raises Refused as these do."""
    call, _ = _held(work, call_id)
    if call.asked == Asked.NUMBER:
        put_number(work, call_id, read_number(words))
    else:
        put_words(work, call_id, words, voice)


def read_number(said: str) -> int:
    """The number that was written. Raises Refused where there is none."""
    found = re.search(r"\d{1,10}", said)
    if found is None:
        raise Refused("call-number-wanted")
    return int(found[0])


def of_recipient(call: CallRow, person_id: int) -> Resource:
    """A call to `access`, as it is to one whom it is for."""
    return Resource(call.path, {Relation.ASSIGNEE: (person_id,)})


def _held(work: Work, call_id: int) -> tuple[CallRow, RecipientRow]:
    """The call, kept from others until the commit, and the actor's part in it."""
    call = repository.read(work.session, call_id, lock=True)
    mine = repository.recipient(work.session, call_id, work.actor.person_id) if call else None
    if call is None or mine is None:
        raise Refused("button-stale")
    access.require(work.actor, "call.answer", of_recipient(call, mine.person_id))
    if not call.takes_answers(work.now):
        raise Refused("call-over")
    return call, mine


def _keep(
    work: Work, call: CallRow, mine: RecipientRow, *, answered: bool = True, **values: object
) -> None:  # fmt: skip
    at: datetime | None = (mine.answered_at or work.now) if answered else None
    repository.answer(work.session, mine.id, answered_at=at, **values)
    urgent = sending.kind_of(work, call).urgent
    message = CallMessage(call.id, urgent)
    outbox.show_again(work.session, subject_of(call.id), message, work.now, mine.person_id)


def _place(session: Session, call: CallRow, choice: Choice) -> int | None:
    """The place in line where the choice is full; None where there is room."""
    if choice.most is None or repository.chosen(session, call.id, choice.code) < choice.most:
        return None
    return repository.last_waiting(session, call.id) + 1


def _move_up(work: Work, call: CallRow, left: RecipientRow) -> None:
    """Whoever left a full choice makes room for the next in line, who is told."""
    freed = next((each for each in call.offered if each.code == left.choice), None)
    if freed is None or freed.most is None or left.waiting is not None:
        return
    following = repository.first_waiting(work.session, call.id, freed.code)
    if following is None or repository.chosen(work.session, call.id, freed.code) >= freed.most:
        return
    _keep(work, call, following, waiting=None)
    for to in outbox.recipients_of(work.session, [following.person_id]):
        key = f"call:{call.id}:up:{work.now:%y%m%d%H%M%S%f}:{to.bot}:{to.chat_id}"
        outbox.enqueue(work, CallMovedUp(call.id), to, key, deadline=call.deadline)
