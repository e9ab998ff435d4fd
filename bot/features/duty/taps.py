"""A tap: what was known of the person at its moment, whenever it reaches us, and what is said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.base.facts import Facts
from bot.features.duty.grading import Place, PlaceVerdict, TimeVerdict
from bot.features.duty.known_duty import Duty
from bot.features.duty.repository import began, next_after
from bot.features.duty.shift_match import PlannedShift
from bot.settings import Settings
from models import Evidence

UNTIMED, UNPLACED = TimeVerdict(), PlaceVerdict()


@dataclass(frozen=True, slots=True)
class Tap:
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
        """The shifts that were checked in to by then."""
        return {row.shift_id for row in self.recent if row.shift_id and began(row) <= self.at}

    @property
    def later(self) -> Row[Any] | None:
        """The check-in that began next after the tap, which came late then."""
        return next_after(self.recent, self.at)

    def shift_of(self, row: Row[Any]) -> PlannedShift | None:
        """The shift of a check-in, where it is still the person's."""
        return next((shift for shift in self.duty.shifts if shift.id == row.shift_id), None)


@dataclass(frozen=True, slots=True)
class Report:
    """What is said about a check-in: `kind` is `done`, `again` (belongs to one that there is), `left` (the
    place of the check-out) or `needs_place`.
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
    # When this one had ended before the tap reached us.
    out_at: datetime | None = None

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
            "ended_at": self.ended_at, "out_at": self.out_at,
        }  # fmt: skip
