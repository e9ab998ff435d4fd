"""What may be swapped, and with whom: the own coming shifts, those one answers for, and who is free."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, or_, select
from sqlmodel import Session, col

from bot import access
from bot.access import Relation, Resource, Work, self_of
from bot.access.own_data import Line, OwnData, line
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.shifts import crews
from bot.features.shifts.crews import FreePerson, Member, StandingShift
from bot.features.swaps.cards import DECIDE, leads_of
from bot.outbox import outbox
from bot.storage.rows import all_of, columns
from models import Area, MemberState, Post, Shift, ShiftMember, Swap, SwapOffer, SwapState

ASK = "swap.ask"
# How far ahead those who lead shifts look, and how many buttons a question has at most.
AHEAD = timedelta(days=7)
MOST = 12


# As the form's first answer: not the own shift, but somebody else's.
OTHERS = 0


class Wish(Struct):
    """That somebody else come to a shift. `person_id` is who is not to come; None: it has too few people.

    `to` is the colleague to be asked; None: whoever is free. `in_return` is the colleague's shift to which
    who leaves comes instead: an exchange.
    """

    shift_id: int
    person_id: int | None
    to: int | None = None
    in_return: int | None = None


class SwapShift(Struct):
    """A shift that may be swapped."""

    id: int
    starts_at: datetime
    ends_at: datetime
    place: str


def own_shifts(work: Work) -> list[SwapShift]:
    """The actor's coming shifts, the next one first."""
    if not access.allows(work.actor, ASK, self_of(work.actor)):
        return []
    mine = select(col(ShiftMember.shift_id)).where(
        col(ShiftMember.person_id) == work.actor.person_id, crews.coming()
    )
    return _shifts(work.session, work.now, col(Shift.id).in_(mine))


def led_shifts(work: Work) -> list[SwapShift]:
    """Coming shifts for which the actor may swap others: those led, those of the own area."""
    led = crews.led_by(work.actor.person_id)
    mine = or_(access.visible(work.actor, DECIDE, col(Area.path)), col(Shift.id).in_(led))
    return _shifts(work.session, work.now, mine, col(Shift.starts_at) <= work.now + AHEAD)


def where_to_start(work: Work) -> dict[str, int] | None:
    """The form's answers that are known beforehand; None where there is nothing the actor could swap."""
    if own_shifts(work):
        return {}
    return {"what": OTHERS} if led_shifts(work) else None


def lines(data: OwnData) -> Iterable[Line]:
    """For `/mydata`: every swap that the actor had a part in, oldest first, and which part."""
    access.require(data.actor, "person.read_own", self_of(data.actor))
    me = data.actor.person_id
    parts = {"giver": col(Swap.person_id), "taker": col(Swap.taken_by), "asker": col(Swap.asked_by)}
    part = case(*((column == me, name) for name, column in parts.items()), else_="asked")
    offered = select(col(SwapOffer.swap_id)).where(col(SwapOffer.person_id) == me)
    rows = data.session.execute(
        select(part.label("part"), col(Swap.asked_at), col(Shift.starts_at), col(Swap.state))
        .join(Shift, col(Shift.id) == col(Swap.shift_id))
        .where(or_(*(column == me for column in parts.values()), col(Swap.id).in_(offered)))
        .order_by(col(Swap.asked_at), col(Swap.id))
    )
    for number, row in enumerate(rows):
        if not number:
            yield line("head-swaps")
        keys = {"part": f"swap-part-{row.part}", "state": f"swap-state-{row.state}"}
        yield line("swap", {"asked": row.asked_at, "start": row.starts_at}, keys)


def crew(work: Work, shift_id: int) -> list[Member]:
    """Whom the actor may let be replaced on a shift: those to come, and those away for whom nobody
    comes yet. Raises Refused where it is not the actor's to say."""
    access.require(work.actor, DECIDE, thing_of(work.session, shift_id, None))
    members = crews.crew_of(work.session, [shift_id])[shift_id]
    filled = {member.stands_for for member in members if member.state == MemberState.PLANNED}
    return [
        member
        for member in members
        if member.person_id not in filled | {work.actor.person_id} and member.state != MemberState.REPLACED
    ]


def colleagues(work: Work, wish: Wish, *, by_name: bool) -> list[FreePerson]:
    """Who could come instead and can be asked, the closest first. `by_name`: who decides can also choose
    somebody whom no message reaches, and speak to them."""
    require_own_say(work, wish)
    # One who swaps for others decides on it too, and so takes no shift that way.
    apart = {work.actor.person_id, wish.person_id}
    free = [each for each in crews.free_people(work.session, wish.shift_id) if each.person_id not in apart]
    if by_name and wish.person_id != work.actor.person_id:
        return free
    reached = reachable(work.session, [person.person_id for person in free])
    return [person for person in free if person.person_id in reached]


def reachable(session: Session, person_ids: list[int]) -> set[int]:
    """Those of them whom a message reaches now."""
    return {to.person_id or 0 for to in outbox.recipients_of(session, person_ids)}


def require_own_say(work: Work, wish: Wish) -> None:
    """The own shift, or one that the actor may decide on. Raises Refused."""
    if wish.person_id == work.actor.person_id:
        access.require(work.actor, ASK, self_of(work.actor))
    else:
        access.require(work.actor, DECIDE, thing_of(work.session, wish.shift_id, wish.person_id))


def require_right(work: Work, wish: Wish) -> StandingShift:
    """The shift of a wish that can be asked: it is the actor's to swap and still to come, who leaves is
    on it, and that was not asked already. Raises Refused."""
    require_own_say(work, wish)
    shift = crews.shift_of(work.session, wish.shift_id)
    if shift is None:
        raise Refused("swap-changed")
    if shift.starts_at <= work.now:
        raise Refused("swap-started")
    if wish.person_id is not None:
        member = crews.member_of(work.session, wish.shift_id, wish.person_id)
        if member is None or member.state == MemberState.REPLACED:
            raise Refused("swap-changed")
    live = select(col(Swap.id)).where(
        col(Swap.shift_id) == wish.shift_id,
        col(Swap.person_id).is_not_distinct_from(wish.person_id),
        col(Swap.state).in_([SwapState.ASKED, SwapState.ACCEPTED]),
    )
    if work.session.execute(live).first():
        raise Refused("swap-asked-already")
    return shift


def thing_of(session: Session, shift_id: int, person_id: int | None) -> Resource:
    """A shift to `access`: who leaves it does not decide on that, its lead does."""
    path = session.execute(
        select(col(Area.path))
        .join(Shift, col(Shift.area_id) == col(Area.id))
        .where(col(Shift.id) == shift_id, col(Shift.removed_at).is_(None))
    ).scalar()
    if path is None:
        raise Refused("swap-changed")
    leaving = (person_id,) if person_id else ()
    return Resource(path, {Relation.SELF: leaving, Relation.LEAD: leads_of(session, shift_id)})


def _shifts(session: Session, now: datetime, *where: ColumnElement[bool]) -> list[SwapShift]:
    found = (
        select(*columns(SwapShift, Shift, place=crews.PLACE))
        .join(Area, col(Area.id) == col(Shift.area_id))
        .join(Post, col(Post.id) == col(Shift.post_id), isouter=True)
        .where(col(Shift.removed_at).is_(None), col(Shift.starts_at) > now, *where)
        .order_by(col(Shift.starts_at), col(Shift.id))
        .limit(MOST)
    )
    return all_of(session, SwapShift, found)
