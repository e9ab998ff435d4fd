"""Leave and sickness by one tap, taken back while nobody stands in, and who stands in."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work, audit, labels, self_of
from bot.base.errors import Refused
from bot.features.shifts import crews, notices
from bot.features.shifts.change_notices import SOON
from bot.features.shifts.crews import Member, Membership, StandingShift
from bot.outbox import outbox
from models import AwayKind, MemberState, Person

LEAVE, SUBSTITUTE = "shift.leave", "shift.substitute"
# Names offered on the card at once; the rest by a button.
ON_CARD = 4
PAGE = 12


def take(work: Work, shift_id: int, kind: AwayKind) -> notices.ShiftsLeft | None:
    """Be away from an own shift: the lead and the supervisors are shown the gap. None where it is over or
    not the actor's."""
    shift, member = _own(work, shift_id)
    if shift is None or shift.ends_at <= work.now or member is None or member.state != MemberState.PLANNED:
        return None
    crews.set_away(work.session, shift_id, work.actor.person_id, kind, work.now)
    audit.record(work, LEAVE, f"shift:{shift_id}", work.actor.person_id, kind=kind)
    told = _show(work, shift)
    minutes, held_until = work.settings.crews.undo_minutes, _held_until(work, shift)
    where = (shift.starts_at, shift.ends_at, shift.place)
    return notices.ShiftsLeft(*where, shift_id, kind, told, held_until, minutes)


def undo(work: Work, shift_id: int) -> notices.ShiftsBack | None:
    """Come after all. None where there is nothing to take back.

    Raises Refused when it is too late, or somebody stands in already.
    """
    shift, member = _own(work, shift_id)
    if shift is None or member is None or member.state != MemberState.AWAY:
        return None
    if crews.substitute_of(work.session, shift_id, work.actor.person_id):
        raise Refused("shifts-undo-taken")
    if member.away_at and work.now > member.away_at + timedelta(minutes=work.settings.crews.undo_minutes):
        raise Refused("shifts-undo-late")
    crews.set_back(work.session, shift_id, work.actor.person_id)
    audit.record(work, "shift.leave_undone", f"shift:{shift_id}", work.actor.person_id)
    gap = _gap(work, shift, work.actor.person_id)
    undone = gap.shown_as(notices.ShiftsAway, state="undone", decided_at=work.now, soon=_is_soon(work, shift))
    outbox.show_again(work.session, _subject(shift_id, work.actor.person_id), undone, work.now)
    return notices.ShiftsBack(shift.starts_at, shift.ends_at, shift.place)


def free(work: Work, shift_id: int, person_id: int, offset: int) -> notices.ShiftsChoice | None:
    """Who could stand in for someone away (`person_id` 0: who could come besides). None where nobody is
    needed any more."""
    shift = _open_gap(work, shift_id, person_id)
    if shift is None:
        return None
    people = crews.free_people(work.session, shift_id)
    page = people[offset : offset + PAGE]
    told = labels.of(work.session, [each.person_id for each in page])
    return _gap(work, shift, person_id).shown_as(
        notices.ShiftsChoice, before=max(0, offset - PAGE) if offset else None,
        after=offset + PAGE if len(people) > offset + PAGE else None,
        free=[notices.FreeName(each.person_id, told[each.person_id], each.area) for each in page],
    )  # fmt: skip


def name_substitute(
    work: Work, shift_id: int, person_id: int, substitute_id: int
) -> notices.ShiftsNamed | None:
    """Let somebody who is free come instead (`person_id` 0: besides); they and the one away are told.

    None where nobody is needed any more. Raises Refused where the one named is not free.
    """
    shift = _open_gap(work, shift_id, person_id)
    if shift is None:
        return None
    if substitute_id not in {each.person_id for each in crews.free_people(work.session, shift_id)}:
        raise Refused("crews-not-free")
    if person_id:
        crews.move_member(work, shift_id, person_id, substitute_id, why="substitute")
    else:
        crews.add_member(work, shift_id, substitute_id, why="gap")
    named = show_taken(work, shift, person_id, substitute_id, work.actor.name)
    _tell(work, named, substitute_id, shift)
    return named


def load_gap(session: Session, reader: Actor, told: notices.ShiftsAway) -> notices.ShiftsAway | None:
    """The card of a gap, just before it is shown; None for who names nobody for it any more."""
    shift = crews.shift_of(session, told.shift_id)
    if shift is None:
        return None
    return told if access.allows(reader, SUBSTITUTE, _thing(session, shift)) else None


def show_taken(
    work: Work, shift: StandingShift, person_id: int, substitute_id: int, by: str
) -> notices.ShiftsNamed:
    """Let the card of a gap say who comes instead, and who saw to it."""
    gap, substitute = _gap(work, shift, person_id), _name(work.session, substitute_id)
    if person_id:
        taken = gap.shown_as(
            notices.ShiftsAway, state="taken", decided_at=work.now, substitute=substitute, by=by,
            soon=_is_soon(work, shift),
        )  # fmt: skip
        outbox.show_again(work.session, _subject(shift.id, person_id), taken, work.now)
    return gap.shown_as(
        notices.ShiftsNamed, substitute=substitute, by=by, held_until=_held_until(work, shift)
    )


