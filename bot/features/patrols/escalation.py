"""Patrols that were planned and that nobody has set out on: told to the lead, then to the village.

The ladders' subjects are `patrol:SECTION:SHIFT:START`. Whoever sets out on the section, of any shift,
answers it.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import exists, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work, self_of
from bot.base.facts import Struct
from bot.features.attendance.due import bound
from bot.features.escalation import ladders
from bot.features.escalation.ladders import Start
from bot.features.patrols import repository
from bot.features.patrols.notices import DuePatrol, DuePatrols, PatrolDue
from bot.features.patrols.repository import Section
from bot.features.shifts.crews import PLACE, coming
from bot.features.swaps import cards as swap_cards
from bot.outbox import outbox
from bot.settings import Settings
from bot.settings.work_day import bounds, day_of_shift
from bot.storage.rows import Query, all_of, columns, first_of
from models import Area, Ladder, Patrol, Post, Shift, ShiftMember

READ, RUN, KIND = "patrol.read", "patrol.plan", "patrol"
# Who set out this long before the planned start has walked it.
EARLY = timedelta(hours=1)
# Planned starts up to this long ago are still looked at, after an outage.
LOOK_BACK = timedelta(hours=1)
# So long a message follows who has set out.
FOLLOWED = timedelta(hours=12)
# Local times as people write them; anything else is left out.
_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])[:：]([0-5]\d)(?!\d)")


class DueShift(Struct):
    """A shift in which somebody is to set out."""

    id: int
    starts_at: datetime
    ends_at: datetime
    path: str
    place: str


class Subject(Struct):
    """What a ladder is about: a section, a shift, and the planned start."""

    section_id: int
    shift_id: int
    at: datetime

    def __str__(self) -> str:
        return f"{KIND}:{self.section_id}:{self.shift_id}:{self.at.astimezone(UTC):%y%m%d%H%M}"

    @classmethod
    def of(cls, told: str) -> "Subject":
        """As it was written."""
        _, section, shift, at = told.split(":")
        return cls(int(section), int(shift), datetime.strptime(at, "%y%m%d%H%M").replace(tzinfo=UTC))


class Planned(Struct):
    """A patrol that is to be walked: on which section, in which shift, from when."""

    section: Section
    shift: DueShift
    at: datetime

    @property
    def subject(self) -> str:
        """What its ladder is called."""
        return str(Subject(self.section.id, self.shift.id, self.at))


def begin(work: Work) -> int:
    """Set up ladders for the patrols that were to start by now; how many were planned of late."""
    access.require(work.actor, RUN, Resource())
    due = [
        planned for section in _with_plan(work.session, work.settings) for planned in _planned(work, section)
    ]
    starts = [
        Start(each.subject, each.shift.path, (), swap_cards.leads_of(work.session, each.shift.id), each.at)
        for each in due
        if not _is_walked(work.session, each.section.id, each.at)
    ]
    if starts:
        ladders.start_all(work, KIND, starts)
    return len(due)


def needed(session: Session, subjects: Sequence[str], now: datetime, _: Settings) -> set[str]:
    """Of these, those that nobody has set out on, in shifts that still run."""
    return {told for told in subjects if _is_open(session, Subject.of(told), now)}


def load(session: Session, reader: Actor, notice: PatrolDue) -> DuePatrols | None:
    """What nobody has set out on yet, as far as the reader may know; None where nothing is theirs."""
    found = [(subject, _shift_of(session, subject)) for subject in map(Subject.of, notice.subjects)]
    seen = [
        (subject, shift)
        for subject, shift in found
        if shift is not None and access.allows(reader, READ, _thing(session, shift))
    ]
    if not seen:
        return None
    known = repository.sections(session)
    open_ = [
        DuePatrol(section.name, shift.place, subject.at)
        for subject, shift in seen
        if (section := known.get(subject.section_id)) and not _is_walked(session, section.id, subject.at)
    ]
    return DuePatrols(notice.level, tuple(open_))


def set_out(work: Work, section_id: int) -> None:
    """Somebody walks the section: messages that miss it say so."""
    access.require(work.actor, "patrol.make", self_of(work.actor))
    going = (
        col(Ladder.kind) == KIND, col(Ladder.started_at) > work.now - FOLLOWED,
        col(Ladder.subject).startswith(f"{KIND}:{section_id}:"),
    )  # fmt: skip
    numbers = [number or 0 for number in work.session.execute(select(col(Ladder.id)).where(*going)).scalars()]
    for card in ladders.told_cards(work.session, numbers) if numbers else ():
        outbox.refresh(work.session, card.subject, work.now)


def moments(section: Section, starts_at: datetime, ends_at: datetime, settings: Settings) -> list[datetime]:
    """When patrols of a section are to start in a shift: at its own local times, else evenly."""
    times = [(int(hour), int(minute)) for hour, minute in _CLOCK.findall(section.times)]
    if not times:
        count = settings.patrol.per_shift
        length = ends_at - starts_at
        return [starts_at + length * (2 * number + 1) / (2 * count) for number in range(count)]
    zone = settings.work.zone
    first = starts_at.astimezone(zone).date()
    days = range((ends_at.astimezone(zone).date() - first).days + 1)
    all_ = (
        datetime(first.year, first.month, first.day, hour, minute, tzinfo=zone) + timedelta(days=day)
        for day in days
        for hour, minute in times
    )
    return sorted(moment for moment in all_ if starts_at <= moment < ends_at)


def _with_plan(session: Session, settings: Settings) -> list[Section]:
    known = repository.sections(session).values()
    return [section for section in known if section.times or settings.patrol.per_shift]


def _planned(work: Work, section: Section) -> Iterator[Planned]:
    """The planned starts of the last hour."""
    place = (
        col(Shift.post_id) == section.post_id if section.post_id else col(Shift.area_id) == section.area_id
    )
    running = (
        place,
        col(Shift.starts_at) <= work.now,
        col(Shift.ends_at) > work.now,
        col(Shift.removed_at).is_(None),
    )
    for shift in all_of(work.session, DueShift, _shifts().where(*running).order_by(col(Shift.id))):
        for moment in moments(section, shift.starts_at, shift.ends_at, work.settings):
            if work.now - LOOK_BACK < moment <= work.now and _has_crew(work, shift):
                yield Planned(section, shift, moment)


def _has_crew(work: Work, shift: DueShift) -> bool:
    """Whether somebody is due to the shift, or nobody was planned, which those above are to know: a crew that
    joined within the work day, or has left, is not blamed for it."""
    day = day_of_shift(shift.starts_at, shift.ends_at, work.settings.work)
    begins, _ = bounds(day, day, work.settings.work)
    crew = (
        select(bound(begins)).select_from(ShiftMember).join(Shift, col(Shift.id) == col(ShiftMember.shift_id))
    )
    found = work.session.execute(crew.where(col(Shift.id) == shift.id, coming())).scalars().all()
    return not found or any(found)


def _shifts() -> Query:
    return (
        select(*columns(DueShift, Shift, Area, place=PLACE))
        .join(Area, col(Area.id) == col(Shift.area_id))
        .join(Post, col(Post.id) == col(Shift.post_id), isouter=True)
    )


def _is_walked(session: Session, section_id: int, at: datetime) -> bool:
    since = (col(Patrol.section_id) == section_id, col(Patrol.started_at) >= at - EARLY)
    return bool(session.execute(select(exists(select(col(Patrol.id)).where(*since)))).scalar())


def _shift_of(session: Session, subject: Subject) -> DueShift | None:
    here = (col(Shift.id) == subject.shift_id, col(Shift.removed_at).is_(None))
    return first_of(session, DueShift, _shifts().where(*here))


def _is_open(session: Session, subject: Subject, now: datetime) -> bool:
    shift = _shift_of(session, subject)
    runs = shift is not None and shift.ends_at > now
    return runs and not _is_walked(session, subject.section_id, subject.at)


def _thing(session: Session, shift: DueShift) -> Resource:
    return Resource(shift.path, {Relation.LEAD: swap_cards.leads_of(session, shift.id)})
