"""Which words came in which message: so that a caption goes with its photo, and an edit finds its words.

A turn hears one message at most. Whoever keeps its words somewhere says so by `file`; what was answered in
a form is gathered first, and filed when the form ends.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TypeGuard

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from bot.access.actors import Actor
from bot.base.facts import Struct
from bot.base.lengths import cut
from bot.base.payload import sender_of
from bot.storage.database import insert_new
from bot.storage.rows import Expression, first_of
from models import Photo, Said

# As much as is kept with one thing: captions are long, and an album may have ten.
MOST_UNITS = 4000
UNPLACED = "unplaced"
# How somebody can be reached, and who they are: mobile, landline and Burmese numbers, identity numbers.
_NUMBERS = re.compile(
    r"(?<!\d)(?:(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?\d{7,8}|09\d{7,9}"
    r"|\d{17}[\dXx])(?!\d)"
)
# Before words that somebody else wrote and this person passed on; the same in every language, as it stands
# with them wherever they are shown.
FORWARDED = "↪️ "
_HEARD, _GATHERED = "said_heard", "said_gathered"
_KEPT = select(
    col(Said.id), col(Said.person_id), col(Said.subject), col(Said.words), col(Said.voice), col(Said.said_at)
)


class Remark(Struct):
    """What a person says about something: written, spoken (Telegram's file id), or both."""

    words: str = ""
    voice: str = ""


class Heard(Struct):
    """The message of a turn: where and when it was sent, and its words or voice note (Telegram's file id)."""

    chat_id: int
    message_id: int
    at: datetime
    words: str = ""
    voice: str = ""


class Kept(Struct):
    """Words or a voice note as they are kept, whose they are, and what they are about."""

    id: int
    person_id: int
    subject: str
    words: str
    voice: str
    said_at: datetime


def hear(session: Session, update: object, at: datetime) -> None:
    """From here on this is the update that is being handled, taken by Telegram `at`."""
    is_new = isinstance(update, dict) and "message" in update
    session.info[_HEARD] = message_of(update, at) if is_new else None
    session.info.pop(_GATHERED, None)


def heard(session: Session) -> Heard | None:
    """The message that is being handled, where it has words or a voice."""
    found: Heard | None = session.info.get(_HEARD)
    return found


def keep(session: Session, actor: Actor, subject: str) -> None:
    """Write down that the words of this message are about the subject."""
    found = heard(session)
    if found is None or not actor.person_id:
        return
    here = (
        col(Said.bot) == actor.bot, col(Said.chat_id) == found.chat_id,
        col(Said.message_id) == found.message_id,
    )  # fmt: skip
    row = {
        "bot": actor.bot, "chat_id": found.chat_id, "message_id": found.message_id,
        "person_id": actor.person_id, "subject": subject, "words": as_kept(subject, found.words),
        "voice": found.voice, "said_at": found.at,
    }  # fmt: skip
    insert_new(session, Said, [row])
    session.execute(update(Said).where(*here).values(subject=subject))


def as_kept(subject: str, words: str) -> str:
    """Words as they are kept: of what belongs to nothing yet, a resident's numbers only by their ends."""
    if subject != UNPLACED:
        return words
    return _NUMBERS.sub(lambda found: f"{found[0][:3]}****{found[0][-2:]}", words)


def gather(session: Session, subject: str) -> None:
    """What follows is made of the words kept under subjects that begin so: those of a form that ends."""
    session.info[_GATHERED] = subject


def file(session: Session, actor: Actor, subject: str) -> None:
    """The words of what is being done are about this: those gathered, else those of this message."""
    gathered: str | None = session.info.get(_GATHERED)
    if gathered is None:
        keep(session, actor, subject)
    else:
        session.execute(update(Said).where(*_begins(gathered)).values(subject=subject))


def forget(session: Session, subject: str) -> None:
    """Nobody has use for what is kept under subjects that begin so: a form is dropped or has ended."""
    session.execute(delete(Said).where(*_begins(subject)))


def find(session: Session, bot: int, chat_id: int, message_id: int) -> Kept | None:
    """What a message said, and about what; None where its words are kept nowhere."""
    if not _is_id(message_id):
        return None
    here = (col(Said.bot) == bot, col(Said.chat_id) == chat_id, col(Said.message_id) == message_id)
    return first_of(session, Kept, _KEPT.where(*here))


def get(session: Session, actor: Actor, said_id: int) -> Kept | None:
    """The actor's own words with this number that are not placed yet."""
    own = (col(Said.id) == said_id, col(Said.person_id) == actor.person_id, col(Said.subject) == UNPLACED)
    return first_of(session, Kept, _KEPT.where(*own))


def reword(session: Session, said_id: int, words: str) -> None:
    """The message says this now."""
    session.execute(update(Said).where(col(Said.id) == said_id).values(words=words))


def remove(session: Session, said_id: int) -> None:
    """These words are kept no longer."""
    session.execute(delete(Said).where(col(Said.id) == said_id))


def move(session: Session, said_id: int, subject: str) -> None:
    """These words are about something else now."""
    session.execute(update(Said).where(col(Said.id) == said_id).values(subject=subject))


def captions(session: Session, photo_ids: Sequence[int]) -> list[str]:
    """What was written under these photos, each once, in order; asked before they are used for something."""
    if not photo_ids:
        return []
    found = session.execute(
        select(col(Said.words))
        .where(col(Said.subject).in_([photo(number) for number in photo_ids]), col(Said.words) != "")
        .order_by(col(Said.id))
    )
    return list(dict.fromkeys(found.scalars()))


def with_captions(session: Session, words: str, photo_ids: Sequence[int]) -> str:
    """Words, and what was written under the photos that go with them."""
    parts = dict.fromkeys([*filter(None, [words.strip()]), *captions(session, photo_ids)])
    return cut("\n".join(parts), MOST_UNITS)


def use_photos(session: Session, photo_ids: Sequence[int], subject: str) -> None:
    """What was written under these photos is about what they are used for."""
    about = [photo(number) for number in photo_ids]
    session.execute(update(Said).where(col(Said.subject).in_(about)).values(subject=subject))


def of_photo_again(session: Session, photo_id: int) -> None:
    """A photo was used by mistake: its caption waits with it for its use."""
    row = session.execute(
        select(col(Photo.bot), col(Photo.chat_id), col(Photo.message_id)).where(col(Photo.id) == photo_id)
    ).one()
    here = (
        col(Said.bot) == row.bot, col(Said.chat_id) == row.chat_id, col(Said.message_id) == row.message_id
    )  # fmt: skip
    session.execute(update(Said).where(*here).values(subject=photo(photo_id)))


def photo(number: int) -> str:
    """What the caption of a photo is kept under until the photo is used."""
    return f"photo:{number}"


def message_of(update: object, at: datetime) -> Heard | None:
    """The words of a private message, new or changed, without the command they stand behind; None where it
    has none."""
    known = update if isinstance(update, dict) else {}
    message = known.get("message") or known.get("edited_message")
    chat = message.get("chat") if isinstance(message, dict) else None
    if not isinstance(message, dict) or not isinstance(chat, dict):
        return None
    number, chat_id, voice = message.get("message_id"), chat.get("id"), message.get("voice")
    spoken = voice.get("file_id") if isinstance(voice, dict) else ""
    words = spoken_words(message.get("text") or message.get("caption"))
    if words and message.get("forward_origin") is not None:
        words = FORWARDED + words
    if not _is_id(number) or not _is_id(chat_id) or chat_id < 0 or not (words or spoken):
        return None
    # A private chat is that of whoever writes in it, whatever it says of itself.
    return Heard(sender_of(known)[0] or chat_id, number, at, words, str(spoken or ""))


def _is_id(value: object) -> TypeGuard[int]:
    """Whether it is a number that the database takes."""
    return isinstance(value, int) and abs(value) < 1 << 62


def spoken_words(text: object) -> str:
    """What somebody says in a text: all of it, or what stands behind a command."""
    words = text.strip() if isinstance(text, str) else ""
    return words.partition(" ")[2].strip() if words.startswith("/") else words


def _begins(subject: str) -> tuple[Expression, ...]:
    return col(Said.subject) >= subject, col(Said.subject) < subject + "~"
