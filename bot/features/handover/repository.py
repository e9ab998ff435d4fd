"""Handovers as rows: which shift hands over to which, and what is open at the post.

Who may do what is asked above.
"""

from datetime import datetime, timedelta

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot.access import Work
from bot.base.facts import Struct
from bot.features.handover import equipment
from bot.features.handover.notices import Matter, OpenHazard
from bot.features.shifts.crews import StandingShift, coming, shift_of
from bot.storage.database import insert_new, insert_one
from bot.storage.rows import Expression, all_of, columns, first_of
from models import (
    Area,
    Handover,
    HandoverState,
    Hazard,
    MatterKind,
    OpenItem,
    Patrol,
    PatrolSection,
    PatrolState,
    Person,
    Post,
    Shift,
    ShiftMember,
)

UNSETTLED = (HandoverState.OPEN, HandoverState.GIVEN)
# After an outage, shifts that ended up to this long ago are still asked to hand over.
LOOK_BACK = timedelta(hours=2)
# How far from its end a shift's handover is still somebody's business.
AROUND = timedelta(hours=12)
MOST_HAZARDS = 5


class HandoverRow(Struct):
    """A handover with its place and the names of who gave and took, empty for nobody."""

    id: int
    outgoing_id: int
    incoming_id: int | None
    post_id: int
    state: str
    opened_at: datetime
    due_at: datetime
    shown_at: datetime | None
    given_by: int | None
    given_at: datetime | None
    taken_at: datetime | None
    differs: bool
    late_at: datetime | None
    path: str
    area: str
    place: str
    giver: str
    taker: str

    @property
    def shift_ids(self) -> list[int]:
        """Of both crews."""
        return [number for number in (self.outgoing_id, self.incoming_id) if number]


def read(session: Session, handover_id: int) -> HandoverRow | None:
    """One handover; None where there is no such one."""
    giver, taker = aliased(Person), aliased(Person)
    told: dict[str, Expression] = {
        "area": col(Area.name), "place": col(Post.name), "giver": func.coalesce(giver.name, ""),
        "taker": func.coalesce(taker.name, ""),
    }  # fmt: skip
    found = (
        select(*columns(HandoverRow, Handover, Area, **told))
        .join(Area, col(Area.id) == col(Handover.area_id))
        .join(Post, col(Post.id) == col(Handover.post_id))
        .join(giver, col(giver.id) == col(Handover.given_by), isouter=True)
        .join(taker, col(taker.id) == col(Handover.taken_by), isouter=True)
        .where(col(Handover.id) == handover_id)
    )
    return first_of(session, HandoverRow, found)


def of_shift(session: Session, shift_id: int) -> int | None:
    """The number of the handover in which a shift hands over; None before it is opened."""
    found = select(col(Handover.id)).where(col(Handover.outgoing_id) == shift_id)
    return session.execute(found).scalar()


def newest_at(session: Session, post_id: int) -> int | None:
    """The last handover of a post: its crews have before them what is open there."""
    found = select(col(Handover.id)).where(col(Handover.post_id) == post_id)
    return (
        session.execute(found.order_by(col(Handover.due_at).desc(), col(Handover.id).desc()))
        .scalars()
        .first()
    )


def ending(work: Work, limit: int) -> list[int]:
    """Shifts at posts that are about to end, or just did, and have not been asked to hand over."""
    soon = work.now + timedelta(minutes=work.settings.handover.minutes_before)
    asked = select(col(Handover.id)).where(col(Handover.outgoing_id) == col(Shift.id)).correlate(Shift)
    manned = select(col(ShiftMember.id)).where(col(ShiftMember.shift_id) == col(Shift.id), coming())
    found = (
        select(col(Shift.id))
        .where(
            col(Shift.ends_at) <= soon, col(Shift.ends_at) > work.now - LOOK_BACK,
            col(Shift.starts_at) <= work.now,
            col(Shift.removed_at).is_(None), col(Shift.post_id).is_not(None), ~exists(asked),
            exists(manned.correlate(Shift)),
        )
        .order_by(col(Shift.ends_at), col(Shift.id))
        .limit(limit)
    )  # fmt: skip
    return [number or 0 for number in work.session.execute(found).scalars()]


