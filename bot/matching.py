"""Which shift a check-in belongs to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.grading import Place, Spot, metres


@dataclass(frozen=True, slots=True)
class PlannedShift:
    """A shift of a person: when, where, what kind of duty."""

    id: int
    area_id: int
    duty_type: str
    starts_at: datetime
    ends_at: datetime
    post_id: int | None = None
    post_name: str = ""
    spot: Spot | None = None


def match_shift(
    shifts: Sequence[PlannedShift],
    at: datetime,
    early_minutes: int,
    attended: Collection[int] = (),
    place: Place | None = None,
) -> PlannedShift | None:
    """The shift that someone who checks in at this moment means; None where there is none.

    A shift can be meant from `early_minutes` before its start until its end. Of several: one not yet
    attended, then one at whose post the person stands, then the one whose start is nearest.
    """
    early = timedelta(minutes=early_minutes)
    open_ = [shift for shift in shifts if shift.starts_at - early <= at < shift.ends_at]
    return min(
        open_,
        key=lambda shift: (
            shift.id in attended,
            not _is_at(place, shift.spot),
            abs(at - shift.starts_at),
            shift.starts_at,
            shift.id,
        ),
        default=None,
    )


def _is_at(place: Place | None, spot: Spot | None) -> bool:
    if place is None or spot is None or not place.is_on_earth:
        return False
    return metres(place.latitude, place.longitude, spot.latitude, spot.longitude) <= spot.radius
