"""Spreadsheets asked for in the chat: asked, made in the background with its progress shown, sent."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, insert, or_, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work, audit, self_of
from bot.access.scope import Scope
from bot.base.errors import GridDutyError, Refused
from bot.base.facts import Struct
from bot.features.exports.notices import ExportCard, ExportFile, NamedArea, Progress
from bot.features.exports.sources import SOURCES, What
from bot.features.figures.periods import Period
from bot.outbox import outbox
from bot.outbox.outbox import Recipient
from bot.storage.rows import first_of
from bot.views.base import File
from models import Area, ExportRequest, ExportState

MAKE = "export.make"
LEASE = timedelta(minutes=5)
TRIES = 3
# How long files stay in the store after they were sent.
KEPT = timedelta(days=3)
# Of one person at the same time.
AT_ONCE = 3


class Unusable(GridDutyError):
    """An order that makes no sense."""

    def __init__(self, number: int) -> None:
        super().__init__(f"export {number}")
        self.number = number


class Order(Struct):
    """A spreadsheet to be made: for which account, what, of where and when."""

    number: int
    bot: int
    chat_id: int
    what: What
    scope: Scope
    area: str
    with_photos: bool = False


def areas_of(work: Work, what: What) -> list[NamedArea]:
    """The areas the actor may take such records out of, the highest first."""
    access.require(work.actor, SOURCES[what].action, Resource(work.actor.path))
    roles = access.roles_for(SOURCES[what].action)
    held = {each.path for each in work.actor.holdings if each.role in roles}
    found = work.session.execute(
        select(col(Area.path), col(Area.id), col(Area.name)).where(col(Area.path).in_(held))
    )
    in_order = sorted(found, key=lambda row: (len(row.path), row.path))
    return [NamedArea(row.id or 0, row.name) for row in in_order]


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
    made = insert(ExportRequest).values(**values).returning(col(ExportRequest.id))
    number = work.session.execute(made).scalar_one() or 0
    outbox.show(work, _subject(number), ExportCard(number), outbox.recipient_of(work.actor))
    audit.record(
        work,
        SOURCES[what].action,
        path or "",
        what=f"{what} with photos" if with_photos else what,
        since=period.first.isoformat(),
        until=period.last.isoformat(),
    )


def load(session: Session, reader: Actor, told: ExportCard) -> Progress | None:
    """How far a spreadsheet is; None for anybody but who asked."""
    access.require(reader, "person.read_own", self_of(reader))
    row = _row(session, told.number)
    if row is None or row.person_id != reader.person_id:
        return None
    return Progress(
        what=row.what, area=row.area, since=row.since, until=row.until, state=row.state, done=row.rows_done,
        total=row.rows_total, files=len(row.files),
    )  # fmt: skip


def is_waiting(work: Work) -> bool:
    """Whether there is one to be made."""
    access.require(work.actor, MAKE, Resource())
    waiting = select(col(ExportRequest.id)).where(*_free(work.now)).limit(1)
    return work.session.execute(waiting).first() is not None


def claim(work: Work) -> Order | None:
    """The next one to be made, for some minutes; None: there is none. One that was tried too often is given
    up."""
    access.require(work.actor, MAKE, Resource())
    found = work.session.execute(
        select(col(ExportRequest.id), col(ExportRequest.tries)).where(*_free(work.now))
        .order_by(col(ExportRequest.id)).limit(1).with_for_update(skip_locked=True)
    ).first()  # fmt: skip
    if found is None:
        return None
    number = found.id or 0
    if found.tries >= TRIES:
        give_up(work, number)
        return None
    _change(work, number, state=ExportState.MAKING, lease_until=work.now + LEASE, tries=found.tries + 1)
    try:
        row = _row(work.session, number)
        assert row is not None
        scope = Scope(row.path, row.since, row.until)
        return Order(row.number, row.bot, row.chat_id, What(row.what), scope, row.area, row.with_photos)
    except (ValueError, AssertionError, TypeError) as error:
        raise Unusable(number) from error


def require_still(actor: Actor, order: Order) -> None:
    """Raise NotAllowed where the one who asked may not take these records out any more."""
    access.require(actor, SOURCES[order.what].action, Resource(order.scope.path))


def progress(work: Work, number: int, done: int, total: int) -> None:
    """So many rows are written; who asked sees it, and the lease is longer."""
    access.require(work.actor, MAKE, Resource())
    _change(work, number, rows_done=done, rows_total=total, lease_until=work.now + LEASE)
    outbox.refresh(work.session, _subject(number), work.now)


def finish(work: Work, order: Order, to: Recipient, rows: int, files: Sequence[File]) -> None:
    """It is in the store: send every part, once."""
    access.require(work.actor, MAKE, Resource())
    values = {
        "state": ExportState.DONE, "rows_done": rows, "rows_total": rows, "files": list(files),
        "done_at": work.now,
    }  # fmt: skip
    still = (col(ExportRequest.id) == order.number, col(ExportRequest.state) == ExportState.MAKING)
    if not work.session.connection().execute(update(ExportRequest).where(*still).values(**values)).rowcount:
        return
    outbox.refresh(work.session, _subject(order.number), work.now)
    for part, file in enumerate(files, start=1):
        told = ExportFile(file.key, file.name, order.number, part, len(files), rows)
        outbox.enqueue(work, told, to, f"export:{order.number}:{part}")


def load_file(session: Session, reader: Actor, told: ExportFile) -> ExportFile | None:
    """A part just before it is sent; None where the reader is not who asked, or may not any more."""
    row = _row(session, told.number)
    if row is None or row.person_id != reader.person_id:
        return None
    allowed = access.allows(reader, SOURCES[What(row.what)].action, Resource(row.path))
    return told if allowed else None


def past_date(work: Work) -> tuple[int, list[str]] | None:
    """One whose files were sent long ago, and their keys."""
    access.require(work.actor, MAKE, Resource())
    sent = (col(ExportRequest.done_at) < work.now - KEPT, col(ExportRequest.rows_total) > 0)
    rows = work.session.execute(select(col(ExportRequest.id), col(ExportRequest.files)).where(*sent))
    return next(((row.id or 0, [file["key"] for file in row.files]) for row in rows if row.files), None)


def forget_files(work: Work, number: int) -> None:
    """Its files are gone."""
    access.require(work.actor, MAKE, Resource())
    _change(work, number, files=[])


def give_up(work: Work, number: int) -> None:
    """It cannot be made; who asked is told."""
    access.require(work.actor, MAKE, Resource())
    _change(work, number, state=ExportState.FAILED, done_at=work.now, lease_until=None)
    outbox.refresh(work.session, _subject(number), work.now)


def _change(work: Work, number: int, **values: object) -> None:
    work.session.execute(update(ExportRequest).where(col(ExportRequest.id) == number).values(**values))


def _subject(number: int) -> str:
    return f"export:{number}"


def _free(now: datetime) -> tuple[ColumnElement[bool], ...]:
    open_ = col(ExportRequest.state).in_([ExportState.ASKED, ExportState.MAKING])
    return open_, or_(col(ExportRequest.lease_until).is_(None), col(ExportRequest.lease_until) < now)


class _Row(Struct):
    """A spreadsheet that was asked for, and its area."""

    number: int
    bot: int
    chat_id: int
    person_id: int
    what: str
    since: date
    until: date
    state: str
    rows_done: int
    rows_total: int
    files: Sequence[object]
    with_photos: bool
    area: str
    path: str


def _row(session: Session, number: int) -> _Row | None:
    request = ExportRequest
    return first_of(
        session,
        _Row,
        select(
            col(request.id).label("number"), col(request.bot), col(request.chat_id), col(request.person_id),
            col(request.what), col(request.since), col(request.until), col(request.state),
            col(request.rows_done), col(request.rows_total), col(request.files), col(request.with_photos),
            col(Area.name).label("area"), col(Area.path),
        )
        .join(Area, col(Area.id) == col(request.area_id))
        .where(col(request.id) == number),
    )  # fmt: skip
