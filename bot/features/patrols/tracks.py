"""Tracks: what a walk's points say, without the noise of the fixes. Reads nothing.

Which fixes are believed stands in `bot.base.fixes`, what of them is a way and what is standing in `moving`.
Where the phone was silent, or all that comes after lies too far away, the track is broken: what lies between
is not counted as walked.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from math import floor
from typing import TypedDict

from bot.base.facts import Struct
from bot.base.fixes import Point, Rules, believed, between, is_reachable, is_sure, seconds_between
from bot.base.geometry import Plane, Spot, is_near, nearest, share_near, simplified
from bot.features.patrols.moving import way
from bot.settings.patrols import PatrolSettings

# While nobody moves, a point is kept this often: silence is something else.
STILL_SECONDS = 60
# Between points further apart than this, nobody knows the way.
KNOWN_SECONDS = 90


class Break(Struct):
    """Where a track goes on elsewhere; `is_silent`: after a time without points. `is_jump`: further away
    than anybody gets in that time."""

    before: Point
    after: Point
    is_silent: bool
    is_jump: bool

    @property
    def seconds(self) -> float:
        """How long nothing is known of."""
        return (self.after.at - self.before.at).total_seconds()


class Track(Struct):
    """What was walked: unbroken pieces, a point where somebody stood and as many as it takes where they
    moved, and the breaks between them."""

    pieces: tuple[tuple[Point, ...], ...]
    breaks: tuple[Break, ...]
    metres: float

    @property
    def silent_minutes(self) -> int:
        """How long the phone was silent, in whole minutes."""
        return round(sum(each.seconds for each in self.breaks if each.is_silent) / 60)


def rules_of(settings: PatrolSettings) -> Rules:
    """The rules as they are set."""
    return Rules(
        gap_seconds=settings.gap_minutes * 60, speed_kmh=settings.max_speed_kmh,
        near_metres=settings.radius_metres, point_seconds=settings.point_seconds,
    )  # fmt: skip


def track_of(points: Iterable[Point], rules: Rules) -> Track:
    """The track of points in any order."""
    pieces, breaks = list[tuple[Point, ...]](), list[Break]()
    for row in believed(list(points), rules):
        for number, stretch in enumerate(_unbroken(row, rules)):
            piece = tuple(way(stretch, rules))
            if pieces:
                silent = seconds_between(pieces[-1][-1], piece[0]) > rules.gap_seconds
                breaks.append(Break(pieces[-1][-1], piece[0], silent, is_jump=number == 0))
            pieces.append(piece)
    walked = sum(between(one, two) for piece in pieces for one, two in pairwise(piece))
    return Track(tuple(pieces), tuple(breaks), walked)


def _unbroken(row: Sequence[Point], rules: Rules) -> list[list[Point]]:
    """The row, parted where the phone was silent."""
    parts = [[row[0]]]
    for before, point in pairwise(row):
        if seconds_between(before, point) > rules.gap_seconds:
            parts.append([])
        parts[-1].append(point)
    return parts


def keeps(last: Point | None, point: Point, rules: Rules) -> bool:
    """Whether a point that has come is worth a row, the last row being this: somebody has moved on, or it
    is time to say that they are still there."""
    if last is None:
        return True
    seconds = seconds_between(last, point)
    if seconds < rules.point_seconds:
        return False
    moved = is_sure(point, rules) and between(last, point) >= rules.still_metres
    return moved or seconds >= STILL_SECONDS


class TrackTarget(Struct):
    """A place to be passed within `radius` metres; `number` is the caller's."""

    number: int
    latitude: float
    longitude: float
    radius: float


class Passing(Struct):
    """When a place was passed, and within how many metres."""

    number: int
    at: datetime
    metres: float


def passed(last: Point | None, point: Point, targets: Sequence[TrackTarget], rules: Rules) -> list[Passing]:
    """The places that were passed on the way from the last point to this one, the nearest first.

    A motorbike is past a checkpoint between two fixes: the straight way between them counts, unless they
    are too long apart or do not fit together. A poor fix reaches further, by the radius once more at most.
    """
    if last is None or not _is_one_stretch(last, point, rules):
        last = point
    plane = Plane(point.spot)
    start, end = plane.xy(last.spot), plane.xy(point.spot)
    found = []
    for target in targets:
        near = nearest(plane.xy((target.latitude, target.longitude)), start, end)
        if near.metres <= target.radius + min(point.accuracy or 0, target.radius):
            at = last.at + (point.at - last.at) * near.share
            found.append(Passing(target.number, at, near.metres))
    return sorted(found, key=lambda each: each.metres)


def coverage(line: Sequence[Spot], stops: Sequence[Spot], track: Track, rules: Rules) -> int | None:
    """Percent of a section that the track came near: of its line, without line or way of its checkpoints.
    None where there is nothing to compare. Only all of it is 100."""
    pieces = [simplified([point.spot for point in piece], rules.still_metres / 3) for piece in track.pieces]
    if not pieces:
        return None
    share = share_near(line, pieces, rules.near_metres) if track.metres else None
    if share is None and stops:
        reached = [is_near(stop, pieces, rules.near_metres) for stop in stops]
        share = sum(reached) / len(reached)
    return None if share is None else floor(share * 100 + 1e-9)


class Shape(TypedDict):
    """A track as it is drawn: see `shape`."""

    track: list[list[list[float]]]
    gaps: list[list[list[float]]]
    silent_minutes: int


def shape(track: Track, tolerance: float = 5) -> Shape:
    """The track for a drawing, few places as they are needed: `track`, a list of [latitude, longitude] for
    each unbroken piece, and `gaps`, from where to where the phone was silent, `silent_minutes` in all."""
    pieces = [simplified([point.spot for point in piece], tolerance) for piece in track.pieces]
    return {
        "track": [[list(spot) for spot in piece] for piece in pieces],
        "gaps": [[list(b.before.spot), list(b.after.spot)] for b in track.breaks if not b.is_jump],
        "silent_minutes": track.silent_minutes,
    }


def _is_one_stretch(last: Point, point: Point, rules: Rules) -> bool:
    in_time = timedelta() < point.at - last.at <= timedelta(seconds=KNOWN_SECONDS)
    sure = is_sure(last, rules) and is_sure(point, rules)
    return in_time and sure and is_reachable(last, point, rules)
