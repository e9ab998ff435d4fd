"""Tracks: what a walk's points say, without the noise of the fixes. Reads nothing.

A fix that is too poor, out of its order, or further away than anybody gets in the time is no part of the
way. Where the phone was silent, or all that comes after lies too far away, the track is broken: what lies
between is not counted as walked. What moves less than a fix may be wrong by is standing still.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import floor
from typing import Any

from bot.checklists import PatrolSettings
from bot.grading import metres
from bot.planar import Plane, Spot, is_near, nearest, share_near, simplified

# So many points in a row that agree with one another, but not with what was before, are believed.
CERTAIN = 3
# While nobody moves, a point is kept this often: silence is something else.
STILL_SECONDS = 60
# Between points further apart than this, nobody knows the way.
KNOWN_SECONDS = 90


@dataclass(frozen=True, slots=True)
class Point:
    """Where somebody was, WGS-84; `accuracy` is the radius of uncertainty in metres, where it is known."""

    at: datetime
    latitude: float
    longitude: float
    accuracy: float | None = None

    @property
    def spot(self) -> Spot:
        """Latitude and longitude."""
        return self.latitude, self.longitude


@dataclass(frozen=True, slots=True)
class Rules:
    """What counts as what. Fixes less sure than `poor_metres` are noise, moves shorter than `still_metres`
    are none, `gap_seconds` without a point are silence, nobody is faster than `speed_kmh`; a section was
    walked where the track comes within `near_metres`. One point in `point_seconds` is kept at most."""

    poor_metres: float = 100
    still_metres: float = 15
    gap_seconds: float = 300
    speed_kmh: float = 80
    near_metres: float = 50
    point_seconds: float = 10


@dataclass(frozen=True, slots=True)
class Break:
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


@dataclass(frozen=True, slots=True)
class Track:
    """What was walked: unbroken pieces with a point wherever somebody had moved on, and the breaks between
    them. `seconds` from the first point to the last; `dropped` counts points that are no part of it."""

    pieces: tuple[tuple[Point, ...], ...]
    breaks: tuple[Break, ...]
    metres: float
    seconds: float
    dropped: int

    @property
    def silent_minutes(self) -> int:
        """How long the phone was silent, in whole minutes."""
        return round(sum(each.seconds for each in self.breaks if each.is_silent) / 60)

    @property
    def jumps(self) -> int:
        """How often it goes on where nobody gets in the time."""
        return sum(each.is_jump for each in self.breaks)


def rules_of(settings: PatrolSettings) -> Rules:
    """The rules as they are set."""
    return Rules(
        gap_seconds=settings.gap_minutes * 60, speed_kmh=settings.max_speed_kmh,
        near_metres=settings.radius_metres, point_seconds=settings.point_seconds,
    )  # fmt: skip


def points_of(rows: Iterable[Any]) -> list[Point]:
    """Rows with `at`, `latitude`, `longitude` and `accuracy` as points."""
    return [Point(row.at, row.latitude, row.longitude, row.accuracy) for row in rows]


class Walk:
    """A track as it grows. Points come in order of time; each costs the same, however long the walk is."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.metres = 0.0
        self.dropped = 0
        self._pieces: list[list[Point]] = []
        self._breaks: list[Break] = []
        self._first: Point | None = None
        # Where somebody was last for certain, and points since then that do not fit.
        self._here: Point | None = None
        self._doubtful: list[Point] = []

    def add(self, point: Point) -> None:
        """Take a point; what comes too late or twice is dropped."""
        latest = self._doubtful[-1] if self._doubtful else self._here
        if not is_sure(point, self.rules) or (latest is not None and point.at <= latest.at):
            self.dropped += 1
        elif self._here is None:
            self._first = point
            self._start(point)
        elif is_reachable(self._here, point, self.rules):
            self._forget_doubtful()
            self._follow(self._here, point)
        else:
            self._doubt(point)

    def track(self) -> Track:
        """What is known so far."""
        seconds = 0.0
        if self._first is not None and self._here is not None:
            seconds = (self._here.at - self._first.at).total_seconds()
        return Track(
            tuple(tuple(piece) for piece in self._pieces), tuple(self._breaks), self.metres, seconds,
            self.dropped + len(self._doubtful),
        )  # fmt: skip

    def _start(self, point: Point) -> None:
        self._pieces.append([point])
        self._here = point

    def _forget_doubtful(self) -> None:
        self.dropped += len(self._doubtful)
        self._doubtful.clear()

    def _doubt(self, point: Point) -> None:
        if self._doubtful and not is_reachable(self._doubtful[-1], point, self.rules):
            self._forget_doubtful()
        self._doubtful.append(point)
        if len(self._doubtful) < CERTAIN or self._here is None:
            return
        believed, self._doubtful = self._doubtful, []
        self._break(self._here, believed[0], is_jump=True)
        for before, each in pairwise(believed):
            self._follow(before, each)

    def _follow(self, before: Point, point: Point) -> None:
        if _seconds(before, point) > self.rules.gap_seconds:
            self._break(before, point, is_jump=False)
        else:
            self._step(point)

    def _break(self, before: Point, after: Point, *, is_jump: bool) -> None:
        is_silent = _seconds(before, after) > self.rules.gap_seconds
        self._breaks.append(Break(before, after, is_silent, is_jump))
        self._start(after)

    def _step(self, point: Point) -> None:
        piece, self._here = self._pieces[-1], point
        if len(piece) > 1 and self._is_spike(piece[-2], piece[-1], point):
            self.metres -= _between(piece[-2], piece.pop())
            self.dropped += 1
        way = _between(piece[-1], point)
        if way >= max(self.rules.still_metres, piece[-1].accuracy or 0, point.accuracy or 0):
            self.metres += way
            piece.append(point)

    def _is_spike(self, before: Point, out: Point, back: Point) -> bool:
        """Far out and at once back: the fix was wrong."""
        far = 4 * self.rules.still_metres
        there, home = _between(before, out), _between(out, back)
        quick = _seconds(before, back) <= 3 * self.rules.point_seconds
        return quick and there > far and home > far and _between(before, back) < there / 3


