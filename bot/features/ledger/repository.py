"""The entries of a person's duty ledger, kind by kind: rows only. Who may see them is asked above.

Every kind is one selection of the same columns, so that what is counted is what is listed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Integer,
    Row,
    Select,
    case,
    cast,
    extract,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
)
from sqlmodel import Session, col

from bot.features.attendance.due import attended, had_left
from bot.settings import WorkSettings
from bot.settings.work_day import bounds, counted_between, patrols_between, shifts_between
from models import (
    Area,
    CheckIn,
    ClosedBy,
    EntryKind,
    Hazard,
    HazardState,
    HouseholdDay,
    MemberState,
    Merit,
    Patrol,
    PatrolSection,
    Post,
    Punctuality,
    RequestStage,
    ResidentRequest,
    Shift,
    ShiftMember,
)
from models.columns import MOMENT


@dataclass(frozen=True, slots=True)
class Stretch:
    """Work days from the first to the last, and the moments between which they lie; `due_from`: from when on
    the person is due (None: from the first)."""

    first: date
    last: date
    starts_at: datetime
    ends_at: datetime
    due_from: datetime | None = None


def stretch_of(first: date, last: date, work: WorkSettings) -> Stretch:
    """These days, by when the work day starts."""
    return Stretch(first, last, *bounds(first, last, work))


_EVER = Stretch(
    date(2000, 1, 1), date(2999, 1, 1), datetime(2000, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)
)

# The columns of every kind: the entry's number, from when, until when, where, words or a category, a code
# that says how it was, and what may be added up; of hazards also year and number.
_Select = Callable[[int, Stretch, datetime], Select[Any]]
_NOTHING: Any = literal_column("''")


def count(
    session: Session, kind: EntryKind, person_id: int, stretch: Stretch, now: datetime
) -> tuple[int, int, int]:
    """How many entries there are, how many of them carry a mark (late, incomplete), and the sum of what is
    added up: minutes of check-ins and patrols, households."""
    rows = _KINDS[kind](person_id, stretch, now).subquery()
    found = session.execute(
        select(
            func.count(), func.count(case((rows.c.mark != "", 1))), func.coalesce(func.sum(rows.c.amount), 0)
        )
    ).one()
    return int(found[0]), int(found[1]), int(found[2])


def page(
    session: Session, kind: EntryKind, person_id: int, stretch: Stretch, now: datetime,
    offset: int, limit: int,
) -> list[Row[Any]]:  # fmt: skip
    """Entries, newest first."""
    rows = _KINDS[kind](person_id, stretch, now).subquery()
    found = select(rows).order_by(rows.c.at.desc(), rows.c.id.desc()).offset(offset).limit(limit)
    return list(session.execute(found))


def entry(session: Session, kind: EntryKind, person_id: int, entry_id: int, now: datetime) -> Row[Any] | None:
    """One entry of a person's, whenever it was; None where there is none of that number."""
    rows = _KINDS[kind](person_id, _EVER, now).subquery()
    return session.execute(select(rows).where(rows.c.id == entry_id)).first()


