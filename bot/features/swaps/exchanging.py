"""Exchanges: one comes to the other's shift, and the other to the one's, in a single request."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select
from sqlmodel import Session, col

from bot import access
from bot.access import Work
from bot.base.errors import Refused
from bot.features.shifts import crews
from bot.features.swaps.candidates import ASK, Wish, own, reachable
from models import Area, Person, Post, Shift, ShiftMember

# How far apart the two shifts may be, and how many are offered.
AROUND = timedelta(days=14)
MOST = 18


def exchangeable(work: Work, shift_id: int) -> list[Row[Any]]:
    """Colleagues' coming shifts at the same post that the actor could take in return for the own one, the
    next first: id, starts_at, ends_at, place, person_id, name."""
    access.require(work.actor, ASK, own(work.actor))
    given = crews.shift_of(work.session, shift_id)
    if given is None:
        return []
    rows = work.session.execute(_theirs(given, work.actor.person_id, work.now)).all()
    reached = reachable(work.session, [row.person_id for row in rows])
    fitting = (
        row
        for row in rows
        if row.person_id in reached and fits(work.session, shift_id, work.actor.person_id, row)
    )
    return [row for row, _ in zip(fitting, range(MOST), strict=False)]


def fits(session: Session, shift_id: int, giver_id: int, back: Row[Any]) -> bool:
    """Whether each of the two has nothing else at the time of the other's shift."""
    comes = crews.is_free(session, shift_id, back.person_id, giving=(back.id,))
    return comes and crews.is_free(session, back.id, giver_id, giving=(shift_id,))


def require_return(work: Work, wish: Wish) -> None:
    """Go on if the wish gives nothing in return, or a shift that the colleague has and that both can
    exchange. Raises Refused."""
    access.require(work.actor, ASK, own(work.actor))
    if wish.in_return is None:
        return
    found = exchangeable(work, wish.shift_id)
    if not any(row.id == wish.in_return and row.person_id == wish.to for row in found):
        raise Refused("swap-not-free")


def _theirs(given: Row[Any], giver_id: int, now: datetime) -> Any:
    """Others' shifts at the place of this one, on which the giver is not."""
    on_it = select(col(ShiftMember.shift_id)).where(col(ShiftMember.person_id) == giver_id)
    place = col(Shift.post_id) == given.post_id
    if given.post_id is None:
        place = col(Shift.post_id).is_(None) & (col(Shift.area_id) == given.area_id)
    return (
        select(
            col(Shift.id), col(Shift.starts_at), col(Shift.ends_at), col(Person.id).label("person_id"),
            col(Person.name), func.coalesce(col(Post.name), col(Area.name)).label("place"),
        )
        .join(ShiftMember, col(ShiftMember.shift_id) == col(Shift.id))
        .join(Person, col(Person.id) == col(ShiftMember.person_id))
        .join(Area, col(Area.id) == col(Shift.area_id))
        .join(Post, col(Post.id) == col(Shift.post_id), isouter=True)
        .where(
            place, crews.coming(), col(Shift.removed_at).is_(None), col(Person.removed_at).is_(None),
            col(Shift.starts_at) > max(now, given.starts_at - AROUND),
            col(Shift.starts_at) < given.starts_at + AROUND,
            col(Shift.id).not_in(on_it), col(Person.id) != giver_id,
        )
        .order_by(col(Shift.starts_at), col(Shift.id), col(ShiftMember.id))
    )  # fmt: skip
