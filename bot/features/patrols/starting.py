"""Patrols (巡逻): setting out, and the words, voices and photos that come on the way."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlmodel import Session, col

from bot import access
from bot.access import Work, self_of
from bot.base.errors import Refused
from bot.features.duty.known_duty import duty_of
from bot.features.duty.repository import open_at, recent_of
from bot.features.duty.shift_match import PlannedShift, match_shift
from bot.features.patrols import cards, ending, escalation, repository
from bot.features.patrols.notices import Choice, PatrolCardDropped, PatrolStarted, PatrolWhich
from bot.features.patrols.repository import PatrolRow, Section
from bot.outbox import outbox
from bot.storage.database import insert_one
from models import Card, Patrol, PatrolPage, PatrolPoint, PatrolState

MAKE = "patrol.make"
# No section is laid down: walked freely.
NO_SECTION = 0


def may_patrol(work: Work, shift: PlannedShift | None, at: datetime) -> bool:
    """Whether there is something laid down for the actor to patrol in this shift."""
    if not access.allows(work.actor, MAKE, self_of(work.actor)):
        return False
    return bool(repository.sections_for(work.session, work.actor, duty_of(work, at), shift))


def begin(work: Work, section_id: int | None, at: datetime) -> PatrolStarted | PatrolWhich | None:
    """Set out on a section (None: the only one there is; of several it is asked which). None where a patrol
    is open already: its card is shown once more. Raises Refused for one that is not theirs."""
    access.require(work.actor, MAKE, self_of(work.actor))
    open_ = repository.open_of(work.session, work.actor.person_id)
    if open_ is not None and at < open_.close_at:
        cards.show(work, below=True)
        return None
    if open_ is not None:
        ending.close(work, open_)
    shift, known = _choice(work, at)
    if section_id is None and len(known) > 1:
        return PatrolWhich(tuple(Choice(section.id, section.name) for section in known))
    chosen = _chosen(known, section_id)
    _insert(work, chosen, shift, at)
    cards.show(work)
    on_duty = open_at(recent_of(work.session, work.actor.person_id, at), at) is not None
    return PatrolStarted(len(chosen.stops) if chosen else 0, on_duty)


def begin_by_code(work: Work, section: Section, at: datetime) -> None:
    """Set out because a checkpoint's code was scanned. Raises Refused for another's section."""
    access.require(work.actor, MAKE, self_of(work.actor))
    shift, known = _choice(work, at)
    if section not in known:
        raise Refused("patrol-code-elsewhere", section=section.name)
    _insert(work, section, shift, at)
    cards.show(work)


def drop(work: Work, patrol_id: int) -> None:
    """Begun by mistake: as if it had never been. Raises Refused once something was reached or noted."""
    access.require(work.actor, MAKE, self_of(work.actor))
    patrol = required(work, patrol_id)
    if cards.marks_of(work.session, patrol_id) or cards.answers_of(work.session, patrol_id):
        raise Refused("patrol-drop-late")
    # A later patrol may get the same number: its card is to be another one.
    outbox.retire(work.session, cards.subject(patrol_id), PatrolCardDropped(), work.now)
    work.session.execute(delete(Card).where(col(Card.subject) == cards.subject(patrol_id)))
    work.session.execute(delete(PatrolPoint).where(col(PatrolPoint.patrol_id) == patrol_id))
    work.session.execute(delete(Patrol).where(col(Patrol.id) == patrol_id))
    if patrol.section_id:
        escalation.set_out(work, patrol.section_id)


def required(work: Work, patrol_id: int | None = None) -> PatrolRow:
    """The actor's open patrol (with this number). Raises Refused where there is none."""
    access.require(work.actor, MAKE, self_of(work.actor))
    patrol = repository.open_of(work.session, work.actor.person_id)
    if patrol is None:
        raise Refused("patrol-none-open" if patrol_id is None else "button-stale")
    if patrol_id is not None and patrol.id != patrol_id:
        raise Refused("button-stale")
    return patrol


def change(session: Session, patrol_id: int, **values: str) -> None:
    """Write down what an open patrol asks for now."""
    session.execute(update(Patrol).where(col(Patrol.id) == patrol_id).values(**values))


def _chosen(known: tuple[Section, ...], section_id: int | None) -> Section | None:
    if section_id is None:
        return known[0] if known else None
    if section_id == NO_SECTION:
        return None
    chosen = next((section for section in known if section.id == section_id), None)
    if chosen is None:
        raise Refused("button-stale")
    return chosen


def _choice(work: Work, at: datetime) -> tuple[PlannedShift | None, tuple[Section, ...]]:
    """The shift being kept, else the one that is meant at this moment; and what may be walked in it."""
    duty = duty_of(work, at)
    open_ = open_at(recent_of(work.session, work.actor.person_id, at), at)
    attended = open_.shift_id if open_ else None
    kept = (shift for shift in duty.shifts if shift.id == attended and at < shift.ends_at)
    shift = next(kept, None) or match_shift(duty.shifts, at, work.settings.checkin.early_minutes)
    return shift, repository.sections_for(work.session, work.actor, duty, shift)


def _insert(work: Work, section: Section | None, shift: PlannedShift | None, at: datetime) -> None:
    line = section.line if section else None
    fitting = work.settings.patrol.fitting(line, shift.duty_type if shift else None).code
    free_until = at + timedelta(hours=work.settings.patrol.open_hours)
    values: dict[str, object] = {
        "person_id": work.actor.person_id, "shift_id": shift.id if shift else None,
        "area_id": section.area_id if section else shift.area_id if shift else work.actor.area_id,
        "post_id": section.post_id if section else shift.post_id if shift else None,
        "section_id": section.id if section else None,
        "checklist": (section.checklist if section else "") or fitting, "started_at": at,
        "close_at": shift.ends_at if shift else free_until, "page": PatrolPage.WALK,
        "total": len(section.stops) if section else 0, "state": PatrolState.OPEN, "about": "", "words": "",
        "reached": 0, "missed": [],
    }  # fmt: skip
    insert_one(work.session, Patrol, values)
    if section:
        escalation.set_out(work, section.id)
