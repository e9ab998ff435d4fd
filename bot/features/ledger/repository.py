"""The entries of a person's duty ledger, kind by kind: rows only. Who may see them is asked above.

Every kind is one selection of the same columns, so that what is counted is what is listed.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from sqlalchemy import Integer, and_, case, cast, extract, func, literal, null, or_, select
from sqlmodel import Session, col

from bot.base.facts import Struct
from bot.features.attendance.due import attended, had_left
from bot.features.cases.case import AnyCase
from bot.features.hazards.repository import HAZARD
from bot.features.requests.repository import REQUEST
from bot.settings import WorkSettings
from bot.settings.work_day import bounds, counted_between, patrols_between, shifts_between
from bot.storage.rows import Expression, Query, all_of, first_of
from models import (
    Area,
    CheckIn,
    ClosedBy,
    EntryKind,
    HouseholdDay,
    MemberState,
    Merit,
    Patrol,
    PatrolSection,
    Post,
    Punctuality,
    Shift,
    ShiftMember,
)
from models.columns import MOMENT


class Stretch(Struct):
    """Work days from the first to the last, and the moments between which they lie; `due_from`: from when on
    the person is due (None: from the first)."""

    first: date
    last: date
    starts_at: datetime
    ends_at: datetime
    due_from: datetime | None = None

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """When it begins, and when it is over."""
        return self.starts_at, self.ends_at


def stretch_of(first: date, last: date, work: WorkSettings) -> Stretch:
    """These days, by when the work day starts."""
    return Stretch(first, last, *bounds(first, last, work))


_EVER = Stretch(
    date(2000, 1, 1), date(2999, 1, 1), datetime(2000, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)
)


class Record(Struct):
    """A person's record, as it stands now, in a stretch (without: ever)."""

    person_id: int
    now: datetime
    stretch: Stretch = _EVER


class Entry(Struct):
    """A row of any kind: `mark` is a code that says how it was, `amount` what may be added up. A hazard or a
    request has its kind in words, year and number."""

    id: int
    at: datetime
    until: datetime | None
    place: str | None
    words: str
    mark: str
    amount: int
    label: Mapping[str, str] | None = None
    year: int = 0
    number: int = 0


_Select = Callable[[Record], Query]


def count(session: Session, kind: EntryKind, record: Record) -> tuple[int, int, int]:
    """How many entries there are, how many of them carry a mark (late, incomplete), and the sum of what is
    added up: minutes of check-ins and patrols, households."""
    rows = _KINDS[kind](record).subquery()
    found = session.execute(
        select(
            func.count(), func.count(case((rows.c.mark != "", 1))), func.coalesce(func.sum(rows.c.amount), 0)
        )
    ).one()
    return int(found[0]), int(found[1]), int(found[2])


def page(session: Session, kind: EntryKind, record: Record, offset: int, limit: int) -> list[Entry]:
    """Entries, newest first."""
    rows = _KINDS[kind](record).subquery()
    found = select(rows).order_by(rows.c.at.desc(), rows.c.id.desc()).offset(offset).limit(limit)
    return all_of(session, Entry, found)


def entry(session: Session, kind: EntryKind, record: Record, entry_id: int) -> Entry | None:
    """One entry of a record; None where there is none of that number."""
    rows = _KINDS[kind](record).subquery()
    return first_of(session, Entry, select(rows).where(rows.c.id == entry_id))


