"""Check-in and check-out: one tap each; whatever comes is taken, graded and shown, never refused."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlmodel import Session, col

from bot import access, outbox, photos
from bot.access import Actor
from bot.checkins import close_forgotten, open_at, recent_of
from bot.duty import Duty, duty_of, spot_of_post
from bot.errors import Refused
from bot.grading import (
    Place,
    PlaceVerdict,
    Spot,
    TimeVerdict,
    grade_arrival,
    grade_place,
    is_too_fast,
)
from bot.matching import PlannedShift, is_at, match_shift, next_shift
from bot.notices import Facts, Notice
from bot.photos import Sent
from bot.services import going_on
from bot.services.accounts import own
from bot.settings import Settings
from bot.work_day import day_of_duty
from models import CheckIn, ClosedBy, Evidence, PlaceGrade, Post, PresencePoint, Punctuality

# How long after a check-out a place is taken for its place, where the duty asks for one.
LEAVING = timedelta(minutes=10)
UNTIMED, UNPLACED = TimeVerdict(), PlaceVerdict()
_INSERT = insert(CheckIn).returning(col(CheckIn.id))
_INSERT_POINT = insert(PresencePoint)


@dataclass(frozen=True, slots=True)
class Report:
    """What is said about a check-in: `kind` is `done`, `again` (was open already), `left` (the place of
    the check-out) or `needs_place`.
    """

    kind: str
    checkin_id: int = 0
    in_at: datetime | None = None
    shift: PlannedShift | None = None
    duty_type: str = ""
    time: TimeVerdict = UNTIMED
    place: PlaceVerdict = UNPLACED
    evidence: Evidence = Evidence.NONE
    too_fast: bool = False
    day: str = ""
    # The post whose QR code was scanned.
    scanned: str = ""
    # When the check-in before was ended by this one.
    ended_at: datetime | None = None

    def facts(self, settings: Settings, *, new_place: bool, patrol: bool = False) -> Facts:
        """For a notice. `patrol`: there is something to be patrolled."""
        kind, shift, spot = settings.duty_type(self.duty_type), self.shift, self.place.spot
        return {
            "checkin_id": self.checkin_id, "in_at": self.in_at,
            "starts_at": shift.starts_at if shift else None, "ends_at": shift.ends_at if shift else None,
            "post": shift.post_name if shift else "", "duty": {"zh_CN": kind.zh_CN, "en": kind.en},
            "late_minutes": self.time.minutes, "grade": self.place.grade, "distance": self.place.distance,
            "spot": spot.name if spot else "", "evidence": self.evidence, "scanned": self.scanned,
            "too_fast": self.too_fast, "new_place": new_place, "place_wanted": kind.location,
            "photo_wanted": kind.photo and self.kind == "done", "patrol": patrol,
            "ended_at": self.ended_at,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Tap:
    """What somebody does: when, where (`post_id`: the post whose code was scanned), and what is known of
    them: their check-ins, newest first, their duty, and where they may rightly be besides."""

    at: datetime
    place: Place | None
    recent: Sequence[Row[Any]]
    duty: Duty
    post_id: int | None = None
    without_place: bool = False

    @property
    def attended(self) -> set[int]:
        """The shifts that were checked in to."""
        return {row.shift_id for row in self.recent if row.shift_id}

    def shift_of(self, row: Row[Any]) -> PlannedShift | None:
        """The shift of a check-in, where it is still the person's."""
        return next((shift for shift in self.duty.shifts if shift.id == row.shift_id), None)


def check_in(
    session: Session,
    actor: Actor,
    place: Place | None,
    at: datetime,
    *,
    now: datetime,
    settings: Settings,
    without_place: bool = False,
    spots: Sequence[Spot] = (),
    post_id: int | None = None,
) -> Report:
    """Check in at a moment, or add a presence point where a check-in is open that this one belongs to.

    Where the duty needs the place and none is given, asks for it, unless `without_place` says that
    there is no way to send one. `spots`: where the person may rightly be besides; `post_id`: the post whose
    code was scanned.
    """
    access.require(actor, "checkin.make", own(actor))
    tap = _Tap(at, place, [], _duty(session, actor, at, spots, settings), post_id, without_place)
    tap = replace(tap, recent=_recent(session, actor, tap.duty, at, settings))
    open_ = open_at(tap.recent, at)
    if open_ is None:
        return _arrive(session, actor, tap, settings)
    shift = _goes_on_to(tap, open_, settings)
    if shift is None:
        return _again(session, actor, tap, open_, settings)
    return _new(session, actor, tap, shift, open_, settings)


