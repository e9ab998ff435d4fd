"""Spreadsheets asked for in the chat: asked, made in the background with its progress shown, sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, or_, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import SYSTEM, Actor, Resource, Work, audit, self_of
from bot.access.scope import Scope
from bot.base.errors import GridDutyError, Refused
from bot.base.facts import Facts
from bot.features.exports.sources import SOURCES, What
from bot.features.figures.periods import Period
from bot.outbox import outbox
from bot.outbox.notices import Told
from bot.outbox.outbox import Recipient
from bot.settings import Settings
from models import Area, ExportRequest, ExportState

MAKE = "export.make"
LEASE = timedelta(minutes=5)
TRIES = 3
# How long files stay in the store after they were sent.
KEPT = timedelta(days=3)
# Of one person at the same time.
AT_ONCE = 3
CARD = "export.card"


class Unusable(GridDutyError):
    """An order that makes no sense."""

    def __init__(self, number: int) -> None:
        super().__init__(f"export {number}")
        self.number = number


@dataclass(frozen=True, slots=True)
class Order:
    """A spreadsheet to be made: for which account, what, of where and when."""

    number: int
    bot: int
    chat_id: int
    what: What
    scope: Scope
    area: str
    with_photos: bool = False


def areas_of(session: Session, actor: Actor, what: What) -> list[Facts]:
    """The areas the actor may take such records out of, the highest first."""
    access.require(actor, SOURCES[what].action, Resource(actor.path))
    roles = access.roles_for(SOURCES[what].action)
    held = sorted({h.path for h in actor.holdings if h.role in roles}, key=lambda path: (len(path), path))
    found = {
        row.path: row
        for row in session.execute(
            select(col(Area.id), col(Area.name), col(Area.path)).where(col(Area.path).in_(held))
        )
    }
    return [{"id": found[path].id, "name": found[path].name} for path in held if path in found]


def ask(work: Work, what: What, area_id: int, period: Period, *, with_photos: bool = False) -> None:
    """Ask for a spreadsheet of a period, of hazards perhaps with photos; its living message tells how far
    it is.

    Raises NotAllowed, and Refused where several of the actor's are on their way.
    """
    path = work.session.execute(select(col(Area.path)).where(col(Area.id) == area_id)).scalar()
    access.require(work.actor, SOURCES[what].action, Resource(path or "/"))
    mine = (col(ExportRequest.person_id) == work.actor.person_id, col(ExportRequest.done_at).is_(None))
    if len(work.session.execute(select(col(ExportRequest.id)).where(*mine)).all()) >= AT_ONCE:
        raise Refused("export-enough", most=AT_ONCE)
    values = {
        "bot": work.actor.bot, "chat_id": work.actor.chat_id, "person_id": work.actor.person_id, "what": what,
        "area_id": area_id, "with_photos": with_photos, "since": period.first,
        "until": period.last, "asked_at": work.now,
        "state": ExportState.ASKED, "rows_done": 0, "rows_total": 0, "tries": 0, "files": [],
    }  # fmt: skip
    number = work.session.execute(insert(ExportRequest).values(**values).returning(col(ExportRequest.id)))
    facts = {"number": number.scalar_one()}
    subject = f"export:{facts['number']}"
    outbox.show(work, subject, Told(CARD, facts), outbox.recipient_of(work.actor))
    days: dict[str, Any] = {"since": period.first.isoformat(), "until": period.last.isoformat()}
    taken = f"{what} with photos" if with_photos else what
    audit.record(work.session, work.actor, SOURCES[what].action, path or "", work.now, what=taken, **days)


def load(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """How far a spreadsheet is; None for anybody but who asked."""
    row = _row(session, facts["number"])
    access.require(reader, "person.read_own", self_of(reader))
    if row is None or row.person_id != reader.person_id:
        return None
    return {
        **facts, "what": row.what, "area": row.area, "since": row.since.isoformat(),
        "until": row.until.isoformat(), "state": row.state, "done": row.rows_done, "total": row.rows_total,
        "files": len(row.files),
    }  # fmt: skip


def is_waiting(session: Session, actor: Actor, *, now: datetime) -> bool:
    """Whether there is one to be made."""
    access.require(actor, MAKE, Resource())
    return session.execute(select(col(ExportRequest.id)).where(*_free(now)).limit(1)).first() is not None


def claim(session: Session, actor: Actor, *, now: datetime) -> Order | None:
    """The next one to be made, for some minutes; None: there is none. One that was tried too often is given
    up."""
    access.require(actor, MAKE, Resource())
    found = session.execute(
        select(col(ExportRequest.id), col(ExportRequest.tries)).where(*_free(now))
        .order_by(col(ExportRequest.id)).limit(1).with_for_update(skip_locked=True)
    ).first()  # fmt: skip
    if found is None:
        return None
    if found.tries >= TRIES:
        give_up(session, actor, found.id, now=now)
        return None
    values = {"state": ExportState.MAKING, "lease_until": now + LEASE, "tries": found.tries + 1}
    session.execute(update(ExportRequest).where(col(ExportRequest.id) == found.id).values(**values))
    try:
        row = _row(session, found.id)
        assert row is not None
        scope = Scope(row.path, row.since, row.until)
        return Order(row.id, row.bot, row.chat_id, What(row.what), scope, row.area, row.with_photos)
    except (ValueError, AssertionError, TypeError) as error:
        raise Unusable(found.id) from error


def require_still(actor: Actor, order: Order) -> None:
    """Raise NotAllowed where the one who asked may not take these records out any more."""
    access.require(actor, SOURCES[order.what].action, Resource(order.scope.path))


def progress(session: Session, actor: Actor, number: int, done: int, total: int, *, now: datetime) -> None:
    """So many rows are written; who asked sees it, and the lease is longer."""
    access.require(actor, MAKE, Resource())
    values = {"rows_done": done, "rows_total": total, "lease_until": now + LEASE}
    session.execute(update(ExportRequest).where(col(ExportRequest.id) == number).values(**values))
    outbox.refresh(session, f"export:{number}", now)


def finish(
    session: Session, actor: Actor, order: Order, locale: str, person_id: int, rows: int,
    files: list[dict[str, str]], *, now: datetime, settings: Settings,
) -> None:  # fmt: skip
    """It is in the store: send every part, once."""
    access.require(actor, MAKE, Resource())
    values = {
        "state": ExportState.DONE,
        "rows_done": rows,
        "rows_total": rows,
        "files": files,
        "done_at": now,
    }
    still = (col(ExportRequest.id) == order.number, col(ExportRequest.state) == ExportState.MAKING)
    if not session.connection().execute(update(ExportRequest).where(*still).values(**values)).rowcount:
        return
    outbox.refresh(session, f"export:{order.number}", now)
    to = Recipient(order.bot, order.chat_id, locale, person_id)
    for part, file in enumerate(files, start=1):
        facts = {**file, "number": order.number, "part": part, "parts": len(files), "rows": rows}
        key = f"export:{order.number}:{part}"
        outbox.enqueue(Work(session, SYSTEM, now, settings), Told("export.file", facts), to, key)


def load_file(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """A part just before it is sent; None where the reader is not who asked, or may not any more."""
    row = _row(session, facts["number"])
    if row is None or row.person_id != reader.person_id:
        return None
    allowed = access.allows(reader, SOURCES[What(row.what)].action, Resource(row.path))
    return facts if allowed else None


def past_date(session: Session, actor: Actor, *, now: datetime) -> tuple[int, list[str]] | None:
    """One whose files were sent long ago, and their keys."""
    access.require(actor, MAKE, Resource())
    sent = (col(ExportRequest.done_at) < now - KEPT, col(ExportRequest.rows_total) > 0)
    rows = session.execute(select(col(ExportRequest.id), col(ExportRequest.files)).where(*sent))
    return next(((row.id or 0, [file["key"] for file in row.files]) for row in rows if row.files), None)


def forget_files(session: Session, actor: Actor, number: int) -> None:
    """Its files are gone."""
    access.require(actor, MAKE, Resource())
    session.execute(update(ExportRequest).where(col(ExportRequest.id) == number).values(files=[]))


def give_up(session: Session, actor: Actor, number: int, *, now: datetime) -> None:
    """It cannot be made; who asked is told."""
    access.require(actor, MAKE, Resource())
    values = {"state": ExportState.FAILED, "done_at": now, "lease_until": None}
    session.execute(update(ExportRequest).where(col(ExportRequest.id) == number).values(**values))
    outbox.refresh(session, f"export:{number}", now)


def _free(now: datetime) -> tuple[Any, ...]:
    open_ = col(ExportRequest.state).in_([ExportState.ASKED, ExportState.MAKING])
    return open_, or_(col(ExportRequest.lease_until).is_(None), col(ExportRequest.lease_until) < now)


def _row(session: Session, number: int) -> Row[Any] | None:
    return session.execute(
        select(
            col(ExportRequest.id), col(ExportRequest.bot), col(ExportRequest.chat_id),
            col(ExportRequest.person_id), col(ExportRequest.what), col(ExportRequest.since),
            col(ExportRequest.until), col(ExportRequest.state), col(ExportRequest.rows_done),
            col(ExportRequest.rows_total), col(ExportRequest.files), col(ExportRequest.with_photos),
            col(Area.name).label("area"), col(Area.path),
        )
        .join(Area, col(Area.id) == col(ExportRequest.area_id))
        .where(col(ExportRequest.id) == number)
    ).first()  # fmt: skip
