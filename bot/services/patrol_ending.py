"""The end of a patrol: what came of it is counted and told; by its maker, or by the clock."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import Row, select, update
from sqlmodel import Session, col

from bot import access, outbox
from bot.access import Actor, Thing
from bot.grading import metres
from bot.notices import Facts, Notice
from bot.services import patrol_cards, patrol_hazards, swap_cards
from bot.settings import Settings
from models import Patrol, PatrolPage, PatrolPoint, PatrolState

CLOSE = "patrol.close"


def end(
    session: Session, patrol: Row[Any], at: datetime, state: PatrolState, now: datetime, settings: Settings
) -> bool:
    """End it: count, raise hazards, tell the maker and the shift's lead. False where it is over already."""
    left = patrol_cards.stops_left(session, patrol)
    reached = len(patrol_cards.marks_of(session, patrol.id))
    values: Facts = {
        "state": state, "ended_at": at, "page": PatrolPage.WALK, "about": "", "reached": reached,
        "total": reached + len(left), "missed": [stop.name for stop in left],
        "minutes": minutes_of(patrol, at),
        **_measured(session, patrol),
    }  # fmt: skip
    ended = session.connection().execute(
        update(Patrol).where(col(Patrol.id) == patrol.id, col(Patrol.ended_at).is_(None)).values(**values)
    )
    if not ended.rowcount:
        return False
    patrol_cards.settle(session, patrol, now, state)
    patrol_hazards.raise_of(session, patrol, now, settings)
    _tell(session, patrol, state, now, settings)
    return True


def close(session: Session, patrol: Row[Any], now: datetime, settings: Settings) -> bool:
    """End one whose time was over; its maker is told kindly, by name what was missed."""
    if not end(session, patrol, patrol.close_at, PatrolState.INCOMPLETE, now, settings):
        return False
    place = settings.duty_type(settings.work.duty_type).location
    for to in outbox.recipients_of(session, [patrol.person_id]):
        notice = Notice("patrol.closed", report_facts(patrol, settings) | {"place": place})
        outbox.enqueue(session, notice, to, f"patrol-closed:{patrol.id}:{to.bot}:{to.chat_id}", now, settings)
    return True


def close_overdue(
    session: Session, actor: Actor, *, now: datetime, settings: Settings, limit: int = 100
) -> int:
    """End patrols left open past their time; how many, `limit` at most."""
    access.require(actor, CLOSE, Thing())
    table = Patrol.__table__  # type: ignore[attr-defined]
    over = table.c.ended_at.is_(None) & (table.c.close_at <= now)
    rows = session.execute(select(table).where(over).order_by(table.c.close_at).limit(limit)).all()
    for patrol in rows:
        close(session, patrol, now, settings)
    return len(rows)


def show_report(session: Session, patrol: Row[Any], now: datetime, settings: Settings) -> None:
    """Something was added: whoever has the report sees it."""
    report = Notice("patrol.report", report_facts(patrol, settings))
    outbox.show_again(session, report_subject(patrol.id), report, now)


def report_facts(patrol: Row[Any], settings: Settings) -> Facts:
    """What a notice of a report carries: the rest is read when it is sent."""
    items = settings.patrol.checklist(patrol.checklist).items
    names = {item.code: {"zh_CN": item.zh_CN, "en": item.en} for item in items}
    return {"patrol_id": patrol.id, "items": names}


def minutes_of(patrol: Row[Any], at: datetime) -> int:
    """How long it took, in whole minutes."""
    return max(0, int((at - patrol.started_at).total_seconds() // 60))


def report_subject(patrol_id: int) -> str:
    """The subject of the report's cards."""
    return f"patrol:{patrol_id}:report"


def _tell(session: Session, patrol: Row[Any], state: PatrolState, now: datetime, settings: Settings) -> None:
    """The report: at once to who made it; to who leads the shift when it does not disturb."""
    facts, subject = report_facts(patrol, settings), report_subject(patrol.id)
    leads = swap_cards.leads_of(session, patrol.shift_id) if patrol.shift_id else []
    if state is PatrolState.DONE:
        for to in outbox.recipients_of(session, [patrol.person_id]):
            outbox.show(session, subject, Notice("patrol.own_report", facts), to, now, settings)
    for to in outbox.recipients_of(session, [lead for lead in leads if lead != patrol.person_id]):
        outbox.show(session, subject, Notice("patrol.report", facts), to, now, settings)


def _measured(session: Session, patrol: Row[Any]) -> Facts:
    points = points_of(session, patrol.id)
    return {"metres": round(_walked(points)) if len(points) > 1 else None}


def points_of(session: Session, patrol_id: int) -> Sequence[Row[Any]]:
    """The track as it came, in order of time: at, latitude, longitude, accuracy, live."""
    table = PatrolPoint
    found = select(
        col(table.at), col(table.latitude), col(table.longitude), col(table.accuracy), col(table.live)
    )
    in_order = found.where(col(table.patrol_id) == patrol_id).order_by(col(table.at), col(table.id))
    return list(session.execute(in_order))


def _walked(points: Sequence[Row[Any]]) -> float:
    return sum(
        metres(one.latitude, one.longitude, two.latitude, two.longitude) for one, two in pairwise(points)
    )
