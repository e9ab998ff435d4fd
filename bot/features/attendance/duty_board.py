"""Who is on duty now at every post below, and which shifts of the coming days lack people.

In the order of the roster, never by figure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select
from sqlmodel import Session, col

from bot import access
from bot.access import Work, labels
from bot.base.facts import Struct
from bot.features.attendance import notices
from bot.features.attendance.due import check_in_began
from bot.features.attendance.uncovered_hours import uncovered
from bot.features.shifts import crews
from bot.features.shifts.crews import Member
from bot.features.shifts.notices import AwayName, CrewName
from bot.features.shifts.rotation_pattern import missing_titles
from bot.settings import Settings
from bot.storage import database
from bot.storage.rows import Expression, Query, all_of, columns
from models import LONGEST_SHIFT, Area, CheckIn, Evidence, MemberState, Person, Post, Shift, ShiftMember

C = TypeVar("C", bound=notices.CrewStanding)
BOARD = "shift.board"
PLACES, GAPS = 8, 8


class _Present(Struct):
    """Somebody on duty, and where."""

    person_id: int
    name: str
    area_id: int
    post_id: int | None
    since: datetime
    made_by: int | None
    evidence: str


class _Planned(Struct):
    """A shift that runs, and where."""

    id: int
    area_id: int
    post_id: int | None
    starts_at: datetime
    ends_at: datetime


class _FewShift(Struct):
    """A shift with too few people."""

    id: int
    starts_at: datetime
    ends_at: datetime
    area: str
    place: str


@dataclass(slots=True)
class _Place:
    """A post, or an area for what has no post."""

    area_id: int
    post_id: int | None
    area: str
    name: str
    present: list[_Present] = field(default_factory=list)
    planned: list[_Planned] = field(default_factory=list)


_Places = dict[tuple[int, int | None], _Place]


def now_on_duty(work: Work, offset: int) -> notices.OnDutyBoard:
    """Every post below with who is there, since when, and who is planned but is not; areas without posts
    where somebody keeps duty. A page from `offset` on."""
    access.require_anywhere(work.actor, BOARD)
    places = _places(work)
    page = {(place.area_id, place.post_id): place for place in places[offset : offset + PLACES]}
    _fill_present(work.session, page, work.now)
    _fill_planned(work.session, page, work.now)
    members = crews.crew_of(work.session, [row.id for place in page.values() for row in place.planned])
    here = _at_work(work.session, {each.person_id for crew in members.values() for each in crew}, work.now)
    told = labels.among(work.session, _names(page.values(), members))
    entries = [_entry(place, members, here, told, work.settings) for place in page.values()]
    return notices.OnDutyBoard(entries, len(places), offset, PLACES, work.settings.crews.gap_days)


def gaps(work: Work, offset: int) -> notices.OnDutyGaps:
    """The hours of the coming days for which a rotation plans nobody at all; then the shifts with fewer
    people to come than a crew needs, or without one of the titles a crew should have. A page from `offset`
    on."""
    access.require_anywhere(work.actor, BOARD)
    until = work.now + timedelta(days=work.settings.crews.gap_days)
    bare = uncovered(work, until)
    shown = bare[offset : offset + GAPS]
    past = max(0, offset - len(bare))
    where = _lacking(work, until)
    joined = select(func.count()).select_from(Shift).join(Area, col(Area.id) == col(Shift.area_id))
    total = work.session.execute(joined.where(*where)).scalar_one()
    found = (
        select(*columns(_FewShift, Shift, area=col(Area.name), place=crews.PLACE))
        .join(Area, col(Area.id) == col(Shift.area_id))
        .join(Post, col(Post.id) == col(Shift.post_id), isouter=True)
        .where(*where)
        .order_by(col(Area.position), col(Area.id), col(Post.code), col(Shift.starts_at), col(Shift.id))
        .offset(past)
        .limit(GAPS - len(shown))
    )
    rows = all_of(work.session, _FewShift, found)
    members = crews.crew_of(work.session, [row.id for row in rows])
    shown += [
        _standing(notices.Gap, row, members[row.id], work.settings, area=row.area, place=row.place)
        for row in rows
    ]
    return notices.OnDutyGaps(shown, len(bare) + total, offset, GAPS, work.settings.crews.gap_days)


def _places(work: Work) -> list[_Place]:
    seen = access.visible(work.actor, BOARD, col(Area.path))
    posts = work.session.execute(
        select(
            col(Area.position), col(Area.id), col(Area.name).label("area"), col(Post.code),
            col(Post.id).label("post_id"), col(Post.name),
        )
        .join(Area, col(Area.id) == col(Post.area_id))
        .where(seen, col(Post.removed_at).is_(None))
    ).all()  # fmt: skip
    at_work = exists(
        select(col(CheckIn.id)).where(
            col(CheckIn.area_id) == col(Area.id), col(CheckIn.post_id).is_(None), *_is_open(work.now)
        )
    )
    planned = exists(
        select(col(Shift.id)).where(
            col(Shift.area_id) == col(Area.id), col(Shift.post_id).is_(None), *_runs(work.now)
        )
    )
    areas = work.session.execute(
        select(col(Area.position), col(Area.id), col(Area.name)).where(seen, or_(at_work, planned))
    ).all()
    found = [
        ((row.position, row.id or 0, 0, row.code), _Place(row.id or 0, row.post_id, row.area, row.name))
        for row in posts
    ]
    found += [
        ((row.position, row.id or 0, 1, ""), _Place(row.id or 0, None, row.name, row.name)) for row in areas
    ]
    return [place for _, place in sorted(found, key=lambda pair: pair[0])]


def _is_open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (col(CheckIn.out_at).is_(None), col(CheckIn.close_at) > now)


def _runs(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (col(Shift.starts_at) <= now, col(Shift.ends_at) > now, col(Shift.removed_at).is_(None))


def _of_places(table: type[CheckIn] | type[Shift], places: Iterable[_Place]) -> ColumnElement[bool]:
    """At one of these posts, or in one of these areas and at no post."""
    posts = [place.post_id for place in places if place.post_id]
    areas = [place.area_id for place in places if not place.post_id]
    no_post = and_(col(table.post_id).is_(None), col(table.area_id).in_(areas))
    return or_(col(table.post_id).in_(posts), no_post)


def _place_of(row: _Present | _Planned, places: _Places) -> _Place | None:
    if row.post_id is None:
        return places.get((row.area_id, None))
    return next((place for place in places.values() if place.post_id == row.post_id), None)


def _fill_present(session: Session, places: _Places, now: datetime) -> None:
    found = (
        select(*columns(_Present, CheckIn, Person, since=check_in_began()))
        .join(Person, col(Person.id) == col(CheckIn.person_id))
        .where(_of_places(CheckIn, places.values()), *_is_open(now))
        .order_by(col(CheckIn.in_at), col(CheckIn.id))
    )
    for row in all_of(session, _Present, found):
        place = _place_of(row, places)
        if place:
            place.present.append(row)


def _fill_planned(session: Session, places: _Places, now: datetime) -> None:
    found = (
        select(*columns(_Planned, Shift))
        .where(_of_places(Shift, places.values()), *_runs(now))
        .order_by(col(Shift.starts_at), col(Shift.id))
    )
    for row in all_of(session, _Planned, found):
        place = _place_of(row, places)
        if place:
            place.planned.append(row)


def _at_work(session: Session, people: Iterable[int], now: datetime) -> set[int]:
    """Who of these is on duty, wherever: nobody is missed because the check-in is in another shift's name."""
    found: set[int] = set()
    for chunk in database.chunks(people):
        rows = session.execute(
            select(col(CheckIn.person_id)).where(col(CheckIn.person_id).in_(chunk), *_is_open(now))
        )
        found |= set(rows.scalars())
    return found


