"""Which shift a check-in belongs to."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.base.facts import Struct
from bot.base.geometry import metres
from bot.features.duty.grading import DutySpot, Place


class PlannedShift(Struct):
    """A shift of a person: when, where, what kind of duty."""

    id: int
    area_id: int
    duty_type: str
    starts_at: datetime
    ends_at: datetime
    post_id: int | None = None
    post_name: str = ""
    spot: DutySpot | None = None


def match_shift(
    shifts: Sequence[PlannedShift],
    at: datetime,
    early_minutes: int,
    attended: Collection[int] = (),
    place: Place | None = None,
    post_id: int | None = None,
) -> PlannedShift | None:
    """The shift that someone who checks in at this moment means; None where there is none.

    A shift can be meant from `early_minutes` before its start until its end. Of several: one not yet
    attended, then one at whose post the person stands, then the one whose start is nearest. `post_id`: the
    post whose code was scanned.
    """
    early = timedelta(minutes=early_minutes)
    open_ = [shift for shift in shifts if shift.starts_at - early <= at < shift.ends_at]
    return min(
        open_,
        key=lambda shift: (
            shift.id in attended,
            not is_at(shift, place, post_id),
            abs(at - shift.starts_at),
            shift.starts_at,
            shift.id,
        ),
        default=None,
    )


def is_at(shift: PlannedShift, place: Place | None, post_id: int | None) -> bool:
    """Whether somebody at this place, or who scanned this post's code, stands at the post of the shift."""
    if post_id is not None and shift.post_id is not None:
        return post_id == shift.post_id
    spot = shift.spot
    if place is None or spot is None or not place.is_on_earth:
        return False
    return metres(place.latitude, place.longitude, spot.latitude, spot.longitude) <= spot.radius
