"""What is kept past its date is erased; counts and grades stay.

Each kind of data has its condition ("old by now") and its deed, which takes at most BATCH rows a call.
"""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, text, update
from sqlmodel import SQLModel, col

from bot import access
from bot.access import Resource, Work, audit
from bot.base.facts import Struct
from bot.settings import Settings
from models import (
    Appeal,
    Attachment,
    CallRecipient,
    Card,
    CheckIn,
    Draft,
    ExportRequest,
    Hazard,
    HouseholdMark,
    InboxRow,
    InboxState,
    Invite,
    JoinAttempt,
    Ladder,
    LadderState,
    LadderStep,
    Nudge,
    OutboxRow,
    OutboxState,
    PatrolAnswer,
    PatrolPoint,
    Photo,
    PhotoBand,
    PhotoState,
    PresencePoint,
    ResidentRequest,
    Said,
    Slot,
    SlotState,
)

BATCH = 500
INVITE_DAYS = 90
OUTBOX_DAYS = 30
SLOT_DAYS = 90
LADDER_DAYS = 90
CARD_DAYS = 90
EXPORT_DAYS = 30
NUDGE_DAYS = 30
CALL_WORDS_DAYS = 90

Old = Callable[[datetime, Settings], ColumnElement[bool]]


class _RetentionKind(Struct):
    """A kind of data: its table and key, which rows are old, what is emptied (nothing: the row goes), and
    what else becomes of it."""

    model: type[SQLModel]
    key: object
    old: Old
    emptied: tuple[str, ...] = ()
    becomes: Mapping[str, object] = field(default_factory=dict)


def _payloads(now: datetime, settings: Settings) -> ColumnElement[bool]:
    """What Telegram sent, once it has been handled, well or not."""
    past = _ago(now, settings.privacy.payload_days)
    handled = func.coalesce(col(InboxRow.done_at), col(InboxRow.received_at)) < past
    # Nothing is handled before it was received: told once more, for the index.
    known = (col(InboxRow.received_at) < past) & col(InboxRow.payload).is_not(None)
    return known & handled & (col(InboxRow.state) != InboxState.PENDING)


def _updates(now: datetime, settings: Settings) -> ColumnElement[bool]:
    past = col(InboxRow.received_at) < _ago(now, settings.privacy.update_id_days)
    return past & (col(InboxRow.state) != InboxState.PENDING)


def _points(now: datetime, settings: Settings) -> ColumnElement[bool]:
    return col(PresencePoint.at) < _ago(now, settings.privacy.location_days)


def _checkin_points(now: datetime, settings: Settings) -> ColumnElement[bool]:
    # Written like the partial index, so that it is used.
    held = text("(latitude IS NOT NULL OR last_latitude IS NOT NULL)")
    return (col(CheckIn.in_at) < _ago(now, settings.privacy.location_days)) & held


def _patrol_points(now: datetime, settings: Settings) -> ColumnElement[bool]:
    return col(PatrolPoint.at) < _ago(now, settings.privacy.location_days)


def _patrol_places(now: datetime, settings: Settings) -> ColumnElement[bool]:
    """Where something was found; of the hazard it became it is kept with that."""
    known = col(PatrolAnswer.latitude).is_not(None)
    return known & (col(PatrolAnswer.found_at) < _ago(now, settings.privacy.location_days))


def _hazard_places(now: datetime, settings: Settings) -> ColumnElement[bool]:
    """Where exactly something was that is long over; its area stays."""
    known = col(Hazard.latitude).is_not(None)
    return known & (col(Hazard.closed_at) < _ago(now, settings.privacy.photo_days))


def _contacts(now: datetime, settings: Settings) -> ColumnElement[bool]:
    """Of residents' requests that are over: how to reach whom, and of which household."""
    # Written like the partial index, so that it is used.
    kept = text("(contact IS NOT NULL OR household IS NOT NULL)")
    return (col(ResidentRequest.closed_at) < _ago(now, settings.requests.contact_days)) & kept


def _invites(now: datetime, _: Settings) -> ColumnElement[bool]:
    past = _ago(now, INVITE_DAYS)
    ends = (Invite.used_at, Invite.revoked_at, Invite.expires_at)
    return or_(*(col(end) < past for end in ends))


