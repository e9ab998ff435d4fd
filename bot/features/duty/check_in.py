"""Check-in and check-out: one tap each; whatever comes is taken, graded and shown, never refused."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlmodel import col

from bot import access
from bot.access import Work, self_of
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.duty import going_on, presence
from bot.features.duty.grading import DutySpot, Place, PlaceVerdict, TimeVerdict, grade_arrival, grade_place
from bot.features.duty.known_duty import Duty, duty_of, spot_of_post
from bot.features.duty.repository import RecentCheckIn, close_forgotten, open_at, recent_of
from bot.features.duty.shift_match import PlannedShift
from bot.features.duty.taps import UNPLACED, UNTIMED, Report, Tap
from bot.outbox import outbox
from bot.photos import photos
from bot.photos.photos import ReceivedPhoto
from bot.settings import Settings
from bot.settings.work_day import day_of_duty
from bot.storage.database import insert_one
from models import CheckIn, ClosedBy, Evidence, PlaceGrade, Post, Punctuality

# How long after a check-out a place is taken for its place, where the duty asks for one.
LEAVING = timedelta(minutes=10)


def check_in(
    work: Work,
    place: Place | None,
    at: datetime,
    *,
    without_place: bool = False,
    spots: Sequence[DutySpot] = (),
    post_id: int | None = None,
) -> Report:
    """Check in at a moment, or add a presence point where there is a check-in that this one belongs to: one
    that is open, or was then.

    Where the duty needs the place and none is given, asks for it, unless `without_place` says that
    there is no way to send one. `spots`: where the person may rightly be besides; `post_id`: the post whose
    code was scanned.
    """
    access.require(work.actor, "checkin.make", self_of(work.actor))
    tap = Tap(at, place, [], _duty(work, at, spots), post_id, without_place)
    tap = replace(tap, recent=_recent(work, tap.duty, at))
    open_ = open_at(tap.recent, at)
    if open_ is None:
        return _arrive(work, tap)
    shift = _goes_on_to(tap, open_, work.settings)
    if shift is None:
        return _again(work, tap, open_)
    return _new(work, tap, shift, open_)


def would_begin(work: Work, at: datetime) -> bool:
    """Whether a check-in then, without a place, would be one, and not say once more that they are there."""
    access.require(work.actor, "checkin.make", self_of(work.actor))
    recent = recent_of(work.session, work.actor.person_id, at)
    tap, open_ = Tap(at, None, recent, _duty(work, at, ())), open_at(recent, at)
    if tap.later is not None:
        return False
    return open_ is None or open_.close_at <= at or _goes_on_to(tap, open_, work.settings) is not None


def check_in_by_qr(work: Work, qr_code: str, at: datetime) -> Report:
    """Check in by the code on a post's wall. Raises Refused for a code that no post has."""
    access.require(work.actor, "checkin.make", self_of(work.actor))
    post = work.session.execute(
        select(col(Post.id), col(Post.name), col(Post.latitude), col(Post.longitude), col(Post.radius)).where(
            col(Post.qr_code) == qr_code, col(Post.removed_at).is_(None)
        )
    ).first()
    if post is None:
        raise Refused("checkin-qr-unknown")
    spot = spot_of_post(
        post.id, post.name, post.latitude, post.longitude, post.radius, work.settings.checkin.radius_metres
    )
    place = Place(spot.latitude, spot.longitude, 0, Evidence.QR) if spot else None
    report = check_in(work, place, at, without_place=True, post_id=post.id)
    return replace(report, evidence=Evidence.QR, scanned=post.name)


