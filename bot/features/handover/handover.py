"""交接班: a crew says what is left to do and what is there, the next one takes it over.

Each side does it with one tap; it is done when both have.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work, audit, self_of
from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.features.handover import cards, equipment, escalation, repository
from bot.features.handover.cards import GIVE, READ, TAKE
from bot.features.shifts.crews import shift_of
from bot.outbox import outbox
from bot.outbox.notices import Told
from bot.words import edits, said
from bot.words.edits import Change
from models import Area, Handover, HandoverState, MatterKind, OpenItem, Person

PAGE = 8
DAYS_SHOWN = timedelta(days=2)


def begin(work: Work, tag: str) -> int:
    """Lay before the actor every handover that is theirs to give or to take over now, opening it where the
    clock has not yet; how many. `tag` tells these messages from earlier ones."""
    access.require(work.actor, "person.read_own", self_of(work.actor))
    numbers = dict.fromkeys(repository.unsettled_of(work.session, work.actor.person_id, work.now))
    if not numbers:
        numbers = dict.fromkeys(_opened(work))
    for number in numbers:
        cards.show_to(work, outbox.recipient_of(work.actor), number, tag)
    return len(numbers)


def give(work: Work, handover_id: int) -> bool:
    """Hand over as the card says. False where that is done already."""
    row = _of_crew(work.session, work.actor, handover_id, GIVE)
    if row.state != HandoverState.OPEN:
        return False
    repository.gather(work.session, row.id, row.outgoing_id, row.post_id, work.now)
    state = {"given_by": work.actor.person_id, "given_at": work.now, "shown_at": row.shown_at or work.now}
    if not repository.move_on(work.session, row, HandoverState.GIVEN, **state):
        return False
    audit.record(work.session, work.actor, GIVE, _name(row), work.now)
    cards.show_changed(work.session, row.id, work.now)
    cards.ask_takers(work, row)
    return True


def take(work: Work, handover_id: int) -> bool:
    """Take over: it is done. Also where nobody handed over, which is marked. What was found otherwise is
    told to who gave. False where somebody was faster."""
    row = _of_crew(work.session, work.actor, handover_id, TAKE)
    if row.state not in repository.UNSETTLED:
        return False
    differs = any(each.found for each in equipment.things_of(work.session, row.id)) or _is_disputed(
        work.session, row
    )
    state = {"taken_by": work.actor.person_id, "taken_at": work.now, "differs": differs}
    if not repository.move_on(work.session, row, HandoverState.TAKEN, **state):
        return False
    audit.record(work.session, work.actor, TAKE, _name(row), work.now, row.given_by, differs=differs)
    cards.show_changed(work.session, row.id, work.now)
    escalation.settled(work.session, row.id, work.now)
    if differs:
        _tell_difference(work, row)
    return True


def show_page(work: Work, handover_id: int, page: str) -> None:
    """Let the actor's card show another page."""
    row = _read(work.session, handover_id)
    access.require(work.actor, READ, cards.thing(work.session, row))
    cards.show_page(work.session, work.actor.person_id, handover_id, page, work.now)


def turn_thing(work: Work, handover_id: int, code: str, page: str) -> bool:
    """Say the next thing of a piece of equipment: as it is given (page `things`) or as it was found (page
    `differs`). False where it is too late for that, or it is not on the list."""
    gives = page == "things"
    row = _of_crew(work.session, work.actor, handover_id, GIVE if gives else TAKE)
    in_time = row.state == HandoverState.OPEN or (not gives and row.state == HandoverState.GIVEN)
    turned = equipment.turn_given if gives else equipment.turn_found
    if not in_time or not turned(work.session, row.id, code):
        return False
    cards.show_changed(work.session, row.id, work.now)
    cards.show_page(work.session, work.actor.person_id, row.id, page, work.now)
    return True


def require_may_say(session: Session, actor: Actor, handover_id: int, differs: bool) -> None:
    """Go on if the actor may add to it. Raises Refused once the handover is done."""
    row = _of_crew(session, actor, handover_id, TAKE if differs else GIVE)
    if row.state not in repository.UNSETTLED:
        raise Refused("handover-over")


def say(work: Work, handover_id: int, words: str, voice: str, *, differs: bool = False) -> None:
    """Add what is still to be done, or (`differs`) what is not as it was told, by words or voice. Raises
    Refused once the handover is done."""
    require_may_say(work.session, work.actor, handover_id, differs)
    row = _read(work.session, handover_id)
    kind = MatterKind.DIFFERS if differs else MatterKind.SAID
    matter = repository.put_matter(work.session, row, kind, words, voice, work.actor.person_id, work.now)
    said.file(work.session, work.actor, f"matter:{matter}")
    cards.show_changed(work.session, row.id, work.now)
    if differs:
        cards.show_page(work.session, work.actor.person_id, row.id, "differs", work.now)


def reworded(work: Work, matter_id: int, change: Change) -> list[int] | None:
    """What was left for the next crew is said otherwise now; both crews of the post's last handover, who are
    to know. None once it is ticked off."""
    open_ = (col(OpenItem.id) == matter_id, col(OpenItem.closed_at).is_(None))
    found = work.session.execute(select(col(OpenItem.handover_id)).where(*open_)).scalar()
    row = repository.read(work.session, found) if found else None
    if row is None or not edits.put(work.session, OpenItem.words, change, *open_):
        return None
    access.require(work.actor, READ, cards.thing(work.session, row))
    last = repository.read(work.session, repository.newest_at(work.session, row.post_id) or row.id) or row
    for number in {row.id, last.id}:
        cards.show_changed(work.session, number, work.now)
    return [*cards.takers_of(work.session, last), *cards.givers_of(work.session, last)]


