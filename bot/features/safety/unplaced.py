"""Words and voice notes that nothing takes: kept, and offered on by keys."""

import re
from datetime import datetime

from bot import access
from bot.access import Actor, Work, self_of
from bot.base.errors import Refused
from bot.base.i18n import LOCALES, translator
from bot.features.households import repository as household_repository
from bot.features.safety import appeals
from bot.features.safety.danger_words import speaks_of_danger
from bot.features.safety.notices import DangerFirst, WordsUnplaced
from bot.outbox import outbox
from bot.outbox.notices import Notice
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
        outbox.show(work, _subject(row.id), _asking(work, row.id, row.words), outbox.recipient_of(work.actor))
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


def given(work: Work, said_id: int) -> dict[str, str | int]:
    """The words for a form, and their number. Raises Refused where they are placed already."""
    access.require(work.actor, "person.read_own", self_of(work.actor))
    row = said.get(work.session, work.actor, said_id)
    if row is None:
        raise Refused("button-stale")
    return {"said": said_id, "words": row.words, "voice": row.voice}


def reworded(work: Work, said_id: int, words: str) -> None:
    """They say something else now, and are asked about as before."""
    access.require(work.actor, "person.read_own", self_of(work.actor))
    outbox.show_again(work.session, _subject(said_id), _asking(work, said_id, words), work.now)


def place(work: Work, said_id: int, subject: str, state: str) -> None:
    """They became a hazard or a request."""
    access.require(work.actor, "person.read_own", self_of(work.actor))
    row = said.get(work.session, work.actor, said_id)
    if row is not None:
        said.move(work.session, said_id, subject)
        _show(work, WordsUnplaced(said_id, row.words, state))


def tell(work: Work, said_id: int) -> None:
    """Lay them before the supervisor."""
    row = said.get(work.session, work.actor, said_id)
    told = appeals.tell(work, said_id)
    if row is not None:
        _show(work, WordsUnplaced(said_id, row.words, "told", tuple(told)))


def drop(work: Work, said_id: int) -> None:
    """They are not kept. Raises Refused where they are placed already."""
    access.require(work.actor, "person.read_own", self_of(work.actor))
    row = said.get(work.session, work.actor, said_id)
    if row is None:
        raise Refused("button-stale")
    said.remove(work.session, said_id)
    _show(work, WordsUnplaced(said_id, row.words, "dropped"))


def hear_danger(actor: Actor, update: object, at: datetime) -> Notice | None:
    """What is answered first where a private message speaks of danger, whatever else becomes of it."""
    message = said.message_of(update, at)
    if message is None or not speaks_of_danger(message.words):
        return None
    known = access.allows(actor, appeals.MAKE, self_of(actor)) and actor.person_id
    return DangerFirst(message.message_id if known else 0)


def is_courtesy(words: str) -> bool:
    """Whether this is a word of thanks, a greeting, or no word at all."""
    bare = _BARE.sub(" ", words).strip().casefold()
    return not bare or any(
        bare == word.strip()
        for locale in LOCALES
        for word in translator(locale).plain("small-talk").casefold().split("|")
    )


def _asking(work: Work, said_id: int, words: str) -> WordsUnplaced:
    """What may be made of them is asked."""
    house = f"hh:some:{household_repository.today(work.now, work.settings):%Y%m%d}"
    return WordsUnplaced(said_id, words, offers=tuple(offers(work.actor)), house=house)


def _show(work: Work, notice: WordsUnplaced) -> None:
    outbox.show_again(work.session, _subject(notice.said_id), notice, work.now)


def _subject(said_id: int) -> str:
    return f"said:{said_id}"
