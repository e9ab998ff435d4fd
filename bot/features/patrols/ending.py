"""The end of a patrol: what came of it is counted and told, and what was not in order becomes hazards; by its
maker, or by the clock."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Relation, Resource, Work, self_of
from bot.base.facts import Facts
from bot.base.fixes import Point
from bot.features.hazards import reporting
from bot.features.hazards.repository import NewHazard
from bot.features.patrols import cards, tracks
from bot.features.patrols.tracks import Track
from bot.features.swaps import cards as swap_cards
from bot.outbox import outbox
from bot.outbox.notices import Told
from bot.settings import Settings
from models import Patrol, PatrolAnswer, PatrolPage, PatrolPoint, PatrolSection, PatrolState, voices_of

CLOSE = "patrol.close"


def end(work: Work, patrol: Row[Any], at: datetime, state: PatrolState) -> bool:
    """End it: count, raise hazards, tell the maker and the shift's lead. False where it is over already."""
    access.require(work.actor, CLOSE, Resource(relations={Relation.SELF: (patrol.person_id,)}))
    left = cards.stops_left(work.session, patrol)
    reached = len(cards.marks_of(work.session, patrol.id))
    values: Facts = {
        "state": state, "ended_at": at, "page": PatrolPage.WALK, "about": "", "reached": reached,
        "total": reached + len(left), "missed": [stop.name for stop in left],
        "minutes": minutes_of(patrol, at),
        **_measured(work.session, patrol, work.settings),
    }  # fmt: skip
    ended = work.session.connection().execute(
        update(Patrol).where(col(Patrol.id) == patrol.id, col(Patrol.ended_at).is_(None)).values(**values)
    )
    if not ended.rowcount:
        return False
    cards.settle(work.session, patrol, work.now, state)
    raise_of(work, patrol)
    _tell(work, patrol, state)
    return True


def close(work: Work, patrol: Row[Any], at: datetime | None = None) -> bool:
    """End one whose time was over, or (`at`) whose maker left; the maker is told kindly, by name what was
    missed."""
    over = at or patrol.close_at
    if not end(work, patrol, over, PatrolState.INCOMPLETE):
        return False
    place = work.settings.duty_type(work.settings.work.duty_type).location
    for to in outbox.recipients_of(work.session, [patrol.person_id]):
        notice = Told("patrol.closed", report_facts(patrol, work.settings) | {"place": place})
        outbox.enqueue(work, notice, to, f"patrol-closed:{patrol.id}:{to.bot}:{to.chat_id}")
    return True


def close_overdue(work: Work, *, limit: int = 100) -> int:
    """End patrols left open past their time; how many, `limit` at most."""
    access.require(work.actor, CLOSE, Resource())
    table = Patrol.__table__  # type: ignore[attr-defined]
    over = table.c.ended_at.is_(None) & (table.c.close_at <= work.now)
    rows = work.session.execute(select(table).where(over).order_by(table.c.close_at).limit(limit)).all()
    for patrol in rows:
        close(work, patrol)
    return len(rows)


def show_report(work: Work, patrol: Row[Any]) -> None:
    """Something was added: whoever has the report sees it."""
    report = Told("patrol.report", report_facts(patrol, work.settings))
    outbox.show_again(work.session, report_subject(patrol.id), report, work.now)


def report_facts(patrol: Row[Any], settings: Settings) -> Facts:
    """What a notice of a report carries: the rest is read when it is sent."""
    items = settings.patrol.checklist(patrol.checklist).items
    names = {item.code: {"zh_CN": item.zh_CN, "en": item.en} for item in items}
    return {"patrol_id": patrol.id, "items": names, "rules": asdict(tracks.rules_of(settings.patrol))}