def _attempts(now: datetime, _: Settings) -> ColumnElement[bool]:
    """Accounts bound to nobody that have no link open, and no wait that is fresh enough to be doubled."""
    over = col(JoinAttempt.wait_until).is_(None) | (col(JoinAttempt.wait_until) < _ago(now, INVITE_DAYS))
    return over & col(JoinAttempt.invite_id).is_(None)


def _drafts(now: datetime, settings: Settings) -> ColumnElement[bool]:
    """Forms that nobody goes on with; they may hold places."""
    return col(Draft.updated_at) < _ago(now, settings.privacy.location_days)


def _marks(now: datetime, settings: Settings) -> ColumnElement[bool]:
    return col(HouseholdMark.marked_at) < _ago(now, settings.households.mark_days)


def _photos(now: datetime, settings: Settings) -> ColumnElement[bool]:
    """Their copies go soon after, see `bot.photos.fetch`. The last words are the index's."""
    return (col(Photo.sent_at) < _ago(now, settings.privacy.photo_days)) & text("file_id IS NOT NULL")


def _said(now: datetime, settings: Settings) -> ColumnElement[bool]:
    """By which message words came; what heads said of households goes with their marks."""
    of_household = col(Said.subject).startswith("household:")
    marked = of_household & (col(Said.said_at) < _ago(now, settings.households.mark_days))
    return marked | (col(Said.said_at) < _ago(now, settings.privacy.words_days))


def _appeals(now: datetime, settings: Settings) -> ColumnElement[bool]:
    return col(Appeal.made_at) < _ago(now, settings.privacy.words_days)


def _messages(now: datetime, _: Settings) -> ColumnElement[bool]:
    """Sent, dropped, or given up and not looked into for so long."""
    waiting = [OutboxState.HELD, OutboxState.PENDING, OutboxState.SENDING]
    return col(OutboxRow.state).not_in(waiting) & (col(OutboxRow.created_at) < _ago(now, OUTBOX_DAYS))


def _cards(now: datetime, _: Settings) -> ColumnElement[bool]:
    """Living messages of long ago: nothing changes in them any more."""
    # What was laid somewhere and never looked at has no time of sending.
    laid = (col(Card.wanted) == 0) & (col(Card.due_at) < _ago(now, CARD_DAYS))
    return ((col(Card.sent_at) < _ago(now, CARD_DAYS)) | laid) & (col(Card.wanted) == col(Card.shown))


def _attachments(now: datetime, _: Settings) -> ColumnElement[bool]:
    """What it shows may be shown again later: then it goes up once more."""
    return col(Attachment.sent_at) < _ago(now, OUTBOX_DAYS)


def _nudges(now: datetime, _: Settings) -> ColumnElement[bool]:
    return col(Nudge.nudged_at) < _ago(now, NUDGE_DAYS)


def _exports(now: datetime, _: Settings) -> ColumnElement[bool]:
    return col(ExportRequest.done_at) < _ago(now, EXPORT_DAYS)


def _ladder_steps(now: datetime, _: Settings) -> ColumnElement[bool]:
    return col(LadderStep.at) < _ago(now, LADDER_DAYS)


def _ladders(now: datetime, _: Settings) -> ColumnElement[bool]:
    """Those over for so long; their steps went before them."""
    stands = [LadderState.CLIMBING, LadderState.TAKEN]
    steps = select(col(LadderStep.id)).where(col(LadderStep.ladder_id) == col(Ladder.id)).correlate(Ladder)
    past = col(Ladder.started_at) < _ago(now, LADDER_DAYS)
    return past & col(Ladder.state).not_in(stands) & ~exists(steps)


def _slots(now: datetime, _: Settings) -> ColumnElement[bool]:
    return (col(Slot.due_at) < _ago(now, SLOT_DAYS)) & (col(Slot.state) != SlotState.RUNNING)


def _call_words(now: datetime, _: Settings) -> ColumnElement[bool]:
    """What was said with an answer; the answer itself stays."""
    said = (col(CallRecipient.words) != "") | col(CallRecipient.voice).is_not(None)
    return said & (col(CallRecipient.answered_at) < _ago(now, CALL_WORDS_DAYS))


