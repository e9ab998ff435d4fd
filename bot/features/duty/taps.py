"""A tap: what was known of the person at its moment, whenever it reaches us, and what is said of it."""

from collections.abc import Sequence
from datetime import datetime

from bot.base.facts import Struct
from bot.features.duty.grading import Place, PlaceVerdict, TimeVerdict
from bot.features.duty.known_duty import Duty
from bot.features.duty.notices import AboutCheckIn, CheckInAgain, CheckInDone, CheckInLeft, CheckInNeedsPlace
from bot.features.duty.repository import RecentCheckIn, next_after
from bot.features.duty.shift_match import PlannedShift, is_at, match_shift
from bot.outbox.notices import Notice
from bot.settings import Settings
from models import Evidence

UNTIMED, UNPLACED = TimeVerdict(), PlaceVerdict()
_NOTICES: dict[str, type[AboutCheckIn]] = {"done": CheckInDone, "again": CheckInAgain, "left": CheckInLeft}


class Tap(Struct):
    """What somebody does: when, where (`post_id`: the post whose code was scanned), and what is known of
    them: their check-ins, newest first, their duty, and where they may rightly be besides."""

    at: datetime
    place: Place | None
    recent: Sequence[RecentCheckIn]
    duty: Duty
    post_id: int | None = None
    without_place: bool = False

    @property
    def attended(self) -> set[int]:
        """The shifts that were checked in to by then."""
        return {row.shift_id for row in self.recent if row.shift_id and row.began <= self.at}

    @property
    def later(self) -> RecentCheckIn | None:
        """The check-in that began next after the tap, which came late then."""
        return next_after(self.recent, self.at)

    def shift_of(self, row: RecentCheckIn) -> PlannedShift | None:
        """The shift of a check-in, where it is still the person's."""
        return next((shift for shift in self.duty.shifts if shift.id == row.shift_id), None)

    def meant(self, early_minutes: int) -> PlannedShift | None:
        """The shift that a check-in would be to; None where there is none."""
        shifts = self.duty.shifts
        return match_shift(shifts, self.at, early_minutes, self.attended, self.place, self.post_id)

    def next_shift(self, current: PlannedShift | None, early_minutes: int) -> PlannedShift | None:
        """The shift that someone on duty in `current` (None: in none that is planned) goes on to by checking
        in again; None where that only shows that they are still there.

        As long as the current shift runs, only the post tells: they stand at that of another shift which they
        have not attended, and not at that of the current one. Later, whatever shift matches is meant.
        """
        meant = self.meant(early_minutes)
        if meant is None or meant == current:
            return None
        if current is None or self.at >= current.ends_at:
            return meant
        moved = self.stands_at(meant) and not self.stands_at(current)
        return meant if moved and meant.id not in self.attended else None

    def stands_at(self, shift: PlannedShift) -> bool:
        """Whether they are at the post of a shift."""
        return is_at(shift, self.place, self.post_id)


class Report(Struct):
    """What is said about a check-in: `kind` is `done`, `again` (belongs to one that there is), `left` (the
    place of the check-out) or `needs_place`.
    """

    kind: str
    checkin_id: int
    in_at: datetime
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

    def notice(self, settings: Settings, *, new_place: bool, patrol: bool = False) -> Notice:
        """What is told of it. `patrol`: there is something to be patrolled."""
        if self.kind == "needs_place":
            return CheckInNeedsPlace()
        kind, shift, spot = settings.duty_type(self.duty_type), self.shift, self.place.spot
        return _NOTICES[self.kind](
            checkin_id=self.checkin_id, in_at=self.in_at, starts_at=shift.starts_at if shift else None,
            ends_at=shift.ends_at if shift else None, post=shift.post_name if shift else "",
            duty={"zh_CN": kind.zh_CN, "en": kind.en}, late_minutes=self.time.minutes, grade=self.place.grade,
            distance=self.place.distance, spot=spot.name if spot else "", evidence=self.evidence,
            scanned=self.scanned, too_fast=self.too_fast, new_place=new_place, place_wanted=kind.location,
            photo_wanted=kind.photo and self.kind == "done", patrol=patrol, ended_at=self.ended_at,
            out_at=self.out_at,
        )  # fmt: skip