def _minutes(began: Expression, ended: Expression) -> Expression:
    """Whole minutes between two moments; none while it goes on."""
    seconds = func.coalesce(_epoch(ended) - _epoch(began), 0)
    return case((seconds > 0, seconds // 60), else_=0)


def _epoch(moment: Expression) -> Expression:
    return cast(extract("epoch", moment), Integer)


def _checkins(record: Record) -> Query:
    began = func.coalesce(col(CheckIn.corrected_in_at), col(CheckIn.in_at))
    ended = func.coalesce(col(CheckIn.corrected_out_at), col(CheckIn.out_at))
    forgotten = (col(CheckIn.closed_by) == ClosedBy.SYSTEM) & col(CheckIn.corrected_out_at).is_(None)
    mark = case((col(CheckIn.in_punctuality) == Punctuality.LATE, "late"), (forgotten, "forgotten"), else_="")
    # Who is on duty still sees the time so far, as in the own record.
    so_far = _minutes(began, func.coalesce(ended, literal(record.now, MOMENT)))
    return (
        _columns(id=col(CheckIn.id), at=began, until=ended, place=col(Post.name), mark=mark, amount=so_far)
        .select_from(CheckIn)
        .join(Post, col(Post.id) == col(CheckIn.post_id), isouter=True)
        .where(
            col(CheckIn.person_id) == record.person_id, col(CheckIn.work_day) >= record.stretch.first,
            col(CheckIn.work_day) <= record.stretch.last,
        )
    )  # fmt: skip


def _shifts(record: Record) -> Query:
    since = record.stretch.due_from
    to_come = ~had_left(col(ShiftMember.person_id), col(Shift.starts_at))
    if since:
        to_come &= counted_between(since, record.stretch.ends_at)
    place = func.coalesce(col(Post.name), col(Area.name))
    mark = func.coalesce(col(ShiftMember.away_kind), "")
    return (
        _columns(
            id=col(Shift.id), at=col(Shift.starts_at), until=col(Shift.ends_at), place=place, mark=mark
        )
        .select_from(ShiftMember)
        .join(Shift, col(Shift.id) == col(ShiftMember.shift_id))
        .join(Area, col(Area.id) == col(Shift.area_id))
        .join(Post, col(Post.id) == col(Shift.post_id), isouter=True)
        .where(
            col(ShiftMember.person_id) == record.person_id, col(ShiftMember.state) != MemberState.REPLACED,
            or_(to_come, attended()), col(Shift.removed_at).is_(None),
            shifts_between(*record.stretch.moments), col(Shift.starts_at) < record.now,
        )
    )  # fmt: skip


def _patrols(record: Record) -> Query:
    mark = case((col(Patrol.state) == "incomplete", "incomplete"), else_="")
    amount = _minutes(col(Patrol.started_at), col(Patrol.ended_at))
    return (
        _columns(
            id=col(Patrol.id), at=col(Patrol.started_at), until=col(Patrol.ended_at),
            place=col(PatrolSection.name), mark=mark, amount=amount,
        )
        .select_from(Patrol)
        .join(PatrolSection, col(PatrolSection.id) == col(Patrol.section_id), isouter=True)
        .join(Shift, col(Shift.id) == col(Patrol.shift_id), isouter=True)
        .where(
            col(Patrol.person_id) == record.person_id, patrols_between(*record.stretch.moments),
            col(Patrol.ended_at).is_not(None),
        )
    )  # fmt: skip


def _cases(kind: AnyCase, did: str, unseen: str) -> _Select:
    """Cases that the person made known, or saw to, as the columns `did`_by and `did`_at say; `unseen`: how
    those are marked that nobody has looked at."""
    cases = kind.tables.cases.c
    at, area = cases[f"{did}_at"], col(Area.name)
    place: Expression = case((cases.place != "", cases.place), else_=area) if "place" in cases else area

    def found(record: Record) -> Query:
        mark = case((cases.state == kind.life.done, unseen), else_="")
        return (
            _columns(
                id=cases.id, at=at, place=place, mark=mark, label=cases.label, year=cases.year,
                number=cases.number,
            )
            .select_from(kind.tables.cases)
            .join(Area, col(Area.id) == cases.area_id)
            .where(
                cases[f"{did}_by"] == record.person_id, _within(record, at),
                cases.state != kind.life.withdrawn,
            )
        )  # fmt: skip

    return found


def _households(record: Record) -> Query:
    mark = case((col(HouseholdDay.marked) > 0, "marked"), else_="")
    return (
        _columns(
            id=col(HouseholdDay.id), at=col(HouseholdDay.answered_at), place=col(Area.name), mark=mark,
            amount=col(HouseholdDay.count),
        )
        .select_from(HouseholdDay)
        .join(Area, col(Area.id) == col(HouseholdDay.area_id))
        .where(
            col(HouseholdDay.head_id) == record.person_id, col(HouseholdDay.answered_at).is_not(None),
            col(HouseholdDay.day) >= record.stretch.first, col(HouseholdDay.day) <= record.stretch.last,
        )
    )  # fmt: skip


def _merits(kind: EntryKind) -> _Select:
    def found(record: Record) -> Query:
        said = case((col(Merit.voice) != "", "🎤"), else_=col(Merit.words))
        return _columns(id=col(Merit.id), at=col(Merit.at), words=said).where(
            col(Merit.person_id) == record.person_id, col(Merit.kind) == kind,
            col(Merit.removed_at).is_(None), _within(record, col(Merit.at)),
        )  # fmt: skip

    return found


def _within(record: Record, at: Expression) -> Expression:
    return and_(at >= record.stretch.starts_at, at < record.stretch.ends_at)


def _columns(**named: Expression) -> Query:
    """The columns of an entry; what a kind has none of is empty."""
    empty: dict[str, Expression] = {
        "until": null(), "place": null(), "words": literal(""), "mark": literal(""), "amount": literal(0),
    }  # fmt: skip
    return select(*(value.label(name) for name, value in (empty | named).items()))


_KINDS: dict[EntryKind, _Select] = {
    EntryKind.CHECKIN: _checkins,
    EntryKind.SHIFT: _shifts,
    EntryKind.PATROL: _patrols,
    EntryKind.HAZARD_FOUND: _cases(HAZARD, HAZARD.tables.begun, "unverified"),
    EntryKind.HAZARD_FIXED: _cases(HAZARD, HAZARD.tables.done, "unverified"),
    EntryKind.REQUEST_TAKEN: _cases(REQUEST, REQUEST.tables.begun, "unasked"),
    EntryKind.REQUEST_DONE: _cases(REQUEST, REQUEST.tables.done, "unasked"),
    EntryKind.HOUSEHOLDS: _households,
    EntryKind.ACTIVITY: _merits(EntryKind.ACTIVITY),
    EntryKind.COMMENDATION: _merits(EntryKind.COMMENDATION),
}
