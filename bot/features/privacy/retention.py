"""What is kept past its date is erased; counts and grades stay.

Each kind of data has its condition ("old by now") and its deed, which takes at most BATCH rows a call.
"""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, func, inspect, or_, select, text, update
from sqlmodel import SQLModel, col

from bot import access
from bot.access import Resource, Work, audit
from bot.base.facts import Struct
from bot.settings import Settings
from bot.storage.rows import Expression
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

# The moment so many days ago.
Ago = Callable[[int], datetime]
Old = Callable[[Ago, Settings], ColumnElement[bool]]


class _RetentionKind(Struct):
    """A kind of data: its table, which rows are old, what is emptied (nothing: the row goes), and what else
    becomes of it."""

    model: type[SQLModel]
    old: Old
    emptied: tuple[str, ...] = ()
    becomes: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> Expression:
        """The column that names a row."""
        found: Expression = inspect(self.model).primary_key[0]
        return found


def _payloads(ago: Ago, by: Settings) -> ColumnElement[bool]:
    """What Telegram sent, once it has been handled, well or not."""
    past = ago(by.privacy.payload_days)
    handled = func.coalesce(col(InboxRow.done_at), col(InboxRow.received_at)) < past
    # Nothing is handled before it was received: told once more, for the index.
    known = (col(InboxRow.received_at) < past) & col(InboxRow.payload).is_not(None)
    return known & handled & (col(InboxRow.state) != InboxState.PENDING)


def _updates(ago: Ago, by: Settings) -> ColumnElement[bool]:
    past = col(InboxRow.received_at) < ago(by.privacy.update_id_days)
    return past & (col(InboxRow.state) != InboxState.PENDING)


def _checkin_points(ago: Ago, by: Settings) -> ColumnElement[bool]:
    # Written like the partial index, so that it is used.
    held = text("(latitude IS NOT NULL OR last_latitude IS NOT NULL)")
    return (col(CheckIn.in_at) < ago(by.privacy.location_days)) & held


def _patrol_places(ago: Ago, by: Settings) -> ColumnElement[bool]:
    """Where something was found; of the hazard it became it is kept with that."""
    known = col(PatrolAnswer.latitude).is_not(None)
    return known & (col(PatrolAnswer.found_at) < ago(by.privacy.location_days))


def _hazard_places(ago: Ago, by: Settings) -> ColumnElement[bool]:
    """Where exactly something was that is long over; its area stays."""
    return col(Hazard.latitude).is_not(None) & (col(Hazard.closed_at) < ago(by.privacy.photo_days))


def _contacts(ago: Ago, by: Settings) -> ColumnElement[bool]:
    """Of residents' requests that are over: how to reach whom, and of which household."""
    # Written like the partial index, so that it is used.
    kept = text("(contact IS NOT NULL OR household IS NOT NULL)")
    return (col(ResidentRequest.closed_at) < ago(by.requests.contact_days)) & kept


def _invites(ago: Ago, _: Settings) -> ColumnElement[bool]:
    ends = (Invite.used_at, Invite.revoked_at, Invite.expires_at)
    return or_(*(col(end) < ago(INVITE_DAYS) for end in ends))


def _attempts(ago: Ago, _: Settings) -> ColumnElement[bool]:
    """Accounts bound to nobody that have no link open, and no wait that is fresh enough to be doubled."""
    over = col(JoinAttempt.wait_until).is_(None) | (col(JoinAttempt.wait_until) < ago(INVITE_DAYS))
    return over & col(JoinAttempt.invite_id).is_(None)


def _photos(ago: Ago, by: Settings) -> ColumnElement[bool]:
    """Their copies go soon after, see `bot.photos.fetch`. The last words are the index's."""
    return (col(Photo.sent_at) < ago(by.privacy.photo_days)) & text("file_id IS NOT NULL")


def _said(ago: Ago, by: Settings) -> ColumnElement[bool]:
    """By which message words came; what heads said of households goes with their marks."""
    of_household = col(Said.subject).startswith("household:")
    marked = of_household & (col(Said.said_at) < ago(by.households.mark_days))
    return marked | (col(Said.said_at) < ago(by.privacy.words_days))


def _messages(ago: Ago, _: Settings) -> ColumnElement[bool]:
    """Sent, dropped, or given up and not looked into for so long."""
    waiting = [OutboxState.HELD, OutboxState.PENDING, OutboxState.SENDING]
    return col(OutboxRow.state).not_in(waiting) & (col(OutboxRow.created_at) < ago(OUTBOX_DAYS))


def _cards(ago: Ago, _: Settings) -> ColumnElement[bool]:
    """Living messages of long ago: nothing changes in them any more."""
    # What was laid somewhere and never looked at has no time of sending.
    laid = (col(Card.wanted) == 0) & (col(Card.due_at) < ago(CARD_DAYS))
    return ((col(Card.sent_at) < ago(CARD_DAYS)) | laid) & (col(Card.wanted) == col(Card.shown))


