"""交接班: a crew says what is left to do and what is there, the next one takes it over.

Each side does it with one tap; it is done when both have.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Thing, audit, self_of
from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.features.handover import cards, equipment, escalation, repository
from bot.features.handover.cards import GIVE, READ, TAKE
from bot.features.shifts.crews import shift_of
from bot.outbox import outbox
from bot.outbox.notices import Notice
from bot.settings import Settings
from bot.words import edits, said
from bot.words.edits import Change
from models import Area, Handover, HandoverMatter, HandoverState, MatterKind, Person

PAGE = 8
DAYS_SHOWN = timedelta(days=2)


def begin(session: Session, actor: Actor, tag: str, *, now: datetime, settings: Settings) -> int:
    """Lay before the actor every handover that is theirs to give or to take over now, opening it where the
    clock has not yet; how many. `tag` tells these messages from earlier ones."""
    access.require(actor, "person.read_own", self_of(actor))
    numbers = dict.fromkeys(repository.unsettled_of(session, actor.person_id, now))
    if not numbers:
        numbers = dict.fromkeys(_opened(session, actor, now, settings))
    for number in numbers:
        cards.show_to(session, outbox.recipient_of(actor), number, tag, now, settings)
    return len(numbers)


def give(session: Session, actor: Actor, handover_id: int, *, now: datetime, settings: Settings) -> bool:
    """Hand over as the card says. False where that is done already."""
    row = _of_crew(session, actor, handover_id, GIVE)
    if row.state != HandoverState.OPEN:
        return False
    repository.gather(session, row.id, row.outgoing_id, row.post_id, now)
    state = {"given_by": actor.person_id, "given_at": now, "shown_at": row.shown_at or now}
    if not repository.move_on(session, row, HandoverState.GIVEN, **state):
        return False
    audit.record(session, actor, GIVE, _name(row), now)
    cards.show_changed(session, row.id, now)
    cards.ask_takers(session, row, now, settings)
    return True


def take(session: Session, actor: Actor, handover_id: int, *, now: datetime, settings: Settings) -> bool:
    """Take over: it is done. Also where nobody handed over, which is marked. What was found otherwise is
    told to who gave. False where somebody was faster."""
    row = _of_crew(session, actor, handover_id, TAKE)
    if row.state not in repository.UNSETTLED:
        return False
    differs = any(each.found for each in equipment.things_of(session, row.id)) or _is_disputed(session, row)
    state = {"taken_by": actor.person_id, "taken_at": now, "differs": differs}
    if not repository.move_on(session, row, HandoverState.TAKEN, **state):
        return False
    audit.record(session, actor, TAKE, _name(row), now, row.given_by, differs=differs)
    cards.show_changed(session, row.id, now)
    escalation.settled(session, row.id, now)
    if differs:
        _tell_difference(session, actor, row, now, settings)
    return True


def turn(session: Session, actor: Actor, handover_id: int, page: str, *, now: datetime) -> None:
    """Let the actor's card show another page."""
    row = _read(session, handover_id)
    access.require(actor, READ, cards.thing(session, row))
    cards.turn(session, actor.person_id, handover_id, page, now)


def turn_thing(
    session: Session, actor: Actor, handover_id: int, code: str, page: str, *, now: datetime
) -> bool:
    """Say the next thing of a piece of equipment: as it is given (page `things`) or as it was found (page
    `differs`). False where it is too late for that, or it is not on the list."""
    gives = page == "things"
    row = _of_crew(session, actor, handover_id, GIVE if gives else TAKE)
    in_time = row.state == HandoverState.OPEN or (not gives and row.state == HandoverState.GIVEN)
    turned = equipment.turn_given if gives else equipment.turn_found
    if not in_time or not turned(session, row.id, code):
        return False
    cards.show_changed(session, row.id, now)
    cards.turn(session, actor.person_id, row.id, page, now)
    return True


def require_may_say(session: Session, actor: Actor, handover_id: int, differs: bool) -> None:
    """Go on if the actor may add to it. Raises Refused once the handover is done."""
    row = _of_crew(session, actor, handover_id, TAKE if differs else GIVE)
    if row.state not in repository.UNSETTLED:
        raise Refused("handover-over")


def say(
    session: Session, actor: Actor, handover_id: int, words: str, voice: str, *, now: datetime,
    differs: bool = False,
) -> None:  # fmt: skip
    """Add what is still to be done, or (`differs`) what is not as it was told, by words or voice. Raises
    Refused once the handover is done."""
    require_may_say(session, actor, handover_id, differs)
    row = _read(session, handover_id)
    kind = MatterKind.DIFFERS if differs else MatterKind.SAID
    matter = repository.put_matter(session, row, kind, words, voice, actor.person_id, now)
    said.file(session, actor, f"matter:{matter}")
    cards.show_changed(session, row.id, now)
    if differs:
        cards.turn(session, actor.person_id, row.id, "differs", now)


