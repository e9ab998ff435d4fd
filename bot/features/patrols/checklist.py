"""The checklist of a patrol: all in order by one tap, or what is not; photos on the way, of an item just
noted or of a checkpoint; the remark; the end."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Work, self_of
from bot.base.errors import Refused
from bot.features.cases import workflow as case_workflow
from bot.features.hazards.repository import HAZARD
from bot.features.patrols import cards, checkpoints, ending, repository
from bot.features.patrols.cards import NotedItem
from bot.features.patrols.notices import PatrolDetailKept
from bot.features.patrols.repository import PatrolRow
from bot.features.patrols.starting import MAKE, change, required
from bot.outbox.notices import Notice
from bot.photos import photos
from bot.photos.photos import ReceivedPhoto
from bot.storage.database import insert_new
from bot.storage.rows import first_of
from bot.words import edits, said
from bot.words.edits import Change
from bot.words.said import Remark
from models import Hazard, Patrol, PatrolAnswer, PatrolPage, PatrolPoint, PatrolState, Photo, voices_of

# As long as a caption may be.
MOST_WORDS = 1024
# What waits for its item, where the card asks about a photo.
PHOTO = "photo:"
# The parts of an album come within this time.
ALBUM = timedelta(minutes=2)


def turn_to(work: Work, page: PatrolPage, patrol_id: int | None = None) -> None:
    """Let the card ask for something else. Typed rather than tapped (no number): as a new message."""
    access.require(work.actor, MAKE, self_of(work.actor))
    patrol = required(work, patrol_id)
    change(work.session, patrol.id, page=page, about="")
    cards.show(work, below=patrol_id is None)


def ask_about_photo(work: Work, patrol_id: int, photo_id: int) -> None:
    """A photo shows something that is not in order: which item is it?"""
    access.require(work.actor, MAKE, self_of(work.actor))
    patrol = required(work, patrol_id)
    change(work.session, patrol.id, page=PatrolPage.ITEMS, about=f"{PHOTO}{photo_id}")
    cards.show(work, below=True)


def note_item(work: Work, patrol_id: int, code: str, at: datetime) -> None:
    """This item is not in order; what comes next says more about it. Tapped once more, it is taken back
    unless something was said about it already."""
    access.require(work.actor, MAKE, self_of(work.actor))
    patrol = required(work, patrol_id)
    if work.settings.patrol.checklist(patrol.checklist).item(code) is None:
        raise Refused("button-stale")
    known = next((row for row in cards.answers_of(work.session, patrol_id) if row.item == code), None)
    if known is None:
        _insert(work.session, patrol, code, at)
    if known is not None and patrol.about == code:
        _take_back(work.session, known)
        code = ""
    change(work.session, patrol_id, about=code)
    if patrol.about.startswith(PHOTO):
        add_photo(work, int(patrol.about.removeprefix(PHOTO)))
    cards.show(work)


def finish(work: Work, patrol_id: int, at: datetime) -> int:
    """Everything (else) is in order: the patrol is done; how many minutes it took. Raises Refused where it
    was over already."""
    access.require(work.actor, MAKE, self_of(work.actor))
    patrol = required(work, patrol_id)
    if not ending.end(work, patrol, at, PatrolState.DONE):
        raise Refused("button-stale")
    return ending.minutes_of(patrol, at)


def takes_words(work: Work, at: datetime) -> bool:
    """Whether there is a patrol that words may belong to now."""
    return access.allows(work.actor, MAKE, self_of(work.actor)) and _spoken_on(work, at) is not None


def say(work: Work, remark: Remark, at: datetime) -> PatrolDetailKept | None:
    """Words or a voice note on the way: about the item just noted, else the remark. Shortly after the end
    they still are. None where there is no patrol they could belong to.

    Raises Refused where the words are too long.
    """
    if not access.allows(work.actor, MAKE, self_of(work.actor)):
        return None
    patrol = _spoken_on(work, at)
    if patrol is None:
        return None
    if len(remark.words) > MOST_WORDS:
        raise Refused("patrol-words-long", most=MOST_WORDS)
    said.file(work.session, work.actor, f"patrol:{patrol.id}")
    if patrol.about and not patrol.about.startswith(PHOTO):
        return _add_to_item(work, patrol, remark)
    added = update(Patrol).where(col(Patrol.id) == patrol.id)
    work.session.execute(added.values(_with(patrol.words, patrol.voice, remark)))
    if patrol.ended_at is not None:
        ending.show_report(work, patrol)
    return PatrolDetailKept(after=patrol.ended_at is not None)


def reworded(work: Work, patrol_id: int, change: Change) -> list[int] | None:
    """Something said on a patrol says something else now, in what it has become too; whom that concerns. None
    where it stands nowhere."""
    access.require(work.actor, MAKE, self_of(work.actor))
    where = (col(Patrol.id) == patrol_id, col(Patrol.person_id) == work.actor.person_id)
    found = first_of(work.session, PatrolRow, repository.ALL.where(*where))
    if found is None:
        return None
    in_remark = edits.put(work.session, Patrol.words, change, *where)
    in_item = edits.put(work.session, PatrolAnswer.words, change, col(PatrolAnswer.patrol_id) == patrol_id)
    if not (in_remark or in_item):
        return None
    if found.ended_at is not None:
        ending.show_report(work, found)
    told: list[int] = []
    noted = select(col(Hazard.id)).where(col(Hazard.patrol_id) == patrol_id)
    for number in work.session.execute(noted.where(col(Hazard.words).contains(change.old))).scalars():
        told += case_workflow.reworded(HAZARD, work, number or 0, change) or []
    return told


def add_photo(work: Work, photo_id: int) -> PatrolDetailKept | None:
    """A photo of the item just noted; None where none was."""
    access.require(work.actor, MAKE, self_of(work.actor))
    patrol = required(work)
    if not patrol.about or patrol.about.startswith(PHOTO) or not checkpoints.is_own_photo(work, photo_id):
        return None
    photos.use(work.session, [photo_id], f"patrol:{patrol.id}")
    return _add_to_item(work, patrol, photo_id)


def _add_to_item(work: Work, patrol: PatrolRow, added: Remark | int) -> PatrolDetailKept:
    """More about the item just noted: words, a voice note, or a photo by its number."""
    row = next(row for row in cards.answers_of(work.session, patrol.id) if row.item == patrol.about)
    more = {"photos": [*row.photos, added]} if isinstance(added, int) else _with(row.words, row.voice, added)
    work.session.execute(update(PatrolAnswer).where(col(PatrolAnswer.id) == row.id).values(more))
    cards.show(work)
    item = work.settings.patrol.checklist(patrol.checklist).item(patrol.about)
    return PatrolDetailKept(item.zh_CN, item.en) if item else PatrolDetailKept(patrol.about, patrol.about)


def _with(words: str, voice: str | None, remark: Remark) -> dict[str, str]:
    """More words and voice notes are added to those before."""
    told = {"words": "\n".join(filter(None, (words, remark.words)))}
    return told | ({"voice": "\n".join([*voices_of(voice), remark.voice])} if remark.voice else {})


def _insert(session: Session, patrol: PatrolRow, code: str, at: datetime) -> None:
    """With where the person was last, so that the place need not be told."""
    point = session.execute(
        select(col(PatrolPoint.latitude), col(PatrolPoint.longitude))
        .where(col(PatrolPoint.patrol_id) == patrol.id)
        .order_by(col(PatrolPoint.at).desc())
        .limit(1)
    ).first()
    marks = cards.marks_of(session, patrol.id)
    last = max(marks.values(), key=lambda mark: mark.at, default=None)
    row: dict[str, object] = {
        "patrol_id": patrol.id, "item": code, "found_at": at, "words": "", "photos": [],
        "latitude": point.latitude if point else None, "longitude": point.longitude if point else None,
        "checkpoint_id": last.checkpoint_id if last else None,
    }  # fmt: skip
    insert_new(session, PatrolAnswer, [row])


def _take_back(session: Session, row: NotedItem) -> None:
    if not row.is_told:
        session.execute(delete(PatrolAnswer).where(col(PatrolAnswer.id) == row.id))


def _spoken_on(work: Work, at: datetime) -> PatrolRow | None:
    return repository.open_of(work.session, work.actor.person_id) or _just_ended(work, at)


def _just_ended(work: Work, at: datetime) -> PatrolRow | None:
    since = at - timedelta(minutes=work.settings.patrol.note_minutes)
    mine = repository.ALL.where(col(Patrol.person_id) == work.actor.person_id)
    row = first_of(work.session, PatrolRow, mine.order_by(col(Patrol.started_at).desc()).limit(1))
    return row if row is not None and row.ended_at is not None and row.ended_at >= since else None


def take(work: Work, sent: ReceivedPhoto, caption: str, at: datetime) -> Notice | None:
    """Keep a photo with what it shows; its caption is said about the same. None for a further part of an
    album, of which nothing more is asked. Raises Refused without an open patrol."""
    access.require(work.actor, MAKE, self_of(work.actor))
    further = _is_further_part(work, sent.media_group, at)
    number = photos.keep(work.session, work.actor, sent, now=work.now)
    noted = add_photo(work, number)
    if caption:
        say(work, Remark(caption), at)
    if further or noted is not None:
        return None if further else noted
    return checkpoints.by_photo(work, number, at)


def _is_further_part(work: Work, album: str, at: datetime) -> bool:
    mine = (col(Photo.person_id) == work.actor.person_id, col(Photo.album) == album)
    found = select(col(Photo.id)).where(*mine, col(Photo.sent_at) >= at - ALBUM)
    return bool(album) and work.session.execute(found.limit(1)).first() is not None
