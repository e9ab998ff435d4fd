"""The demo's shifts around now, and what was kept of those before: so that every list has something in it."""

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from bot.base.facts import Struct
from bot.settings import Settings
from bot.settings.work_day import day_of_shift, work_day
from models import CheckIn, ClosedBy, Evidence, Person, PlaceGrade, Post, Punctuality, Shift, ShiftMember

BORDER_POST, TOWN_POST = "P-BORDER", "P-TOWN"
_WATCH = timedelta(hours=8)
# At the border post two crews of four take turns, by day and by night; who is named first leads.
_HALF = timedelta(hours=12)
_CREWS = (("C1", "C4", "C5", "C6"), ("W1", "C3", "C7", "C8"))
_TURNS = 6
# So many days past have something in them.
PAST_DAYS = 9


class _Kept(Struct):
    """How a past shift was kept: minutes before its start and after its end, metres off. Negative: late."""

    early: int = 6
    over: int = 3
    metres: int = 18
    forgot: bool = False


# By the number of days ago; every other day all was well.
_LAPSES = {2: _Kept(early=-17), 4: _Kept(metres=640), 6: _Kept(forgot=True)}


class _Planner(Struct):
    session: Session
    people: dict[str, Person]
    settings: Settings

    def shift(self, post: Post, duty: str, start: datetime, *crew: str, length: timedelta = _WATCH) -> Shift:
        """Put people on a watch, the first as its lead."""
        shift = Shift(
            code=f"{post.code}-{start:%Y%m%d-%H%M}", area_id=post.area_id, post_id=post.id, duty_type=duty,
            starts_at=start, ends_at=start + length,
        )  # fmt: skip
        self.session.add(shift)
        self.session.flush()
        for number, code in enumerate(crew):
            person = self.people[code].id or 0
            self.session.add(ShiftMember(shift_id=shift.id or 0, person_id=person, is_lead=number == 0))
        return shift

    def keep(self, shift: Shift, code: str, kept: _Kept, open_: bool = False) -> None:
        """Write down a check-in to a shift, and the check-out unless it is still open."""
        grace = self.settings.checkin.grace_minutes
        late = -kept.early if -kept.early > grace else 0
        close_at = shift.ends_at + timedelta(minutes=self.settings.checkin.close_after_minutes)
        over = shift.ends_at + timedelta(minutes=kept.over)
        self._add(
            code, shift.starts_at - timedelta(minutes=kept.early),
            None if open_ else close_at if kept.forgot else over, close_at,
            area_id=shift.area_id, shift_id=shift.id, post_id=shift.post_id, duty_type=shift.duty_type,
            work_day=day_of_shift(shift.starts_at, shift.ends_at, self.settings.work), late_minutes=late,
            in_punctuality=Punctuality.LATE if late else Punctuality.ON_TIME,
            out_punctuality=None if open_ else Punctuality.ON_TIME,
            place_grade=PlaceGrade.ON_SITE if kept.metres <= 200 else PlaceGrade.OFF_SITE,
            distance=kept.metres,
            closed_by=None if open_ else ClosedBy.SYSTEM if kept.forgot else ClosedBy.SELF,
        )  # fmt: skip

    def keep_day(self, code: str, start: datetime, hours: float) -> None:
        """Write down a day's duty without a shift, in the own grid."""
        self._add(
            code, start, start + timedelta(hours=hours),
            start + timedelta(hours=self.settings.checkin.open_hours),
            area_id=self.people[code].area_id, duty_type=self.settings.work.duty_type,
            work_day=work_day(start, self.settings.work), in_punctuality=Punctuality.NO_SHIFT,
            out_punctuality=Punctuality.NO_SHIFT, place_grade=PlaceGrade.ON_SITE, distance=42,
            closed_by=ClosedBy.SELF,
        )  # fmt: skip

    def _add(
        self, code: str, in_at: datetime, out_at: datetime | None, close_at: datetime, **fields: Any
    ) -> None:
        person_id = self.people[code].id or 0
        self.session.add(
            CheckIn(
                person_id=person_id, in_at=in_at, out_at=out_at, close_at=close_at, evidence=Evidence.PIN,
                **fields,
            )
        )  # fmt: skip


def plan(
    session: Session,
    people: dict[str, Person],
    posts: dict[str, Post],
    settings: Settings,
    now: datetime,
) -> None:
    """Plan the watches around `now` and write down the past ones.

    At the border post a watch is being kept, and the next begins in 12 to 17 minutes; in the town the watch
    of tonight (or the one being kept) runs over midnight.
    """
    planner = _Planner(session, people, settings)
    border, town = posts[BORDER_POST], posts[TOWN_POST]
    relief = _next_five(now + timedelta(minutes=12))
    for turn in range(_TURNS):
        crew = _CREWS[turn % 2]
        kept = planner.shift(border, "border", relief + (turn - 1) * _HALF, *crew, length=_HALF)
        if not turn:
            for code in crew:
                planner.keep(kept, code, _Kept(), open_=True)
    tonight = _night(now, settings)
    for watch in (tonight, tonight + timedelta(days=1)):
        shift = planner.shift(town, "border", watch, "C2", "W3")
        if watch <= now:
            for code in ("C2", "W3"):
                planner.keep(shift, code, _Kept(), open_=True)
    _past(planner, border, town, tonight, now)


def next_end(session: Session, now: datetime) -> datetime | None:
    """When the next shift at a post ends; None where none is planned."""
    ends = select(func.min(col(Shift.ends_at))).where(
        col(Shift.ends_at) > now, col(Shift.post_id).is_not(None), col(Shift.removed_at).is_(None)
    )
    return session.execute(ends).scalar()


def _past(planner: _Planner, border: Post, town: Post, tonight: datetime, now: datetime) -> None:
    midnight = datetime.combine(
        now.astimezone(planner.settings.work.zone), time(), planner.settings.work.zone
    )
    for ago in range(2, PAST_DAYS):
        day, kept = midnight - timedelta(days=ago), _LAPSES.get(ago, _Kept())
        watch = planner.shift(border, "border", day.replace(hour=8), "C1", "W1")
        planner.keep(watch, "W1", kept)
        planner.keep(watch, "C1", _Kept(early=11))
        planner.keep_day("W2", day.replace(hour=8, minute=20 + ago), 8.5)
        night = planner.shift(town, "border", tonight - timedelta(days=ago), "C2", "W3")
        planner.keep(night, "C2", _Kept(metres=35))
        planner.keep(night, "W3", _Kept(early=4, metres=60))


def _next_five(moment: datetime) -> datetime:
    """The next moment whose minutes are a multiple of five."""
    ahead = timedelta(minutes=-moment.minute % 5 or 5) if moment.minute % 5 or moment.second else timedelta()
    return moment.replace(second=0, microsecond=0) + ahead


def _night(now: datetime, settings: Settings) -> datetime:
    """22 o'clock of the night watch that is being kept or comes next."""
    local = now.astimezone(settings.work.zone)
    evening = local.replace(hour=22, minute=0, second=0, microsecond=0)
    return evening - timedelta(days=1) if local.hour < 6 else evening
