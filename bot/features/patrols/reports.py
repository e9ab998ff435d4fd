"""Reports of patrols: one to be looked at, and the list of those one may see."""

from dataclasses import replace

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work, audit, self_of
from bot.base.fixes import Rules
from bot.features.hazards.repository import HAZARD
from bot.features.patrols import cards, ending, notices, repository, tracks
from bot.features.patrols.repository import PatrolRow
from bot.features.shifts import crews
from bot.features.swaps import cards as swap_cards
from bot.settings.work_day import bounds, patrols_between, work_day
from bot.storage.rows import Query, all_of, first_of
from models import Area, Hazard, Patrol, PatrolSection, PatrolState, Person, Shift, voices_of

READ, TRACK = "patrol.read", "patrol.track"
PAGE = 8

_REPORT: Query = (
    select(
        Patrol.__table__,  # type: ignore[attr-defined]
        col(Person.name), col(Area.name).label("area"), col(Area.path),
        func.coalesce(col(PatrolSection.name), "").label("section"), col(PatrolSection.path).label("line"),
    )
    .join(Person, col(Person.id) == col(Patrol.person_id))
    .join(Area, col(Area.id) == col(Patrol.area_id))
    .join(PatrolSection, col(PatrolSection.id) == col(Patrol.section_id), isouter=True)
)  # fmt: skip


class ReportRow(PatrolRow):
    """A patrol with who walked it, where, and the way of its section."""

    name: str
    area: str
    path: str
    section: str
    line: list[list[float]] | None


def load(session: Session, reader: Actor, notice: notices.PatrolReport) -> notices.ShownReport | None:
    """The report as it is now, with what of the track this reader may see; None where it is not theirs."""
    row = _read(session, notice.patrol_id)
    if row is None or row.ended_at is None or not access.allows(reader, READ, _thing(session, row)):
        return None
    own = row.person_id == reader.person_id
    drawing = None
    if own if notice.drawn is None else notice.drawn:
        tracked = access.allows(reader, TRACK, _thing(session, row))
        drawing = _drawing(session, row, notice.rules if tracked else None)
    return notices.ShownReport(
        row.id, notice.items, row.name, row.area, row.section, row.state, row.started_at, row.ended_at,
        row.metres, row.minutes, row.coverage, row.total, tuple(row.missed), row.words, bool(row.voice),
        _reached(session, row), _found(session, row), own, drawing,
    )  # fmt: skip


def load_closed(session: Session, reader: Actor, notice: notices.PatrolClosed) -> notices.ShownClosed | None:
    """What was missed, and what the reader's main keyboard depends on."""
    row = _read(session, notice.patrol_id)
    if row is None or row.ended_at is None or not access.allows(reader, READ, _thing(session, row)):
        return None
    return notices.ShownClosed(
        access.allows(reader, "checkin.make", self_of(reader)), notice.place,
        repository.any_for(session, reader), access.allows(reader, "household.answer", self_of(reader)),
        row.section, row.started_at, row.ended_at, row.total, tuple(row.missed), _reached(session, row),
    )  # fmt: skip


def look(work: Work, patrol_id: int, drawn: bool) -> notices.PatrolReport | None:
    """What opens a report, `drawn` with its map; a look at another one's track is written down. None where
    there is no such patrol."""
    row = _read(work.session, patrol_id)
    if row is None or row.ended_at is None:
        return None
    access.require(work.actor, READ, _thing(work.session, row))
    own = row.person_id == work.actor.person_id
    if drawn and not own and access.allows(work.actor, TRACK, _thing(work.session, row)):
        audit.record(work, TRACK, f"patrol:{patrol_id}", row.person_id)
    return replace(ending.report(work, row), drawn=drawn or own, at_once=True)


def spoken(session: Session, actor: Actor, patrol_id: int) -> list[notices.PatrolVoice]:
    """The remark as it was spoken: each voice note, in the order they came."""
    row = _read(session, patrol_id)
    if row is None or not row.voice:
        return []
    access.require(actor, READ, _thing(session, row))
    return [notices.PatrolVoice(row.name, row.started_at, voice) for voice in voices_of(row.voice)]


def listed(work: Work, offset: int) -> notices.PatrolList:
    """The patrols the actor may see: the own ones, those of shifts led, those of the own areas."""
    led = col(Patrol.shift_id).in_(crews.led_by(work.actor.person_id))
    seen = or_(access.visible(work.actor, READ, Area.path, Patrol.person_id), led)
    newest = _REPORT.where(seen).order_by(col(Patrol.started_at).desc(), col(Patrol.id).desc())
    rows = all_of(work.session, ReportRow, newest.offset(offset).limit(PAGE + 1))
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
    entries = tuple(_entry(work.session, row) for row in rows[:PAGE])
    return notices.PatrolList(entries, offset + PAGE if len(rows) > PAGE else None, offset, today, complete)


def _read(session: Session, patrol_id: int) -> ReportRow | None:
    return first_of(session, ReportRow, _REPORT.where(col(Patrol.id) == patrol_id))


def _thing(session: Session, row: ReportRow) -> Resource:
    leads = swap_cards.leads_of(session, row.shift_id) if row.shift_id else []
    return Resource(row.path, {Relation.SELF: (row.person_id,), Relation.LEAD: leads})


def _entry(session: Session, row: ReportRow) -> notices.ListedPatrol:
    reached = len(cards.marks_of(session, row.id)) if row.ended_at is None else row.reached
    found = len(cards.answers_of(session, row.id))
    return notices.ListedPatrol(
        row.id, row.name, row.section, row.area, row.started_at, row.ended_at, row.state, reached, row.total,
        found,
    )  # fmt: skip


def _reached(session: Session, row: ReportRow) -> tuple[notices.ReachedStop, ...]:
    marks = sorted(cards.marks_of(session, row.id).values(), key=lambda mark: mark.at)
    return tuple(notices.ReachedStop(mark.name, mark.at) for mark in marks)


def _found(session: Session, row: ReportRow) -> tuple[notices.FoundItem, ...]:
    return tuple(
        notices.FoundItem(
            each.item, each.words, bool(each.voice), len(each.photos), _reference(session, each.hazard_id)
        )
        for each in cards.answers_of(session, row.id)
    )


def _drawing(session: Session, row: ReportRow, rules: Rules | None) -> notices.PatrolMap | None:
    """What the map shows: the section and its checkpoints; the track for who may see it (`rules`: how it is
    read)."""
    marks = cards.marks_of(session, row.id)
    stops = tuple(
        notices.MapStop(
            stop.name, stop.latitude, stop.longitude, stop.id in marks,
            marks[stop.id].at if stop.id in marks else None,
        )
        for stop in cards.stops_of(session, row)
        if stop.latitude is not None and stop.longitude is not None
    )  # fmt: skip
    points = ending.points_of(session, row.id) if rules else []
    if not stops and len(points) < 2:
        return None
    return notices.PatrolMap(row.line or [], stops, **tracks.shape(tracks.track_of(points, rules or Rules())))


def _reference(session: Session, hazard_id: int | None) -> str:
    """What the hazard is called; empty where there is none."""
    found = select(col(Hazard.year), col(Hazard.number)).where(col(Hazard.id) == hazard_id)
    row = session.execute(found).first()
    return HAZARD.reference(*row) if row else ""
