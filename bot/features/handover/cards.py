"""A handover as everybody sees it: one living message a person, read afresh when it is sent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work
from bot.base.facts import Facts
from bot.features.handover import equipment, repository
from bot.features.shifts import crews
from bot.outbox import outbox
from bot.outbox.notices import Notice, Told
from bot.outbox.outbox import Recipient
from models import Card, HandoverState, MatterKind, MemberState, Shift

READ, GIVE, TAKE = "handover.read", "handover.give", "handover.take"


def thing(session: Session, row: Row[Any]) -> Resource:
    """A handover to `access`: those who leave are its own people, those who come are asked to take it."""
    giving, taking = givers_of(session, row), takers_of(session, row)
    return Resource(row.path, {Relation.SELF: giving, Relation.ASSIGNEE: taking})


def leads_of(session: Session, row: Row[Any]) -> list[int]:
    """Who leads the two crews."""
    ids = [number for number in (row.outgoing_id, row.incoming_id) if number]
    members = [member for crew in crews.crew_of(session, ids).values() for member in crew]
    return [each.person_id for each in members if each.is_lead and each.state == MemberState.PLANNED]


def givers_of(session: Session, row: Row[Any]) -> list[int]:
    """The crew that leaves."""
    return _crew_ids(session, row.outgoing_id)


def takers_of(session: Session, row: Row[Any]) -> list[int]:
    """The crew that comes."""
    return _crew_ids(session, row.incoming_id)


def show_to_givers(work: Work, row: Row[Any]) -> None:
    """Lay it before the crew that leaves."""
    _show(work, row.id, givers_of(work.session, row), "handover.card")


def show_to_takers(work: Work, row: Row[Any]) -> None:
    """Lay it before the crew that comes, who see what the others are about to tell."""
    _show(work, row.id, takers_of(work.session, row), "handover.card")


def ask_takers(work: Work, row: Row[Any]) -> None:
    """It was given: ask the crew that comes to take it, at the end of their chats, for an edit far above
    rings with nobody; where none comes, ask the nearest supervisors."""
    taking = takers_of(work.session, row)
    if not taking:
        show_above(work, row)
        return
    notice = Told("handover.moved", {"handover_id": row.id, "page": ""})
    for person_id in taking:
        outbox.retire(work.session, subject(row.id), notice, work.now, person_id)
    _show(work, row.id, taking, "handover.card")


def show_above(work: Work, row: Row[Any]) -> None:
    """Lay it before the nearest supervisors."""
    above = access.nearest_with(work.session, TAKE, row.path)
    _show(work, row.id, above, "handover.card_above")


def notice_above(handover_id: int) -> Notice:
    """What supervisors are shown of it."""
    return Told("handover.card_above", {"handover_id": handover_id, "page": ""})


def show_to(work: Work, to: Recipient, handover_id: int, tag: str) -> None:
    """Bring it down to the end of a chat; `tag` tells this message from the earlier ones."""
    notice = Told("handover.card", {"handover_id": handover_id, "page": ""})
    outbox.show(work, subject(handover_id, tag), notice, to)


def show_changed(session: Session, handover_id: int, now: datetime) -> None:
    """Let every message about it say how it stands now."""
    _renew(session, handover_id, now, "")


def show_page(session: Session, person_id: int, handover_id: int, page: str, now: datetime) -> None:
    """Let one person's messages about it show this page."""
    _renew(session, handover_id, now, page, col(Card.person_id) == person_id)


