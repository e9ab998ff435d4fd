"""Who is on duty now at every post below, and which shifts of the coming days lack people.

In the order of the roster, never by figure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, literal, or_, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work, labels
from bot.base.facts import Facts
from bot.features.attendance.uncovered_hours import uncovered
from bot.features.shifts import crews
from bot.features.shifts.rotation_pattern import missing_titles
from bot.settings import Settings
from bot.storage import database
from models import LONGEST_SHIFT, Area, CheckIn, Evidence, MemberState, Person, Post, Shift, ShiftMember

BOARD = "shift.board"
PLACES, GAPS = 8, 8


@dataclass(frozen=True, slots=True)
class Board:
    """A page of the board: its entries, how many there are in all, and the offset it starts at."""

    entries: list[Facts]
    total: int
    offset: int


@dataclass(slots=True)
class _Place:
    """A post, or an area for what has no post."""

    area_id: int
    post_id: int | None
    area: str
    name: str
    present: list[Facts] = field(default_factory=list)
    planned: list[Row[Any]] = field(default_factory=list)


def now_on_duty(work: Work, offset: int) -> Board:
    """Every post below with who is there, since when, and who is planned but is not; areas without posts
    where somebody keeps duty. A page from `offset` on."""
    require(work.actor)
    places = _places(work)
    page = {(place.area_id, place.post_id): place for place in places[offset : offset + PLACES]}
    _fill_present(work.session, page, work.now)
    _fill_planned(work.session, page, work.now)
    members = crews.crew_of(work.session, [row.id for place in page.values() for row in place.planned])
    here = _at_work(work.session, {each.person_id for crew in members.values() for each in crew}, work.now)
    told = labels.among(work.session, _names(page.values(), members))
    entries = [_entry(place, members, here, told, work.settings) for place in page.values()]
    return Board(entries, len(places), offset)


def gaps(work: Work, offset: int) -> Board:
    """The hours of the coming days for which a rotation plans nobody at all; then the shifts with fewer
    people to come than a crew needs, or without one of the titles a crew should have. A page from `offset`
    on."""
    require(work.actor)
    until = work.now + timedelta(days=work.settings.crews.gap_days)
    bare = uncovered(work, until)
    shown = bare[offset : offset + GAPS]
    past = max(0, offset - len(bare))
    where = _lacking(work.actor, work.now, until, work.settings)
    joined = select(func.count()).select_from(Shift).join(Area, col(Area.id) == col(Shift.area_id))
    total = work.session.execute(joined.where(*where)).scalar_one()
    rows = work.session.execute(
        select(
            col(Shift.id), col(Shift.starts_at), col(Shift.ends_at), col(Area.name).label("area"),
            func.coalesce(col(Post.name), col(Area.name)).label("place"),
        )
        .join(Area, col(Area.id) == col(Shift.area_id))
        .join(Post, col(Post.id) == col(Shift.post_id), isouter=True)
        .where(*where)
        .order_by(col(Area.position), col(Area.id), col(Post.code), col(Shift.starts_at), col(Shift.id))
        .offset(past)
        .limit(GAPS - len(shown))
    ).all()  # fmt: skip
    members = crews.crew_of(work.session, [row.id for row in rows])
    shown += [_gap(row, members[row.id], work.settings) for row in rows]
    return Board(shown, len(bare) + total, offset)


def require(actor: Actor) -> None:
    """Go on if there is an area whose duty the actor may see."""
    if not any(access.allows(actor, BOARD, Resource(held.path)) for held in actor.holdings):
        access.require(actor, BOARD, Resource(actor.path))


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
    found: list[tuple[tuple[Any, ...], _Place]] = [
        ((row.position, row.id, 0, row.code), _Place(row.id, row.post_id, row.area, row.name))
        for row in posts
    ]
    found += [((row.position, row.id, 1, ""), _Place(row.id, None, row.name, row.name)) for row in areas]
    return [place for _, place in sorted(found, key=lambda pair: pair[0])]


def _is_open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (col(CheckIn.out_at).is_(None), col(CheckIn.close_at) > now)


def _runs(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (col(Shift.starts_at) <= now, col(Shift.ends_at) > now, col(Shift.removed_at).is_(None))


def _of_places(table: Any, places: Iterable[_Place]) -> ColumnElement[bool]:
    """At one of these posts, or in one of these areas and at no post."""
    posts = [place.post_id for place in places if place.post_id]
    areas = [place.area_id for place in places if not place.post_id]
    no_post = and_(col(table.post_id).is_(None), col(table.area_id).in_(areas))
    return or_(col(table.post_id).in_(posts), no_post)


def _place_of(row: Row[Any], places: dict[tuple[int, int | None], _Place]) -> _Place | None:
    if row.post_id is None:
        return places.get((row.area_id, None))
    return next((place for place in places.values() if place.post_id == row.post_id), None)


def _fill_present(session: Session, places: dict[tuple[int, int | None], _Place], now: datetime) -> None:
    rows = session.execute(
        select(
            col(CheckIn.person_id), col(Person.name), col(CheckIn.area_id), col(CheckIn.post_id),
            func.coalesce(col(CheckIn.corrected_in_at), col(CheckIn.in_at)).label("since"),
            col(CheckIn.made_by), col(CheckIn.evidence),
        )
        .join(Person, col(Person.id) == col(CheckIn.person_id))
        .where(_of_places(CheckIn, places.values()), *_is_open(now))
        .order_by(col(CheckIn.in_at), col(CheckIn.id))
    )  # fmt: skip
    for row in rows:
        place = _place_of(row, places)
        if place:
            place.present.append(
                {
                    "person_id": row.person_id, "name": row.name, "since": row.since,
                    "by_other": row.made_by is not None, "went_on": row.evidence == Evidence.WENT_ON,
                }
            )  # fmt: skip


def _fill_planned(session: Session, places: dict[tuple[int, int | None], _Place], now: datetime) -> None:
    rows = session.execute(
        select(
            col(Shift.id), col(Shift.area_id), col(Shift.post_id), col(Shift.starts_at), col(Shift.ends_at)
        )
        .where(_of_places(Shift, places.values()), *_runs(now))
        .order_by(col(Shift.starts_at), col(Shift.id))
    )
    for row in rows:
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


def _names(places: Iterable[_Place], members: dict[int, list[Any]]) -> dict[int, str]:
    """Everybody on the page."""
    present = {each["person_id"]: each["name"] for place in places for each in place.present}
    return present | {each.person_id: each.plain_name for crew in members.values() for each in crew}


def _entry(
    place: _Place, members: dict[int, list[Any]], here: set[int], told: dict[int, str], settings: Settings
) -> Facts:
    crews_told = {
        row.id: [replace(m, name=told[m.person_id]) for m in members[row.id]] for row in place.planned
    }
    return {
        "area": place.area, "place": place.name, "is_post": place.post_id is not None,
        "present": [
            {"name": told[each["person_id"]]} | {key: each[key] for key in ("since", "by_other", "went_on")}
            for each in place.present
        ],
        "shifts": [
            {
                "shift_id": row.id, "starts_at": row.starts_at, "ends_at": row.ends_at,
                "missing": [
                    m.name for m in crews_told[row.id]
                    if m.state == MemberState.PLANNED and m.person_id not in here
                ],
                **_crew(crews_told[row.id], settings),
            }
            for row in place.planned
        ],
    }  # fmt: skip


def _gap(row: Row[Any], members: Sequence[Row[Any]], settings: Settings) -> Facts:
    return {
        "shift_id": row.id, "area": row.area, "place": row.place, "starts_at": row.starts_at,
        "ends_at": row.ends_at, **_crew(members, settings),
    }  # fmt: skip


def _crew(members: Sequence[Row[Any]], settings: Settings) -> Facts:
    """Who comes, who is away and not stood in for, and what the crew lacks."""
    comes = [m for m in members if m.state == MemberState.PLANNED]
    stood_in = {m.stands_for for m in comes}
    away = [m for m in members if m.state == MemberState.AWAY and m.person_id not in stood_in]
    return {
        "crew": [{"name": m.name, "lead": m.is_lead} for m in comes],
        "away": [{"person_id": m.person_id, "name": m.name, "kind": m.away_kind or ""} for m in away],
        "needed": settings.crews.min_crew if len(comes) < settings.crews.min_crew else 0,
        "lacks": list(missing_titles((m.titles for m in comes), settings.crews.make_up)),
    }


def _lacking(
    actor: Actor, now: datetime, until: datetime, settings: Settings
) -> tuple[ColumnElement[bool], ...]:
    """Shifts in this time whose crew is too small, or not made up as it should be."""
    number = _coming(func.count()).scalar_subquery()
    wanted = [~exists(_coming(literal(1)).where(_has(title))) for title in settings.crews.make_up]
    return (
        col(Shift.ends_at) > now, col(Shift.starts_at).between(now - LONGEST_SHIFT, until),
        col(Shift.removed_at).is_(None), access.visible(actor, BOARD, col(Area.path)),
        or_(number < settings.crews.min_crew, *wanted),
    )  # fmt: skip


def _coming(what: Any) -> Any:
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
    told: Any = col(Person.titles)
    for sign in ("，", ",", " ", "\n"):
        told = func.replace(told, sign, "、")
    wrapped: Any = literal("、") + told + literal("、")
    found: ColumnElement[bool] = wrapped.contains(f"、{title}、", autoescape=True)
    return found
