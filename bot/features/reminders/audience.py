"""Whom a rule of the reminders means at a time."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from sqlalchemy import and_, exists, false, func, or_, select, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot import access
from bot.access.area_times import AreaTime, below, lines_of
from bot.base.cron import trigger
from bot.base.facts import Struct
from bot.features.attendance.not_checked_in import absent
from bot.features.shifts.crews import coming
from bot.settings import Settings
from bot.settings.reminders import ReminderRule, at_time
from bot.storage.rows import Expression, Query
from models import (
    Area,
    CheckIn,
    Hazard,
    HazardAssignee,
    HazardState,
    Person,
    Post,
    Role,
    Shift,
    ShiftMember,
)

# So many people a shift, more or less.
CREW = 5
OPEN_HAZARD = (HazardState.REPORTED, HazardState.ASSIGNED)


class Span(Struct):
    """The moments a batch is about: after `since`, up to `until`."""

    since: datetime
    until: datetime

    def holds(self, moment: Expression) -> Expression:
        """Whether a column's moment is one of them."""
        return and_(moment > self.since, moment <= self.until)


class Meant(Struct):
    """Somebody to be reminded: of which shift, hazard or role, and of which moment."""

    person_id: int
    thing: int
    moment: datetime


def meant_by(
    session: Session, rule: ReminderRule, span: Span, after: int, limit: int, settings: Settings
) -> tuple[list[Meant], int | None]:
    """The next people a rule means in a span, and the number to go on after (None: these were all)."""
    if rule.when in ("shift_start", "shift_end"):
        return _on_shifts(session, rule, span, after, limit)
    if rule.when == "cron":
        found = _by_calendar(session, rule, span, settings)
        key: Expression = col(Role.id)
    else:
        found = hazards().where(span.holds(col(Hazard.due_at)), *_around(session, rule))
        key = col(HazardAssignee.id)
    rows = session.execute(found.where(key > after).order_by(key).limit(limit)).all()
    people = [Meant(row.person_id, row.thing, getattr(row, "moment", span.until)) for row in rows]
    return people, rows[-1].number if len(rows) == limit else None


