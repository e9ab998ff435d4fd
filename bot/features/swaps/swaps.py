"""Swaps (换班) on their way: a colleague says yes, who leads the shift agrees, the crew is another one.

What was asked by one who may decide is agreed to already: then the colleague's yes is enough.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot import access
from bot.access import Relation, Resource, Work, audit, leaving
from bot.base.errors import Refused
from bot.features.shifts import crews, leave
from bot.features.swaps import cards
from bot.features.swaps.cards import DECIDE, SwapRow
from models import Area, MemberState, Person, Shift, ShiftMember, Swap, SwapOffer, SwapState

LIVE = (SwapState.ASKED, SwapState.ACCEPTED)
MOST_SHOWN = 10


def answer(work: Work, swap_id: int, yes: bool) -> bool:
    """Take the shift or not. Of two who take it at once, one does. False where there is no such request.

    Raises Refused where it is settled already, or the actor has another shift by now.
    """
    row = _may(work, swap_id, "swap.answer")
    if row is None:
        return False
    if row.state == SwapState.ACCEPTED and row.taken_by == work.actor.person_id and yes:
        return True
    _require_in(row, work.now, SwapState.ASKED)
    if yes:
        _accept(work, row)
    else:
        _decline(work, row)
    return True


def decide(work: Work, swap_id: int, approve: bool) -> bool:
    """Agree to what two have agreed on, or not; the crew follows. False where there is no such request.

    Raises Refused where it was settled before, the shift has started, or it does not fit any more.
    """
    row = _may(work, swap_id, DECIDE)
    if row is None:
        return False
    _require_in(row, work.now, SwapState.ACCEPTED)
    state = SwapState.APPROVED if approve else SwapState.REFUSED
    _move_on(work.session, row, state, decided_by=work.actor.person_id, decided_at=work.now)
    if approve and row.taken_by:
        _change_crew(work, row, row.taken_by)
    audit.record(work, DECIDE, _subject(swap_id), row.person_id, state=state)
    _spread(work, row)
    return True


def come_to_terms(work: Work, swap_id: int) -> bool:
    """Who asked for somebody else has the colleague's word: it counts without a tap. False where there is
    no such request."""
    row = cards.read(work.session, swap_id)
    if row is None or not row.agreed or row.anyone:
        return False
    access.require(work.actor, DECIDE, cards.thing(work.session, row))
    _come_to_terms(work, row, cards.offered_to(work.session, swap_id)[0])
    return True


def withdraw(work: Work, swap_id: int) -> bool:
    """Take back what the actor asked. False where there is no such request. Raises Refused once it is
    settled."""
    row = cards.read(work.session, swap_id)
    if row is None:
        return False
    access.require(work.actor, "swap.withdraw", Resource(row.path, {Relation.SELF: (row.asked_by,)}))
    _require_in(row, work.now, *LIVE)
    _move_on(work.session, row, SwapState.WITHDRAWN)
    audit.record(work, "swap.withdraw", _subject(swap_id), row.person_id)
    _spread(work, row)
    return True


def expire(work: Work, *, limit: int = 100) -> int:
    """End what was not settled before its shift started or was cancelled, and what is needless by now;
    how many, `limit` at most."""
    access.require(work.actor, "swap.expire", Resource())
    found = work.session.execute(
        select(col(Swap.id))
        .join(Shift, col(Shift.id) == col(Swap.shift_id))
        .where(
            col(Swap.state).in_(LIVE),
            or_(
                col(Shift.starts_at) <= work.now,
                col(Shift.removed_at).is_not(None),
                _is_needless(),
                _is_unreturnable(work.now),
            ),
        )
        .order_by(col(Swap.id))
        .limit(limit)
    )
    over = [cards.there(work.session, number or 0) for number in found.scalars().all()]
    for row in over:
        _move_on(work.session, row, SwapState.EXPIRED)
        audit.record(work, "swap.expire", _subject(row.id), row.person_id)
        cards.show_changed(work.session, row.id, work.now)
        if row.removed_at or row.starts_at <= work.now or row.return_shift_id:
            cards.tell(work, row.id, work.actor.person_id)
    return len(over)


def end_left(work: Work, swap_id: int) -> None:
    """End one that cannot be any more, as somebody left the roster; those who are here are told."""
    access.require(work.actor, "swap.expire", Resource())
    row = cards.there(work.session, swap_id)
    _move_on(work.session, row, SwapState.LEFT)
    audit.record(work, "swap.expire", _subject(swap_id), row.person_id, why="left")
    _spread(work, row)


def show_waiting(work: Work) -> int:
    """Lay before the actor what waits for somebody like them, the next shift first; how many there are.

    So that nothing is lost which was asked while nobody could be reached.
    """
    led = crews.led_by(work.actor.person_id)
    mine = or_(access.visible(work.actor, DECIDE, col(Area.path)), col(Shift.id).in_(led))
    found = work.session.execute(
        select(col(Swap.id))
        .join(Shift, col(Shift.id) == col(Swap.shift_id))
        .join(Area, col(Area.id) == col(Shift.area_id))
        .where(
            col(Swap.state) == SwapState.ACCEPTED, col(Shift.starts_at) > work.now, mine,
            or_(col(Swap.person_id).is_(None), col(Swap.person_id) != work.actor.person_id),
            col(Swap.taken_by) != work.actor.person_id,
        )
        .order_by(col(Shift.starts_at))
    )  # fmt: skip
    waiting = [number or 0 for number in found.scalars()]
    for number in waiting[:MOST_SHOWN]:
        cards.show_to_deciders(work, number, [work.actor.person_id])
    return len(waiting)


def _may(work: Work, swap_id: int, action: str) -> SwapRow | None:
    """A swap that the actor may do this to; None where there is no such request."""
    row = cards.read(work.session, swap_id)
    if row is not None:
        access.require(work.actor, action, cards.thing(work.session, row))
    return row


def _is_needless() -> ColumnElement[bool]:
    """Who was not to come is off the crew already, or another way brought somebody who comes instead. Who is
    off the roster is seen to by `end_left`, which says so."""
    of_shift = col(ShiftMember.shift_id) == col(Swap.shift_id)
    stays = col(ShiftMember.person_id) == col(Swap.person_id), col(ShiftMember.state) != MemberState.REPLACED
    filled = col(ShiftMember.stands_for) == col(Swap.person_id), crews.coming()
    return and_(
        col(Swap.person_id).is_not(None),
        leaving.on_roster(col(Swap.person_id)),
        or_(
            ~exists(select(col(ShiftMember.id)).where(of_shift, *stays).correlate(Swap)),
            exists(select(col(ShiftMember.id)).where(of_shift, *filled).correlate(Swap)),
        ),
    )


def _is_unreturnable(now: datetime) -> ColumnElement[bool]:
    """What was to be given in return has begun, or is no more."""
    back = aliased(Shift)
    gone = or_(col(back.starts_at) <= now, col(back.removed_at).is_not(None))
    return exists(select(col(back.id)).where(col(back.id) == col(Swap.return_shift_id), gone).correlate(Swap))


def _accept(work: Work, row: SwapRow) -> None:
    _require_free(work.session, row, work.actor.person_id)
    if row.agreed:
        _settle(work, row, work.actor.person_id)
    else:
        _move_on(work.session, row, SwapState.ACCEPTED, taken_by=work.actor.person_id, taken_at=work.now)
        deciders = cards.deciders_of(work.session, cards.there(work.session, row.id))
        cards.show_to_deciders(work, row.id, deciders)
    audit.record(work, "swap.answer", _subject(row.id), row.person_id, yes=True)
    _spread(work, row)


def _decline(work: Work, row: SwapRow) -> None:
    """One said no; when all have, it is over."""
    mine = (col(SwapOffer.swap_id) == row.id, col(SwapOffer.person_id) == work.actor.person_id)
    work.session.execute(update(SwapOffer).where(*mine).values(declined_at=work.now))
    audit.record(work, "swap.answer", _subject(row.id), row.person_id, yes=False)
    if not cards.offered_to(work.session, row.id, open_only=True):
        _move_on(work.session, row, SwapState.DECLINED)
        _spread(work, row)
    cards.show_declined(work.session, row.id, work.actor.person_id, work.now)


def _come_to_terms(work: Work, row: SwapRow, taker: int) -> None:
    _require_in(row, work.now, SwapState.ASKED)
    _require_free(work.session, row, taker)
    _settle(work, row, taker)
    audit.record(work, DECIDE, _subject(row.id), row.person_id, state=SwapState.APPROVED)
    _spread(work, row)


def _settle(work: Work, row: SwapRow, taker: int) -> None:
    """It was agreed to when it was asked: the yes completes it."""
    values = {"taken_by": taker, "taken_at": work.now, "decided_by": row.asked_by, "decided_at": work.now}
    _move_on(work.session, row, SwapState.APPROVED, **values)
    _change_crew(work, row, taker)


def _change_crew(work: Work, row: SwapRow, taker: int) -> None:
    """Raises Refused where something else has changed the crew meanwhile."""
    try:
        if row.person_id is None:
            crews.add_member(work, row.shift_id, taker, why="swap")
        else:
            _exchange(work, row, row.person_id, taker)
    except Refused as problem:
        raise Refused("swap-no-longer-fits") from problem


def _exchange(work: Work, row: SwapRow, giver: int, taker: int) -> None:
    """One comes for the other; in an exchange the other comes for the one, too."""
    back = row.return_shift_id
    giving = (back,) if back else ()
    crews.move_member(work, row.shift_id, giver, taker, why="swap", giving=giving)
    if back:
        crews.move_member(work, back, taker, giver, why="swap", giving=(row.shift_id,))


def _require_in(row: SwapRow, now: datetime, *states: SwapState) -> None:
    """Still open, and in time. Raises Refused with what became of it."""
    if row.state not in states:
        raise Refused(f"swap-over-{row.state}")
    if row.removed_at or row.back_removed_at:
        raise Refused("swap-changed")
    if min(row.starts_at, row.back_starts_at or row.starts_at) <= now:
        raise Refused("swap-started")


def _require_free(session: Session, row: SwapRow, person_id: int) -> None:
    """Has nothing else at that time, nor has promised to. Raises Refused."""
    # Two promises at once, of one person, are made one after the other.
    session.execute(select(col(Person.id)).where(col(Person.id) == person_id).with_for_update())
    promised = (
        select(col(Swap.id))
        .join(Shift, col(Shift.id) == col(Swap.shift_id))
        .where(
            col(Swap.taken_by) == person_id, col(Swap.state) == SwapState.ACCEPTED,
            col(Shift.starts_at) < row.ends_at, col(Shift.ends_at) > row.starts_at,
        )
    )  # fmt: skip
    giving = (row.return_shift_id,) if row.return_shift_id else ()
    if session.execute(promised).first() or not crews.is_free(session, row.shift_id, person_id, giving):
        raise Refused("swap-busy")
    back, giver = row.return_shift_id, row.person_id
    if back and giver and not crews.is_free(session, back, giver, (row.shift_id,)):
        raise Refused("swap-no-longer-fits")


def _move_on(session: Session, row: SwapRow, state: SwapState, **values: object) -> None:
    """Bring it from the state that was read to the next. Raises Refused where somebody was faster."""
    moved = session.connection().execute(
        update(Swap).where(col(Swap.id) == row.id, col(Swap.state) == row.state).values(state=state, **values)
    )
    if moved.rowcount != 1:
        raise Refused(f"swap-over-{cards.there(session, row.id).state}")


def _spread(work: Work, row: SwapRow) -> None:
    """Every card says how it stands now, that of a gap too; those whom it concerns are told."""
    now_is, shift = cards.there(work.session, row.id), crews.shift_of(work.session, row.shift_id)
    if now_is.state == SwapState.APPROVED and now_is.person_id and now_is.taken_by and shift:
        leave.show_taken(work, shift, now_is.person_id, now_is.taken_by, now_is.decider)
    cards.show_changed(work.session, row.id, work.now)
    cards.tell(work, row.id, work.actor.person_id)


def _subject(swap_id: int) -> str:
    return f"swap:{swap_id}"