def add_live_point(work: Work, place: Place, at: datetime, *, spots: Sequence[DutySpot] = ()) -> bool:
    """Keep a point of a live location if a check-in is open and the last point is old enough. `spots`:
    where the person may rightly be besides."""
    if not access.allows(work.actor, "checkin.make", self_of(work.actor)):
        # Every move would be refused aloud.
        return False
    recent = recent_of(work.session, work.actor.person_id, at)
    open_ = open_at(recent, at)
    if open_ is None or open_.close_at <= at:
        return False
    tap = Tap(at, place, recent, _duty(work, at, spots))
    if _has_gone_on(work, tap, open_):
        return True
    gap = timedelta(seconds=work.settings.checkin.live_seconds)
    if open_.last_at is not None and at - open_.last_at < gap:
        return False
    presence.add_point(work, tap, open_)
    return True


def keep_photo(work: Work, sent: ReceivedPhoto) -> datetime | None:
    """Keep a photo with the open check-in whose duty asks for one and has none.

    Returns when that check-in was made; None where no photo was asked for. Raises Refused for a file that
    is too large or no picture.
    """
    if not access.allows(work.actor, "checkin.make", self_of(work.actor)):
        return None
    open_ = open_at(recent_of(work.session, work.actor.person_id), work.now)
    if (
        open_ is None
        or open_.out_at is not None
        or open_.photo_id
        or not work.settings.duty_type(open_.duty_type).photo
    ):
        return None
    number = photos.keep(work.session, work.actor, sent, now=work.now)
    photos.use(work.session, [number], f"checkin:{open_.id}")
    work.session.execute(
        update(CheckIn).where(col(CheckIn.id) == open_.id).values(photo_id=number, remark=sent.words)
    )
    return open_.in_at


def _duty(work: Work, at: datetime, spots: Sequence[DutySpot]) -> Duty:
    duty = duty_of(work, at)
    return replace(duty, posts=(*duty.spots(None), *spots)) if spots else duty


def _recent(work: Work, duty: Duty, at: datetime) -> Sequence[RecentCheckIn]:
    """The newest check-ins; one whose time was over is ended first."""
    recent = recent_of(work.session, work.actor.person_id, at)
    open_ = open_at(recent, at)
    if open_ is None or open_.out_at is not None or open_.close_at > at:
        return recent
    attended = {row.shift_id for row in recent if row.shift_id}
    going_on.end(work, open_, duty.shifts, attended, at)
    return recent_of(work.session, work.actor.person_id, at)


def _goes_on_to(tap: Tap, open_: RecentCheckIn, settings: Settings) -> PlannedShift | None:
    """The shift that somebody goes on to who was on duty already; None where they only show that they are
    there."""
    if open_.out_at is not None and open_.closed_by != ClosedBy.SYSTEM:
        # It came late: they went off duty after it, and stayed until then.
        return None
    return tap.next_shift(tap.shift_of(open_), settings.checkin.early_minutes)


def _has_gone_on(work: Work, tap: Tap, open_: RecentCheckIn) -> bool:
    """A running live location goes on to the next shift by itself once that has begun, where it is at its
    post: nobody taps for what the phone shows already. The person is told."""
    shift = _goes_on_to(tap, open_, work.settings)
    current = tap.shift_of(open_)
    if shift is None or tap.at < shift.starts_at or (current and tap.at < current.ends_at):
        return False
    if tap.place is None or shift.id in tap.attended or tap.later is not None:
        return False
    if grade_place(tap.place, tap.duty.spots(shift), work.settings.checkin).grade is not PlaceGrade.ON_SITE:
        return False
    report = _new(work, tap, shift, open_)
    notice = report.notice(work.settings, new_place=True)
    outbox.tell(work, [work.actor.person_id], notice, f"gone-on:{report.checkin_id}")
    return True


def _arrive(work: Work, tap: Tap) -> Report:
    """No check-in was open."""
    shift = tap.meant(work.settings.checkin.early_minutes)
    last = _awaits_place(tap, work.settings)
    if last is not None:
        left = _place_of_leaving(work, tap, last)
        # The place that was asked for; a check-in too where the next shift is due, or they stand at its post.
        if shift is None or shift.id in tap.attended:
            return left
        if tap.at < shift.starts_at and not tap.stands_at(shift):
            return left
    return _new(work, tap, shift, None)


