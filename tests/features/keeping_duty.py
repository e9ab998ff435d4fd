"""Somebody with shifts at posts, who taps: what the records and the boards say then."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import SYSTEM, Actor, Work
from bot.features.attendance import duty_board, not_checked_in
from bot.features.attendance import repository as attendance_repository
from bot.features.duty import check_in as duty_check_in
from bot.features.duty import check_out, known_duty, on_behalf
from bot.features.duty.grading import Place
from bot.features.duty.taps import Report
from bot.settings import DatabaseSettings, Settings
from bot.settings.work_day import work_day
from models import (
    Account,
    CheckIn,
    Evidence,
    Person,
    Post,
    ReportKind,
    Shift,
    ShiftMember,
)
from tests.layouts import with_town

ZONE = ZoneInfo("Asia/Shanghai")
SETTINGS = Settings(database=DatabaseSettings(synchronous="OFF"))
MANGLI, DAQIAO, AWAY = Place(24.4000, 98.5500, 15), Place(24.4200, 98.5700, 15), Place(24.5, 98.7, 15)
PLACES = {"P-MANGLI": MANGLI, "P-DAQIAO": DAQIAO}
CODES = {"P-MANGLI": "qr-mangli-7f3k", "P-DAQIAO": "qr-daqiao-9x2m"}
WHO = "岩罕"


def at(clock: str, day: int = 24) -> datetime:
    """A moment of November in Dehong."""
    hour, minute = clock.split(":")
    return datetime(2026, 11, day, int(hour), int(minute), tzinfo=ZONE).astimezone(UTC)


@contextmanager
def town(folder: Path) -> Iterator[Session]:
    """The township, in one transaction."""
    db = with_town(folder / "on.sqlite3")
    with db.write_now() as opened:
        for number, name in enumerate((WHO, "刀建国"), start=5):
            person = opened.execute(select(Person).where(col(Person.name) == name)).scalar_one()
            opened.add(
                Account(
                    bot=0, user_id=number, chat_id=number, person_id=person.id or 0, joined_at=at("00:00")
                )
            )
        opened.flush()
        yield opened
    db.close()


class Worker:
    """岩罕, his shifts and his taps."""

    def __init__(self, session: Session) -> None:
        self.session = session
        # Of another example.
        known_duty._remembered.known.clear()
        self.actor: Actor = access.actors_of(session, 0, [5])[5]
        self.supervisor: Actor = access.actors_of(session, 0, [6])[6]

    def shift(self, start: datetime, end: datetime, post: str | None = "P-MANGLI") -> int:
        found = select(Post).where(col(Post.code) == post)
        where = self.session.execute(found).scalar_one() if post else None
        area = where.area_id if where else self.actor.area_id
        shift = Shift(
            code=f"S{start:%d%H%M}{end:%d%H%M}{post}{len(self.shifts())}", area_id=area, duty_type="border",
            post_id=where.id if where else None, starts_at=start, ends_at=end,
        )  # fmt: skip
        self.session.add(shift)
        self.session.flush()
        self.session.add(ShiftMember(shift_id=shift.id or 0, person_id=self.actor.person_id))
        self.session.flush()
        known_duty._remembered.known.clear()
        return shift.id or 0

    def shifts(self) -> Sequence[Shift]:
        return self.session.execute(select(Shift).order_by(col(Shift.starts_at))).scalars().all()

    def tap(self, moment: datetime, place: Place | None = MANGLI) -> Report:
        return duty_check_in.check_in(
            Work(self.session, self.actor, moment, SETTINGS), place, moment, without_place=True
        )

    def scan(self, moment: datetime, post: str) -> Report:
        return duty_check_in.check_in_by_qr(
            Work(self.session, self.actor, moment, SETTINGS), CODES[post], moment
        )

    def moves(self, moment: datetime, place: Place) -> bool:
        live = Place(place.latitude, place.longitude, 15, Evidence.LIVE)
        return duty_check_in.add_live_point(Work(self.session, self.actor, moment, SETTINGS), live, moment)

    def leaves(self, moment: datetime) -> None:
        check_out.check_out(Work(self.session, self.actor, moment, SETTINGS), moment)

    def clock(self, moment: datetime) -> None:
        check_out.close_overdue(Work(self.session, SYSTEM, moment, SETTINGS))

    @property
    def records(self) -> Sequence[CheckIn]:
        self.session.expire_all()
        found = select(CheckIn).where(col(CheckIn.person_id) == self.actor.person_id)
        return self.session.execute(found.order_by(col(CheckIn.in_at), col(CheckIn.id))).scalars().all()

    def told(self) -> list[tuple[int | None, str, str, str | None]]:
        """The records: of which shift, from when to when, and who ended them."""
        return [
            (row.shift_id, _clock(row.in_at), _clock(row.out_at) if row.out_at else "", row.closed_by)
            for row in self.records
        ]

    def is_missed(self, moment: datetime) -> list[str]:
        """The boards that name him."""
        day = work_day(moment, SETTINGS.work)
        named = attendance_repository.missing(
            Work(self.session, SYSTEM, moment, SETTINGS), ReportKind.DUTY, "DH/", day, below=True
        )
        found = ["missing"] if self.actor.person_id in {each.person_id for each in named} else []
        running = not_checked_in._members().where(
            *not_checked_in.absent(), col(Shift.starts_at) <= moment, col(Shift.ends_at) > moment
        )
        rows = self.session.execute(running).all()
        found += ["late"] if any(row.person_id == self.actor.person_id for row in rows) else []
        board = duty_board.now_on_duty(Work(self.session, self.supervisor, moment, SETTINGS), 0)
        names = [n for entry in board.entries for shift in entry.shifts for n in shift.missing]
        found += ["onduty"] if any(WHO in str(name) for name in names) else []
        offered = on_behalf.offered(Work(self.session, self.supervisor, moment, SETTINGS), 0, 99)
        return found + ["for"] * any(c.person_id == self.actor.person_id and not c.leaves for c in offered)


def _clock(moment: datetime) -> str:
    return moment.astimezone(ZONE).strftime("%d %H:%M")