def would_begin(session: Session, actor: Actor, at: datetime, settings: Settings) -> bool:
    """Whether a check-in now, without a place, would be one, and not say once more that they are there."""
    access.require(actor, "checkin.make", own(actor))
    duty = duty_of(session, actor, at, settings.checkin)
    tap = _Tap(at, None, recent_of(session, actor.person_id), duty)
    open_ = open_at(tap.recent, at)
    return open_ is None or open_.close_at <= at or _goes_on_to(tap, open_, settings) is not None


def check_in_by_qr(
    session: Session, actor: Actor, qr_code: str, at: datetime, *, now: datetime, settings: Settings
) -> Report:
    """Check in by the code on a post's wall. Raises Refused for a code that no post has."""
    access.require(actor, "checkin.make", own(actor))
    post = session.execute(
        select(col(Post.id), col(Post.name), col(Post.latitude), col(Post.longitude), col(Post.radius)).where(
            col(Post.qr_code) == qr_code, col(Post.removed_at).is_(None)
        )
    ).first()
    if post is None:
        raise Refused("checkin-qr-unknown")
    spot = spot_of_post(
        post.id, post.name, post.latitude, post.longitude, post.radius, settings.checkin.radius_metres
    )
    place = Place(spot.latitude, spot.longitude, 0, Evidence.QR) if spot else None
    report = check_in(
        session, actor, place, at, now=now, settings=settings, without_place=True, post_id=post.id
    )
    if place is None and report.kind == "done":
        values = {"evidence": Evidence.QR, "post_id": post.id}
        session.execute(update(CheckIn).where(col(CheckIn.id) == report.checkin_id).values(**values))
    return replace(report, evidence=Evidence.QR, scanned=post.name)


def add_live_point(
    session: Session, actor: Actor, place: Place, at: datetime, *, now: datetime, settings: Settings,
    spots: Sequence[Spot] = (),
) -> bool:  # fmt: skip
    """Keep a point of a live location if a check-in is open and the last point is old enough. `spots`:
    where the person may rightly be besides."""
    if not access.allows(actor, "checkin.make", own(actor)):
        # Every move would be refused aloud.
        return False
    recent = recent_of(session, actor.person_id)
    open_ = open_at(recent, at)
    if open_ is None or open_.close_at <= at:
        return False
    tap = _Tap(at, place, recent, _duty(session, actor, at, spots, settings))
    if _has_gone_on(session, actor, tap, open_, now, settings):
        return True
    gap = timedelta(seconds=settings.checkin.live_seconds)
    if open_.last_at is not None and at - open_.last_at < gap:
        return False
    _add_point(session, actor, tap, open_, settings)
    return True


def keep_photo(
    session: Session, actor: Actor, sent: Sent, *, now: datetime, settings: Settings
) -> datetime | None:
    """Keep a photo with the open check-in whose duty asks for one and has none.

    Returns when that check-in was made; None where no photo was asked for. Raises Refused for a file that
    is too large or no picture.
    """
    if not access.allows(actor, "checkin.make", own(actor)):
        return None
    open_ = open_at(recent_of(session, actor.person_id), now)
    if (
        open_ is None
        or open_.out_at is not None
        or open_.photo_id
        or not settings.duty_type(open_.duty_type).photo
    ):
        return None
    number = photos.keep(session, actor, sent, now=now)
    photos.use(session, [number], f"checkin:{open_.id}")
    session.execute(
        update(CheckIn).where(col(CheckIn.id) == open_.id).values(photo_id=number, remark=sent.words)
    )
    in_at: datetime = open_.in_at
    return in_at


def _duty(session: Session, actor: Actor, at: datetime, spots: Sequence[Spot], settings: Settings) -> Duty:
    duty = duty_of(session, actor, at, settings.checkin)
    return replace(duty, posts=(*duty.spots(None), *spots)) if spots else duty


def _recent(
    session: Session, actor: Actor, duty: Duty, at: datetime, settings: Settings
) -> Sequence[Row[Any]]:
    """The newest check-ins; one whose time was over is ended first."""
    recent = recent_of(session, actor.person_id)
    open_ = open_at(recent, at)
    if open_ is None or open_.out_at is not None or open_.close_at > at:
        return recent
    attended = {row.shift_id for row in recent if row.shift_id}
    going_on.end(session, open_, duty.shifts, attended, at, settings)
    return recent_of(session, actor.person_id)