def _on_shifts(
    session: Session, rule: ReminderRule, span: Span, after: int, limit: int
) -> tuple[list[Meant], int | None]:
    """Shift by shift, so that a batch looks at few members, however many of them have come already."""
    at_end = rule.when == "shift_end"
    moment = col(Shift.ends_at) if at_end else col(Shift.starts_at)
    these = (
        select(col(Shift.id))
        .join(Area, col(Area.id) == col(Shift.area_id))
        .where(
            span.holds(moment),
            col(Shift.removed_at).is_(None),
            col(Shift.id) > after,
            *_around(session, rule),
        )
        .order_by(col(Shift.id))
        .limit(max(1, limit // CREW))
    )
    ids = list(session.execute(these).scalars())
    found = shifts(at_end=at_end).where(col(Shift.id).in_(ids), *of_shift(rule.who))
    rows = session.execute(found.order_by(col(ShiftMember.id))).all() if ids else []
    people = [Meant(row.person_id, row.thing, row.moment) for row in rows]
    return people, ids[-1] if len(ids) == max(1, limit // CREW) else None


def shifts(*, at_end: bool) -> Query:
    """Members of shifts, with the moment that counts."""
    moment = col(Shift.ends_at) if at_end else col(Shift.starts_at)
    return (
        select(
            col(ShiftMember.person_id), col(Shift.id).label("thing"),
            moment.label("moment"), col(Shift.starts_at), col(Shift.ends_at),
            func.coalesce(col(Post.name), col(Area.name)).label("place"),
        )
        .select_from(ShiftMember)
        .join(Shift, col(Shift.id) == col(ShiftMember.shift_id))
        .join(Person, col(Person.id) == col(ShiftMember.person_id))
        .join(Area, col(Area.id) == col(Shift.area_id))
        .join(Post, col(Post.id) == col(Shift.post_id), isouter=True)
    )  # fmt: skip


def of_shift(who: str) -> tuple[Expression, ...]:
    """Of the members of shifts, those who are meant."""
    standing = (col(Shift.removed_at).is_(None), col(Person.removed_at).is_(None))
    if who == "absent":
        return absent()
    if who == "present":
        return (*standing, _is_here())
    leading: tuple[Expression, ...] = (col(ShiftMember.is_lead).is_(True),) if who == "lead" else ()
    return (*standing, coming(), *leading)


def _is_here() -> Expression:
    """On duty in this shift; or in none, or in one that is over, and planned for this one."""
    other = aliased(Shift)
    of_this = or_(
        col(CheckIn.shift_id) == col(Shift.id),
        and_(coming(), or_(col(CheckIn.shift_id).is_(None), col(other.ends_at) < col(Shift.ends_at))),
    )
    mine = (col(CheckIn.person_id) == col(ShiftMember.person_id), col(CheckIn.out_at).is_(None))
    found = select(col(CheckIn.id)).join(other, col(other.id) == col(CheckIn.shift_id), isouter=True)
    return exists(found.where(*mine, of_this).correlate(Shift, ShiftMember))


def hazards() -> Query:
    """Who is to put open hazards right, by name."""
    return (
        select(
            col(HazardAssignee.id).label("number"), col(HazardAssignee.person_id),
            col(Hazard.id).label("thing"), col(Hazard.due_at).label("moment"), col(Hazard.words),
            col(Hazard.place),
        )
        .select_from(HazardAssignee)
        .join(Hazard, col(Hazard.id) == col(HazardAssignee.hazard_id))
        .join(Area, col(Area.id) == col(Hazard.area_id))
        .where(
            col(Hazard.state).in_(OPEN_HAZARD), col(HazardAssignee.person_id).is_not(None),
            col(HazardAssignee.released_at).is_(None),
        )
    )  # fmt: skip


def _by_calendar(session: Session, rule: ReminderRule, span: Span, settings: Settings) -> Query:
    """Who holds the role, at the rule's time or, where an area has one of its own, at that."""
    own = lines_of(session, rule.code)
    due: list[Expression] = []
    if _comes(rule.cron, span, settings):
        due.append(and_(true(), *_without(row.path for row in own)))
    for row in own:
        if row.is_on and (
            _comes(at_time(rule.cron, row.time), span, settings) or _late(rule, row, span, settings)
        ):
            apart = _without(below(own, row.path))
            due.append(and_(access.within(col(Area.path), row.path), *apart))
    return (
        select(col(Role.id).label("number"), col(Role.person_id), col(Role.id).label("thing"))
        .join(Area, col(Area.id) == col(Role.area_id))
        .join(Person, col(Person.id) == col(Role.person_id))
        .where(
            col(Role.role) == rule.who, col(Person.removed_at).is_(None), or_(false(), *due),
            *_inside(session, rule),
        )
    )  # fmt: skip


def _comes(cron: str, span: Span, settings: Settings) -> bool:
    due = trigger(cron, settings.work.zone).get_next_fire_time(None, span.since + timedelta(microseconds=1))
    return due is not None and due <= span.until


def _late(rule: ReminderRule, line: AreaTime, span: Span, settings: Settings) -> bool:
    """Whether the area has just chosen a time that was past already on that day: then it comes at once, if it
    has not come that day."""
    if line.set_at is None or not span.since < line.set_at - rule.offset <= span.until:
        return False
    chosen = (line.set_at - rule.offset).astimezone(settings.work.zone)
    midnight = datetime.combine(chosen.date(), time(), settings.work.zone)
    return _comes(at_time(rule.cron, line.time), Span(midnight - timedelta(seconds=1), chosen), settings)


def _without(paths: Iterable[str]) -> list[Expression]:
    return [~access.within(col(Area.path), path) for path in paths]


def _inside(session: Session, rule: ReminderRule) -> list[Expression]:
    """In the areas the rule is for."""
    if not rule.areas:
        return []
    paths = session.execute(select(col(Area.path)).where(col(Area.code).in_(rule.areas))).scalars()
    return [or_(false(), *(access.within(col(Area.path), path) for path in paths))]


def _around(session: Session, rule: ReminderRule) -> list[Expression]:
    """In the areas the rule is for, without those that have switched it off."""
    lines = lines_of(session, rule.code)
    left_out = []
    for path in (row.path for row in lines if not row.is_on):
        on_again = [row.path for row in lines if row.is_on and row.path.startswith(path)]
        back = [access.within(col(Area.path), each) for each in on_again]
        left_out.append(or_(~access.within(col(Area.path), path), *back))
    return [*_inside(session, rule), *left_out]
