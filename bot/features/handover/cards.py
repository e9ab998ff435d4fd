"""A handover as everybody sees it: one living message a person, read afresh when it is sent."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import or_, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work
from bot.base.facts import Struct
from bot.features.handover import equipment, notices, repository
from bot.features.handover.repository import HandoverRow
from bot.features.shifts import crews
from bot.features.shifts.notices import CrewName
from bot.outbox import outbox
from bot.outbox.outbox import Recipient
from bot.storage.rows import Expression
from bot.views import messages
from models import Card, MemberState, Shift

READ, GIVE, TAKE = "handover.read", "handover.give", "handover.take"


class Subject(Struct):
    """What a message about a handover, and its ladder, is about; `tag` tells messages of a chat apart."""

    handover_id: int
    tag: str = ""

    def __str__(self) -> str:
        return f"handover:{self.handover_id}:{self.tag}" if self.tag else f"handover:{self.handover_id}"

    @classmethod
    def of(cls, told: str) -> "Subject":
        """As it was written."""
        _, number, *tag = told.split(":", 2)
        return cls(int(number), *tag)


def thing(session: Session, row: HandoverRow) -> Resource:
    """A handover to `access`: those who leave are its own people, those who come are asked to take it."""
    giving, taking = givers_of(session, row), takers_of(session, row)
    return Resource(row.path, {Relation.SELF: giving, Relation.ASSIGNEE: taking})


def leads_of(session: Session, row: HandoverRow) -> list[int]:
    """Who leads the two crews."""
    members = [member for crew in crews.crew_of(session, row.shift_ids).values() for member in crew]
    return [each.person_id for each in members if each.is_lead and each.state == MemberState.PLANNED]


def givers_of(session: Session, row: HandoverRow) -> list[int]:
    """The crew that leaves, its lead first."""
    return _crew_ids(session, row.outgoing_id)


def takers_of(session: Session, row: HandoverRow) -> list[int]:
    """The crew that comes, its lead first."""
    return _crew_ids(session, row.incoming_id) if row.incoming_id else []


def show_to_givers(work: Work, row: HandoverRow) -> None:
    """Lay it before the crew that leaves."""
    _show(work, notices.HandoverCard(row.id), givers_of(work.session, row))


def show_to_takers(work: Work, row: HandoverRow) -> None:
    """Lay it before the crew that comes, who see what the others are about to tell."""
    _show(work, notices.HandoverCard(row.id), takers_of(work.session, row))


def ask_takers(work: Work, row: HandoverRow) -> None:
    """It was given: ask the crew that comes to take it, at the end of their chats, for an edit far above
    rings with nobody; where none comes, ask the nearest supervisors."""
    taking = takers_of(work.session, row)
    if not taking:
        show_above(work, row)
        return
    for person_id in taking:
        outbox.retire(work.session, str(Subject(row.id)), notices.HandoverMoved(row.id), work.now, person_id)
    _show(work, notices.HandoverCard(row.id), taking)


def show_above(work: Work, row: HandoverRow) -> None:
    """Lay it before the nearest supervisors."""
    _show(work, notice_above(row.id), access.nearest_with(work.session, TAKE, row.path))


def notice_above(handover_id: int) -> notices.HandoverCard:
    """What supervisors are shown of it."""
    return notices.HandoverCard(handover_id, above=True)


def show_to(work: Work, to: Recipient, handover_id: int, tag: str) -> None:
    """Bring it down to the end of a chat; `tag` tells this message from the earlier ones."""
    outbox.show(work, str(Subject(handover_id, tag)), notices.HandoverCard(handover_id), to)


def show_changed(work: Work, handover_id: int) -> None:
    """Let every message about it say how it stands now."""
    _renew(work, handover_id, "")


def show_page(work: Work, handover_id: int, page: str) -> None:
    """Let the actor's messages about it show this page."""
    _renew(work, handover_id, page, col(Card.person_id) == work.actor.person_id)


def load(session: Session, reader: Actor, notice: notices.HandoverCard) -> notices.ShownHandover | None:
    """The handover as it stands, for this reader; None for who has nothing to do with it any more."""
    row = repository.read(session, notice.handover_id)
    if row is None or not access.allows(reader, READ, what := thing(session, row)):
        return None
    shifts = _shifts(session, row)
    return notices.ShownHandover(
        row.id, notice.page, row.place, row.area, row.state, row.due_at,
        gives=what.is_related(Relation.SELF, reader), takes=_takes(reader, what),
        outgoing=shifts[row.outgoing_id], incoming=shifts.get(row.incoming_id or 0),
        matters=tuple(repository.matters_of(session, row)),
        hazards=tuple(repository.hazards_of(session, row.post_id)),
        things=tuple(equipment.things_of(session, row.id)), giver=row.giver, given_at=row.given_at,
        taker=row.taker, taken_at=row.taken_at, differs=row.differs, late=row.late_at is not None,
    )  # fmt: skip


def _takes(reader: Actor, what: Resource) -> bool:
    """Whether it is this reader who is asked to take over: a supervisor only where no crew comes."""
    comes = what.is_related(Relation.ASSIGNEE, reader)
    nobody = not what.relations[Relation.ASSIGNEE]
    return comes or (nobody and access.allows(reader, TAKE, what))


def _show(work: Work, notice: notices.HandoverCard, people: Sequence[int]) -> None:
    outbox.show_to(work, people, str(Subject(notice.handover_id)), notice)


def _renew(work: Work, handover_id: int, page: str, *whose: Expression) -> None:
    """Edits ring with nobody; what was not sent yet keeps its time."""
    subject = str(Subject(handover_id))
    tagged = subject + ":"
    about = or_(
        col(Card.subject) == subject, (col(Card.subject) >= tagged) & (col(Card.subject) < tagged + "~")
    )
    cards = select(col(Card.id), col(Card.kind), col(Card.facts)).where(about, *whose)
    for card in work.session.execute(cards).all():
        notice = messages.read(card.kind, card.facts)
        # Who left has a message without buttons.
        if isinstance(notice, notices.HandoverCard):
            values = {"facts": replace(notice, page=page), "wanted": outbox.NEXT}
            work.session.execute(update(Card).where(col(Card.id) == card.id).values(**values))
    sent = update(Card).where(about, *whose, col(Card.message_id).is_not(None))
    work.session.execute(sent.values(due_at=work.now))


def _crew_ids(session: Session, shift_id: int) -> list[int]:
    members = crews.crew_of(session, [shift_id])[shift_id]
    return [member.person_id for member in members if member.state == MemberState.PLANNED]


def _shifts(session: Session, row: HandoverRow) -> dict[int, notices.HandoverShift]:
    """Both shifts: from when to when, and who."""
    members = crews.crew_of(session, row.shift_ids)
    spans = select(col(Shift.id), col(Shift.starts_at), col(Shift.ends_at))
    found: dict[int, notices.HandoverShift] = {}
    for shift in session.execute(spans.where(col(Shift.id).in_(row.shift_ids))):
        comes = [each for each in members[shift.id or 0] if each.state == MemberState.PLANNED]
        crew = tuple(CrewName(each.name, each.is_lead) for each in comes)
        found[shift.id or 0] = notices.HandoverShift(shift.starts_at, shift.ends_at, crew)
    return found