def _goes_on_to(tap: _Tap, open_: Row[Any], settings: Settings) -> PlannedShift | None:
    """The shift that somebody goes on to who was on duty already; None where they only show that they are
    there."""
    if any(row.out_at is None and row.id != open_.id for row in tap.recent):
        # It came late: they have checked in anew since.
        return None
    early, current = settings.checkin.early_minutes, tap.shift_of(open_)
    shifts = tap.duty.shifts
    return next_shift(shifts, current, tap.at, early, tap.attended, tap.place, tap.post_id)


def _has_gone_on(
    session: Session, actor: Actor, tap: _Tap, open_: Row[Any], now: datetime, settings: Settings
) -> bool:
    """A running live location goes on to the next shift by itself once that has begun, where it is at its
    post: nobody taps for what the phone shows already. The person is told."""
    shift = _goes_on_to(tap, open_, settings)
    current = tap.shift_of(open_)
    if shift is None or tap.at < shift.starts_at or (current and tap.at < current.ends_at):
        return False
    if tap.place is None or shift.id in tap.attended:
        return False
    if grade_place(tap.place, tap.duty.spots(shift), settings.checkin).grade is not PlaceGrade.ON_SITE:
        return False
    report = _new(session, actor, tap, shift, open_, settings)
    notice = Notice("checkin.done", report.facts(settings, new_place=True))
    for to in outbox.recipients_of(session, [actor.person_id]):
        key = f"gone-on:{report.checkin_id}:{to.bot}:{to.chat_id}"
        outbox.enqueue(session, notice, to, key, now, settings)
    return True


def _arrive(session: Session, actor: Actor, tap: _Tap, settings: Settings) -> Report:
    """No check-in is open."""
    last = tap.recent[0] if tap.recent else None
    shift = match_shift(
        tap.duty.shifts, tap.at, settings.checkin.early_minutes, tap.attended, tap.place, tap.post_id
    )
    if last is not None and tap.place is not None and _awaits_place(last, tap.at, settings):
        left = _place_of_leaving(session, tap, last, settings)
        # The place that was asked for; a check-in too where the next shift is due, or they stand at its post.
        if shift is None or shift.id in tap.attended:
            return left
        if tap.at < shift.starts_at and not is_at(shift, tap.place, tap.post_id):
            return left
    return _new(session, actor, tap, shift, None, settings)


def _again(session: Session, actor: Actor, tap: _Tap, row: Row[Any], settings: Settings) -> Report:
    """A check-in is open: a place is one more presence point; the verdict is repeated."""
    place = tap.place
    verdict, too_fast = PlaceVerdict(PlaceGrade(row.place_grade), row.distance), row.too_fast
    if place is not None:
        verdict, too_fast = _add_point(session, actor, tap, row, settings)
    time = TimeVerdict(Punctuality(row.in_punctuality), row.late_minutes)
    evidence = place.evidence if place else Evidence(row.evidence)
    return Report(
        "again", row.id, row.in_at, tap.shift_of(row), row.duty_type, time, verdict, evidence, too_fast,
        row.work_day.isoformat(),
    )  # fmt: skip


def _new(
    session: Session, actor: Actor, tap: _Tap, shift: PlannedShift | None, before: Row[Any] | None,
    settings: Settings,
) -> Report:  # fmt: skip
    """A check-in, which ends the one `before` it that is open."""
    kind = settings.duty_type(shift.duty_type if shift else None)
    if kind.location and tap.place is None and not tap.without_place:
        return Report("needs_place", shift=shift, duty_type=kind.code)
    ended_at = _end_before(session, tap, before)
    place, at = tap.place, tap.at
    verdict = grade_place(place, tap.duty.spots(shift), settings.checkin) if place else PlaceVerdict()
    too_fast = place is not None and bool(tap.recent) and _is_too_fast(tap.recent[0], place, at, settings)
    time = _arrival(tap, shift, settings)
    day = day_of_duty(shift, at, settings.work)
    values: dict[str, Any] = {
        "person_id": actor.person_id, "area_id": shift.area_id if shift else actor.area_id,
        "shift_id": shift.id if shift else None,
        "post_id": (shift.post_id if shift else None) or (verdict.spot.post_id if verdict.spot else None),
        "duty_type": kind.code, "work_day": day, "in_at": at, "close_at": _close_at(shift, at, settings),
        "in_punctuality": time.punctuality, "late_minutes": time.minutes, "early_minutes": 0,
        "place_grade": verdict.grade, "distance": verdict.distance, "too_fast": too_fast,
        **_where(place, at),
    }  # fmt: skip
    checkin_id = session.connection().execute(_INSERT, values).scalar_one() or 0
    return Report(
        "done", checkin_id, at, shift, kind.code, time, verdict, values["evidence"], too_fast,
        day.isoformat(), ended_at=ended_at,
    )  # fmt: skip