def _names(places: Iterable[_Place], members: Mapping[int, Sequence[Member]]) -> dict[int, str]:
    """Everybody on the page."""
    present = {each.person_id: each.name for place in places for each in place.present}
    return present | {each.person_id: each.plain_name for crew in members.values() for each in crew}


def _entry(
    place: _Place, members: Mapping[int, Sequence[Member]], here: set[int], told: dict[int, str],
    settings: Settings,
) -> notices.MannedPlace:  # fmt: skip
    shifts = []
    for row in place.planned:
        crew = [replace(each, name=told[each.person_id]) for each in members[row.id]]
        missing = [m.name for m in crew if m.state == MemberState.PLANNED and m.person_id not in here]
        shifts.append(_standing(notices.RunningShift, row, crew, settings, missing=missing))
    present = [
        notices.PresentName(
            told[row.person_id], row.since, row.made_by is not None, row.evidence == Evidence.WENT_ON
        )
        for row in place.present
    ]
    return notices.MannedPlace(place.area, place.name, place.post_id is not None, present, shifts)


def _standing(
    what: type[C], row: _Planned | _FewShift, members: Sequence[Member], settings: Settings, **more: object
) -> C:
    """Who comes, who is away and not stood in for, and what the crew lacks."""
    comes = [m for m in members if m.state == MemberState.PLANNED]
    stood_in = {m.stands_for for m in comes}
    away = [m for m in members if m.state == MemberState.AWAY and m.person_id not in stood_in]
    return what(
        shift_id=row.id, starts_at=row.starts_at, ends_at=row.ends_at,
        crew=[CrewName(m.name, m.is_lead) for m in comes],
        away=[AwayName(m.person_id, m.name, m.away_kind or "") for m in away],
        needed=settings.crews.min_crew if len(comes) < settings.crews.min_crew else 0,
        lacks=missing_titles((m.titles for m in comes), settings.crews.make_up), **more,
    )  # fmt: skip


def _lacking(work: Work, until: datetime) -> tuple[ColumnElement[bool], ...]:
    """Shifts up to then whose crew is too small, or not made up as it should be."""
    number = _coming(func.count()).scalar_subquery()
    rules, now = work.settings.crews, work.now
    wanted = [~exists(_coming(literal(1)).where(_has(title))) for title in rules.make_up]
    return (
        col(Shift.ends_at) > now, col(Shift.starts_at).between(now - LONGEST_SHIFT, until),
        col(Shift.removed_at).is_(None), access.visible(work.actor, BOARD, col(Area.path)),
        or_(number < rules.min_crew, *wanted),
    )  # fmt: skip


def _coming(what: Expression) -> Query:
    """Of who is to come to the shift of the row."""
    return (
        select(what)
        .select_from(ShiftMember)
        .join(Person, col(Person.id) == col(ShiftMember.person_id))
        .where(col(ShiftMember.shift_id) == col(Shift.id), crews.coming(), col(Person.removed_at).is_(None))
        .correlate(Shift)
    )


def _has(title: str) -> ColumnElement[bool]:
    """Whether a title is among a person's, however they are set apart."""
    told: Expression = col(Person.titles)
    for sign in ("，", ",", " ", "\n"):
        told = func.replace(told, sign, "、")
    wrapped = literal("、") + told + literal("、")
    return wrapped.contains(f"、{title}、", autoescape=True)
