"""Which photos are to be copied, and what came of it: what `fetch` reads and writes."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, text, update
from sqlmodel import Session, col

from bot import access
from bot.access import SYSTEM, Work
from bot.base.facts import Struct
from bot.outbox import outbox
from bot.photos import photos
from bot.photos.notices import PhotoBroken
from bot.settings import Settings
from bot.storage.database import unreadable
from bot.storage.images import Clean
from models import Photo, PhotoBand, PhotoState
from models.photo import DUE, LEFT_OVER

# Longer than the slowest line needs for the largest file.
LEASE = timedelta(minutes=10)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=10)


class Waiting(Struct):
    """A photo to be copied, and how often that was begun, this time counted."""

    id: int
    file_id: str
    tries: int


class FetchOutcome(Struct):
    """What came of it: a copy, or a problem; neither refused nor lost: to be tried again."""

    row: Waiting
    key: str = ""
    clean: Clean | None = None
    refused: bool = False
    lost: bool = False
    problem: str = ""


class LeftOver(Struct):
    """A copy of an erased photo. `shared`: another photo still shows the same content."""

    key: str
    shared: bool


def recover(session: Session, bot: int, now: datetime) -> None:
    """After a start nothing is under way, and whoever was in trouble may be well again."""
    waits = (text(DUE), col(Photo.bot) == bot, col(Photo.next_try_at) > now)
    session.execute(update(Photo).where(*waits).values(next_try_at=now))


def set_aside_unreadable(session: Session, bot: int) -> dict[int, str]:
    """Let photos that wait and cannot even be read out of the database count as lost; which, and why."""
    waiting = select(col(Photo.id)).where(text(DUE), col(Photo.bot) == bot)
    found = unreadable(session, Photo, [number or 0 for number in session.execute(waiting).scalars()])
    for number, why in found.items():
        lost = {"state": PhotoState.LOST, "problem": why[:200], "next_try_at": None}
        session.execute(update(Photo).where(col(Photo.id) == number).values(**lost))
    return found


def is_work(session: Session, bot: int, now: datetime) -> bool:
    """Whether there is anything to copy or to erase."""
    due = select(col(Photo.id)).where(text(DUE), col(Photo.bot) == bot, col(Photo.next_try_at) <= now)
    return session.execute(due.limit(1)).first() is not None or left_over(session) is not None


def claim(session: Session, bot: int, now: datetime, most: int) -> list[Waiting]:
    """Take the next ones; they come up again after their lease."""
    rows = session.execute(
        select(col(Photo.id), col(Photo.file_id), col(Photo.tries))
        .where(text(DUE), col(Photo.bot) == bot, col(Photo.next_try_at) <= now)
        .order_by(col(Photo.next_try_at))
        .limit(most)
    ).all()
    taken = col(Photo.id).in_([row.id for row in rows])
    session.execute(update(Photo).where(taken).values(tries=Photo.tries + 1, next_try_at=now + LEASE))
    return [Waiting(row.id, row.file_id or "", row.tries + 1) for row in rows]


def settle(session: Session, outcome: FetchOutcome, now: datetime, settings: Settings) -> None:
    """Write down what came of a copy; the sender is told of a picture that cannot be opened."""
    row = session.get(Photo, outcome.row.id)
    if row is None:
        return
    if outcome.clean:
        _stored(session, row, outcome.key, outcome.clean)
    else:
        _failed(Work(session, SYSTEM, now, settings), row, outcome)
    session.flush()
    if row.near_of and row.used_for:
        # What belongs to a part of something (`hazard:12:after`) is shown with the whole.
        outbox.refresh(session, ":".join(row.used_for.split(":")[:2]), now)


def _stored(session: Session, row: Photo, key: str, clean: Clean) -> None:
    row.content, row.problem, row.next_try_at = key, None, None
    if row.state == PhotoState.ERASED:
        # Erased meanwhile: the copy is let go with the others.
        return
    row.state, row.width, row.height, row.dhash = PhotoState.STORED, clean.width, clean.height, clean.dhash
    session.flush()
    number = row.id or 0
    session.execute(delete(PhotoBand).where(col(PhotoBand.photo_id) == number))
    if clean.dhash is not None:
        rows = [{"band": band, "photo_id": number} for band in photos.bands(clean.dhash)]
        session.execute(insert(PhotoBand), rows)
    photos.compare(session, number)
    session.refresh(row)


def _failed(work: Work, row: Photo, outcome: FetchOutcome) -> None:
    row.problem = outcome.problem
    if row.state != PhotoState.WAITING:
        return
    if outcome.refused or outcome.lost:
        row.state = PhotoState.REFUSED if outcome.refused else PhotoState.LOST
        row.next_try_at = None
        _tell(work, row)
        return
    row.next_try_at = work.now + min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(outcome.row.tries - 1, 16))


def _tell(work: Work, row: Photo) -> None:
    """Its sender can take another one."""
    sender = access.actors_of(work.session, row.bot, [row.chat_id]).get(row.chat_id)
    if sender:
        notice, key = PhotoBroken(row.sent_at), f"photo:{row.id}:broken"
        to = outbox.recipient_of(sender)
        outbox.enqueue(work, notice, to, key, reply_to=row.message_id)


def left_over(session: Session) -> LeftOver | None:
    """The next copy that only erased photos speak of, or that they share with another."""
    key = session.execute(select(col(Photo.content)).where(text(LEFT_OVER)).limit(1)).scalar()
    if key is None:
        return None
    alive = (col(Photo.content) == key, col(Photo.state) != PhotoState.ERASED)
    shared = session.execute(select(col(Photo.id)).where(*alive).limit(1)).first() is not None
    return LeftOver(key, shared)


def forget(session: Session, key: str) -> None:
    """Its copy is gone, or others' alone."""
    gone = (col(Photo.content) == key, text(LEFT_OVER))
    session.execute(update(Photo).where(*gone).values(content=None))
