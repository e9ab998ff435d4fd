"""交接班: a crew says what is left to do and what is there, the next one takes it over.

Each side does it with one tap; it is done when both have.
"""

from datetime import timedelta

from sqlalchemy import select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Work, audit, self_of
from bot.base.errors import Refused
from bot.features.handover import cards, equipment, escalation, repository
from bot.features.handover.cards import GIVE, READ, TAKE
from bot.features.handover.notices import HandoverDiffers, HandoverList, HandoverVoice, ListedHandover
from bot.features.handover.repository import HandoverRow
from bot.features.shifts.crews import shift_of
from bot.outbox import outbox
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
    row = _authorized(work, handover_id, GIVE)
    if row.state != HandoverState.OPEN:
        return False
    repository.gather(work, row.id, row.outgoing_id, row.post_id)
    state = {"given_by": work.actor.person_id, "given_at": work.now, "shown_at": row.shown_at or work.now}
    if not repository.move_on(work.session, row, HandoverState.GIVEN, **state):
        return False
    audit.record(work, GIVE, str(cards.Subject(row.id)))
    cards.show_changed(work, row.id)
    cards.ask_takers(work, row)
    return True


def take(work: Work, handover_id: int) -> bool:
    """Take over: it is done. Also where nobody handed over, which is marked. What was found otherwise is
    told to who gave. False where somebody was faster."""
    row = _authorized(work, handover_id, TAKE)
    if row.state not in repository.UNSETTLED:
        return False
    differs = any(each.found for each in equipment.things_of(work.session, row.id)) or _is_disputed(
        work.session, row
    )
    state = {"taken_by": work.actor.person_id, "taken_at": work.now, "differs": differs}
    if not repository.move_on(work.session, row, HandoverState.TAKEN, **state):
        return False
    audit.record(work, TAKE, str(cards.Subject(row.id)), row.given_by, differs=differs)
    cards.show_changed(work, row.id)
    escalation.settled(work, row.id)
    if differs:
        _tell_difference(work, row)
    return True


def show_page(work: Work, handover_id: int, page: str) -> None:
    """Let the actor's card show another page."""
    _authorized(work, handover_id, READ)
    cards.show_page(work, handover_id, page)


def turn_thing(work: Work, handover_id: int, code: str, page: str) -> bool:
    """Say the next thing of a piece of equipment: as it is given (page `things`) or as it was found (page
    `differs`). False where it is too late for that, or it is not on the list."""
    gives = page == "things"
    row = _authorized(work, handover_id, GIVE if gives else TAKE)
    in_time = row.state == HandoverState.OPEN or (not gives and row.state == HandoverState.GIVEN)
    if not in_time or not equipment.turn(work.session, row.id, code, gives=gives):
        return False
    cards.show_changed(work, row.id)
    cards.show_page(work, row.id, page)
    return True


def require_may_say(work: Work, handover_id: int, differs: bool) -> HandoverRow:
    """The handover, if the actor may add to it. Raises Refused once it is done."""
    row = _authorized(work, handover_id, TAKE if differs else GIVE)
    if row.state not in repository.UNSETTLED:
        raise Refused("handover-over")
    return row


def say(work: Work, handover_id: int, words: str, voice: str, *, differs: bool = False) -> None:
    """Add what is still to be done, or (`differs`) what is not as it was told, by words or voice. Raises
    Refused once the handover is done."""
    row = require_may_say(work, handover_id, differs)
    kind = MatterKind.DIFFERS if differs else MatterKind.SAID
    matter = repository.put_matter(work, row, kind, words, voice)
    said.file(work.session, work.actor, f"matter:{matter}")
    cards.show_changed(work, row.id)
    if differs:
        cards.show_page(work, row.id, "differs")


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
        cards.show_changed(work, number)
    return [*cards.takers_of(work.session, last), *cards.givers_of(work.session, last)]


def tick(work: Work, handover_id: int, matter_id: int) -> bool:
    """A matter is done with, or is open after all. False where the handover is over, or the matter is of
    another post."""
    row = _authorized(work, handover_id, GIVE)
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
    cards.show_changed(work, row.id)
    cards.show_page(work, row.id, "matters")
    return True


def voice(work: Work, handover_id: int, matter_id: int) -> HandoverVoice | None:
    """The voice note of a matter, to be played; None where there is none."""
    row = _authorized(work, handover_id, READ)
    spoken = work.session.execute(
        select(col(OpenItem.voice), col(Person.name), col(OpenItem.told_at))
        .join(Person, col(Person.id) == col(OpenItem.told_by))
        .where(col(OpenItem.id) == matter_id, col(OpenItem.post_id) == row.post_id)
    ).first()
    if spoken is None or not spoken.voice:
        return None
    return HandoverVoice(spoken.voice, spoken.name, spoken.told_at, row.place)


def recent(work: Work, offset: int) -> HandoverList:
    """The handovers of the last days at the posts below, in the order of the roster, a page from `offset`
    on."""
    access.require_anywhere(work.actor, READ)
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
    total, end = len(numbers), offset + PAGE
    entries = tuple(_listed(_read(work.session, number)) for number in numbers[offset:end])
    before = max(0, offset - PAGE) if offset else None
    return HandoverList(entries, total, offset, before, end if end < total else None)


def show(work: Work, handover_id: int, tag: str) -> None:
    """Bring one handover down to the end of the actor's chat."""
    row = _authorized(work, handover_id, READ)
    audit.record(work, READ, str(cards.Subject(row.id)))
    cards.show_to(work, outbox.recipient_of(work.actor), row.id, tag)


def _opened(work: Work) -> list[int]:
    """The handover of the shift that the actor keeps, in its last half; else of the one before it."""
    for shift_id in repository.running(work.session, work.actor.person_id, work.now):
        shift = shift_of(work.session, shift_id)
        if shift is None:
            continue
        late = work.now - shift.starts_at > shift.ends_at - work.now
        which = shift_id if late else repository.preceding(work, shift)
        if which is None or repository.of_shift(work.session, which) is not None:
            continue
        number = repository.open_for(work, which)
        if number:
            return [number]
    return []


def _is_disputed(session: Session, row: HandoverRow) -> bool:
    disputed = select(col(OpenItem.id)).where(
        col(OpenItem.handover_id) == row.id, col(OpenItem.kind) == MatterKind.DIFFERS
    )
    return session.execute(disputed.limit(1)).first() is not None


def _tell_difference(work: Work, row: HandoverRow) -> None:
    """Who gave, and both leads, hear of it; an edited message rings with nobody."""
    people = {row.given_by or 0, *cards.leads_of(work.session, row)} - {work.actor.person_id, 0}
    outbox.tell(work, people, HandoverDiffers(row.id), f"handover.differs:{row.id}")


def _authorized(work: Work, handover_id: int, action: str) -> HandoverRow:
    """The handover, where the actor may do this to it. Raises Refused, or NotAllowed."""
    row = _read(work.session, handover_id)
    access.require(work.actor, action, cards.thing(work.session, row))
    return row


def _read(session: Session, handover_id: int) -> HandoverRow:
    row = repository.read(session, handover_id)
    if row is None:
        raise Refused("button-stale")
    return row


def _listed(row: HandoverRow) -> ListedHandover:
    return ListedHandover(
        row.id, row.area, row.place, row.due_at, row.giver, row.state, row.taker, row.differs,
        late=row.late_at is not None,
    )  # fmt: skip
