"""Asking for a swap (换班): for oneself; or, by one who may decide, for somebody else or one more person."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session, col

from bot.access import Actor, Work, audit
from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.features.shifts import crews
from bot.features.swaps import candidates, cards, exchanging, swaps
from bot.features.swaps.candidates import Wish
from bot.outbox import outbox
from models import Swap, SwapOffer, SwapState

# Of whoever is free, at most so many are asked: the closest.
MOST_ASKED = 30


@dataclass(frozen=True, slots=True)
class SwapAsked:
    """A request on its way. `whom`: one name, or empty where whoever is free was asked, `count` of them.
    `settled`: it counts at once. `held_until`: quiet hours."""

    swap_id: int
    whom: str
    count: int
    settled: bool
    held_until: datetime | None

    def facts(self) -> Facts:
        """For a notice."""
        return {
            "whom": self.whom, "count": self.count, "settled": self.settled, "held_until": self.held_until,
        }  # fmt: skip


def ask(work: Work, wish: Wish) -> SwapAsked:
    """Ask for the own shift, or for somebody else's where the actor may decide on it.

    With a colleague whom no message reaches, who may decide has spoken: that counts at once. Raises
    Refused where it cannot be.
    """
    shift = candidates.require_right(work, wish)
    exchanging.require_return(work, wish)
    asked = _to_be_asked(work.session, work.actor, wish)
    agreed = wish.person_id != work.actor.person_id
    ids = [person.person_id for person in asked]
    number = _write(work, wish, ids, agreed)
    audit.record(
        work.session,
        work.actor,
        candidates.ASK,
        f"swap:{number}",
        work.now,
        wish.person_id,
        shift=wish.shift_id,
        to=wish.to,
    )
    cards.show_to_asked(work, number)
    settled = agreed and not candidates.reachable(work.session, ids)
    if settled:
        swaps.come_to_terms(work, number)
    through = settled or cards.is_soon(shift.starts_at, work.now)
    held_until = None if through else outbox.quiet_until(work.settings, work.now)
    return SwapAsked(number, asked[0].name if wish.to else "", len(asked), settled, held_until)


def cover(work: Work, shift_id: int, person_id: int | None) -> SwapAsked:
    """Ask whoever is free to come for this person, or (None) because the shift has too few people."""
    return ask(work, Wish(shift_id, person_id))


def _to_be_asked(session: Session, actor: Actor, wish: Wish) -> list[crews.FreePerson]:
    if wish.in_return is not None and wish.to is not None:
        # Free in return for a shift of their own; that was looked at.
        return [crews.FreePerson(wish.to, cards.names_of(session, [wish.to])[0], "")]
    free = candidates.colleagues(session, actor, wish, by_name=wish.to is not None)
    if wish.to is None:
        asked = free[:MOST_ASKED]
    else:
        asked = [person for person in free if person.person_id == wish.to]
    if not asked:
        raise Refused("swap-not-free" if wish.to else "swap-nobody-free")
    return asked


def _write(work: Work, wish: Wish, asked: list[int], agreed: bool) -> int:
    values = {
        "shift_id": wish.shift_id, "person_id": wish.person_id, "asked_by": work.actor.person_id,
        "asked_at": work.now,
        "anyone": wish.to is None, "agreed": agreed, "state": SwapState.ASKED,
        "return_shift_id": wish.in_return,
    }  # fmt: skip
    number = work.session.execute(insert(Swap).values(**values).returning(col(Swap.id))).scalar_one() or 0
    work.session.execute(insert(SwapOffer), [{"swap_id": number, "person_id": person} for person in asked])
    return number
