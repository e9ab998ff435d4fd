"""What a job is: something the clock does, in batches, once an occasion."""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from typing import Protocol

from bot.access import Work
from bot.base.facts import Struct

# For what every minute does whatever is due by then: of those that were missed, the last does it all.
LAST_MINUTE = timedelta(seconds=59)
# Where a job stands within an occasion.
Cursor = Mapping[str, int | str]


class Occasion(Struct):
    """The occasion being worked on: when it was due, and where its next batch starts (empty: anew).

    Of a job that areas time for themselves: the area it is for (empty: all), and those within it that it is
    not for.
    """

    due_at: datetime
    cursor: Cursor = field(default_factory=dict)
    path: str = ""
    but: tuple[str, ...] = ()

    @property
    def after(self) -> int:
        """The number to go on after, of a job that goes by numbers; 0: anew."""
        return int(self.cursor.get("after", 0))


class Batch(Struct):
    """What one batch did. `cursor` is where the next one starts; None: the occasion is done."""

    counts: dict[str, int] = field(default_factory=dict)
    cursor: Mapping[str, object] | None = None


# One batch of at most 500 rows; it is committed together with its cursor.
Run = Callable[[Work, Occasion], Batch]


class Job(Struct):
    """A line of the timetable.

    `cron` is minute, hour, day, month and day of the week (by name: mon, tue …), in local time.
    An occasion missed by no more than `catch_up` is made up for; an older one is skipped. `by_area`: once a
    day, at a time that every area may choose (`settings.timetable`); an occasion is a local date then.
    `judges`: it finds people late or missing, so after an outage it waits until what they sent is handled.
    """

    name: str
    cron: str
    catch_up: timedelta
    run: Run
    by_area: bool = False
    judges: bool = False


class _Sweep(Protocol):
    """Some things done that are no longer found then; how many, `limit` at most."""

    def __call__(self, work: Work, *, limit: int) -> int: ...


def until_none(counted: str, sweep: _Sweep, most: int) -> Run:
    """What is done is no longer found, so no cursor but "go on" is needed: until a batch is not full."""

    def run(work: Work, _: Occasion) -> Batch:
        done = sweep(work, limit=most)
        return Batch({counted: done}, {"again": True} if done == most else None)

    return run


def by_number(counted: str, deed: Callable[[Work, Occasion], tuple[int, int | None]]) -> Run:
    """Some things a batch, by their numbers: `deed` tells how many, and the number to go on after (None:
    these were all)."""

    def run(work: Work, occasion: Occasion) -> Batch:
        count, last = deed(work, occasion)
        return Batch({counted: count}, {"after": last} if last else None)

    return run
