"""Words and voice notes that nothing takes: kept, and offered on by keys."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session

from bot import access
from bot.access import Actor, Work, self_of
from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.base.i18n import LOCALES, translator
from bot.features.households import repository as household_repository
from bot.features.safety import appeals
from bot.features.safety.danger_words import speaks_of_danger
from bot.outbox import outbox
from bot.outbox.notices import Notice, Told
from bot.settings import Settings
from bot.words import said

_BARE = re.compile(r"[\W_]+")


def keep(work: Work) -> bool:
    """Keep what this message says, and ask what it is. False where it has no words, or is but a courtesy."""
    access.require(work.actor, "person.read_own", self_of(work.actor))
    heard = said.heard(work.session)
    if heard is None or (not heard.voice and is_courtesy(heard.words)):
        return False
    said.keep(work.session, work.actor, said.UNPLACED)
    row = said.find(work.session, work.actor.bot, heard.chat_id, heard.message_id)
    if row is not None:
        facts = _facts(row) | {"offers": offers(work.actor), "house": _day(work.now, work.settings)}
        outbox.show(work, _subject(row.id), Told("words.unplaced", facts), _to(work.actor))
    return True


def offers(actor: Actor) -> list[str]:
    """What this person may make of words."""
    may = {
        "hazard": access.allows(actor, "hazard.report", self_of(actor)),
        "request": access.allows(actor, "request.register", self_of(actor)),
        "house": access.allows(actor, "household.answer", self_of(actor)),
        "tell": access.allows(actor, appeals.MAKE, self_of(actor)),
    }
    return [*(name for name, allowed in may.items() if allowed), "drop"]


def given(session: Session, actor: Actor, said_id: int) -> Facts:
    """The words for a form, and their number. Raises Refused where they are placed already."""
    access.require(actor, "person.read_own", self_of(actor))
    row = said.get(session, actor, said_id)
    if row is None:
        raise Refused("button-stale")
    return {"said": said_id, "words": row.words, "voice": row.voice}


def reworded(work: Work, row: Row[Any], words: str) -> None:
    """They say something else now, and are asked about as before."""
    access.require(work.actor, "person.read_own", self_of(work.actor))
    facts = _facts(row) | {
        "words": words,
        "offers": offers(work.actor),
        "house": _day(work.now, work.settings),
    }
    outbox.show_again(work.session, _subject(row.id), Told("words.unplaced", facts), work.now)


def place(session: Session, actor: Actor, said_id: int, subject: str, state: str, *, now: datetime) -> None:
    """They became a hazard or a request."""
    access.require(actor, "person.read_own", self_of(actor))
    row = said.get(session, actor, said_id)
    if row is not None:
        said.move(session, said_id, subject)
        _show(session, row, state, (), now)


def tell(work: Work, said_id: int) -> None:
    """Lay them before the supervisor."""
    row = said.get(work.session, work.actor, said_id)
    told = appeals.tell(work, said_id)
    if row is not None:
        _show(work.session, row, "told", told, work.now)


def drop(work: Work, said_id: int) -> None:
    """They are not kept. Raises Refused where they are placed already."""
    access.require(work.actor, "person.read_own", self_of(work.actor))
    row = said.get(work.session, work.actor, said_id)
    if row is None:
        raise Refused("button-stale")
    said.remove(work.session, said_id)
    _show(work.session, row, "dropped", (), work.now)


def hear_danger(actor: Actor, update: Any, at: datetime) -> Notice | None:
    """What is answered first where a private message speaks of danger, whatever else becomes of it."""
    message = said.message_of(update, at)
    if message is None or not speaks_of_danger(message.words):
        return None
    known = access.allows(actor, appeals.MAKE, self_of(actor)) and actor.person_id
    return Told("danger.first", {"message_id": message.message_id if known else 0})


def is_courtesy(words: str) -> bool:
    """Whether this is a word of thanks, a greeting, or no word at all."""
    bare = _BARE.sub(" ", words).strip().casefold()
    return not bare or any(
        bare == word.strip()
        for locale in LOCALES
        for word in translator(locale).plain("small-talk").casefold().split("|")
    )


def _facts(row: Row[Any]) -> Facts:
    return {"said_id": row.id, "words": row.words, "state": "", "told": [], "offers": [], "house": ""}


def _show(session: Session, row: Row[Any], state: str, told: Sequence[str], now: datetime) -> None:
    facts = _facts(row) | {"state": state, "told": list(told)}
    outbox.show_again(session, _subject(row.id), Told("words.unplaced", facts), now)


def _subject(said_id: int) -> str:
    return f"said:{said_id}"


def _day(now: datetime, settings: Settings) -> str:
    return f"hh:some:{household_repository.today(now, settings):%Y%m%d}"


def _to(actor: Actor) -> outbox.Recipient:
    return outbox.recipient_of(actor)
