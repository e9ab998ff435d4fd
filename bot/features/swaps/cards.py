"""A swap as it stands, and the telling of it: to who asks, who is asked, who decides, whose shift changed."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work, labels
from bot.base.facts import Struct
from bot.features.shifts.change_notices import SOON
from bot.features.shifts.crews import PLACE, coming
from bot.features.swaps import notices
from bot.outbox import outbox
from bot.storage.rows import columns, first_of
from models import Area, Person, Post, Shift, ShiftMember, Swap, SwapOffer, SwapState

DECIDE = "swap.decide"
# Whom a state is news to: who is not to come, who will come, who asked for somebody else.
NEWS = {
    "giver": {SwapState.APPROVED, SwapState.DECLINED, SwapState.REFUSED, SwapState.EXPIRED, SwapState.LEFT},
    "taker": {SwapState.APPROVED, SwapState.REFUSED, SwapState.WITHDRAWN, SwapState.EXPIRED, SwapState.LEFT},
    "asker": {SwapState.APPROVED, SwapState.DECLINED, SwapState.EXPIRED, SwapState.LEFT},
}


class SwapRow(Struct):
    """A swap, its shift, the shift given back for it, and its people's names."""

    id: int
    shift_id: int
    person_id: int | None
    asked_by: int
    anyone: bool
    agreed: bool
    state: str
    taken_by: int | None
    starts_at: datetime
    ends_at: datetime
    removed_at: datetime | None
    path: str
    place: str
    giver: str
    asker: str
    taker: str
    decider: str
    return_shift_id: int | None
    back_starts_at: datetime | None
    back_ends_at: datetime | None
    back_removed_at: datetime | None


def read(session: Session, swap_id: int) -> SwapRow | None:
    """The swap with its shift and its people's names; None where there is no such swap."""
    giver, asker, taker, decider = (aliased(Person) for _ in range(4))
    back = aliased(Shift)
    names = {
        "giver": func.coalesce(col(giver.name), ""), "asker": col(asker.name),
        "taker": func.coalesce(col(taker.name), ""), "decider": func.coalesce(col(decider.name), ""),
    }  # fmt: skip
    in_return = {
        "back_starts_at": col(back.starts_at), "back_ends_at": col(back.ends_at),
        "back_removed_at": col(back.removed_at),
    }  # fmt: skip
    found = (
        select(*columns(SwapRow, Swap, Shift, Area, place=PLACE, **names, **in_return))
        .join(Shift, col(Shift.id) == col(Swap.shift_id))
        .join(Area, col(Area.id) == col(Shift.area_id))
        .join(Post, col(Post.id) == col(Shift.post_id), isouter=True)
        .join(asker, col(asker.id) == col(Swap.asked_by))
        .join(back, col(back.id) == col(Swap.return_shift_id), isouter=True)
        .join(giver, col(giver.id) == col(Swap.person_id), isouter=True)
        .join(taker, col(taker.id) == col(Swap.taken_by), isouter=True)
        .join(decider, col(decider.id) == col(Swap.decided_by), isouter=True)
        .where(col(Swap.id) == swap_id)
    )
    return first_of(session, SwapRow, found)


def thing(session: Session, row: SwapRow) -> Resource:
    """The swap to `access`: neither who leaves nor who comes decides on it; the shift's lead does."""
    return Resource(
        row.path,
        {
            Relation.SELF: [person for person in (row.person_id, row.taken_by) if person],
            Relation.LEAD: leads_of(session, row.shift_id),
            Relation.ASSIGNEE: offered_to(session, row.id),
        },
    )


def leads_of(session: Session, shift_id: int) -> list[int]:
    """Who leads the shift and will be there."""
    led = (col(ShiftMember.shift_id) == shift_id, col(ShiftMember.is_lead).is_(True), coming())
    found = select(col(ShiftMember.person_id)).where(*led)
    return list(session.execute(found).scalars())


def offered_to(session: Session, swap_id: int, open_only: bool = False) -> list[int]:
    """Who was asked to take the shift; `open_only`: those who have not said no."""
    found = select(col(SwapOffer.person_id)).where(col(SwapOffer.swap_id) == swap_id)
    if open_only:
        found = found.where(col(SwapOffer.declined_at).is_(None))
    return list(session.execute(found.order_by(col(SwapOffer.person_id))).scalars())


def deciders_of(session: Session, row: SwapRow) -> list[int]:
    """Whom to ask whether this may be: the shift's leads who can be reached, else the nearest supervisors."""
    concerned = [person for person in (row.person_id, row.taken_by) if person]
    leads = [lead for lead in leads_of(session, row.shift_id) if lead not in concerned]
    reached = {to.person_id or 0 for to in outbox.recipients_of(session, leads)}
    return sorted(reached) or access.nearest_with(session, DECIDE, row.path, but=concerned)


