"""Photos by their numbers: kept as they come, used for something, marked where they were seen before.

Everything else names a photo by its number. Our own copy is made later, by `fetch`, of what is used.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import false, func, insert, or_, select, update
from sqlmodel import Session, col

from bot.access.actors import Actor
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.photos.notices import PhotoLook
from bot.words import said
from models import Area, Photo, PhotoBand

# What bots may download from Telegram.
MOST_BYTES = 20 * 1024 * 1024
# As newer iPhones keep them; Telegram turns them into JPEG unless they are sent as files.
HEIC = frozenset({"image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence"})
# Drawings, not pictures; of anything else that calls itself an image the bytes decide, once it is copied.
DRAWINGS = frozenset({"image/svg+xml", "image/vnd.dwg", "image/vnd.dxf", "image/x-emf", "image/x-wmf"})
# Pictures that differ in this many of 64 bits or fewer are much the same.
NEAR_BITS = 4
# The photos of a hazard after the work are filed apart from those before.
AFTER = ":after"
_BANDS, _BAND_BITS = 4, 16
_COMPARED = (col(Photo.unique_id), col(Photo.content), col(Photo.dhash), col(Photo.used_for))


class ReceivedPhoto(Struct):
    """A photo as it came. `file` and `unique` are Telegram's ids, `size` is in bytes (0: not told), `at` is
    when Telegram took it (None: now), `words` its caption."""

    file: str
    unique: str
    width: int = 0
    height: int = 0
    size: int = 0
    forwarded: bool = False
    document: bool = False
    mime: str = "image/jpeg"
    media_group: str = ""
    message_id: int | None = None
    at: datetime | None = None
    words: str = ""


class Look(Struct):
    """How a photo can be shown: by Telegram's id (empty for what was sent as a file, and for what is erased),
    or by the key of our copy (empty until there is one)."""

    file_id: str
    key: str


class PhotoFindings(Struct):
    """What a person should look at. `seen_for`, `seen_area_id` and `seen_at`: for what, where and when the
    same picture (`same`), or much the same one, was sent before. `own_before`: it shows the very thing after
    the work, and was sent for it before the work."""

    forwarded: bool = False
    same: bool = False
    seen_for: str = ""
    seen_area_id: int = 0
    seen_at: datetime | None = None
    own_before: bool = False

    def __bool__(self) -> bool:
        return self.forwarded or bool(self.seen_for)


def keep(session: Session, actor: Actor, sent: ReceivedPhoto, *, now: datetime) -> int:
    """Keep a photo that a person sent, with its caption; returns its number. Say with `use` what it is for.

    Raises Refused for a file that is too large, HEIC, or no picture we can read.
    """
    if sent.size > MOST_BYTES:
        raise Refused("photo-too-large", most=MOST_BYTES // 1024 // 1024)
    if sent.mime in HEIC:
        raise Refused("photo-heic")
    if sent.document and sent.mime in DRAWINGS:
        raise Refused("photo-no-picture")
    row = {
        "bot": actor.bot, "file_id": sent.file, "unique_id": sent.unique, "person_id": actor.person_id,
        "area_id": actor.area_id, "chat_id": actor.chat_id, "message_id": sent.message_id,
        "album": sent.media_group or None, "sent_at": sent.at or now, "forwarded": sent.forwarded,
        "as_document": sent.document, "width": sent.width, "height": sent.height, "size": sent.size,
    }  # fmt: skip
    number = session.connection().execute(insert(Photo).returning(col(Photo.id)), row).scalar_one() or 0
    add_words(session, actor, sent, number)
    return number


def add_words(session: Session, actor: Actor, sent: ReceivedPhoto, photo_id: int) -> None:
    """The caption of what was sent stands under this photo, be it the same picture once more."""
    if sent.words:
        said.keep(session, actor, said.photo(photo_id))


def use(session: Session, photo_ids: Sequence[int], subject: str) -> None:
    """Say what photos are for, for example `hazard:12`: they are copied, and looked for elsewhere.

    What should not show the same picture twice needs subjects of its own: the photos after the work are
    not those of the hazard.
    """
    chosen = col(Photo.id).in_(photo_ids)
    session.execute(update(Photo).where(chosen).values(used_for=subject, next_try_at=Photo.sent_at))
    said.use_photos(session, photo_ids, subject.removesuffix(AFTER))
    for number in photo_ids:
        compare(session, number)


def compare(session: Session, number: int) -> None:
    """Write down which photos that are the same as this one, or much the same, were sent for something else
    before it or after it: each later one names the first."""
    row = session.execute(select(*_COMPARED).where(col(Photo.id) == number)).first()
    if row is None or row.used_for is None:
        return
    # Nothing equals nothing: what is not known yet is not the same.
    known = {col(Photo.unique_id): row.unique_id, col(Photo.content): row.content}
    same = or_(false(), *(column == value for column, value in known.items() if value is not None))
    alike = set(session.execute(select(col(Photo.id)).where(same)).scalars())
    alike |= near(session, row.dhash) if row.dhash is not None else set()
    others = (col(Photo.id).in_(alike), col(Photo.used_for) != row.used_for)
    earlier = select(func.min(col(Photo.id))).where(*others, col(Photo.id) < number)
    first = session.execute(earlier).scalar()
    session.execute(update(Photo).where(col(Photo.id) == number).values(near_of=first))
    later = (*others, col(Photo.id) > number, col(Photo.near_of).is_(None))
    session.execute(update(Photo).where(*later).values(near_of=number))


def near(session: Session, dhash: int) -> set[int]:
    """The numbers of photos that look much like this: all within 3 bits, most within NEAR_BITS."""
    rows = session.execute(
        select(col(Photo.id), col(Photo.dhash))
        .join(PhotoBand, col(PhotoBand.photo_id) == col(Photo.id))
        .where(col(PhotoBand.band).in_(bands(dhash)))
        .distinct()
    ).all()
    return {number for number, other in rows if other is not None and apart(dhash, other) <= NEAR_BITS}


def apart(one: int, other: int) -> int:
    """In how many of 64 bits two numbers differ, whatever their sign."""
    return ((one ^ other) & (1 << 64) - 1).bit_count()


def bands(dhash: int) -> list[int]:
    """The quarters of a hash, each with its place."""
    most = (1 << _BAND_BITS) - 1
    return [(n << _BAND_BITS) | (dhash >> n * _BAND_BITS) & most for n in range(_BANDS)]


def among(session: Session, photo_ids: Sequence[int], unique: str) -> bool:
    """Whether one of these photos is the one with this `unique` id."""
    found = select(col(Photo.id)).where(col(Photo.id).in_(photo_ids), col(Photo.unique_id) == unique)
    return bool(photo_ids) and session.execute(found.limit(1)).scalar() is not None


def album_of(session: Session, actor: Actor, album: str, since: datetime) -> str | None:
    """What the other photos of an album are for, where they are used: its parts may come seconds apart."""
    return session.execute(
        select(col(Photo.used_for))
        .where(
            col(Photo.person_id) == actor.person_id, col(Photo.album) == album, col(Photo.sent_at) >= since,
            col(Photo.used_for).is_not(None),
        )
        .limit(1)
    ).scalar()  # fmt: skip


def looks(session: Session, photo_ids: Sequence[int]) -> dict[int, Look]:
    """How each of these can be shown."""
    rows = session.execute(
        select(col(Photo.id), col(Photo.file_id), col(Photo.as_document), col(Photo.content)).where(
            col(Photo.id).in_(photo_ids)
        )
    )
    return {row.id: Look("" if row.as_document else row.file_id or "", row.content or "") for row in rows}


def marks(session: Session, photo_ids: Sequence[int]) -> dict[int, PhotoFindings]:
    """What there is to look at, for those that have anything."""
    rows = session.execute(select(Photo).where(col(Photo.id).in_(photo_ids))).scalars().all()
    others = session.execute(select(Photo).where(col(Photo.id).in_([r.near_of for r in rows if r.near_of])))
    before = {row.id: row for row in others.scalars()}
    found = {row.id or 0: _marks(row, before.get(row.near_of)) for row in rows}
    return {number: marks for number, marks in found.items() if marks}


def told(session: Session, photo_ids: Sequence[int]) -> tuple[PhotoLook, ...]:
    """The same for a message, each thing once."""
    found = marks(session, photo_ids)
    chosen = col(Area.id).in_({mark.seen_area_id for mark in found.values()})
    areas = {row.id: row.name for row in session.execute(select(col(Area.id), col(Area.name)).where(chosen))}
    lines = [PhotoLook("forwarded")] if any(mark.forwarded for mark in found.values()) else []
    for mark in dict.fromkeys(mark for mark in found.values() if mark.seen_for):
        if mark.own_before:
            lines.append(PhotoLook("before"))
            continue
        seen = mark.seen_for.partition(":")[0], areas.get(mark.seen_area_id, ""), mark.seen_at
        lines.append(PhotoLook("same" if mark.same else "near", *seen))
    return tuple(lines)


def _marks(row: Photo, other: Photo | None) -> PhotoFindings:
    if other is None or other.used_for == row.used_for:
        return PhotoFindings(row.forwarded)
    same = (row.unique_id, row.content) != (None, None) and (
        row.unique_id == other.unique_id or (row.content is not None and row.content == other.content)
    )
    before = row.used_for == f"{other.used_for}{AFTER}"
    return PhotoFindings(row.forwarded, same, other.used_for or "", other.area_id, other.sent_at, before)