def _again(work: Work, tap: Tap, row: RecentCheckIn) -> Report:
    """A check-in was open: a place is one more presence point; the verdict is repeated."""
    place = tap.place
    verdict, too_fast = PlaceVerdict(PlaceGrade(row.place_grade), row.distance), row.too_fast
    if place is not None:
        verdict, too_fast = presence.add_point(work, tap, row)
    elif row.evidence == Evidence.WENT_ON:
        # They were there at this moment, which a check-out that comes late does not undo.
        work.session.execute(update(CheckIn).where(col(CheckIn.id) == row.id).values(last_at=tap.at))
    time = TimeVerdict(Punctuality(row.in_punctuality), row.late_minutes)
    evidence = place.evidence if place else Evidence(row.evidence)
    return Report(
        "again", row.id, row.began, tap.shift_of(row), row.duty_type, time, verdict, evidence, too_fast,
        row.work_day.isoformat(), out_at=row.ended,
    )  # fmt: skip


def _new(work: Work, tap: Tap, shift: PlannedShift | None, before: RecentCheckIn | None) -> Report:
    """A check-in, which ends the one `before` it. One that came late, when there was another one already, is
    the beginning of that, or over where that begins."""
    kind, later = work.settings.duty_type(shift.duty_type if shift else None), tap.later
    if kind.location and tap.place is None and not tap.without_place:
        return Report("needs_place", 0, tap.at, shift, kind.code)
    ended_at = _end_before(work, tap, before)
    made = _graded(tap, shift, work.settings)
    if later is not None and _is_same_duty(later, shift, made.close_at):
        return _from_earlier(work, tap, later, made)
    values, out_at = made.values(work, tap), None
    if later is not None:
        out_at = min(shift.ends_at if shift else made.close_at, later.began)
        values |= {"out_at": out_at, "closed_by": ClosedBy.SYSTEM}
        _forgive_late(work, tap, shift)
    number = insert_one(work.session, CheckIn, values)
    report = Report("again" if later else "done", number, tap.at, shift, kind.code, ended_at=ended_at)
    return made.told(report, out_at)


class _Graded(Struct):
    """A check-in that is being made: how it is graded, which day it counts for, and when its time is over."""

    shift: PlannedShift | None
    time: TimeVerdict
    place: PlaceVerdict
    evidence: Evidence
    too_fast: bool
    day: date
    close_at: datetime

    def values(self, work: Work, tap: Tap) -> dict[str, object]:
        """As it is kept."""
        shift, spot = self.shift, self.place.spot
        return {
            "person_id": work.actor.person_id, "area_id": shift.area_id if shift else work.actor.area_id,
            "shift_id": shift.id if shift else None,
            "post_id": (shift.post_id if shift else None) or (spot.post_id if spot else None) or tap.post_id,
            "duty_type": work.settings.duty_type(shift.duty_type if shift else None).code,
            "work_day": self.day, "in_at": tap.at, "close_at": self.close_at,
            "in_punctuality": self.time.punctuality, "late_minutes": self.time.minutes, "early_minutes": 0,
            "place_grade": self.place.grade, "distance": self.place.distance, "too_fast": self.too_fast,
            "evidence": self.evidence, **presence.where(tap),
        }  # fmt: skip

    def told(self, report: Report, out_at: datetime | None) -> Report:
        """What is said of it."""
        return replace(
            report, time=self.time, place=self.place, evidence=self.evidence, too_fast=self.too_fast,
            day=self.day.isoformat(), out_at=out_at,
        )  # fmt: skip


def _graded(tap: Tap, shift: PlannedShift | None, settings: Settings) -> _Graded:
    at, rules, place = tap.at, settings.checkin, tap.place
    verdict = grade_place(place, tap.duty.spots(shift), rules) if place else UNPLACED
    evidence = place.evidence if place else Evidence.QR if tap.post_id else Evidence.NONE
    close_at = at + timedelta(hours=rules.open_hours)
    if shift:
        close_at = shift.ends_at + timedelta(minutes=rules.close_after_minutes)
    too_fast, day = presence.is_too_fast_since(tap, settings), day_of_duty(shift, at, settings.work)
    return _Graded(shift, _arrival(tap, shift, settings), verdict, evidence, too_fast, day, close_at)