def following(work: Work, shift: StandingShift) -> int | None:
    """The shift that relieves this one at its post; of several, one that relieves no other."""
    gap = timedelta(minutes=work.settings.handover.gap_minutes)
    relieves = (
        select(col(Handover.id))
        .where(col(Handover.incoming_id) == col(Shift.id), col(Handover.outgoing_id) != shift.id)
        .correlate(Shift)
    )
    found = (
        select(col(Shift.id))
        .where(
            *_at_post(shift), col(Shift.starts_at) > shift.starts_at,
            col(Shift.starts_at) >= shift.ends_at - gap, col(Shift.starts_at) <= shift.ends_at + gap,
        )
        .order_by(exists(relieves), col(Shift.starts_at), col(Shift.id))
    )  # fmt: skip
    return work.session.execute(found.limit(1)).scalar()


def preceding(work: Work, shift: StandingShift) -> int | None:
    """The shift that this one relieves at its post."""
    gap = timedelta(minutes=work.settings.handover.gap_minutes)
    found = (
        select(col(Shift.id))
        .where(
            *_at_post(shift), col(Shift.starts_at) < shift.starts_at,
            col(Shift.ends_at) >= shift.starts_at - gap, col(Shift.ends_at) <= shift.starts_at + gap,
        )
        .order_by(col(Shift.ends_at).desc(), col(Shift.id).desc())
    )  # fmt: skip
    return work.session.execute(found.limit(1)).scalar()


def running(session: Session, person_id: int, now: datetime) -> list[int]:
    """The shifts at posts that this person keeps now."""
    found = (
        select(col(Shift.id))
        .join(ShiftMember, col(ShiftMember.shift_id) == col(Shift.id))
        .where(
            col(ShiftMember.person_id) == person_id, coming(), col(Shift.removed_at).is_(None),
            col(Shift.post_id).is_not(None), col(Shift.starts_at) <= now, col(Shift.ends_at) > now,
        )
        .order_by(col(Shift.starts_at), col(Shift.id))
    )  # fmt: skip
    return [number or 0 for number in session.execute(found).scalars()]


def unsettled_of(session: Session, person_id: int, now: datetime) -> list[int]:
    """Handovers about now that a person is to give or to take over."""
    mine = (
        select(col(ShiftMember.id))
        .where(
            or_(
                col(ShiftMember.shift_id) == col(Handover.outgoing_id),
                col(ShiftMember.shift_id) == col(Handover.incoming_id),
            ),
            col(ShiftMember.person_id) == person_id,
            coming(),
        )
        .correlate(Handover)
    )
    found = select(col(Handover.id)).where(
        col(Handover.state).in_(UNSETTLED), col(Handover.due_at) > now - AROUND,
        col(Handover.due_at) < now + AROUND, exists(mine),
    )  # fmt: skip
    return [number or 0 for number in session.execute(found.order_by(col(Handover.due_at))).scalars()]


def open_for(work: Work, shift_id: int) -> int | None:
    """Open the handover of a shift at a post, its equipment as the last one left it; its number. None where
    the shift stands no more or is at no post."""
    shift = shift_of(work.session, shift_id)
    if shift is None or shift.post_id is None:
        return None
    row = {
        "outgoing_id": shift_id, "incoming_id": following(work, shift),
        "area_id": shift.area_id, "post_id": shift.post_id, "state": HandoverState.OPEN,
        "opened_at": work.now,
        "due_at": shift.ends_at, "differs": False,
    }  # fmt: skip
    insert_new(work.session, Handover, [row])
    number = of_shift(work.session, shift_id) or 0
    equipment.lay_out(work, number, shift_id, shift.post_id)
    gather(work, number, shift_id, shift.post_id)
    return number


def gather(work: Work, handover_id: int, shift_id: int, post_id: int) -> None:
    """Take down which patrols of the shift were not finished, or missed something."""
    walks = work.session.execute(
        select(col(Patrol.id), col(Patrol.state), col(Patrol.missed)).where(col(Patrol.shift_id) == shift_id)
    )
    rows = [
        {
            "handover_id": handover_id, "post_id": post_id, "kind": MatterKind.PATROL, "source_id": walk.id,
            "words": "", "told_at": work.now,
        }
        for walk in walks
        if walk.missed or walk.state != PatrolState.DONE
    ]  # fmt: skip
    insert_new(work.session, OpenItem, rows)


