"""A hazard as it stands: its rows, who is what to it, its photos. `HAZARD` is the kind of case it is."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from sqlalchemy import or_, select, union
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource
from bot.base.facts import Struct
from bot.features.cases import assignment
from bot.features.cases.case import CaseKind
from bot.features.cases.life import Board, CaseNotices, CaseTables, Life, Move, table_of
from bot.features.cases.rows import CaseRow
from bot.features.hazards import notices
from bot.features.hazards.notices import HAZARDS, HazardCard, HazardLine, LateHazard
from bot.features.shifts.crews import coming
from bot.photos import photos
from bot.settings import Settings
from bot.settings.cases import HazardSettings
from bot.storage.database import insert_new
from bot.storage.rows import Expression, Query
from models import (
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
    PersonPost,
    PhotoOf,
    Post,
    Severity,
    Shift,
    ShiftMember,
)

LIFE = Life(
    HazardState.REPORTED, HazardState.ASSIGNED, HazardState.FIXED, HazardState.CLOSED, HazardState.WITHDRAWN
)
TO_FIX = LIFE.to_do
REPORT, RECTIFY, VERIFY = "hazard.report", "hazard.rectify", "hazard.verify"
# What people do to a hazard besides naming, granting time and taking it back.
JOIN = Move(REPORT, HazardStep.JOINED, LIFE.open)
REMARK = Move("hazard.remark", HazardStep.REMARKED, LIFE.open)
ADD = Move("hazard.read", HazardStep.ADDED, (HazardState.FIXED,))
FIX = Move(RECTIFY, HazardStep.FIXED, TO_FIX, HazardState.FIXED)
PARTLY, CANNOT = Move(RECTIFY, HazardStep.PARTLY, TO_FIX), Move(RECTIFY, HazardStep.CANNOT, TO_FIX)
ACCEPT = Move(VERIFY, HazardStep.CLOSED, (HazardState.FIXED,), HazardState.CLOSED)
REOPEN = Move(VERIFY, HazardStep.REOPENED, (HazardState.FIXED,))
# Who did one of these had a hand in it.
WORK = (HazardStep.FIXED, HazardStep.PARTLY)


class NewHazard(Struct):
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


class HazardRow(CaseRow, kw_only=True):
    """A hazard as it stands."""

    post_id: int | None
    checkpoint_id: int | None
    patrol_id: int | None
    severity: str
    latitude: float | None
    longitude: float | None
    place: str
    found_at: datetime
    reported_by: int
    reported_at: datetime
    outcome: str
    fixed_by: int | None
    fixed_at: datetime | None
    verified_by: int | None
    reopened: int
    post: str | None
    checkpoint: str | None
    reporter: str
    fixer: str | None
    verifier: str | None

    @property
    def begun_by(self) -> int:
        """Who told of it."""
        return self.reported_by

    @property
    def begun_at(self) -> datetime:
        """When it was told."""
        return self.reported_at

    @property
    def urgent(self) -> bool:
        """Whether it reaches people at once, through quiet hours."""
        return self.severity == Severity.URGENT


class HazardKind(CaseKind[HazardRow]):
    """隐患: told by whoever finds it, put right with a photo, looked at by somebody who did not put it
    right."""

    family, life, row, line, late = HAZARDS, LIFE, HazardRow, HazardLine, LateHazard
    tables = CaseTables(
        table_of(Hazard), table_of(HazardCount), table_of(HazardEvent), table_of(HazardAssignee),
        key="hazard_id", begun="reported", done="fixed",
    )  # fmt: skip
    notices = CaseNotices(
        notices.HazardMoved, notices.HazardAssigned, notices.HazardUndone, notices.HazardVoice,
        notices.HazardHistory, notices.HazardWaiting, notices.HazardSoon, notices.HazardLate,
        notices.HazardBoard, notices.HazardBoardAreas,
    )  # fmt: skip
    boards = (
        Board("mine"),
        Board("area", "hazard.read"),
        Board("late", "hazard.read", TO_FIX, late=True),
        Board("check", VERIFY, (HazardState.FIXED,)),
    )
    people: ClassVar = {"reporter": "reported_by", "fixer": "fixed_by", "verifier": "verified_by"}
    spoken = (*WORK, HazardStep.CANNOT, HazardStep.REOPENED, HazardStep.CLOSED)
    begin, look, remark, rings = REPORT, VERIFY, REMARK.action, True
    said_in = (Hazard.words, Hazard.place)
    # Beyond this nobody counts: "500 and more".
    most_counted = 500

    def settings(self, settings: Settings) -> HazardSettings:
        """`[hazards]`."""
        return settings.hazards

    def resource(self, session: Session, row: HazardRow) -> Resource:
        """To `access`: who told of it, is to put it right, has done so, or is posted there."""
        relations = {
            Relation.SELF: self.tellers(session, row), Relation.ASSIGNEE: self.hands(session, row.id),
            Relation.FIXER: self.workers(session, row), Relation.POSTED: _posted(session, row),
        }  # fmt: skip
        return Resource(row.path, relations)

    def to_notify(self, session: Session, row: HazardRow, settings: Settings) -> list[int]:
        """Those who name others at the level of its category, or the nearest above who can be reached; where
        it is urgent, those of the village and the township too."""
        levels = {settings.hazards.category(row.category).assign_to}
        if row.urgent:
            levels |= {"village", "township"}
        around = [assignment.level_around(session, row.path, level) for level in sorted(levels)]
        asked = [access.nearest_with(session, self.to_assign.action, path) for path in around]
        return sorted({person for people in asked for person in people})

    def to_look(self, session: Session, row: HazardRow) -> list[int]:
        """The nearest who may and did not put it right."""
        return access.nearest_with(session, VERIFY, row.path, but=self.workers(session, row))

    def tellers(self, session: Session, row: HazardRow) -> list[int]:
        """Who told of it, and who saw the same later."""
        joined = (col(HazardEvent.hazard_id) == row.id, col(HazardEvent.step) == HazardStep.JOINED)
        others = session.execute(select(col(HazardEvent.person_id)).where(*joined).distinct()).scalars()
        return sorted({row.reported_by, *(person for person in others if person)})

    def workers(self, session: Session, row: HazardRow) -> list[int]:
        """Who worked on it: they are not asked to look, however high."""
        return fixers(session, row.id)

    def card(self, row: HazardRow, own: bool = False) -> HazardCard:
        """Its living message."""
        return HazardCard(row.id, row.urgent, answers=own)

    def answered(self, actor: Actor, row: HazardRow) -> dict[str, object]:
        """Whether it can be taken back."""
        return {"undo": row.state == HazardState.REPORTED and row.reported_by == actor.person_id}

    def units_of(self, actor: Actor) -> list[str]:
        """Those in whose areas the actor puts things right."""
        return [held.path for held in actor.holdings if access.allows(actor, RECTIFY, Resource(held.path))]

    def posted(self, session: Session, actor: Actor) -> Query:
        """Those of the posts at which the actor stands."""
        return at_posts_of(actor.person_id)

    def hidden(self, board: Board, actor: Actor, number: Expression) -> Expression | None:
        """Nobody looks at their own work."""
        if board.action != VERIFY:
            return None
        mine = (col(HazardEvent.hazard_id) == number, col(HazardEvent.person_id) == actor.person_id)
        return select(col(HazardEvent.id)).where(*mine, col(HazardEvent.step).in_(WORK)).exists()

    def to_look_at(self, actor: Actor) -> Expression:
        """What somebody else put right, in an area where the actor looks at that."""
        fixed = (col(Hazard.state) == HazardState.FIXED) & (col(Hazard.fixed_by) != actor.person_id)
        return fixed & access.visible(actor, VERIFY)

    def waits(self, row: HazardRow, settings: Settings) -> tuple[int, ...]:
        """Urgent ones go up by minutes."""
        return settings.hazards.urgent_minutes if row.urgent else super().waits(row, settings)

    def photo(self, session: Session, row: HazardRow) -> int | None:
        """The first one of before."""
        return next(iter(photos_of(session, row.id)[PhotoOf.BEFORE]), None)

    def listed(self) -> Query:
        """With severity, place and post."""
        query = super().listed().outerjoin(Post, col(Post.id) == col(Hazard.post_id))
        return query.add_columns(col(Hazard.severity), col(Hazard.place), col(Post.name).label("post"))

    def _read_query(self) -> Query:
        query = super()._read_query().outerjoin(Post, col(Post.id) == col(Hazard.post_id))
        query = query.outerjoin(Checkpoint, col(Checkpoint.id) == col(Hazard.checkpoint_id))
        return query.add_columns(col(Post.name).label("post"), col(Checkpoint.name).label("checkpoint"))


def at_posts_of(person_id: int) -> Query:
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


def _posted(session: Session, row: HazardRow) -> list[int]:
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


def fixers(session: Session, hazard_id: int) -> list[int]:
    """Everyone who ever said that they put it right, in part or whole, or sent a photo of the work."""
    after = select(col(HazardPhoto.event_id)).where(
        col(HazardPhoto.hazard_id) == hazard_id, col(HazardPhoto.shows) == PhotoOf.AFTER
    )
    found = select(col(HazardEvent.person_id)).where(
        col(HazardEvent.hazard_id) == hazard_id,
        col(HazardEvent.person_id).is_not(None),
        or_(col(HazardEvent.step).in_(WORK), col(HazardEvent.id).in_(after)),
    )
    return [person for person in session.execute(found.distinct()).scalars() if person]


HAZARD = HazardKind()


def attach(session: Session, hazard_id: int, photo_ids: Sequence[int], shows: PhotoOf, event_id: int) -> None:
    """Add photos. Those of the work are filed apart, so that a photo of before does not pass for one."""
    if not photo_ids:
        return
    filed = HAZARD.subject(hazard_id)
    photos.use(session, photo_ids, filed if shows is PhotoOf.BEFORE else f"{filed}{photos.AFTER}")
    rows = [
        {"hazard_id": hazard_id, "photo_id": number, "shows": shows, "event_id": event_id}
        for number in photo_ids
    ]
    insert_new(session, HazardPhoto, rows)


def photos_of(session: Session, hazard_id: int) -> dict[PhotoOf, list[int]]:
    """The numbers of its photos, in order, by what they show."""
    rows = session.execute(
        select(col(HazardPhoto.shows), col(HazardPhoto.photo_id))
        .where(col(HazardPhoto.hazard_id) == hazard_id)
        .order_by(col(HazardPhoto.id))
    )
    found: dict[PhotoOf, list[int]] = {PhotoOf.BEFORE: [], PhotoOf.AFTER: []}
    for shows, number in rows:
        found[PhotoOf(shows)].append(number)
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
