"""Asking for a swap (换班): for oneself; by one who may decide, for somebody else or one more person; or for
an exchange of two shifts in a single request."""

from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import insert, select
from sqlmodel import Session, col

from bot import access
from bot.access import Work, audit, self_of
from bot.base.errors import Refused
from bot.features.shifts import crews
from bot.features.shifts.crews import FreePerson, StandingShift
from bot.features.swaps import candidates, cards, swaps
from bot.features.swaps.candidates import ASK, SwapShift, Wish, reachable
from bot.features.swaps.notices import SwapSent
from bot.outbox import outbox
from bot.storage.database import insert_one
from bot.storage.rows import Query, all_of, columns
from models import Area, Person, Post, Shift, ShiftMember, Swap, SwapOffer, SwapState

# Of whoever is free, at most so many are asked: the closest.
MOST_ASKED = 30
# How far apart the two shifts may be, and how many are offered.
AROUND = timedelta(days=14)
MOST = 18


class ReturnShift(SwapShift):
    """A colleague's shift that the own one could be exchanged for."""

    person_id: int
    name: str


def ask(work: Work, wish: Wish) -> SwapSent:
    """Ask for the own shift, or for somebody else's where the actor may decide on it.

    With a colleague whom no message reaches, who may decide has spoken: that counts at once. Raises
    Refused where it cannot be.
    """
    shift = candidates.require_right(work, wish)
    require_return(work, wish)
    asked = _to_be_asked(work, wish)
    agreed = wish.person_id != work.actor.person_id
    ids = [person.person_id for person in asked]
    number = _write(work, wish, ids, agreed)
    audit.record(work, ASK, f"swap:{number}", wish.person_id, shift=wish.shift_id, to=wish.to)
    cards.show_to_asked(work, number)
    settled = agreed and not candidates.reachable(work.session, ids)
    if settled:
        swaps.come_to_terms(work, number)
    through = settled or cards.is_soon(shift.starts_at, work.now)
    held_until = None if through else outbox.quiet_until(work.settings, work.now)
    return SwapSent(asked[0].name if wish.to else "", len(asked), settled, held_until, number)


def cover(work: Work, shift_id: int, person_id: int | None) -> SwapSent:
    """Ask whoever is free to come for this person, or (None) because the shift has too few people."""
    return ask(work, Wish(shift_id, person_id))


def _to_be_asked(work: Work, wish: Wish) -> list[FreePerson]:
    if wish.in_return is not None and wish.to is not None:
        # Free in return for a shift of their own; that was looked at.
        return [FreePerson(wish.to, cards.names_of(work.session, [wish.to])[0], "")]
    free = candidates.colleagues(work, wish, by_name=wish.to is not None)
    if wish.to is None:
        asked = free[:MOST_ASKED]
    else:
        asked = [person for person in free if person.person_id == wish.to]
    if not asked:
        raise Refused("swap-not-free" if wish.to else "swap-nobody-free")
    return asked


def _write(work: Work, wish: Wish, asked: list[int], agreed: bool) -> int:
    row = {
        "shift_id": wish.shift_id, "person_id": wish.person_id, "asked_by": work.actor.person_id,
        "asked_at": work.now,
        "anyone": wish.to is None, "agreed": agreed, "state": SwapState.ASKED,
        "return_shift_id": wish.in_return,
    }  # fmt: skip
    number = insert_one(work.session, Swap, row)
    work.session.execute(insert(SwapOffer), [{"swap_id": number, "person_id": person} for person in asked])
    return number


def exchangeable(work: Work, shift_id: int) -> list[ReturnShift]:
    """Colleagues' coming shifts at the same post that the actor could take in return for the own one, the
    next first."""
    access.require(work.actor, ASK, self_of(work.actor))
    given = crews.shift_of(work.session, shift_id)
    if given is None:
        return []
    me = work.actor.person_id
    rows = all_of(work.session, ReturnShift, _theirs(given, me, work.now))
    reached = reachable(work.session, [row.person_id for row in rows])
    asked = (row for row in rows if row.person_id in reached)
    return list(islice((row for row in asked if fits(work.session, shift_id, me, row)), MOST))


def fits(session: Session, shift_id: int, giver_id: int, back: ReturnShift) -> bool:
    """Whether each of the two has nothing else at the time of the other's shift."""
    comes = crews.is_free(session, shift_id, back.person_id, giving=(back.id,))
    return comes and crews.is_free(session, back.id, giver_id, giving=(shift_id,))


def require_return(work: Work, wish: Wish) -> None:
    """Go on if the wish gives nothing in return, or a shift that the colleague has and that both can
    exchange. Raises Refused."""
    access.require(work.actor, ASK, self_of(work.actor))
    if wish.in_return is None:
        return
    found = exchangeable(work, wish.shift_id)
    if not any(row.id == wish.in_return and row.person_id == wish.to for row in found):
        raise Refused("swap-not-free")


def _theirs(given: StandingShift, giver_id: int, now: datetime) -> Query:
    """Others' shifts at the place of this one, on which the giver is not."""
    on_it = select(col(ShiftMember.shift_id)).where(col(ShiftMember.person_id) == giver_id)
    place = col(Shift.post_id) == given.post_id
    if given.post_id is None:
        place = col(Shift.post_id).is_(None) & (col(Shift.area_id) == given.area_id)
    return (
        select(*columns(ReturnShift, Shift, ShiftMember, Person, place=crews.PLACE))
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