def track_of(points: Iterable[Point], rules: Rules) -> Track:
    """The track of points in any order."""
    walk = Walk(rules)
    # Of two at the same moment, the surer one comes first.
    for point in sorted(points, key=lambda p: (p.at, p.accuracy or 0)):
        walk.add(point)
    return walk.track()


def keeps(last: Point | None, point: Point, rules: Rules) -> bool:
    """Whether a point that has come is worth a row, the last row being this: somebody has moved on, or it
    is time to say that they are still there."""
    if last is None:
        return True
    seconds = _seconds(last, point)
    if seconds < rules.point_seconds:
        return False
    moved = is_sure(point, rules) and _between(last, point) >= rules.still_metres
    return moved or seconds >= STILL_SECONDS


@dataclass(frozen=True, slots=True)
class Target:
    """A place to be passed within `radius` metres; `number` is the caller's."""

    number: int
    latitude: float
    longitude: float
    radius: float


@dataclass(frozen=True, slots=True)
class Passing:
    """When a place was passed, and within how many metres."""

    number: int
    at: datetime
    metres: float


def passed(last: Point | None, point: Point, targets: Sequence[Target], rules: Rules) -> list[Passing]:
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


def shape(track: Track, tolerance: float = 5) -> dict[str, Any]:
    """The track for a drawing, few places as they are needed: `track`, a list of [latitude, longitude] for
    each unbroken piece, and `gaps`, from where to where the phone was silent, `silent_minutes` in all."""
    pieces = [simplified([point.spot for point in piece], tolerance) for piece in track.pieces]
    return {
        "track": [[list(spot) for spot in piece] for piece in pieces],
        "gaps": [[list(b.before.spot), list(b.after.spot)] for b in track.breaks if not b.is_jump],
        "silent_minutes": track.silent_minutes,
    }


def is_sure(point: Point, rules: Rules) -> bool:
    """Whether a fix says where somebody is."""
    on_earth = abs(point.latitude) <= 90 and abs(point.longitude) <= 180
    return on_earth and (point.accuracy or 0) <= rules.poor_metres


def is_reachable(before: Point, point: Point, rules: Rules) -> bool:
    """Whether somebody may get there in the time, the fixes being wrong by all they may be."""
    way = _between(before, point) - (before.accuracy or 0) - (point.accuracy or 0)
    seconds = max(1.0, _seconds(before, point))
    return way <= max(rules.still_metres, rules.speed_kmh / 3.6 * seconds)


def _is_one_stretch(last: Point, point: Point, rules: Rules) -> bool:
    in_time = timedelta() < point.at - last.at <= timedelta(seconds=KNOWN_SECONDS)
    sure = is_sure(last, rules) and is_sure(point, rules)
    return in_time and sure and is_reachable(last, point, rules)


def _between(one: Point, two: Point) -> float:
    return metres(one.latitude, one.longitude, two.latitude, two.longitude)


def _seconds(one: Point, two: Point) -> float:
    return (two.at - one.at).total_seconds()