def tick(work: Work, handover_id: int, matter_id: int) -> bool:
    """A matter is done with, or is open after all. False where the handover is over, or the matter is of
    another post."""
    row = _of_crew(work.session, work.actor, handover_id, GIVE)
    if row.state not in repository.UNSETTLED:
        return False
    here = (col(OpenItem.id) == matter_id, col(OpenItem.post_id) == row.post_id)
    closed_at = work.session.execute(select(col(OpenItem.closed_at)).where(*here)).first()
    if closed_at is None:
        return False
    values = (
        {"closed_by": None, "closed_at": None}
        if closed_at[0]
        else {"closed_by": work.actor.person_id, "closed_at": work.now}
    )
    work.session.execute(update(OpenItem).where(*here).values(**values))
    cards.show_changed(work.session, row.id, work.now)
    cards.show_page(work.session, work.actor.person_id, row.id, "matters", work.now)
    return True


def voice(session: Session, actor: Actor, handover_id: int, matter_id: int) -> Facts | None:
    """The voice note of a matter, to be played; None where there is none."""
    row = _read(session, handover_id)
    access.require(actor, READ, cards.thing(session, row))
    spoken = session.execute(
        select(col(OpenItem.voice), col(Person.name), col(OpenItem.told_at))
        .join(Person, col(Person.id) == col(OpenItem.told_by))
        .where(col(OpenItem.id) == matter_id, col(OpenItem.post_id) == row.post_id)
    ).first()
    if spoken is None or not spoken.voice:
        return None
    return {"voice": spoken.voice, "name": spoken.name, "at": spoken.told_at, "place": row.place}


def recent(work: Work, offset: int) -> tuple[list[Facts], int]:
    """The handovers of the last days at the posts below, in the order of the roster, and how many there are
    in all. A page from `offset` on."""
    if not any(access.allows(work.actor, READ, Resource(held.path)) for held in work.actor.holdings):
        access.require(work.actor, READ, Resource(work.actor.path))
    found = (
        select(col(Handover.id))
        .join(Area, col(Area.id) == col(Handover.area_id))
        .where(
            access.visible(work.actor, READ, col(Area.path)), col(Handover.due_at) > work.now - DAYS_SHOWN,
            col(Handover.due_at) <= work.now + repository.AROUND,
        )
        .order_by(col(Area.position), col(Area.id), col(Handover.post_id), col(Handover.due_at).desc())
    )  # fmt: skip
    numbers = [number or 0 for number in work.session.execute(found).scalars()]
    rows = [_read(work.session, number) for number in numbers[offset : offset + PAGE]]
    return [_listed(row) for row in rows], len(numbers)


def show(work: Work, handover_id: int, tag: str) -> None:
    """Bring one handover down to the end of the actor's chat."""
    row = _read(work.session, handover_id)
    access.require(work.actor, READ, cards.thing(work.session, row))
    audit.record(work.session, work.actor, READ, _name(row), work.now)
    cards.show_to(work, outbox.recipient_of(work.actor), row.id, tag)


def _opened(work: Work) -> list[int]:
    """The handover of the shift that the actor keeps, in its last half; else of the one before it."""
    for shift_id in repository.running(work.session, work.actor.person_id, work.now):
        shift = shift_of(work.session, shift_id)
        if shift is None:
            continue
        late = work.now - shift.starts_at > shift.ends_at - work.now
        which = shift_id if late else repository.preceding(work.session, shift, work.settings)
        if which is None or repository.of_shift(work.session, which) is not None:
            continue
        number = repository.open_for(work, which)
        if number:
            return [number]
    return []


def _is_disputed(session: Session, row: Row[Any]) -> bool:
    disputed = select(col(OpenItem.id)).where(
        col(OpenItem.handover_id) == row.id, col(OpenItem.kind) == MatterKind.DIFFERS
    )
    return session.execute(disputed.limit(1)).first() is not None


def _tell_difference(work: Work, row: Row[Any]) -> None:
    """Who gave, and both leads, hear of it; an edited message rings with nobody."""
    leads = cards.leads_of(work.session, row)
    people = sorted({row.given_by, *leads} - {work.actor.person_id, None})
    notice = Told("handover.differs", {"handover_id": row.id, "page": ""})
    for to in outbox.recipients_of(work.session, people):
        key = f"handover.differs:{row.id}:{to.bot}:{to.chat_id}"
        outbox.enqueue(work, notice, to, key)


def _of_crew(session: Session, actor: Actor, handover_id: int, action: str) -> Row[Any]:
    row = _read(session, handover_id)
    access.require(actor, action, cards.thing(session, row))
    return row


def _read(session: Session, handover_id: int) -> Row[Any]:
    row = repository.read(session, handover_id)
    if row is None:
        raise Refused("button-stale")
    return row


def _listed(row: Row[Any]) -> Facts:
    return {
        "handover_id": row.id, "area": row.area, "place": row.place, "due_at": row.due_at,
        "state": row.state, "giver": row.giver or "", "taker": row.taker or "", "differs": row.differs,
        "late": row.late_at is not None,
    }  # fmt: skip


def _name(row: Row[Any]) -> str:
    return f"handover:{row.id}"