def matters_of(session: Session, row: HandoverRow) -> list[Matter]:
    """What is open at the post of a handover, oldest first, and what was ticked off since it began. Once it
    is settled, what was told of later is left out."""
    teller, closer = aliased(Person), aliased(Person)
    closed_at, told_at = col(OpenItem.closed_at), col(OpenItem.told_at)
    told: dict[str, Expression] = {
        "voice": col(OpenItem.voice).is_not(None),
        # Of a patrol, when it began.
        "told_at": func.coalesce(col(Patrol.started_at), told_at),
        "teller": func.coalesce(teller.name, ""), "closer": func.coalesce(closer.name, ""),
        "section": col(PatrolSection.name),
    }  # fmt: skip
    found = (
        select(*columns(Matter, OpenItem, Patrol, **told))
        .join(teller, col(teller.id) == col(OpenItem.told_by), isouter=True)
        .join(closer, col(closer.id) == col(OpenItem.closed_by), isouter=True)
        .join(Patrol, col(Patrol.id) == col(OpenItem.source_id), isouter=True)
        .join(PatrolSection, col(PatrolSection.id) == col(Patrol.section_id), isouter=True)
        .where(col(OpenItem.post_id) == row.post_id, or_(closed_at.is_(None), closed_at >= row.opened_at))
        .order_by(col(OpenItem.id))
    )
    if row.state == HandoverState.TAKEN:
        found = found.where(told_at <= row.taken_at)
    return all_of(session, Matter, found)


def hazards_of(session: Session, post_id: int) -> list[OpenHazard]:
    """The hazards at a post that are not put right, oldest first; they close where hazards are closed."""
    found = (
        select(col(Hazard.year), col(Hazard.number), col(Hazard.words), col(Hazard.place))
        .where(col(Hazard.post_id) == post_id, col(Hazard.state).in_(("reported", "assigned", "fixed")))
        .order_by(col(Hazard.id))
        .limit(MOST_HAZARDS)
    )
    return [
        OpenHazard(f"H-{year}-{number:06d}", words or place)
        for year, number, words, place in session.execute(found)
    ]


def put_matter(work: Work, row: HandoverRow, kind: MatterKind, words: str, voice: str) -> int:
    """Something is open at the post of a handover; its number."""
    values = {
        "handover_id": row.id, "post_id": row.post_id, "kind": kind, "words": words, "voice": voice or None,
        "told_by": work.actor.person_id, "told_at": work.now,
    }  # fmt: skip
    return insert_one(work.session, OpenItem, values)


def move_on(session: Session, row: HandoverRow, state: HandoverState, **values: object) -> bool:
    """Bring it from the state that was read to another. False where somebody was faster."""
    here = (col(Handover.id) == row.id, col(Handover.state) == row.state)
    moved = update(Handover).where(*here).values(state=state, **values)
    return session.connection().execute(moved).rowcount == 1


def mend(work: Work, limit: int) -> list[int]:
    """Let unsettled handovers follow shifts that were moved or cancelled since; the numbers of these."""
    outgoing, incoming = aliased(Shift), aliased(Shift)
    found = work.session.execute(
        select(col(Handover.id), col(Handover.state), col(outgoing.id).label("shift_id"))
        .join(outgoing, col(outgoing.id) == col(Handover.outgoing_id))
        .join(incoming, col(incoming.id) == col(Handover.incoming_id), isouter=True)
        .where(
            col(Handover.state).in_(UNSETTLED),
            or_(
                col(outgoing.removed_at).is_not(None), col(incoming.removed_at).is_not(None),
                col(outgoing.ends_at) != col(Handover.due_at),
            ),
        )
        .limit(limit)
    ).all()  # fmt: skip
    for row in found:
        shift = shift_of(work.session, row.shift_id)
        moved = shift and {"incoming_id": following(work, shift), "due_at": shift.ends_at}
        here = (col(Handover.id) == row.id, col(Handover.state) == row.state)
        work.session.execute(update(Handover).where(*here).values(moved or {"state": HandoverState.LAPSED}))
    return [row.id or 0 for row in found]


def lapse_older(session: Session, handover_id: int, post_id: int) -> list[int]:
    """The handovers before this one at its post that nobody settled are over; their numbers."""
    this = select(col(Handover.due_at)).where(col(Handover.id) == handover_id).scalar_subquery()
    older = (
        col(Handover.post_id) == post_id, col(Handover.state).in_(UNSETTLED), col(Handover.due_at) < this,
    )  # fmt: skip
    over = update(Handover).where(*older).values(state=HandoverState.LAPSED).returning(col(Handover.id))
    return [number or 0 for number in session.execute(over).scalars()]


def _at_post(shift: StandingShift) -> tuple[Expression, ...]:
    return col(Shift.post_id) == shift.post_id, col(Shift.id) != shift.id, col(Shift.removed_at).is_(None)
