"""Whose report is not there by its hour: names at the own level, counts below, and a nudge for the silent."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select, true, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Thing, audit, self_of
from bot.base.errors import Refused
from bot.base.facts import Facts
from bot.features.attendance import repository
from bot.features.attendance.repository import Missing, Silence
from bot.outbox import outbox
from bot.outbox.notices import Notice
from bot.settings import Settings
from bot.settings.work_day import work_day
from bot.storage.database import upsert
from models import Area, AreaKind, Nudge, ReportKind, Role

READ, NUDGE, TELL = "report.read", "report.nudge", "report.tell"
PAGE = 12
# Others wait to write while a batch is at work.
BATCH_SECONDS = 0.01
# Names are shown from here down; above, the areas below are counted.
_NAMED = (AreaKind.VILLAGE, AreaKind.GRID)


@dataclass(frozen=True, slots=True)
class Nudged:
    """Who was reminded, and until when quiet hours hold it."""

    names: tuple[str, ...]
    held_until: datetime | None


def board(
    session: Session, actor: Actor, kind: ReportKind, area_id: int, day: date, offset: int, *,
    now: datetime, settings: Settings,
) -> Facts | None:  # fmt: skip
    """The board of an area: who is missing (a page of names) and how many of how many below. Number 0:
    all that the actor looks after, today. None where the area is gone."""
    if not area_id:
        return own_board(session, actor, kind, now=now, settings=settings)
    area = repository.row_of(session, area_id)
    if area is None:
        return None
    access.require(actor, READ, Thing(area.path))
    people = repository.missing(session, kind, area.path, day, settings, below=area.kind in _NAMED, now=now)
    away = (
        repository.away(session, area.path, day, settings, below=area.kind in _NAMED, now=now)
        if kind is ReportKind.DUTY
        else []
    )
    beneath = [] if area.kind in _NAMED else repository.below(session, area_id)
    here, counted = repository.counts(session, kind, area, beneath, day, settings, now)
    if people:
        audit.record(session, actor, READ, f"area:{area_id}", now, count=len(people), kind=kind)
    page = people[offset : offset + PAGE]
    return {
        "kind": kind, "area_id": area_id, "area": area.name, "day": day.isoformat(), "at": now,
        "due": here.due, "reported": here.reported,
        "people": [_person(each) for each in page], "offset": offset, "missing": len(people),
        "before": max(0, offset - PAGE) if offset else None,
        "after": offset + PAGE if len(people) > offset + PAGE else None,
        "away": away, "silent": sum(each.silence is Silence.SILENT for each in people),
        "below": [
            {"area_id": c.area_id, "name": c.name, "due": c.due, "reported": c.reported} for c in counted
        ],
    }  # fmt: skip


def own_board(
    session: Session, actor: Actor, kind: ReportKind, *, now: datetime, settings: Settings
) -> Facts | None:
    """Today's board of what the actor looks after: of the highest area, or of several in one."""
    day = work_day(now, settings.work)
    held = [h.path for h in actor.holdings if h.role in access.roles_for(READ)]
    tops = _rows_of(session, _highest(held) or [actor.path])
    for top in tops:
        access.require(actor, READ, Thing(top.path))
    if len(tops) > 1:
        return _together(session, kind, tops, day, now, settings)
    return board(session, actor, kind, tops[0].id, day, 0, now=now, settings=settings) if tops else None


