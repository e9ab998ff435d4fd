"""Check-in and check-out: one tap each; whatever comes is taken, graded and shown, never refused."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlmodel import Session, col

from bot import access, photos
from bot.access import Actor
from bot.checkins import close_forgotten, is_open_at, recent_of
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
    work_day,
)
from bot.matching import PlannedShift, match_shift
from bot.notices import Facts
from bot.photos import Sent
from bot.services.accounts import own
from bot.settings import Settings
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
        }  # fmt: skip


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
) -> Report:
    """Check in at a moment, or add a presence point where a check-in is open already.

    Where the duty needs the place and none is given, asks for it, unless `without_place` says that
    there is no way to send one. `spots`: where the person may rightly be besides.
    """
    access.require(actor, "checkin.make", own(actor))
    recent = recent_of(session, actor.person_id)
    open_ = next((row for row in recent if is_open_at(row, at)), None)
    if open_ is not None and open_.close_at <= at:
        close_forgotten(session, open_)
        open_ = None
    duty = _duty(session, actor, at, spots, settings)
    if open_ is None and place is not None and recent and _awaits_place(recent[0], at, settings):
        return _place_of_leaving(session, duty, recent[0], place, settings)
    if open_ is not None:
        return _again(session, actor, duty, open_, place, at, settings)
    attended = {row.shift_id for row in recent if row.shift_id}
    shift = match_shift(duty.shifts, at, settings.checkin.early_minutes, attended, place)
    needed = settings.duty_type(shift.duty_type if shift else None)
    if needed.location and place is None and not without_place:
        return Report("needs_place", shift=shift, duty_type=needed.code)
    before = recent[0] if recent else None
    returning = shift is not None and shift.id in attended
    return _new(session, actor, duty, shift, needed.code, place, at, before, returning, settings)


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
    report = check_in(session, actor, place, at, now=now, settings=settings, without_place=True)
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
    open_ = next((row for row in recent_of(session, actor.person_id) if is_open_at(row, at)), None)
    if open_ is None or open_.close_at <= at:
        return False
    gap = timedelta(seconds=settings.checkin.live_seconds)
    if open_.last_at is not None and at - open_.last_at < gap:
        return False
    duty = _duty(session, actor, at, spots, settings)
    _add_point(session, actor, duty, open_, place, at, settings)
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
    open_ = next((row for row in recent_of(session, actor.person_id) if row.out_at is None), None)
    if open_ is None or open_.photo_id or not settings.duty_type(open_.duty_type).photo:
        return None
    number = photos.keep(session, actor, sent, now=now)
    photos.use(session, [number], f"checkin:{open_.id}")
    session.execute(update(CheckIn).where(col(CheckIn.id) == open_.id).values(photo_id=number))
    in_at: datetime = open_.in_at
    return in_at


def _duty(session: Session, actor: Actor, at: datetime, spots: Sequence[Spot], settings: Settings) -> Duty:
    duty = duty_of(session, actor, at, settings.checkin)
    return replace(duty, posts=(*duty.spots(None), *spots)) if spots else duty


def _again(
    session: Session, actor: Actor, duty: Duty, row: Row[Any], place: Place | None, at: datetime,
    settings: Settings,
) -> Report:  # fmt: skip
    """A check-in is open: a place is one more presence point; the verdict is repeated."""
    shift = next((shift for shift in duty.shifts if shift.id == row.shift_id), None)
    verdict, too_fast = PlaceVerdict(PlaceGrade(row.place_grade), row.distance), row.too_fast
    if place is not None:
        verdict, too_fast = _add_point(session, actor, duty, row, place, at, settings)
    time = TimeVerdict(Punctuality(row.in_punctuality), row.late_minutes)
    evidence = place.evidence if place else Evidence(row.evidence)
    return Report(
        "again", row.id, row.in_at, shift, row.duty_type, time, verdict, evidence, too_fast,
        row.work_day.isoformat(),
    )  # fmt: skip


def _new(
    session: Session, actor: Actor, duty: Duty, shift: PlannedShift | None, duty_type: str,
    place: Place | None, at: datetime, before: Row[Any] | None, returning: bool, settings: Settings,
) -> Report:  # fmt: skip
    checkin = settings.checkin
    verdict = grade_place(place, duty.spots(shift), checkin) if place else PlaceVerdict()
    too_fast = place is not None and before is not None and _is_too_fast(before, place, at, settings)
    time = TimeVerdict()
    if shift:
        # Who comes back to a shift after a pause is not late.
        time = grade_arrival(shift.starts_at, shift.starts_at if returning else at, checkin.grace_minutes)
    day = work_day(shift.starts_at if shift else at, settings.work)
    values: dict[str, Any] = {
        "person_id": actor.person_id, "area_id": shift.area_id if shift else actor.area_id,
        "shift_id": shift.id if shift else None,
        "post_id": (shift.post_id if shift else None) or (verdict.spot.post_id if verdict.spot else None),
        "duty_type": duty_type, "work_day": day, "in_at": at, "close_at": _close_at(shift, at, settings),
        "in_punctuality": time.punctuality, "late_minutes": time.minutes, "early_minutes": 0,
        "evidence": place.evidence if place else Evidence.NONE, "place_grade": verdict.grade,
        "distance": verdict.distance, "too_fast": too_fast,
    }  # fmt: skip
    if place:
        values |= {
            "latitude": place.latitude, "longitude": place.longitude, "accuracy": place.accuracy,
            "last_at": at, "last_latitude": place.latitude, "last_longitude": place.longitude,
        }  # fmt: skip
    checkin_id = session.connection().execute(_INSERT, values).scalar_one() or 0
    evidence = place.evidence if place else Evidence.NONE
    return Report(
        "done", checkin_id, at, shift, duty_type, time, verdict, evidence, too_fast, day.isoformat()
    )


def _awaits_place(row: Row[Any], at: datetime, settings: Settings) -> bool:
    """Just checked out of a duty that asks for the place then: the next place is that one."""
    if row.out_at is None or row.closed_by != ClosedBy.SELF or row.out_evidence is not None:
        return False
    asked = settings.duty_type(row.duty_type).location_at_check_out
    return asked and at - row.out_at <= LEAVING


def _place_of_leaving(
    session: Session, duty: Duty, row: Row[Any], place: Place, settings: Settings
) -> Report:
    shift = next((shift for shift in duty.shifts if shift.id == row.shift_id), None)
    verdict = grade_place(place, duty.spots(shift), settings.checkin)
    values = {"out_evidence": place.evidence, "out_place_grade": verdict.grade}
    session.execute(update(CheckIn).where(col(CheckIn.id) == row.id).values(**values))
    return Report("left", row.id, row.in_at, shift, row.duty_type, UNTIMED, verdict, place.evidence)


def _close_at(shift: PlannedShift | None, at: datetime, settings: Settings) -> datetime:
    if shift:
        return shift.ends_at + timedelta(minutes=settings.checkin.close_after_minutes)
    return at + timedelta(hours=settings.checkin.open_hours)


def _add_point(
    session: Session, actor: Actor, duty: Duty, row: Row[Any], place: Place, at: datetime, settings: Settings
) -> tuple[PlaceVerdict, bool]:
    shift = next((shift for shift in duty.shifts if shift.id == row.shift_id), None)
    verdict = grade_place(place, duty.spots(shift), settings.checkin)
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