def _forgive_late(work: Work, tap: Tap, shift: PlannedShift | None) -> None:
    """Who was there before came back to the shift."""
    if shift is None:
        return
    again = (col(CheckIn.person_id) == work.actor.person_id, col(CheckIn.shift_id) == shift.id)
    undecided = (col(CheckIn.in_at) > tap.at, col(CheckIn.corrected_in_at).is_(None))
    forgiven = {"in_punctuality": Punctuality.ON_TIME, "late_minutes": 0}
    work.session.execute(update(CheckIn).where(*again, *undecided).values(**forgiven))


def _is_same_duty(later: RecentCheckIn, shift: PlannedShift | None, close_at: datetime) -> bool:
    """Whether a tap would have begun what another one, which came before it, has begun later."""
    return later.shift_id == (shift.id if shift else None) and later.began < close_at


def _from_earlier(work: Work, tap: Tap, later: RecentCheckIn, made: _Graded) -> Report:
    """A check-in begins at an earlier tap, which came late. A time that was decided by somebody stays, and so
    does the place where the tap has none."""
    if later.corrected_in_at is not None:
        return _again(work, tap, later)
    kept = ["in_at", "work_day", "in_punctuality", "late_minutes"]
    if tap.place is not None:
        presence.keep_first_point(work, later)
        kept += ["evidence", "latitude", "longitude", "accuracy", "place_grade", "distance", "too_fast"]
    if later.out_at is None:
        kept.append("close_at")
    values = made.values(work, tap)
    changed = {name: values[name] for name in kept}
    work.session.execute(update(CheckIn).where(col(CheckIn.id) == later.id).values(**changed))
    found = Report("again", later.id, tap.at, tap.shift_of(later), later.duty_type)
    return made.told(found, later.ended)


def _end_before(work: Work, tap: Tap, before: RecentCheckIn | None) -> datetime | None:
    """End the check-in that was open: at its shift's end, or now where that is still to come or there is
    none. Where the system has ended it since, it did not last longer than to this tap."""
    if before is None:
        return None
    if before.out_at is None:
        return close_forgotten(work.session, before, tap.at)
    if before.out_at > tap.at:
        work.session.execute(update(CheckIn).where(col(CheckIn.id) == before.id).values(out_at=tap.at))
    return None


def _arrival(tap: Tap, shift: PlannedShift | None, settings: Settings) -> TimeVerdict:
    """Who comes back to a shift after a pause is not late."""
    if shift is None:
        return TimeVerdict()
    came = shift.starts_at if shift.id in tap.attended else tap.at
    return grade_arrival(shift.starts_at, came, settings.checkin.grace_minutes)


def _awaits_place(tap: Tap, settings: Settings) -> RecentCheckIn | None:
    """What was just checked out of, where that duty asks for a place then: the next place is that one."""
    row = tap.recent[0] if tap.recent and tap.place and tap.later is None else None
    if row is None or row.out_at is None or row.closed_by != ClosedBy.SELF or row.out_evidence is not None:
        return None
    asked = settings.duty_type(row.duty_type).location_at_check_out
    return row if asked and tap.at - row.out_at <= LEAVING else None


def _place_of_leaving(work: Work, tap: Tap, row: RecentCheckIn) -> Report:
    assert tap.place
    shift = tap.shift_of(row)
    verdict = grade_place(tap.place, tap.duty.spots(shift), work.settings.checkin)
    values = {"out_evidence": tap.place.evidence, "out_place_grade": verdict.grade}
    work.session.execute(update(CheckIn).where(col(CheckIn.id) == row.id).values(**values))
    return Report("left", row.id, row.in_at, shift, row.duty_type, UNTIMED, verdict, tap.place.evidence)