def _minutes(began: Any, ended: Any) -> Any:
    """Whole minutes between two moments; none while it goes on."""
    seconds = func.coalesce(_epoch(ended) - _epoch(began), 0)
    return case((seconds > 0, seconds // 60), else_=0)


def _epoch(moment: Any) -> Any:
    return cast(extract("epoch", moment), Integer)


def _checkins(person_id: int, stretch: Stretch, now: datetime) -> Select[Any]:
    began = func.coalesce(col(CheckIn.corrected_in_at), col(CheckIn.in_at))
    ended = func.coalesce(col(CheckIn.corrected_out_at), col(CheckIn.out_at))
    forgotten = (col(CheckIn.closed_by) == ClosedBy.SYSTEM) & col(CheckIn.corrected_out_at).is_(None)
    mark = case((col(CheckIn.in_punctuality) == Punctuality.LATE, "late"), (forgotten, "forgotten"), else_="")
    # Who is on duty still sees the time so far, as in the own record.
    so_far = _minutes(began, func.coalesce(ended, literal(now, MOMENT)))
    return (
        _columns(CheckIn.id, began, ended, Post.name, _NOTHING, mark, so_far)
        .select_from(CheckIn)
        .join(Post, col(Post.id) == col(CheckIn.post_id), isouter=True)
        .where(
            col(CheckIn.person_id) == person_id, col(CheckIn.work_day) >= stretch.first,
            col(CheckIn.work_day) <= stretch.last,
        )
    )  # fmt: skip


def _shifts(person_id: int, stretch: Stretch, now: datetime) -> Select[Any]:
    since = stretch.due_from
    to_come = ~had_left(col(ShiftMember.person_id), col(Shift.starts_at))
    if since:
        to_come &= counted_between(since, stretch.ends_at)
    place = func.coalesce(col(Post.name), col(Area.name))
    mark = func.coalesce(col(ShiftMember.away_kind), "")
    return (
        _columns(Shift.id, Shift.starts_at, Shift.ends_at, place, _NOTHING, mark, literal_column("0"))
        .select_from(ShiftMember)
        .join(Shift, col(Shift.id) == col(ShiftMember.shift_id))
        .join(Area, col(Area.id) == col(Shift.area_id))
        .join(Post, col(Post.id) == col(Shift.post_id), isouter=True)
        .where(
            col(ShiftMember.person_id) == person_id, col(ShiftMember.state) != MemberState.REPLACED,
            or_(to_come, attended()), col(Shift.removed_at).is_(None),
            shifts_between(stretch.starts_at, stretch.ends_at), col(Shift.starts_at) < now,
        )
    )  # fmt: skip


def _patrols(person_id: int, stretch: Stretch, now: datetime) -> Select[Any]:
    mark = case((col(Patrol.state) == "incomplete", "incomplete"), else_="")
    amount = _minutes(col(Patrol.started_at), col(Patrol.ended_at))
    return (
        _columns(Patrol.id, Patrol.started_at, Patrol.ended_at, PatrolSection.name, _NOTHING, mark, amount)
        .select_from(Patrol)
        .join(PatrolSection, col(PatrolSection.id) == col(Patrol.section_id), isouter=True)
        .join(Shift, col(Shift.id) == col(Patrol.shift_id), isouter=True)
        .where(
            col(Patrol.person_id) == person_id, patrols_between(stretch.starts_at, stretch.ends_at),
            col(Patrol.ended_at).is_not(None),
        )
    )  # fmt: skip


def _hazards(by: Any, at: Any) -> _Select:
    def found(person_id: int, stretch: Stretch, now: datetime) -> Select[Any]:
        mark = case((col(Hazard.state) == HazardState.FIXED, "unverified"), else_="")
        place = case((col(Hazard.place) != "", col(Hazard.place)), else_=col(Area.name))
        return (
            _columns(Hazard.id, at, null(), place, Hazard.category, mark, literal_column("0"))
            .add_columns(
                col(Hazard.label).label("label"), col(Hazard.year).label("year"),
                col(Hazard.number).label("number"),
            )
            .select_from(Hazard)
            .join(Area, col(Area.id) == col(Hazard.area_id))
            .where(
                col(by) == person_id, col(at) >= stretch.starts_at, col(at) < stretch.ends_at,
                col(Hazard.state) != HazardState.WITHDRAWN,
            )
        )  # fmt: skip

    return found


def _requests(by: Any, at: Any) -> _Select:
    def found(person_id: int, stretch: Stretch, now: datetime) -> Select[Any]:
        request = ResidentRequest
        mark = case((col(request.state) == RequestStage.DONE, "unasked"), else_="")
        return (
            _columns(request.id, at, null(), Area.name, request.category, mark, literal_column("0"))
            .add_columns(
                col(request.label).label("label"), col(request.year).label("year"),
                col(request.number).label("number"),
            )
            .select_from(request)
            .join(Area, col(Area.id) == col(request.area_id))
            .where(
                col(by) == person_id, col(at) >= stretch.starts_at, col(at) < stretch.ends_at,
                col(request.state) != RequestStage.WITHDRAWN,
            )
        )  # fmt: skip

    return found


def _households(person_id: int, stretch: Stretch, now: datetime) -> Select[Any]:
    mark = case((col(HouseholdDay.marked) > 0, "marked"), else_="")
    return (
        _columns(
            HouseholdDay.id, HouseholdDay.answered_at, null(), Area.name, _NOTHING, mark, HouseholdDay.count
        )
        .select_from(HouseholdDay)
        .join(Area, col(Area.id) == col(HouseholdDay.area_id))
        .where(
            col(HouseholdDay.head_id) == person_id, col(HouseholdDay.answered_at).is_not(None),
            col(HouseholdDay.day) >= stretch.first, col(HouseholdDay.day) <= stretch.last,
        )
    )  # fmt: skip


def _merits(kind: EntryKind) -> _Select:
    def found(person_id: int, stretch: Stretch, now: datetime) -> Select[Any]:
        said = case((col(Merit.voice) != "", "🎤"), else_=col(Merit.words))
        return _columns(
            Merit.id, Merit.at, null(), null(), said, _NOTHING, literal_column("0")
        ).where(
            col(Merit.person_id) == person_id, col(Merit.kind) == kind, col(Merit.removed_at).is_(None),
            col(Merit.at) >= stretch.starts_at, col(Merit.at) < stretch.ends_at,
        )  # fmt: skip

    return found


def _columns(number: Any, at: Any, until: Any, place: Any, words: Any, mark: Any, amount: Any) -> Select[Any]:
    named = {
        "id": number, "at": at, "until": until, "place": place, "words": words, "mark": mark,
        "amount": amount,
    }  # fmt: skip
    return select(*(value.label(name) for name, value in named.items()))


_KINDS: dict[EntryKind, _Select] = {
    EntryKind.CHECKIN: _checkins,
    EntryKind.SHIFT: _shifts,
    EntryKind.PATROL: _patrols,
    EntryKind.HAZARD_FOUND: _hazards(Hazard.reported_by, Hazard.reported_at),
    EntryKind.HAZARD_FIXED: _hazards(Hazard.fixed_by, Hazard.fixed_at),
    EntryKind.REQUEST_TAKEN: _requests(ResidentRequest.registered_by, ResidentRequest.registered_at),
    EntryKind.REQUEST_DONE: _requests(ResidentRequest.done_by, ResidentRequest.done_at),
    EntryKind.HOUSEHOLDS: _households,
    EntryKind.ACTIVITY: _merits(EntryKind.ACTIVITY),
    EntryKind.COMMENDATION: _merits(EntryKind.COMMENDATION),
}