def _end_before(session: Session, tap: _Tap, before: Row[Any] | None) -> datetime | None:
    """End the check-in that was open: at its shift's end, or now where that is still to come or there is
    none."""
    if before is None or before.out_at is not None:
        return None
    return close_forgotten(session, before, tap.at)


def _arrival(tap: _Tap, shift: PlannedShift | None, settings: Settings) -> TimeVerdict:
    """Who comes back to a shift after a pause is not late."""
    if shift is None:
        return TimeVerdict()
    came = shift.starts_at if shift.id in tap.attended else tap.at
    return grade_arrival(shift.starts_at, came, settings.checkin.grace_minutes)


def _where(place: Place | None, at: datetime) -> dict[str, Any]:
    if place is None:
        return {"evidence": Evidence.NONE}
    return {
        "evidence": place.evidence, "latitude": place.latitude, "longitude": place.longitude,
        "accuracy": place.accuracy, "last_at": at, "last_latitude": place.latitude,
        "last_longitude": place.longitude,
    }  # fmt: skip


def _awaits_place(row: Row[Any], at: datetime, settings: Settings) -> bool:
    """Just checked out of a duty that asks for the place then: the next place is that one."""
    if row.out_at is None or row.closed_by != ClosedBy.SELF or row.out_evidence is not None:
        return False
    asked = settings.duty_type(row.duty_type).location_at_check_out
    return asked and at - row.out_at <= LEAVING


def _place_of_leaving(session: Session, tap: _Tap, row: Row[Any], settings: Settings) -> Report:
    assert tap.place
    shift = tap.shift_of(row)
    verdict = grade_place(tap.place, tap.duty.spots(shift), settings.checkin)
    values = {"out_evidence": tap.place.evidence, "out_place_grade": verdict.grade}
    session.execute(update(CheckIn).where(col(CheckIn.id) == row.id).values(**values))
    return Report("left", row.id, row.in_at, shift, row.duty_type, UNTIMED, verdict, tap.place.evidence)


def _close_at(shift: PlannedShift | None, at: datetime, settings: Settings) -> datetime:
    if shift:
        return shift.ends_at + timedelta(minutes=settings.checkin.close_after_minutes)
    return at + timedelta(hours=settings.checkin.open_hours)


def _add_point(
    session: Session, actor: Actor, tap: _Tap, row: Row[Any], settings: Settings
) -> tuple[PlaceVerdict, bool]:
    assert tap.place
    place, at = tap.place, tap.at
    verdict = grade_place(place, tap.duty.spots(tap.shift_of(row)), settings.checkin)
    too_fast = _is_too_fast(row, place, at, settings)
    session.connection().execute(
        _INSERT_POINT,
        {
            "checkin_id": row.id, "person_id": actor.person_id, "at": at, "latitude": place.latitude,
            "longitude": place.longitude, "accuracy": place.accuracy, "evidence": place.evidence,
            "place_grade": verdict.grade, "distance": verdict.distance, "too_fast": too_fast,
        },
    )  # fmt: skip
    newest = {"last_at": at, "last_latitude": place.latitude, "last_longitude": place.longitude}
    session.execute(update(CheckIn).where(col(CheckIn.id) == row.id).values(**newest))
    return verdict, too_fast


def _is_too_fast(before: Row[Any], place: Place, at: datetime, settings: Settings) -> bool:
    if before.last_at is None or before.last_latitude is None or place.evidence is Evidence.FORWARDED:
        return False
    last = Place(before.last_latitude, before.last_longitude)
    return is_too_fast(last, before.last_at, place, at, settings.checkin)
