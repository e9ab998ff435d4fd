"""Whose report is not there by its hour: names at the own level, counts below, and a nudge for the silent."""

import time
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import func, select, true, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work, audit, self_of
from bot.access.own_data import Line, OwnData, line
from bot.base.errors import Refused
from bot.features.attendance import notices, repository
from bot.features.attendance.repository import BoardArea, Missing, Silence
from bot.outbox import outbox
from bot.settings.work_day import work_day
from bot.storage.database import upsert
from models import Area, AreaKind, Nudge, ReportKind, Role

N = TypeVar("N", bound=notices.Nudging)
READ, NUDGE, TELL = "report.read", "report.nudge", "report.tell"
PAGE = 12
# Others wait to write while a batch is at work.
BATCH_SECONDS = 0.01
# Names are shown from here down; above, the areas below are counted.
_NAMED = (AreaKind.VILLAGE, AreaKind.GRID)


_NUDGES: dict[ReportKind, type[notices.Nudging]] = {
    ReportKind.DUTY: notices.NudgeDuty,
    ReportKind.HOUSEHOLDS: notices.NudgeHouseholds,
}


def board(work: Work, kind: ReportKind, area_id: int, day: date, offset: int) -> notices.SilentBoard | None:
    """The board of an area: who is missing (a page of names) and how many of how many below. Number 0:
    all that the actor looks after, today. None where the area is gone."""
    if not area_id:
        return own_board(work, kind)
    area = repository.row_of(work.session, area_id)
    if area is None:
        return None
    access.require(work.actor, READ, Resource(area.path))
    people = repository.missing(work, kind, area.path, day, below=area.kind in _NAMED)
    away = repository.away(work, area.path, day, below=area.kind in _NAMED) if kind is ReportKind.DUTY else []
    beneath = [] if area.kind in _NAMED else repository.below(work.session, area_id)
    here, counted = repository.counts(work, kind, area, beneath, day)
    if people:
        audit.record(work, READ, f"area:{area_id}", count=len(people), kind=kind)
    page = people[offset : offset + PAGE]
    return notices.SilentBoard(
        kind, area_id, area.name, day, work.now, here.due, here.reported, offset=offset,
        people=[notices.MissingName(p.name, p.silence, p.last, isinstance(p.last, datetime)) for p in page],
        missing=len(people), before=max(0, offset - PAGE) if offset else None,
        after=offset + PAGE if len(people) > offset + PAGE else None, away=away,
        silent=sum(each.silence is Silence.SILENT for each in people), below=counted,
    )  # fmt: skip


def own_board(work: Work, kind: ReportKind) -> notices.SilentBoard | None:
    """Today's board of what the actor looks after: of the highest area, or of several in one."""
    day = work_day(work.now, work.settings.work)
    held = [h.path for h in work.actor.holdings if h.role in access.roles_for(READ)]
    tops = repository.rows_of(work.session, _highest(held) or [work.actor.path])
    for top in tops:
        access.require(work.actor, READ, Resource(top.path))
    if len(tops) > 1:
        return _together(work, kind, tops, day)
    return board(work, kind, tops[0].id, day, 0) if tops else None


def load(session: Session, reader: Actor, told: notices.SilentBoard) -> notices.ShownBoard | None:
    """What is shown; None for a reader who does not look after the area any more."""
    if told.areas:
        seen = [repository.row_of(session, number) for number in told.areas]
        whole = all(each and access.allows(reader, READ, Resource(each.path)) for each in seen)
        return told.shown_as(notices.ShownBoard) if whole else None
    area = repository.row_of(session, told.area_id)
    if area is None or not access.allows(reader, READ, Resource(area.path)):
        return None
    acts = told.report == ReportKind.DUTY and bool(told.people)
    may = acts and access.allows(reader, "checkin.make_for", Resource(area.path))
    return told.shown_as(notices.ShownBoard, above=_above(session, reader, area), acts=may)


def nudge(work: Work, kind: ReportKind, area_id: int, day: date) -> notices.SilentNudged | None:
    """Remind those of an area who are silent, and who were not reminded lately. None where the area is gone.

    Raises Refused for a day that is over.
    """
    area = repository.row_of(work.session, area_id)
    if area is None:
        return None
    access.require(work.actor, NUDGE, Resource(area.path))
    if day != work_day(work.now, work.settings.work):
        raise Refused("silent-day-over")
    missing = repository.missing(work, kind, area.path, day, below=area.kind in _NAMED)
    me = work.actor.person_id
    silent = [each for each in missing if each.silence is Silence.SILENT and each.person_id != me]
    chosen = _not_lately(work, kind, silent)
    people = [each.person_id for each in chosen]
    _write_down(work, kind, people, day)
    notice = _NUDGES[kind](work.actor.name, day, work.now)
    outbox.tell(work, people, notice, f"nudge:{kind}:{work.now.isoformat()}")
    audit.record(work, NUDGE, f"area:{area_id}", count=len(chosen), kind=kind)
    held_until, minutes = outbox.quiet_until(work.settings, work.now), work.settings.reports.nudge_minutes
    return notices.SilentNudged([each.name for each in chosen], held_until, minutes)