def reworded(
    session: Session, actor: Actor, matter_id: int, change: Change, *, now: datetime, settings: Settings
) -> list[int] | None:
    """What was left for the next crew is said otherwise now; both crews of the post's last handover, who are
    to know. None once it is ticked off."""
    open_ = (col(HandoverMatter.id) == matter_id, col(HandoverMatter.closed_at).is_(None))
    found = session.execute(select(col(HandoverMatter.handover_id)).where(*open_)).scalar()
    row = repository.read(session, found) if found else None
    if row is None or not edits.put(session, HandoverMatter.words, change, *open_):
        return None
    access.require(actor, READ, cards.thing(session, row))
    last = repository.read(session, repository.newest_at(session, row.post_id) or row.id) or row
    for number in {row.id, last.id}:
        cards.show_changed(session, number, now)
    return [*cards.takers_of(session, last), *cards.givers_of(session, last)]


def tick(session: Session, actor: Actor, handover_id: int, matter_id: int, *, now: datetime) -> bool:
    """A matter is done with, or is open after all. False where the handover is over, or the matter is of
    another post."""
    row = _of_crew(session, actor, handover_id, GIVE)
    if row.state not in repository.UNSETTLED:
        return False
    here = (col(HandoverMatter.id) == matter_id, col(HandoverMatter.post_id) == row.post_id)
    closed_at = session.execute(select(col(HandoverMatter.closed_at)).where(*here)).first()
    if closed_at is None:
        return False
    values = (
        {"closed_by": None, "closed_at": None}
        if closed_at[0]
        else {"closed_by": actor.person_id, "closed_at": now}
    )
    session.execute(update(HandoverMatter).where(*here).values(**values))
    cards.show_changed(session, row.id, now)
    cards.turn(session, actor.person_id, row.id, "matters", now)
    return True


def voice(session: Session, actor: Actor, handover_id: int, matter_id: int) -> Facts | None:
    """The voice note of a matter, to be played; None where there is none."""
    row = _read(session, handover_id)
    access.require(actor, READ, cards.thing(session, row))
    spoken = session.execute(
        select(col(HandoverMatter.voice), col(Person.name), col(HandoverMatter.told_at))
        .join(Person, col(Person.id) == col(HandoverMatter.told_by))
        .where(col(HandoverMatter.id) == matter_id, col(HandoverMatter.post_id) == row.post_id)
    ).first()
    if spoken is None or not spoken.voice:
        return None
    return {"voice": spoken.voice, "name": spoken.name, "at": spoken.told_at, "place": row.place}


def recent(session: Session, actor: Actor, offset: int, *, now: datetime) -> tuple[list[Facts], int]:
    """The handovers of the last days at the posts below, in the order of the roster, and how many there are
    in all. A page from `offset` on."""
    if not any(access.allows(actor, READ, Thing(held.path)) for held in actor.holdings):
        access.require(actor, READ, Thing(actor.path))
    found = (
        select(col(Handover.id))
        .join(Area, col(Area.id) == col(Handover.area_id))
        .where(
            access.visible(actor, READ, col(Area.path)), col(Handover.due_at) > now - DAYS_SHOWN,
            col(Handover.due_at) <= now + repository.AROUND,
        )
        .order_by(col(Area.position), col(Area.id), col(Handover.post_id), col(Handover.due_at).desc())
    )  # fmt: skip
    numbers = [number or 0 for number in session.execute(found).scalars()]
    rows = [_read(session, number) for number in numbers[offset : offset + PAGE]]
    return [_listed(row) for row in rows], len(numbers)


def show(
    session: Session, actor: Actor, handover_id: int, tag: str, *, now: datetime, settings: Settings
) -> None:
    """Bring one handover down to the end of the actor's chat."""
    row = _read(session, handover_id)
    access.require(actor, READ, cards.thing(session, row))
    audit.record(session, actor, READ, _name(row), now)
    cards.show_to(session, outbox.recipient_of(actor), row.id, tag, now, settings)


def _opened(session: Session, actor: Actor, now: datetime, settings: Settings) -> list[int]:
    """The handover of the shift that the actor keeps, in its last half; else of the one before it."""
    for shift_id in repository.running(session, actor.person_id, now):
        shift = shift_of(session, shift_id)
        if shift is None:
            continue
        late = now - shift.starts_at > shift.ends_at - now
        which = shift_id if late else repository.preceding(session, shift, settings)
        if which is None or repository.of_shift(session, which) is not None:
            continue
        number = repository.open_for(session, which, now, settings)
        if number:
            return [number]
    return []


def _is_disputed(session: Session, row: Row[Any]) -> bool:
    disputed = select(col(HandoverMatter.id)).where(
        col(HandoverMatter.handover_id) == row.id, col(HandoverMatter.kind) == MatterKind.DIFFERS
    )
    return session.execute(disputed.limit(1)).first() is not None


def _tell_difference(
    session: Session, actor: Actor, row: Row[Any], now: datetime, settings: Settings
) -> None:
    """Who gave, and both leads, hear of it; an edited message rings with nobody."""
    leads = cards.leads_of(session, row)
    people = sorted({row.given_by, *leads} - {actor.person_id, None})
    notice = Notice("handover.differs", {"handover_id": row.id, "page": ""})
    for to in outbox.recipients_of(session, people):
        key = f"handover.differs:{row.id}:{to.bot}:{to.chat_id}"
        outbox.enqueue(session, notice, to, key, now, settings)


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
