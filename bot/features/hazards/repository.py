"""A hazard as it stands: reading it, who is what to it, and taking it a step further exactly once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, or_, select, union
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot.access import Relation, Resource
from bot.base.errors import Refused
from bot.features.cases import case
from bot.features.cases.case import CaseKind
from bot.features.shifts.crews import coming
from bot.photos import photos
from bot.storage.database import insert_new
from models import (
    Area,
    Card,
    Checkpoint,
    Hazard,
    HazardAssignee,
    HazardCount,
    HazardEvent,
    HazardPhoto,
    HazardState,
    HazardStep,
    OutboxRow,
    Person,
    PersonPost,
    PhotoOf,
    Post,
    Shift,
    ShiftMember,
)

OPEN = (HazardState.REPORTED, HazardState.ASSIGNED, HazardState.FIXED)
TO_FIX = (HazardState.REPORTED, HazardState.ASSIGNED)


@dataclass(frozen=True, slots=True)
class NewHazard:
    """What somebody came upon. `area_id` None: found out from the place, else the reporter's own.

    `photos` are numbers, `voices` Telegram's file ids, coordinates are WGS-84 as the phone sent them.
    `by`: who found it, where the clock tells of it.
    """

    category: str
    area_id: int | None = None
    post_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    place: str = ""
    photos: Sequence[int] = ()
    voices: Sequence[str] = ()
    words: str = ""
    found_at: datetime | None = None
    patrol_id: int | None = None
    checkpoint_id: int | None = None
    urgent: bool = False
    by: int | None = None


HAZARD = CaseKind("H", "hazard_id", Hazard, HazardCount, HazardEvent, HazardAssignee)
# What it is called: H-2026-000123.
reference = HAZARD.reference
# Who is named now, the responsible one first.
assignees = HAZARD.assignees
# Write down what happened.
note = HAZARD.note


def subject(hazard_id: int) -> str:
    """What its living messages, its photos and its audit are filed under."""
    return f"hazard:{hazard_id}"


_REPORTER, _FIXER, _VERIFIER, _WISHER = (aliased(Person) for _ in range(4))
# Made once: building statements costs more than running them.
_READ: Any = (
    select(
        *Hazard.__table__.c,  # type: ignore[attr-defined]
        col(Area.path), col(Area.name).label("area"), col(Post.name).label("post"),
        col(Checkpoint.name).label("checkpoint"), col(_REPORTER.name).label("reporter"),
        col(_FIXER.name).label("fixer"), col(_VERIFIER.name).label("verifier"),
        col(_WISHER.name).label("wisher"),
    )
    .join(Area, col(Area.id) == col(Hazard.area_id))
    .join(_REPORTER, col(_REPORTER.id) == col(Hazard.reported_by))
    .join(Post, col(Post.id) == col(Hazard.post_id), isouter=True)
    .join(Checkpoint, col(Checkpoint.id) == col(Hazard.checkpoint_id), isouter=True)
    .join(_FIXER, col(_FIXER.id) == col(Hazard.fixed_by), isouter=True)
    .join(_VERIFIER, col(_VERIFIER.id) == col(Hazard.verified_by), isouter=True)
    .join(_WISHER, col(_WISHER.id) == col(Hazard.wished_by), isouter=True)
    .where(col(Hazard.id) == bindparam("hazard_id"))
)  # fmt: skip


def read(session: Session, hazard_id: int) -> Row[Any] | None:
    """Every column of it, with the names of its place and people; None where there is none."""
    found: Row[Any] | None = session.connection().execute(_READ, {"hazard_id": hazard_id}).first()
    return found


def get(session: Session, hazard_id: int) -> Row[Any]:
    """The same. Raises Refused where there is none."""
    row = read(session, hazard_id)
    if row is None:
        raise Refused("hazard-unknown")
    return row


def thing(session: Session, row: Row[Any]) -> Resource:
    """The hazard to `access`: who told of it, is to put it right, has done so, or is posted there."""
    return Resource(
        row.path,
        {
            Relation.SELF: reporters(session, row),
            Relation.ASSIGNEE: case.assignees_all(session, assignees(session, row.id)),
            Relation.FIXER: fixers(session, row.id),
            Relation.POSTED: _posted(session, row),
        },
    )


def at_posts_of(person_id: int) -> Select[Any]:
    """The open hazards at posts that are usual ones of this person's, or at which this person has stood a
    shift since they were told of, or is to."""
    usual = (
        select(col(Hazard.id))
        .join(PersonPost, col(PersonPost.post_id) == col(Hazard.post_id))
        .where(col(PersonPost.person_id) == person_id, col(Hazard.closed_at).is_(None))
    )
    standing = (
        select(col(Hazard.id))
        .join(Shift, col(Shift.post_id) == col(Hazard.post_id))
        .join(ShiftMember, col(ShiftMember.shift_id) == col(Shift.id))
        .where(
            col(ShiftMember.person_id) == person_id,
            coming(),
            col(Shift.removed_at).is_(None),
            col(Shift.ends_at) > col(Hazard.reported_at),
            col(Hazard.closed_at).is_(None),
        )
    )
    both = union(usual, standing).subquery()
    return select(both.c.id)


def _posted(session: Session, row: Row[Any]) -> list[int]:
    """Whose hazards those of the post are, as in `at_posts_of`."""
    if row.post_id is None:
        return []
    usual = select(col(PersonPost.person_id)).where(col(PersonPost.post_id) == row.post_id)
    standing = (
        select(col(ShiftMember.person_id))
        .join(Shift, col(Shift.id) == col(ShiftMember.shift_id))
        .where(
            col(Shift.post_id) == row.post_id,
            col(Shift.ends_at) > row.reported_at,
            coming(),
            col(Shift.removed_at).is_(None),
        )
    )
    return sorted(session.execute(union(usual, standing)).scalars())


def reporters(session: Session, row: Row[Any]) -> list[int]:
    """Who told of it, and who saw the same later."""
    joined = (col(HazardEvent.hazard_id) == row.id, col(HazardEvent.step) == HazardStep.JOINED)
    others = session.execute(select(col(HazardEvent.person_id)).where(*joined).distinct()).scalars()
    return sorted({row.reported_by, *(person for person in others if person)})


def fixers(session: Session, hazard_id: int) -> list[int]:
    """Everyone who ever said that they put it right, in part or whole, or sent a photo of the work."""
    after = select(col(HazardPhoto.event_id)).where(
        col(HazardPhoto.hazard_id) == hazard_id, col(HazardPhoto.shows) == PhotoOf.AFTER
    )
    found = select(col(HazardEvent.person_id)).where(
        col(HazardEvent.hazard_id) == hazard_id,
        col(HazardEvent.person_id).is_not(None),
        or_(col(HazardEvent.step).in_([HazardStep.FIXED, HazardStep.PARTLY]), col(HazardEvent.id).in_(after)),
    )
    return [person for person in session.execute(found.distinct()).scalars() if person]


def move(session: Session, row: Row[Any], **values: Any) -> None:
    """Change it if it stands as it was read. Raises Refused with how it stands where it does not."""
    if not HAZARD.move(session, row, **values):
        raise Refused(over_key(get(session, row.id).state))


def require_in(row: Row[Any], *states: HazardState) -> None:
    """It is in one of these states. Raises Refused with how it stands."""
    if row.state not in states:
        raise Refused(over_key(row.state))


def over_key(state: str) -> str:
    """The sentence for somebody who comes too late, or too early."""
    return f"hazard-is-{state}"


def attach(session: Session, hazard_id: int, photo_ids: Sequence[int], shows: PhotoOf, event_id: int) -> None:
    """Add photos. Those of the work are filed apart, so that a photo of before does not pass for one."""
    if not photo_ids:
        return
    filed = subject(hazard_id) if shows is PhotoOf.BEFORE else f"{subject(hazard_id)}{photos.AFTER}"
    photos.use(session, photo_ids, filed)
    rows = [
        {"hazard_id": hazard_id, "photo_id": number, "shows": shows, "event_id": event_id}
        for number in photo_ids
    ]
    insert_new(session, HazardPhoto, rows)


def photos_of(session: Session, hazard_id: int) -> dict[str, list[int]]:
    """The numbers of its photos, in order, by what they show."""
    rows = session.execute(
        select(col(HazardPhoto.shows), col(HazardPhoto.photo_id))
        .where(col(HazardPhoto.hazard_id) == hazard_id)
        .order_by(col(HazardPhoto.id))
    )
    found: dict[str, list[int]] = {PhotoOf.BEFORE: [], PhotoOf.AFTER: []}
    for shows, number in rows:
        found[shows].append(number)
    return found


def of_message(session: Session, bot: int, chat_id: int, message_id: int) -> int | None:
    """The hazard that a message of ours is about: a living message, one that was retired, or an answer."""
    here = (col(Card.bot) == bot, col(Card.chat_id) == chat_id, col(Card.message_id) == message_id)
    card = session.execute(select(col(Card.subject), col(Card.kind), col(Card.facts)).where(*here)).first()
    found = re.match(r"hazard:(\d+)", card.subject) if card else None
    if found:
        return int(found[1])
    # What came of a form stands on the form's message.
    about = card and (card.kind.startswith("hazard.") or card.kind == "keys.gone")
    if card and about and card.facts.get("hazard_id"):
        return int(card.facts["hazard_id"])
    facts = session.execute(
        select(col(OutboxRow.facts)).where(
            col(OutboxRow.chat_id) == chat_id, col(OutboxRow.message_id) == message_id,
            col(OutboxRow.bot) == bot, col(OutboxRow.kind).like("hazard.%"),
        )
    ).scalar()  # fmt: skip
    number: int | None = facts.get("hazard_id") if facts else None
    return number
