"""Where somebody on duty was: the place of a check-in, and the further points of it."""

from datetime import datetime

from sqlalchemy import insert, or_, update
from sqlmodel import col

from bot import access
from bot.access import Work, self_of
from bot.features.duty.grading import Place, PlaceVerdict, grade_place, is_too_fast
from bot.features.duty.repository import RecentCheckIn
from bot.features.duty.taps import Tap
from bot.settings import Settings
from models import CheckIn, Evidence, PresencePoint

_INSERT_POINT = insert(PresencePoint)


def add_point(work: Work, tap: Tap, row: RecentCheckIn) -> tuple[PlaceVerdict, bool]:
    """Keep the place of a tap with a check-in; how it is graded, and whether nobody travels that fast."""
    access.require(work.actor, "checkin.make", self_of(work.actor))
    assert tap.place
    place, at = tap.place, tap.at
    verdict = grade_place(place, tap.duty.spots(tap.shift_of(row)), work.settings.checkin)
    too_fast = came_too_fast(row, place, at, work.settings)
    work.session.connection().execute(
        _INSERT_POINT,
        {
            "checkin_id": row.id, "person_id": work.actor.person_id, "at": at, "latitude": place.latitude,
            "longitude": place.longitude, "accuracy": place.accuracy, "evidence": place.evidence,
            "place_grade": verdict.grade, "distance": verdict.distance, "too_fast": too_fast,
        },
    )  # fmt: skip
    newest = {"last_at": at, "last_latitude": place.latitude, "last_longitude": place.longitude}
    # A point that came late is not the newest one.
    fresh = or_(col(CheckIn.last_at).is_(None), col(CheckIn.last_at) <= at)
    work.session.execute(update(CheckIn).where(col(CheckIn.id) == row.id, fresh).values(**newest))
    return verdict, too_fast


def came_too_fast(before: RecentCheckIn, place: Place, at: datetime, settings: Settings) -> bool:
    """Whether nobody travels that fast from the last point that is known."""
    if before.last_at is None or before.last_latitude is None or place.evidence is Evidence.FORWARDED:
        return False
    last = Place(before.last_latitude, before.last_longitude or 0)
    return is_too_fast(last, before.last_at, place, at, settings.checkin)


def is_too_fast_since(tap: Tap, settings: Settings) -> bool:
    """Whether nobody travels that fast from the check-in before the tap."""
    before = next((row for row in tap.recent if row.began <= tap.at), None)
    if tap.place is None or before is None:
        return False
    return came_too_fast(before, tap.place, tap.at, settings)


def where(tap: Tap) -> dict[str, object]:
    """The place of a check-in, as it is kept."""
    place = tap.place
    if place is None:
        return {}
    return {
        "latitude": place.latitude, "longitude": place.longitude, "accuracy": place.accuracy,
        "last_at": tap.at, "last_latitude": place.latitude, "last_longitude": place.longitude,
    }  # fmt: skip


def keep_first_point(work: Work, row: RecentCheckIn) -> None:
    """The place of a check-in becomes one of its further points: it begins elsewhere from now on."""
    access.require(work.actor, "checkin.make", self_of(work.actor))
    if row.latitude is None:
        return
    work.session.connection().execute(
        _INSERT_POINT,
        {
            "checkin_id": row.id, "person_id": row.person_id, "at": row.in_at, "latitude": row.latitude,
            "longitude": row.longitude, "accuracy": row.accuracy, "evidence": row.evidence,
            "place_grade": row.place_grade, "distance": row.distance, "too_fast": row.too_fast,
        },
    )  # fmt: skip