def names_of(session: Session, person_ids: list[int]) -> list[str]:
    """Their names."""
    return labels.named(session, person_ids)


def is_soon(starts_at: datetime, now: datetime) -> bool:
    """Whether a shift is so near that quiet hours keep nothing about it back."""
    return starts_at - now <= SOON


def show_to_asked(work: Work, swap_id: int) -> None:
    """Lay it before everyone who was asked, and before who asks, to see how it goes on."""
    row = there(work.session, swap_id)
    told = _told(work.session, row)
    notice = told.shown_as(notices.SwapOffered, soon=is_soon(row.starts_at, work.now))
    outbox.show_to(work, offered_to(work.session, swap_id), _subject(swap_id, "offer"), notice)
    outbox.show_to(work, [row.asked_by], _subject(swap_id, "ask"), told.shown_as(notices.SwapAsked))


def show_to_deciders(work: Work, swap_id: int, person_ids: list[int]) -> None:
    """Lay it before these, who may decide on it."""
    row = there(work.session, swap_id)
    notice = _told(work.session, row).shown_as(notices.SwapToDecide, soon=is_soon(row.starts_at, work.now))
    outbox.show_to(work, person_ids, _subject(swap_id, "decide"), notice)


def load_to_decide(
    session: Session, reader: Actor, told: notices.SwapToDecide
) -> notices.SwapToDecide | None:
    """A card for those who decide, just before it is shown; None for who does not any more."""
    row = read(session, told.swap_id)
    return told if row is not None and access.allows(reader, DECIDE, thing(session, row)) else None


def show_declined(session: Session, swap_id: int, person_id: int, now: datetime) -> None:
    """The card of one who said no; the others' stay as they are."""
    notice = _told(session, there(session, swap_id)).shown_as(notices.SwapOfferDeclined)
    outbox.show_again(session, _subject(swap_id, "offer"), notice, now, person_id)


def show_changed(session: Session, swap_id: int, now: datetime) -> None:
    """Let every card about it say how it stands now; what was not sent yet and is pointless is not."""
    row = there(session, swap_id)
    told, soon = _told(session, row), is_soon(row.starts_at, now)
    outbox.show_again(session, _subject(swap_id, "ask"), told.shown_as(notices.SwapAsked), now)
    outbox.show_again(session, _subject(swap_id, "offer"), told.shown_as(notices.SwapOffered, soon=soon), now)
    outbox.show_again(
        session, _subject(swap_id, "decide"), told.shown_as(notices.SwapToDecide, soon=soon), now
    )
    if row.taken_by:
        accepted = told.shown_as(notices.SwapOfferAccepted)
        outbox.show_again(session, _subject(swap_id, "offer"), accepted, now, row.taken_by)
    outbox.drop_held(session, _subject(swap_id, "offer"), now)
    if row.state != SwapState.ACCEPTED:
        outbox.drop_held(session, _subject(swap_id, "decide"), now)


def tell(work: Work, swap_id: int, but: int) -> None:
    """Tell those whom the outcome concerns; `but` knows it already."""
    row = there(work.session, swap_id)
    told, soon = _told(work.session, row), is_soon(row.starts_at, work.now)
    concerned = {"asker": row.asked_by, "giver": row.person_id, "taker": row.taken_by}
    # In several parts at once, one is told as the one whose shift it is.
    parts = {person: part for part, person in concerned.items() if person and person != but}
    for person, part in parts.items():
        if row.state not in NEWS[part] or (part == "giver" and _is_unasked(row)):
            continue
        notice = told.shown_as(notices.SwapNews, part=part, soon=soon)
        outbox.tell(work, [person], notice, _subject(swap_id, row.state))


def _is_unasked(row: SwapRow) -> bool:
    """Somebody else asked for this person, and nothing came of it: nothing to be told."""
    return row.agreed and row.state != SwapState.APPROVED


def there(session: Session, swap_id: int) -> SwapRow:
    """A swap that there is."""
    row = read(session, swap_id)
    assert row
    return row


def _told(session: Session, row: SwapRow) -> notices.AboutSwap:
    asked = offered_to(session, row.id)
    waits = row.state == SwapState.ACCEPTED
    back = None
    if row.back_starts_at and row.back_ends_at:
        back = notices.SwapTime(row.back_starts_at, row.back_ends_at)
    return notices.AboutSwap(
        row.id, row.state, row.anyone, row.agreed, row.giver, row.asker, row.taker, row.decider,
        whom="" if row.anyone else "".join(names_of(session, asked)), count=len(asked),
        deciders=names_of(session, deciders_of(session, row)) if waits else (),
        starts_at=row.starts_at, ends_at=row.ends_at, place=row.place, back=back,
    )  # fmt: skip


def _subject(swap_id: int, name: str) -> str:
    return f"swap:{swap_id}:{name}"
