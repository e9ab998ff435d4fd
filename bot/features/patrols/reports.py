"""Reports of patrols: one to be looked at, and the list of those one may see."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work, audit, self_of
from bot.base.facts import Facts
from bot.base.fixes import Rules
from bot.features.hazards import repository as hazard_repository
from bot.features.patrols import cards, ending, repository, tracks
from bot.features.shifts import crews
from bot.features.swaps import cards as swap_cards
from bot.settings.work_day import bounds, patrols_between, work_day
from models import Area, Hazard, Patrol, PatrolSection, PatrolState, Person, Shift, ShiftMember, voices_of

READ, TRACK = "patrol.read", "patrol.track"
PAGE = 8

_REPORT: Any = (
    select(
        Patrol.__table__,  # type: ignore[attr-defined]
        col(Person.name), col(Area.name).label("area"), col(Area.path),
        col(PatrolSection.name).label("section"), col(PatrolSection.path).label("line"),
    )
    .join(Person, col(Person.id) == col(Patrol.person_id))
    .join(Area, col(Area.id) == col(Patrol.area_id))
    .join(PatrolSection, col(PatrolSection.id) == col(Patrol.section_id), isouter=True)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of patrols, newest first; `after`: the offset of the next page (None: there is none). `today`:
    how many count for today's work day, and how many of these reached every checkpoint."""

    entries: list[Facts]
    after: int | None
    offset: int
    today: int
    complete: int