def minutes_of(patrol: Row[Any], at: datetime) -> int:
    """How long it took, in whole minutes."""
    return max(0, int((at - patrol.started_at).total_seconds() // 60))


def report_subject(patrol_id: int) -> str:
    """The subject of the report's cards."""
    return f"patrol:{patrol_id}:report"


def _tell(work: Work, patrol: Row[Any], state: PatrolState) -> None:
    """The report: at once to who made it; to who leads the shift when it does not disturb."""
    facts, subject = report_facts(patrol, work.settings), report_subject(patrol.id)
    leads = swap_cards.leads_of(work.session, patrol.shift_id) if patrol.shift_id else []
    if state is PatrolState.DONE:
        for to in outbox.recipients_of(work.session, [patrol.person_id]):
            outbox.show(work, subject, Told("patrol.own_report", facts), to)
    for to in outbox.recipients_of(work.session, [lead for lead in leads if lead != patrol.person_id]):
        outbox.show(work, subject, Told("patrol.report", facts), to)


def _measured(session: Session, patrol: Row[Any], settings: Settings) -> Facts:
    """Metres walked, and percent of the section; nothing where there is no track."""
    rules = tracks.rules_of(settings.patrol)
    track = track_of(session, patrol, settings)
    section = cards.section_of(session, patrol)
    stops = [
        (stop.latitude, stop.longitude)
        for stop in (section.stops if section else ())
        if stop.latitude is not None and stop.longitude is not None
    ]
    line = [(point[0], point[1]) for point in _line_of(session, patrol)]
    walked = sum(len(piece) for piece in track.pieces) > 1
    covered = tracks.coverage(line, stops, track, rules) if walked else None
    return {"metres": round(track.metres) if walked else None, "coverage": covered}


def track_of(session: Session, patrol: Row[Any], settings: Settings) -> Track:
    """The way that was walked, without the noise."""
    return tracks.track_of(points_of(session, patrol.id), tracks.rules_of(settings.patrol))


def _line_of(session: Session, patrol: Row[Any]) -> list[list[float]]:
    found = select(col(PatrolSection.path)).where(col(PatrolSection.id) == patrol.section_id)
    return session.execute(found).scalar() or []


def points_of(session: Session, patrol_id: int) -> list[Point]:
    """The track as it came, in order of time."""
    table = PatrolPoint
    found = select(col(table.at), col(table.latitude), col(table.longitude), col(table.accuracy))
    in_order = found.where(col(table.patrol_id) == patrol_id).order_by(col(table.at), col(table.id))
    return tracks.points_of(session.execute(in_order))


def raise_of(work: Work, patrol: Row[Any]) -> int:
    """Raise a hazard from each item that was noted and is none yet; how many."""
    access.require(work.actor, reporting.REPORT, self_of(work.actor))
    table = PatrolAnswer.__table__  # type: ignore[attr-defined]
    noted = (table.c.patrol_id == patrol.id, table.c.hazard_id.is_(None))
    rows = work.session.execute(select(table).where(*noted).order_by(table.c.id)).all()
    for row in rows:
        number = reporting.report(work, _found(work.session, patrol, row, work.settings))
        one = col(PatrolAnswer.id) == row.id
        work.session.execute(update(PatrolAnswer).where(one).values(hazard_id=number))
    return len(rows)


def _found(session: Session, patrol: Row[Any], row: Row[Any], settings: Settings) -> NewHazard:
    """In the words of the checklist and the person's own."""
    section = cards.section_of(session, patrol)
    item = settings.patrol.checklist(patrol.checklist).item(row.item)
    name = row.item if item is None else item.zh_CN if settings.work.language == "zh_CN" else item.en
    joint = "：" if settings.work.language == "zh_CN" else ": "
    return NewHazard(
        category=settings.hazards.of_item(row.item).code, area_id=patrol.area_id, post_id=patrol.post_id,
        latitude=row.latitude, longitude=row.longitude, place=section.name if section else "",
        photos=tuple(row.photos), voices=voices_of(row.voice),
        words=f"{name}{joint}{row.words}" if row.words else name, found_at=row.found_at,
        patrol_id=patrol.id, checkpoint_id=row.checkpoint_id, by=patrol.person_id,
    )  # fmt: skip