_TABLE: dict[str, _RetentionKind] = {
    "payloads": _RetentionKind(InboxRow, InboxRow.seq, _payloads, ("payload",)),
    "updates": _RetentionKind(InboxRow, InboxRow.seq, _updates),
    "points": _RetentionKind(PresencePoint, PresencePoint.id, _points),
    "checkin_points": _RetentionKind(
        CheckIn,
        CheckIn.id,
        _checkin_points,
        ("latitude", "longitude", "accuracy", "last_latitude", "last_longitude"),
    ),
    "patrol_points": _RetentionKind(PatrolPoint, PatrolPoint.id, _patrol_points),
    "patrol_places": _RetentionKind(PatrolAnswer, PatrolAnswer.id, _patrol_places, ("latitude", "longitude")),
    "hazard_places": _RetentionKind(Hazard, Hazard.id, _hazard_places, ("latitude", "longitude")),
    "contacts": _RetentionKind(ResidentRequest, ResidentRequest.id, _contacts, ("contact", "household")),
    "invites": _RetentionKind(Invite, Invite.id, _invites),
    "attempts": _RetentionKind(JoinAttempt, JoinAttempt.id, _attempts),
    "drafts": _RetentionKind(Draft, Draft.id, _drafts),
    "household_marks": _RetentionKind(HouseholdMark, HouseholdMark.id, _marks),
    "photos": _RetentionKind(
        Photo,
        Photo.id,
        _photos,
        ("file_id", "unique_id", "message_id", "dhash", "next_try_at"),
        {"state": PhotoState.ERASED},
    ),
    "said": _RetentionKind(Said, Said.id, _said),
    "appeals": _RetentionKind(Appeal, Appeal.id, _appeals),
    "messages": _RetentionKind(OutboxRow, OutboxRow.id, _messages),
    "attachments": _RetentionKind(Attachment, Attachment.id, _attachments),
    "cards": _RetentionKind(Card, Card.id, _cards),
    "call_words": _RetentionKind(CallRecipient, CallRecipient.id, _call_words, ("voice",), {"words": ""}),
    "nudges": _RetentionKind(Nudge, Nudge.id, _nudges),
    "exports": _RetentionKind(ExportRequest, ExportRequest.id, _exports),
    "ladder_steps": _RetentionKind(LadderStep, LadderStep.id, _ladder_steps),
    "ladders": _RetentionKind(Ladder, Ladder.id, _ladders),
    "slots": _RetentionKind(Slot, Slot.id, _slots),
}
KINDS = tuple(_TABLE)


def after(kind: str) -> str | None:
    """The kind that follows; None after the last."""
    place = KINDS.index(kind) + 1
    return KINDS[place] if place < len(KINDS) else None


def due(work: Work) -> dict[str, int]:
    """How many rows of each kind would be erased now."""
    access.require(work.actor, "data.purge", Resource())
    return {
        name: work.session.execute(
            select(func.count()).select_from(kind.model).where(kind.old(work.now, work.settings))
        ).scalar_one()
        for name, kind in _TABLE.items()
    }


def erase(work: Work, name: str) -> int:
    """Erase rows of one kind, BATCH at most; returns how many."""
    access.require(work.actor, "data.purge", Resource())
    kind = _TABLE[name]
    found = select(col(kind.key)).where(kind.old(work.now, work.settings)).limit(BATCH)
    keys = list(work.session.execute(found).scalars())
    if not keys:
        return 0
    if kind.model is Invite:
        # An account may still have one open that has long expired.
        freed = update(JoinAttempt).where(col(JoinAttempt.invite_id).in_(keys)).values(invite_id=None)
        work.session.execute(freed)
    if kind.model is Photo:
        work.session.execute(delete(PhotoBand).where(col(PhotoBand.photo_id).in_(keys)))
    chosen = col(kind.key).in_(keys)
    if kind.emptied:
        work.session.execute(
            update(kind.model).where(chosen).values({**dict.fromkeys(kind.emptied), **kind.becomes})
        )
    else:
        work.session.execute(delete(kind.model).where(chosen))
    audit.record(work, "data.purge", name, rows=len(keys))
    return len(keys)


def _ago(now: datetime, days: int) -> datetime:
    return now - timedelta(days=days)
