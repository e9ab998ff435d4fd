"""Leave and sickness by one tap, taken back while nobody stands in, and who stands in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work, audit, labels
from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.features.shifts import crews, own_shifts
from bot.features.shifts.change_notices import SOON
from bot.outbox import outbox
from bot.outbox.notices import Told
from bot.settings import Settings
from models import AwayKind, MemberState, Person

LEAVE, SUBSTITUTE = "shift.leave", "shift.substitute"
# Names offered on the card at once; the rest by a button.
ON_CARD = 4
PAGE = 12


@dataclass(frozen=True, slots=True)
class Away:
    """Leave that has been recorded; `told` are names. `undo_until`: until when one tap takes it back."""

    shift_id: int
    kind: str
    starts_at: datetime
    ends_at: datetime
    place: str
    told: tuple[str, ...]
    # When they will see it, where quiet hours hold it.
    held_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Who could stand in, a page of them; `before` and `after` are the offsets of its neighbours (None:
    there is none)."""

    facts: Facts
    before: int | None
    after: int | None


def take(work: Work, shift_id: int, kind: AwayKind) -> Away | None:
    """Be away from an own shift: the lead and the supervisors are shown the gap. None where it is over or
    not the actor's."""
    access.require(work.actor, LEAVE, Resource(work.actor.path, {Relation.SELF: (work.actor.person_id,)}))
    shift = crews.shift_of(work.session, shift_id)
    member = crews.member_of(work.session, shift_id, work.actor.person_id)
    if shift is None or shift.ends_at <= work.now or member is None or member.state != MemberState.PLANNED:
        return None
    crews.set_away(work.session, shift_id, work.actor.person_id, kind, work.now)
    audit.record(
        work.session, work.actor, LEAVE, f"shift:{shift_id}", work.now, work.actor.person_id, kind=kind
    )
    told = _show(work, shift)
    held_until = _held_until(shift, work.now, work.settings)
    return Away(shift_id, kind, shift.starts_at, shift.ends_at, shift.place, told, held_until)


def undo(work: Work, shift_id: int) -> Away | None:
    """Come after all. None where there is nothing to take back.

    Raises Refused when it is too late, or somebody stands in already.
    """
    access.require(work.actor, LEAVE, Resource(work.actor.path, {Relation.SELF: (work.actor.person_id,)}))
    shift = crews.shift_of(work.session, shift_id)
    member = crews.member_of(work.session, shift_id, work.actor.person_id)
    if shift is None or member is None or member.state != MemberState.AWAY:
        return None
    if crews.substitute_of(work.session, shift_id, work.actor.person_id):
        raise Refused("shifts-undo-taken")
    if work.now > member.away_at + timedelta(minutes=work.settings.crews.undo_minutes):
        raise Refused("shifts-undo-late")
    crews.set_back(work.session, shift_id, work.actor.person_id)
    audit.record(
        work.session, work.actor, "shift.leave_undone", f"shift:{shift_id}", work.now, work.actor.person_id
    )
    facts = {
        **_facts(work.session, shift, work.actor.person_id, work.settings),
        "state": "undone",
        "decided_at": work.now,
    }
    outbox.show_again(
        work.session,
        _subject(shift_id, work.actor.person_id),
        Told(_kind(shift, work.now), facts),
        work.now,
    )
    return Away(shift_id, member.away_kind, shift.starts_at, shift.ends_at, shift.place, ())


def free(work: Work, shift_id: int, person_id: int, offset: int) -> Choice | None:
    """Who could stand in for someone away (`person_id` 0: who could come besides). None where nobody is
    needed any more."""
    shift = _may_name(work.session, work.actor, shift_id)
    if shift is None or shift.ends_at <= work.now or not _is_open(work.session, shift_id, person_id):
        return None
    people = crews.free_people(work.session, shift_id)
    page = people[offset : offset + PAGE]
    told = labels.of(work.session, [each.person_id for each in page])
    facts = {
        **_facts(work.session, shift, person_id, work.settings), "offset": offset,
        "free": [{"id": each.person_id, "name": told[each.person_id], "area": each.area} for each in page],
    }  # fmt: skip
    before = max(0, offset - PAGE) if offset else None
    return Choice(facts, before, offset + PAGE if len(people) > offset + PAGE else None)


def name_substitute(work: Work, shift_id: int, person_id: int, substitute_id: int) -> Facts | None:
    """Let somebody who is free come instead (`person_id` 0: besides); they and the one away are told.

    None where nobody is needed any more. Raises Refused where the one named is not free.
    """
    shift = _may_name(work.session, work.actor, shift_id)
    if shift is None or shift.ends_at <= work.now or not _is_open(work.session, shift_id, person_id):
        return None
    if substitute_id not in {each.person_id for each in crews.free_people(work.session, shift_id)}:
        raise Refused("crews-not-free")
    if person_id:
        crews.move_member(work, shift_id, person_id, substitute_id, why="substitute")
    else:
        crews.add_member(work, shift_id, substitute_id, why="gap")
    facts = show_taken(work, shift, person_id, substitute_id, work.actor.name)
    _tell(work, facts, substitute_id, person_id, shift)
    return facts


