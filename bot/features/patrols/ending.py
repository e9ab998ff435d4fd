"""The end of a patrol: what came of it is counted and told, and what was not in order becomes hazards; by its
maker, or by the clock."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Relation, Resource, Work, self_of
from bot.base.fixes import Point
from bot.features.hazards import reporting
from bot.features.hazards.repository import REPORT, NewHazard
from bot.features.patrols import cards, repository, tracks
from bot.features.patrols.cards import NotedItem
from bot.features.patrols.notices import PatrolClosed, PatrolReport
from bot.features.patrols.repository import PatrolRow
from bot.features.swaps import cards as swap_cards
from bot.outbox import outbox
from bot.storage.rows import all_of
from models import Patrol, PatrolAnswer, PatrolPage, PatrolPoint, PatrolSection, PatrolState, voices_of

CLOSE = "patrol.close"


def end(work: Work, patrol: PatrolRow, at: datetime, state: PatrolState) -> bool:
    """End it: count, raise hazards, tell the maker and the shift's lead. False where it is over already."""
    access.require(work.actor, CLOSE, Resource(relations={Relation.SELF: (patrol.person_id,)}))
    left = cards.stops_left(work.session, patrol)
    reached = len(cards.marks_of(work.session, patrol.id))
    metres, coverage = _measured(work, patrol)
    values = {
        "state": state, "ended_at": at, "page": PatrolPage.WALK, "about": "", "reached": reached,
        "total": reached + len(left), "missed": [stop.name for stop in left],
        "minutes": minutes_of(patrol, at), "metres": metres, "coverage": coverage,
    }  # fmt: skip
    ended = work.session.connection().execute(
        update(Patrol).where(col(Patrol.id) == patrol.id, col(Patrol.ended_at).is_(None)).values(**values)
    )
    if not ended.rowcount:
        return False
    cards.settle(work, patrol, state)
    raise_of(work, patrol)
    _tell(work, patrol, state)
    return True


def close(work: Work, patrol: PatrolRow, at: datetime | None = None) -> bool:
    """End one whose time was over, or (`at`) whose maker left; the maker is told kindly, by name what was
    missed."""
    over = at or patrol.close_at
    if not end(work, patrol, over, PatrolState.INCOMPLETE):
        return False
    place = work.settings.duty_type(work.settings.work.duty_type).location
    outbox.tell(work, [patrol.person_id], PatrolClosed(patrol.id, place), f"patrol-closed:{patrol.id}")
    return True


def close_overdue(work: Work, *, limit: int = 100) -> int:
    """End patrols left open past their time; how many, `limit` at most."""
    access.require(work.actor, CLOSE, Resource())
    over = repository.ALL.where(col(Patrol.ended_at).is_(None), col(Patrol.close_at) <= work.now)
    rows = all_of(work.session, PatrolRow, over.order_by(col(Patrol.close_at)).limit(limit))
    for patrol in rows:
        close(work, patrol)
    return len(rows)


def show_report(work: Work, patrol: PatrolRow) -> None:
    """Something was added: whoever has the report sees it."""
    outbox.show_again(work.session, report_subject(patrol.id), report(work, patrol), work.now)


def report(work: Work, patrol: PatrolRow) -> PatrolReport:
    """What a notice of a report carries: the rest is read when it is sent."""
    settings = work.settings.patrol
    items = {
        each.code: {"zh_CN": each.zh_CN, "en": each.en} for each in settings.checklist(patrol.checklist).items
    }
    return PatrolReport(patrol.id, items, tracks.rules_of(settings))


def minutes_of(patrol: PatrolRow, at: datetime) -> int:
    """How long it took, in whole minutes."""
    return max(0, int((at - patrol.started_at).total_seconds() // 60))


def report_subject(patrol_id: int) -> str:
    """The subject of the report's cards."""
    return f"patrol:{patrol_id}:report"


def _tell(work: Work, patrol: PatrolRow, state: PatrolState) -> None:
    """The report: at once to who made it; to who leads the shift when it does not disturb."""
    told, subject = report(work, patrol), report_subject(patrol.id)
    leads = swap_cards.leads_of(work.session, patrol.shift_id) if patrol.shift_id else []
    if state is PatrolState.DONE:
        outbox.show_to(work, [patrol.person_id], subject, replace(told, at_once=True))
    outbox.show_to(work, [lead for lead in leads if lead != patrol.person_id], subject, told)


def _measured(work: Work, patrol: PatrolRow) -> tuple[int | None, int | None]:
    """Metres walked, and percent of the section; None where there is no track."""
    rules = tracks.rules_of(work.settings.patrol)
    track = tracks.track_of(points_of(work.session, patrol.id), rules)
    if sum(len(piece) for piece in track.pieces) <= 1:
        return None, None
    stops = [
        (stop.latitude, stop.longitude)
        for stop in cards.stops_of(work.session, patrol)
        if stop.latitude is not None and stop.longitude is not None
    ]
    line = [(point[0], point[1]) for point in _line_of(work.session, patrol)]
    return round(track.metres), tracks.coverage(line, stops, track, rules)


def _line_of(session: Session, patrol: PatrolRow) -> list[list[float]]:
    found = select(col(PatrolSection.path)).where(col(PatrolSection.id) == patrol.section_id)
    return session.execute(found).scalar() or []


def points_of(session: Session, patrol_id: int) -> list[Point]:
    """The track as it came, in order of time."""
    table = PatrolPoint
    found = select(col(table.at), col(table.latitude), col(table.longitude), col(table.accuracy))
    in_order = found.where(col(table.patrol_id) == patrol_id).order_by(col(table.at), col(table.id))
    return [Point(*found) for found in session.execute(in_order)]


def raise_of(work: Work, patrol: PatrolRow) -> int:
    """Raise a hazard from each item that was noted and is none yet; how many."""
    access.require(work.actor, REPORT, self_of(work.actor))
    rows = [each for each in cards.answers_of(work.session, patrol.id) if each.hazard_id is None]
    for row in rows:
        number = reporting.report(work, _found(work, patrol, row))
        one = col(PatrolAnswer.id) == row.id
        work.session.execute(update(PatrolAnswer).where(one).values(hazard_id=number))
    return len(rows)


def _found(work: Work, patrol: PatrolRow, row: NotedItem) -> NewHazard:
    """In the words of the checklist and the person's own."""
    section, settings = cards.section_of(work.session, patrol), work.settings
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