def load_nudge(session: Session, reader: Actor, told: N) -> N | None:
    """A nudge just before it is sent; None where the report has come meanwhile."""
    access.require(reader, "person.read_own", self_of(reader))
    reported = repository.has_reported(session, told.report, reader.person_id, told.day, told.since)
    return None if reported else told


def be_off(work: Work, day: date) -> bool:
    """Today is a day off, says the one who was nudged. False where nobody had asked."""
    access.require(work.actor, "person.read_own", self_of(work.actor))
    mine = (col(Nudge.person_id) == work.actor.person_id, col(Nudge.day) == day)
    duty = (col(Nudge.kind) == ReportKind.DUTY, col(Nudge.off_at).is_(None))
    found = work.session.connection().execute(update(Nudge).where(*mine, *duty).values(off_at=work.now))
    return found.rowcount > 0


def tell(
    work: Work, kind: ReportKind, path: str, after: int, limit: int, *, but: Sequence[str] = ()
) -> tuple[int, int | None]:
    """Show the day's board to those who look after the next areas below `path`, not below `but`, where a
    report is missing: one message for each, of the highest area they look after. How many, and the number
    to go on after (None: these were all). A batch ends early where its areas are large."""
    began = time.perf_counter()
    access.require(work.actor, TELL, Resource(path))
    areas = work.session.execute(
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
        told, after = told + _tell_area(work, kind, area.id or 0, area.path), area.id or 0
        if time.perf_counter() - began > BATCH_SECONDS:
            break
    is_last = len(areas) < limit and after == areas[-1].id if areas else True
    return told, None if is_last else after


def lines(own: OwnData) -> Iterable[Line]:
    """For `/mydata`: how often the actor was nudged."""
    access.require(own.actor, "person.read_own", self_of(own.actor))
    mine = select(func.count()).where(col(Nudge.person_id) == own.actor.person_id)
    if count := own.session.execute(mine).scalar_one():
        yield line("nudges", count=count)


def _tell_area(work: Work, kind: ReportKind, area_id: int, path: str) -> int:
    day = work_day(work.now, work.settings.work)
    readers = [
        person_id
        for person_id, held in access.people_with(work.session, NUDGE, path)
        if held == path and not _looks_higher(work.session, person_id, path)
    ]
    recipients = outbox.recipients_of(work.session, readers)
    if not recipients:
        return 0
    told = board(work.by(access.SYSTEM), kind, area_id, day, 0)
    if told is None or told.reported >= told.due:
        return 0
    for to in recipients:
        tops, shown = _highest(_held(work.session, to.person_id or 0)), told
        if len(tops) > 1:
            # Of several areas one board, whichever asks first; the others edit it.
            shown = _together(work, kind, repository.rows_of(work.session, tops), day)
        outbox.show(work, f"silent:{kind}:{day:%Y%m%d}:{shown.area_id}", shown, to)
    return len(recipients)


def _together(work: Work, kind: ReportKind, areas: Sequence[BoardArea], day: date) -> notices.SilentBoard:
    """One board of several areas, each counted and one tap away."""
    counted = [repository.counts(work, kind, area, [], day)[0] for area in areas]
    due, reported = sum(each.due for each in counted), sum(each.reported for each in counted)
    return notices.SilentBoard(
        kind, 0, [area.name for area in areas], day, work.now, due, reported, people=(), offset=0, missing=0,
        before=None, after=None, silent=0, below=counted, areas=[area.id for area in areas],
    )  # fmt: skip


def _held(session: Session, person_id: int) -> list[str]:
    """The paths of the areas a person looks after."""
    held = select(col(Area.path)).join(Role, col(Role.area_id) == col(Area.id))
    mine = (col(Role.person_id) == person_id, col(Role.role).in_(access.roles_for(NUDGE)))
    return list(session.execute(held.where(*mine, col(Area.removed_at).is_(None))).scalars())


def _highest(paths: Sequence[str]) -> list[str]:
    """Of these, those that lie in none of the others."""
    return sorted({path for path in paths if not any(path != up and path.startswith(up) for up in paths)})


def _looks_higher(session: Session, person_id: int, path: str) -> bool:
    """Whether the person gets the board of an area above anyway."""
    return path not in _highest(_held(session, person_id))


def _above(session: Session, actor: Actor, area: BoardArea) -> int | None:
    """The area above, where the actor may see it."""
    above = repository.row_of(session, area.parent_id) if area.parent_id else None
    return above.id if above and access.allows(actor, READ, Resource(above.path)) else None


def _not_lately(work: Work, kind: ReportKind, people: list[Missing]) -> list[Missing]:
    since = work.now - timedelta(minutes=work.settings.reports.nudge_minutes)
    ids = [each.person_id for each in people]
    lately = select(col(Nudge.person_id)).where(
        col(Nudge.person_id).in_(ids), col(Nudge.kind) == kind, col(Nudge.nudged_at) > since
    )
    reminded = set(work.session.execute(lately).scalars())
    return [each for each in people if each.person_id not in reminded]


def _write_down(work: Work, kind: ReportKind, people: list[int], day: date) -> None:
    newest = {"nudged_at": work.now, "nudged_by": work.actor.person_id}
    rows = [{"person_id": number, "kind": kind, "day": day, **newest} for number in people]
    upsert(work.session, Nudge, rows, ["person_id", "kind", "day"], newest)