def load_gap(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """The card of a gap, just before it is shown; None for who names nobody for it any more."""
    shift = crews.shift_of(session, facts["shift_id"])
    if shift is None:
        return None
    leads = [m.person_id for m in crews.crew_of(session, [shift.id])[shift.id] if _leads(m)]
    return facts if access.allows(reader, SUBSTITUTE, Resource(shift.path, {Relation.LEAD: leads})) else None


def show_taken(work: Work, shift: Row[Any], person_id: int, substitute_id: int, by: str) -> Facts:
    """Let the card of a gap say who comes instead, and who saw to it."""
    facts = {
        **_facts(work.session, shift, person_id, work.settings), "state": "taken", "decided_at": work.now,
        "substitute": _name(work.session, substitute_id), "by": by,
        "held_until": _held_until(shift, work.now, work.settings),
    }  # fmt: skip
    if person_id:
        outbox.show_again(
            work.session, _subject(shift.id, person_id), Told(_kind(shift, work.now), facts), work.now
        )
    return facts


def _may_name(session: Session, actor: Actor, shift_id: int) -> Row[Any] | None:
    shift = crews.shift_of(session, shift_id)
    if shift is None:
        return None
    leads = [m.person_id for m in crews.crew_of(session, [shift_id])[shift_id] if _leads(m)]
    access.require(actor, SUBSTITUTE, Resource(shift.path, {Relation.LEAD: leads}))
    return shift


def _leads(member: Row[Any]) -> bool:
    return bool(member.is_lead) and member.state == MemberState.PLANNED


def _is_open(session: Session, shift_id: int, person_id: int) -> bool:
    """Whether a place is open: that of one who is away and whom nobody stands in for."""
    if not person_id:
        return True
    member = crews.member_of(session, shift_id, person_id)
    away = member is not None and member.state == MemberState.AWAY
    return away and crews.substitute_of(session, shift_id, person_id) is None


def _show(work: Work, shift: Row[Any]) -> tuple[str, ...]:
    """Lay the gap before the shift's lead and the nearest supervisors; the names of who can be reached."""
    members = crews.crew_of(work.session, [shift.id])[shift.id]
    above = access.nearest_with(work.session, SUBSTITUTE, shift.path, but=[work.actor.person_id])
    leads = [m.person_id for m in members if _leads(m) and m.person_id != work.actor.person_id]
    facts = {**_facts(work.session, shift, work.actor.person_id, work.settings), "state": "open"}
    people = crews.free_people(work.session, shift.id)
    facts["free"] = [{"id": each.person_id, "name": each.name} for each in people[:ON_CARD]]
    facts["more"] = len(people) > ON_CARD
    told: dict[int, None] = {}
    for to in outbox.recipients_of(work.session, list(dict.fromkeys([*leads, *above]))):
        subject = _subject(shift.id, work.actor.person_id)
        outbox.show(work, subject, Told(_kind(shift, work.now), facts), to)
        told[to.person_id or 0] = None
    return tuple(_name(work.session, person_id) for person_id in told)


def _tell(work: Work, facts: Facts, substitute_id: int, person_id: int, shift: Row[Any]) -> None:
    """The one who comes, and the one who need not."""
    soon = shift.starts_at - work.now <= SOON
    called = "shifts.substitute_soon" if soon else "shifts.substitute"
    to_tell = {substitute_id: called, person_id: "shifts.stood_in"}
    for to in outbox.recipients_of(work.session, [number for number in to_tell if number]):
        kind = to_tell[to.person_id or 0]
        key = f"{kind}:{shift.id}:{to.bot}:{to.chat_id}:{work.now.isoformat()}"
        outbox.enqueue(work, Told(kind, facts), to, key)


def _facts(session: Session, shift: Row[Any], person_id: int, settings: Settings) -> Facts:
    """The shift as it stands, and who is away from it."""
    members = crews.crew_of(session, [shift.id])[shift.id]
    comes = [member for member in members if member.state == MemberState.PLANNED]
    away = next((member for member in members if member.person_id == person_id), None)
    return {
        "shift_id": shift.id, "person_id": person_id, "name": away.name if away else "",
        "kind": (away.away_kind if away else "") or "", "starts_at": shift.starts_at,
        "ends_at": shift.ends_at, "place": shift.place, "crew": [own_shifts.mate(member) for member in comes],
        "needed": settings.crews.min_crew,
    }  # fmt: skip


def _name(session: Session, person_id: int) -> str:
    name: str = session.execute(select(col(Person.name)).where(col(Person.id) == person_id)).scalar_one()
    return name


def _subject(shift_id: int, person_id: int) -> str:
    return f"away:{shift_id}:{person_id}"


def _held_until(shift: Row[Any], now: datetime, settings: Settings) -> datetime | None:
    return None if shift.starts_at - now <= SOON else outbox.quiet_until(settings, now)


def _kind(shift: Row[Any], now: datetime) -> str:
    """What begins soon rings through quiet hours."""
    return "shifts.away_soon" if shift.starts_at - now <= SOON else "shifts.away"