def _own(work: Work, shift_id: int) -> tuple[StandingShift | None, Membership | None]:
    """A shift, and how the actor stands on it, who may be away from it where it is the own one."""
    access.require(work.actor, LEAVE, self_of(work.actor))
    # Locked before it is read how they stand.
    shift = crews.shift_of(work.session, shift_id)
    return shift, crews.member_of(work.session, shift_id, work.actor.person_id)


def _open_gap(work: Work, shift_id: int, person_id: int) -> StandingShift | None:
    """A shift for which the actor may name somebody; None where nobody is needed any more."""
    shift = crews.shift_of(work.session, shift_id)
    if shift is None:
        return None
    access.require(work.actor, SUBSTITUTE, _thing(work.session, shift))
    return shift if shift.ends_at > work.now and _is_open(work.session, shift_id, person_id) else None


def _thing(session: Session, shift: StandingShift) -> Resource:
    leads = [m.person_id for m in crews.crew_of(session, [shift.id])[shift.id] if _leads(m)]
    return Resource(shift.path, {Relation.LEAD: leads})


def _leads(member: Member) -> bool:
    return member.is_lead and member.state == MemberState.PLANNED


def _is_open(session: Session, shift_id: int, person_id: int) -> bool:
    """Whether a place is open: that of one who is away and whom nobody stands in for."""
    if not person_id:
        return True
    member = crews.member_of(session, shift_id, person_id)
    away = member is not None and member.state == MemberState.AWAY
    return away and crews.substitute_of(session, shift_id, person_id) is None


def _show(work: Work, shift: StandingShift) -> list[str]:
    """Lay the gap before the shift's lead and the nearest supervisors; the names of who can be reached."""
    members = crews.crew_of(work.session, [shift.id])[shift.id]
    above = access.nearest_with(work.session, SUBSTITUTE, shift.path, but=[work.actor.person_id])
    leads = [m.person_id for m in members if _leads(m) and m.person_id != work.actor.person_id]
    people = crews.free_people(work.session, shift.id)
    free_ = [notices.FreeName(each.person_id, each.name) for each in people[:ON_CARD]]
    card = _gap(work, shift, work.actor.person_id).shown_as(
        notices.ShiftsAway, state="open", free=free_, more=len(people) > ON_CARD, soon=_is_soon(work, shift)
    )
    told: dict[int, None] = {}
    for to in outbox.recipients_of(work.session, list(dict.fromkeys([*leads, *above]))):
        outbox.show(work, _subject(shift.id, work.actor.person_id), card, to)
        told[to.person_id or 0] = None
    return [_name(work.session, person_id) for person_id in told]


def _tell(work: Work, named: notices.ShiftsNamed, substitute_id: int, shift: StandingShift) -> None:
    """The one who comes, and the one who need not."""
    soon = _is_soon(work, shift)
    to_tell = {
        substitute_id: named.shown_as(notices.ShiftsSubstitute, soon=soon),
        named.person_id: named.shown_as(notices.ShiftsStoodIn),
    }
    for to in outbox.recipients_of(work.session, [number for number in to_tell if number]):
        notice = to_tell[to.person_id or 0]
        key = f"{notice.kind}:{shift.id}:{to.bot}:{to.chat_id}:{work.now.isoformat()}"
        outbox.enqueue(work, notice, to, key)


def _gap(work: Work, shift: StandingShift, person_id: int) -> notices.ShiftGap:
    """The shift as it stands, and who is away from it."""
    members = crews.crew_of(work.session, [shift.id])[shift.id]
    comes = [notices.CrewName(m.name, m.is_lead) for m in members if m.state == MemberState.PLANNED]
    away = next((member for member in members if member.person_id == person_id), None)
    name, why = (away.name, away.away_kind or "") if away else ("", "")
    where, needed = (shift.starts_at, shift.ends_at, shift.place), work.settings.crews.min_crew
    return notices.ShiftGap(*where, shift.id, person_id, name, why, comes, needed)


def _name(session: Session, person_id: int) -> str:
    name: str = session.execute(select(col(Person.name)).where(col(Person.id) == person_id)).scalar_one()
    return name


def _subject(shift_id: int, person_id: int) -> str:
    return f"away:{shift_id}:{person_id}"


def _held_until(work: Work, shift: StandingShift) -> datetime | None:
    return None if _is_soon(work, shift) else outbox.quiet_until(work.settings, work.now)


def _is_soon(work: Work, shift: StandingShift) -> bool:
    """What begins soon rings through quiet hours."""
    return shift.starts_at - work.now <= SOON