def _ladders(ago: Ago, _: Settings) -> ColumnElement[bool]:
    """Those over for so long; their steps went before them."""
    stands = [LadderState.CLIMBING, LadderState.TAKEN]
    steps = select(col(LadderStep.id)).where(col(LadderStep.ladder_id) == col(Ladder.id)).correlate(Ladder)
    return (col(Ladder.started_at) < ago(LADDER_DAYS)) & col(Ladder.state).not_in(stands) & ~exists(steps)


def _slots(ago: Ago, _: Settings) -> ColumnElement[bool]:
    return (col(Slot.due_at) < ago(SLOT_DAYS)) & (col(Slot.state) != SlotState.RUNNING)


def _call_words(ago: Ago, _: Settings) -> ColumnElement[bool]:
    """What was said with an answer; the answer itself stays."""
    said = (col(CallRecipient.words) != "") | col(CallRecipient.voice).is_not(None)
    return said & (col(CallRecipient.answered_at) < ago(CALL_WORDS_DAYS))


_POINT = ("latitude", "longitude")
_TABLE: dict[str, _RetentionKind] = {
    "payloads": _RetentionKind(InboxRow, _payloads, ("payload",)),
    "updates": _RetentionKind(InboxRow, _updates),
    "points": _RetentionKind(
        PresencePoint, lambda ago, by: col(PresencePoint.at) < ago(by.privacy.location_days)
    ),
    "checkin_points": _RetentionKind(
        CheckIn, _checkin_points, (*_POINT, "accuracy", "last_latitude", "last_longitude")
    ),
    "patrol_points": _RetentionKind(
        PatrolPoint, lambda ago, by: col(PatrolPoint.at) < ago(by.privacy.location_days)
    ),
    "patrol_places": _RetentionKind(PatrolAnswer, _patrol_places, _POINT),
    "hazard_places": _RetentionKind(Hazard, _hazard_places, _POINT),
    "contacts": _RetentionKind(ResidentRequest, _contacts, ("contact", "household")),
    "invites": _RetentionKind(Invite, _invites),
    "attempts": _RetentionKind(JoinAttempt, _attempts),
    # Forms that nobody goes on with; they may hold places.
    "drafts": _RetentionKind(Draft, lambda ago, by: col(Draft.updated_at) < ago(by.privacy.location_days)),
    "household_marks": _RetentionKind(
        HouseholdMark, lambda ago, by: col(HouseholdMark.marked_at) < ago(by.households.mark_days)
    ),
    "photos": _RetentionKind(
        Photo,
        _photos,
        ("file_id", "unique_id", "message_id", "dhash", "next_try_at"),
        {"state": PhotoState.ERASED},
    ),
    "said": _RetentionKind(Said, _said),
    "appeals": _RetentionKind(Appeal, lambda ago, by: col(Appeal.made_at) < ago(by.privacy.words_days)),
    "messages": _RetentionKind(OutboxRow, _messages),
    # What it shows may be shown again later: then it goes up once more.
    "attachments": _RetentionKind(Attachment, lambda ago, _: col(Attachment.sent_at) < ago(OUTBOX_DAYS)),
    "cards": _RetentionKind(Card, _cards),
    "call_words": _RetentionKind(CallRecipient, _call_words, ("voice",), {"words": ""}),
    "nudges": _RetentionKind(Nudge, lambda ago, _: col(Nudge.nudged_at) < ago(NUDGE_DAYS)),
    "exports": _RetentionKind(ExportRequest, lambda ago, _: col(ExportRequest.done_at) < ago(EXPORT_DAYS)),
    "ladder_steps": _RetentionKind(LadderStep, lambda ago, _: col(LadderStep.at) < ago(LADDER_DAYS)),
    "ladders": _RetentionKind(Ladder, _ladders),
    "slots": _RetentionKind(Slot, _slots),
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
            select(func.count()).select_from(kind.model).where(_old(kind, work))
        ).scalar_one()
        for name, kind in _TABLE.items()
    }


def erase(work: Work, name: str) -> int:
    """Erase rows of one kind, BATCH at most; returns how many."""
    access.require(work.actor, "data.purge", Resource())
    kind = _TABLE[name]
    keys = list(work.session.execute(select(kind.key).where(_old(kind, work)).limit(BATCH)).scalars())
    if not keys:
        return 0
    if kind.model is Invite:
        # An account may still have one open that has long expired.
        freed = update(JoinAttempt).where(col(JoinAttempt.invite_id).in_(keys)).values(invite_id=None)
        work.session.execute(freed)
    if kind.model is Photo:
        work.session.execute(delete(PhotoBand).where(col(PhotoBand.photo_id).in_(keys)))
    chosen = kind.key.in_(keys)
    if kind.emptied:
        values = {**dict.fromkeys(kind.emptied), **kind.becomes}
        work.session.execute(update(kind.model).where(chosen).values(values))
    else:
        work.session.execute(delete(kind.model).where(chosen))
    audit.record(work, "data.purge", name, rows=len(keys))
    return len(keys)


def _old(kind: _RetentionKind, work: Work) -> ColumnElement[bool]:
    return kind.old(lambda days: work.now - timedelta(days=days), work.settings)