def load(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """What is shown; None for a reader who does not look after the area any more."""
    if facts.get("areas"):
        seen = [repository.row_of(session, number) for number in facts["areas"]]
        whole = all(each and access.allows(reader, READ, Thing(each.path)) for each in seen)
        return {**facts, "above": None, "acts": False} if whole else None
    area = repository.row_of(session, facts["area_id"])
    if area is None or not access.allows(reader, READ, Thing(area.path)):
        return None
    acts = facts["kind"] == ReportKind.DUTY and bool(facts["people"])
    may = acts and access.allows(reader, "checkin.make_for", Thing(area.path))
    return {**facts, "above": _above(session, reader, area), "acts": may}


def nudge(
    session: Session, actor: Actor, kind: ReportKind, area_id: int, day: date, *, now: datetime,
    settings: Settings,
) -> Nudged | None:  # fmt: skip
    """Remind those of an area who are silent, and who were not reminded lately. None where the area is gone.

    Raises Refused for a day that is over.
    """
    area = repository.row_of(session, area_id)
    if area is None:
        return None
    access.require(actor, NUDGE, Thing(area.path))
    if day != work_day(now, settings.work):
        raise Refused("silent-day-over")
    people = repository.missing(session, kind, area.path, day, settings, below=area.kind in _NAMED, now=now)
    silent = [each for each in people if each.silence is Silence.SILENT and each.person_id != actor.person_id]
    chosen = _not_lately(session, kind, silent, now, settings)
    _write_down(session, actor, kind, [each.person_id for each in chosen], day, now)
    facts = {"kind": kind, "by": actor.name, "day": day.isoformat(), "since": now.isoformat()}
    for to in outbox.recipients_of(session, [each.person_id for each in chosen]):
        key = f"nudge:{kind}:{to.bot}:{to.chat_id}:{now.isoformat()}"
        outbox.enqueue(session, Notice(f"nudge.{kind}", facts), to, key, now, settings)
    audit.record(session, actor, NUDGE, f"area:{area_id}", now, count=len(chosen), kind=kind)
    return Nudged(tuple(each.name for each in chosen), outbox.quiet_until(settings, now))


def load_nudge(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """A nudge just before it is sent; None where the report has come meanwhile."""
    access.require(reader, "person.read_own", self_of(reader))
    day, kind = date.fromisoformat(facts["day"]), ReportKind(facts["kind"])
    since = datetime.fromisoformat(facts["since"]) if "since" in facts else None
    reported = repository.has_reported(session, kind, reader.person_id, day, since)
    return None if reported else facts


def be_off(session: Session, actor: Actor, day: date, *, now: datetime) -> bool:
    """Today is a day off, says the one who was nudged. False where nobody had asked."""
    access.require(actor, "person.read_own", self_of(actor))
    mine = (col(Nudge.person_id) == actor.person_id, col(Nudge.day) == day)
    duty = (col(Nudge.kind) == ReportKind.DUTY, col(Nudge.off_at).is_(None))
    found = session.connection().execute(update(Nudge).where(*mine, *duty).values(off_at=now))
    return found.rowcount > 0


def tell(
    session: Session, actor: Actor, kind: ReportKind, path: str, after: int, limit: int, *,
    but: Sequence[str] = (), now: datetime, settings: Settings,
) -> tuple[int, int | None]:  # fmt: skip
    """Show the day's board to those who look after the next areas below `path`, not below `but`, where a
    report is missing: one message for each, of the highest area they look after. How many, and the number
    to go on after (None: these were all). A batch ends early where its areas are large."""
    began = time.perf_counter()
    access.require(actor, TELL, Thing(path))
    areas = session.execute(
        select(col(Area.id), col(Area.path))
        .where(
            col(Area.id) > after, col(Area.removed_at).is_(None),
            access.within(col(Area.path), path) if path else true(),
            *(~access.within(col(Area.path), each) for each in but),
            col(Area.id).in_(select(col(Role.area_id)).where(col(Role.role).in_(access.roles_for(NUDGE)))),
        )
        .order_by(col(Area.id))
        .limit(limit)
    ).all()  # fmt: skip
    told, after = 0, 0
    for area in areas:
        told, after = told + _tell_area(session, kind, area, now, settings), area.id
        if time.perf_counter() - began > BATCH_SECONDS:
            break
    is_last = len(areas) < limit and after == areas[-1].id if areas else True
    return told, None if is_last else after


def kept(session: Session, actor: Actor) -> list[tuple[str, Facts]]:
    """For `/mydata`: how often the actor was nudged."""
    access.require(actor, "person.read_own", self_of(actor))
    count = session.execute(select(func.count()).where(col(Nudge.person_id) == actor.person_id)).scalar_one()
    return [("nudges", {"count": count})] if count else []


def _tell_area(session: Session, kind: ReportKind, area: Row[Any], now: datetime, settings: Settings) -> int:
    day = work_day(now, settings.work)
    readers = [
        person_id
        for person_id, path in access.holders(session, NUDGE, area.path)
        if path == area.path and not _looks_higher(session, person_id, area.path)
    ]
    recipients = outbox.recipients_of(session, readers)
    if not recipients:
        return 0
    facts = board(session, access.SYSTEM, kind, area.id, day, 0, now=now, settings=settings)
    if facts is None or facts["reported"] >= facts["due"]:
        return 0
    for to in recipients:
        tops, shown, number = _highest(_held(session, to.person_id or 0)), facts, area.id
        if len(tops) > 1:
            # Of several areas one board, whichever asks first; the others edit it.
            shown, number = _together(session, kind, _rows_of(session, tops), day, now, settings), 0
        subject = f"silent:{kind}:{day:%Y%m%d}:{number}"
        outbox.show(session, subject, Notice("silent.board", shown), to, now, settings)
    return len(recipients)


def _together(
    session: Session, kind: ReportKind, areas: Sequence[Row[Any]], day: date, now: datetime,
    settings: Settings,
) -> Facts:  # fmt: skip
    """One board of several areas, each counted and one tap away."""
    counted = [repository.counts(session, kind, area, [], day, settings, now)[0] for area in areas]
    return {
        "kind": kind, "area_id": 0, "areas": [area.id for area in areas],
        "area": [area.name for area in areas], "day": day.isoformat(), "at": now,
        "due": sum(each.due for each in counted), "reported": sum(each.reported for each in counted),
        "people": [], "offset": 0, "missing": 0, "before": None, "after": None, "silent": 0, "away": [],
        "below": [
            {"area_id": c.area_id, "name": c.name, "due": c.due, "reported": c.reported} for c in counted
        ],
    }  # fmt: skip


def _held(session: Session, person_id: int) -> list[str]:
    """The paths of the areas a person looks after."""
    held = select(col(Area.path)).join(Role, col(Role.area_id) == col(Area.id))
    mine = (col(Role.person_id) == person_id, col(Role.role).in_(access.roles_for(NUDGE)))
    return list(session.execute(held.where(*mine, col(Area.removed_at).is_(None))).scalars())


def _highest(paths: Sequence[str]) -> list[str]:
    """Of these, those that lie in none of the others."""
    return sorted({path for path in paths if not any(path != up and path.startswith(up) for up in paths)})


def _rows_of(session: Session, paths: Sequence[str]) -> list[Row[Any]]:
    """Areas by their paths, in the order of the roster."""
    found = select(col(Area.id), col(Area.name), col(Area.path)).where(
        col(Area.path).in_(paths), col(Area.removed_at).is_(None)
    )
    return list(session.execute(found.order_by(col(Area.position), col(Area.id))))


def _looks_higher(session: Session, person_id: int, path: str) -> bool:
    """Whether the person gets the board of an area above anyway."""
    return path not in _highest(_held(session, person_id))


def _above(session: Session, actor: Actor, area: Row[Any]) -> int | None:
    """The area above, where the actor may see it."""
    above = repository.row_of(session, area.parent_id) if area.parent_id else None
    return above.id if above and access.allows(actor, READ, Thing(above.path)) else None


def _not_lately(
    session: Session, kind: ReportKind, people: list[Missing], now: datetime, settings: Settings
) -> list[Missing]:
    since = now - timedelta(minutes=settings.reports.nudge_minutes)
    ids = [each.person_id for each in people]
    lately = select(col(Nudge.person_id)).where(
        col(Nudge.person_id).in_(ids), col(Nudge.kind) == kind, col(Nudge.nudged_at) > since
    )
    reminded = set(session.execute(lately).scalars())
    return [each for each in people if each.person_id not in reminded]


def _write_down(
    session: Session, actor: Actor, kind: ReportKind, people: list[int], day: date, now: datetime
) -> None:
    rows = [
        {"person_id": number, "kind": kind, "day": day, "nudged_at": now, "nudged_by": actor.person_id}
        for number in people
    ]
    newest = {"nudged_at": now, "nudged_by": actor.person_id}
    upsert(session, Nudge, rows, ["person_id", "kind", "day"], newest)


def _person(missing: Missing) -> Facts:
    last = missing.last
    told = last.isoformat() if last else ""
    return {
        "name": missing.name,
        "silence": missing.silence,
        "last": told,
        "dated": isinstance(last, datetime),
    }