def load(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """The handover as it stands, for this reader; None for who has nothing to do with it any more."""
    row = repository.read(session, facts["handover_id"])
    if row is None or not access.allows(reader, READ, what := thing(session, row)):
        return None
    shifts = _shifts(session, row)
    return {
        **facts, "place": row.place, "area": row.area, "state": row.state, "due_at": row.due_at,
        "gives": what.is_related(Relation.SELF, reader), "takes": _takes(reader, row, what),
        "outgoing": shifts.get(row.outgoing_id), "incoming": shifts.get(row.incoming_id),
        "matters": _matters(session, row), "hazards": _hazards(session, row),
        "things": [dict(each._mapping) for each in equipment.things_of(session, row.id)],
        "giver": row.giver or "", "given_at": row.given_at, "taker": row.taker or "",
        "taken_at": row.taken_at, "differs": row.differs, "late": row.late_at is not None,
    }  # fmt: skip


def subject(handover_id: int, tag: str = "") -> str:
    """What a message about it is about."""
    return f"handover:{handover_id}:{tag}" if tag else f"handover:{handover_id}"


def _takes(reader: Actor, row: Row[Any], what: Resource) -> bool:
    """Whether it is this reader who is asked to take over: a supervisor only where no crew comes."""
    comes = what.is_related(Relation.ASSIGNEE, reader)
    nobody = not what.relations[Relation.ASSIGNEE]
    return comes or (nobody and access.allows(reader, TAKE, what))


def _show(work: Work, handover_id: int, people: Sequence[int], kind: str) -> None:
    notice = Told(kind, {"handover_id": handover_id, "page": ""})
    for to in outbox.recipients_of(work.session, list(dict.fromkeys(people))):
        outbox.show(work, subject(handover_id), notice, to)


def _renew(session: Session, handover_id: int, now: datetime, page: str, *whose: Any) -> None:
    """Edits ring with nobody; what was not sent yet keeps its time."""
    tagged = subject(handover_id) + ":"
    about = or_(
        col(Card.subject) == subject(handover_id),
        (col(Card.subject) >= tagged) & (col(Card.subject) < tagged + "~"),
    )
    facts = {"handover_id": handover_id, "page": page}
    changed = update(Card).where(about, *whose).values(facts=facts, wanted=outbox.NEXT)
    session.execute(changed)
    sent = update(Card).where(about, *whose, col(Card.message_id).is_not(None))
    session.execute(sent.values(due_at=now))


def _crew_ids(session: Session, shift_id: int | None) -> list[int]:
    """Who is to come to a shift, the lead first."""
    if shift_id is None:
        return []
    members = crews.crew_of(session, [shift_id])[shift_id]
    return [member.person_id for member in members if member.state == MemberState.PLANNED]


def _shifts(session: Session, row: Row[Any]) -> dict[int | None, Facts]:
    """Both shifts: from when to when, and who."""
    ids = [number for number in (row.outgoing_id, row.incoming_id) if number]
    members = crews.crew_of(session, ids)
    spans = select(col(Shift.id), col(Shift.starts_at), col(Shift.ends_at)).where(col(Shift.id).in_(ids))
    return {
        shift.id: {
            "starts_at": shift.starts_at, "ends_at": shift.ends_at,
            "crew": [
                {"name": member.name, "lead": member.is_lead}
                for member in members[shift.id]
                if member.state == MemberState.PLANNED
            ],
        }
        for shift in session.execute(spans)
    }  # fmt: skip


def _matters(session: Session, row: Row[Any]) -> list[Facts]:
    """What is open, and what was ticked off here. Once it is settled, what was told of later is left out."""
    over = row.taken_at if row.state == HandoverState.TAKEN else None
    return [
        {
            "id": each.id, "kind": each.kind, "words": each.words, "voice": bool(each.voice),
            "told_at": each.started_at if each.kind == MatterKind.PATROL else each.told_at,
            "teller": each.teller or "", "closer": each.closer or "", "section": each.section or "",
            "missed": each.missed or [], "unfinished": each.walk is not None and each.walk != "done",
        }
        for each in repository.matters_of(session, row.post_id, row.opened_at)
        if over is None or each.told_at <= over
    ]  # fmt: skip


def _hazards(session: Session, row: Row[Any]) -> list[Facts]:
    return [
        {"code": f"H-{each.year}-{each.number:06d}", "words": each.words or each.place}
        for each in repository.hazards_of(session, row.post_id)
    ]