def load(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """The report as it is now, with what of the track this reader may see; None where it is not theirs."""
    row = _read(session, facts["patrol_id"])
    if row is None or not access.allows(reader, READ, _thing(session, row)):
        return None
    drawn = facts.get("drawn", row.person_id == reader.person_id)
    told = {**_told(session, row), "own": row.person_id == reader.person_id, "drawing": None}
    if drawn:
        tracked = access.allows(reader, TRACK, _thing(session, row))
        told["drawing"] = _drawing(session, row, Rules(**facts["rules"]) if tracked else None)
    return facts | told


def load_closed(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """The same with what the reader's main keyboard depends on."""
    known = load(session, reader, facts | {"drawn": False})
    if known is None:
        return None
    heads = access.allows(reader, "household.answer", self_of(reader))
    on_duty = access.allows(reader, "checkin.make", self_of(reader))
    return known | {"on_duty": on_duty, "heads": heads, "patrols": repository.any_for(session, reader)}


def look(work: Work, patrol_id: int, drawn: bool) -> Facts | None:
    """What opens a report, `drawn` with its map; a look at another one's track is written down. None where
    there is no such patrol."""
    row = _read(work.session, patrol_id)
    if row is None or row.ended_at is None:
        return None
    access.require(work.actor, READ, _thing(work.session, row))
    if (
        drawn
        and row.person_id != work.actor.person_id
        and access.allows(work.actor, TRACK, _thing(work.session, row))
    ):
        audit.record(work.session, work.actor, TRACK, f"patrol:{patrol_id}", work.now, row.person_id)
    return ending.report_facts(row, work.settings) | {"drawn": drawn or row.person_id == work.actor.person_id}


def spoken(session: Session, actor: Actor, patrol_id: int) -> list[Facts]:
    """The remark as it was spoken: each voice note, in the order they came."""
    row = _read(session, patrol_id)
    if row is None or not row.voice:
        return []
    access.require(actor, READ, _thing(session, row))
    told = {"name": row.name, "started_at": row.started_at}
    return [told | {"voice": voice} for voice in voices_of(row.voice)]


def listed(work: Work, offset: int) -> Listed:
    """The patrols the actor may see: the own ones, those of shifts led, those of the own areas."""
    seen = or_(access.visible(work.actor, READ, Area.path, Patrol.person_id), _led(work.actor))
    newest = _REPORT.where(seen).order_by(col(Patrol.started_at).desc(), col(Patrol.id).desc())
    rows = work.session.execute(newest.offset(offset).limit(PAGE + 1)).all()
    day = work_day(work.now, work.settings.work)
    whole = func.count().filter(
        col(Patrol.state) == PatrolState.DONE, col(Patrol.reached) >= col(Patrol.total)
    )
    today, complete = work.session.execute(
        select(func.count(), whole)
        .select_from(Patrol)
        .join(Area, col(Area.id) == col(Patrol.area_id))
        .join(Shift, col(Shift.id) == col(Patrol.shift_id), isouter=True)
        .where(seen, patrols_between(*bounds(day, day, work.settings.work)))
    ).one()
    entries = [_entry(work.session, row) for row in rows[:PAGE]]
    return Listed(entries, offset + PAGE if len(rows) > PAGE else None, offset, today, complete)


def _led(actor: Actor) -> ColumnElement[bool]:
    led = select(col(ShiftMember.shift_id)).where(
        col(ShiftMember.person_id) == actor.person_id, col(ShiftMember.is_lead).is_(True), crews.coming()
    )
    return col(Patrol.shift_id).in_(led)


def _read(session: Session, patrol_id: int) -> Row[Any] | None:
    row: Row[Any] | None = session.execute(_REPORT.where(col(Patrol.id) == patrol_id)).first()
    return row


def _thing(session: Session, row: Row[Any]) -> Resource:
    leads = swap_cards.leads_of(session, row.shift_id) if row.shift_id else []
    return Resource(row.path, {Relation.SELF: (row.person_id,), Relation.LEAD: leads})


def _entry(session: Session, row: Row[Any]) -> Facts:
    open_ = row.ended_at is None
    reached = len(cards.marks_of(session, row.id)) if open_ else row.reached
    return {
        "patrol_id": row.id, "name": row.name, "section": row.section or "", "area": row.area,
        "started_at": row.started_at, "ended_at": row.ended_at, "state": row.state, "reached": reached,
        "total": row.total, "found": len(cards.answers_of(session, row.id)),
    }  # fmt: skip


def _told(session: Session, row: Row[Any]) -> Facts:
    marks = sorted(cards.marks_of(session, row.id).values(), key=lambda mark: mark.at)
    return {
        "name": row.name, "area": row.area, "section": row.section or "", "state": row.state,
        "started_at": row.started_at, "ended_at": row.ended_at, "metres": row.metres,
        "minutes": row.minutes, "coverage": row.coverage, "total": row.total, "missed": row.missed,
        "words": row.words, "voice": bool(row.voice),
        "reached": [{"name": mark.name, "at": mark.at, "how": mark.how} for mark in marks],
        "found": [
            {
                "item": each.item, "words": each.words, "voice": bool(each.voice),
                "photos": len(each.photos), "hazard": _reference(session, each.hazard_id),
            }
            for each in cards.answers_of(session, row.id)
        ],
    }  # fmt: skip


def _drawing(session: Session, row: Row[Any], rules: Rules | None) -> Facts | None:
    """What the map shows: the section and its checkpoints; the track for who may see it (`rules`: how it is
    read)."""
    section = repository.sections(session).get(row.section_id or 0)
    marks = cards.marks_of(session, row.id)
    stops = [
        {
            "name": stop.name, "latitude": stop.latitude, "longitude": stop.longitude,
            "reached": stop.id in marks, "at": marks[stop.id].at if stop.id in marks else None,
        }
        for stop in (section.stops if section else ())
        if stop.latitude is not None
    ]  # fmt: skip
    points = ending.points_of(session, row.id) if rules else []
    if not stops and len(points) < 2:
        return None
    return {
        "line": row.line or [],
        "checkpoints": stops,
        **tracks.shape(tracks.track_of(points, rules or Rules())),
    }


def _reference(session: Session, hazard_id: int | None) -> str:
    """What the hazard is called; empty where there is none."""
    found = select(col(Hazard.year), col(Hazard.number)).where(col(Hazard.id) == hazard_id)
    row = session.execute(found).first()
    return hazard_repository.reference(*row) if row else ""
