"""Who is told that the own next shift is another one now. Everybody else is left in peace."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from bot.access import SYSTEM, Work
from bot.features.shifts.crews import PLACE, coming
from bot.features.shifts.notices import ShiftsChanged, ShiftTime
from bot.outbox import outbox
from bot.storage.database import chunks
from models import Area, Post, Shift, ShiftMember

# A change of what starts sooner than this rings through quiet hours.
SOON = timedelta(hours=12)
DAY = timedelta(days=1)


class NextShift(ShiftTime):
    """A person's next shift, as far as its change concerns the person."""

    # Another row for the same time and place is no change to the person.
    shift_id: int = field(compare=False)


def next_shifts(session: Session, person_ids: Iterable[int], now: datetime) -> dict[int, NextShift]:
    """The first shift that starts after now, of each person who has one."""
    found: dict[int, NextShift] = {}
    rank = func.row_number().over(
        partition_by=col(ShiftMember.person_id), order_by=(col(Shift.starts_at), col(Shift.id))
    )
    for chunk in chunks(set(person_ids)):
        ranked = (
            select(
                col(ShiftMember.person_id), col(Shift.id), col(Shift.starts_at), col(Shift.ends_at),
                PLACE.label("place"), rank.label("rank"),
            )
            .join(Shift, col(Shift.id) == col(ShiftMember.shift_id))
            .join(Area, col(Area.id) == col(Shift.area_id))
            .join(Post, col(Post.id) == col(Shift.post_id), isouter=True)
            .where(
                col(ShiftMember.person_id).in_(chunk), coming(),
                col(Shift.starts_at) > now, col(Shift.removed_at).is_(None),
            )
            .subquery()
        )  # fmt: skip
        for row in session.execute(select(ranked).where(ranked.c.rank == 1)):
            found[row.person_id] = NextShift(row.starts_at, row.ends_at, row.place, row.id)
    return found


@contextmanager
def telling_changes(work: Work, person_ids: Iterable[int], told: Collection[int] = ()) -> Iterator[None]:
    """Tell each of these people whose own next shift is another one after the block than before.

    `told` are left out: they did it themselves or are told otherwise.
    """
    concerned = sorted(set(person_ids) - set(told))
    before = next_shifts(work.session, concerned, work.now)
    yield
    for chunk in chunks(concerned):
        tell(work.by(SYSTEM), chunk, before)


def tell(work: Work, person_ids: list[int], before: Mapping[int, NextShift]) -> None:
    """Tell those of these people (500 at most) whose own next shift is another one than it was."""
    after = next_shifts(work.session, person_ids, work.now)
    changed = [person for person in person_ids if before.get(person) != after.get(person)]
    for to in outbox.recipients_of(work.session, changed):
        person_id = to.person_id or 0
        was, is_now = before.get(person_id), after.get(person_id)
        kept = was is not None and _still_comes(work.session, was, person_id)
        notice = _change(was, is_now, kept, work.now)
        # Two changes of one moment are two notices.
        key = f"next-shift:{to.bot}:{to.chat_id}:{work.now.isoformat()}:{_told(was)}:{_told(is_now)}"
        outbox.enqueue(work, notice, to, key)


def _change(was: NextShift | None, is_now: NextShift | None, kept: bool, now: datetime) -> ShiftsChanged:
    """`kept`: the shift that was next is still the person's, and another one comes before it."""
    what = "added" if was is None else _fate(was, is_now, kept)
    soon = any(each is not None and each.starts_at - now <= SOON for each in (was, is_now))
    return ShiftsChanged(what, was, is_now, is_now.shift_id if is_now else 0, soon=soon)


def _told(shift: NextShift | None) -> str:
    return f"{shift.shift_id}-{shift.starts_at:%m%d%H%M}" if shift else ""


def _fate(was: NextShift, is_now: NextShift | None, kept: bool) -> str:
    """What became of the shift that was next. One that another follows within a day was put off to it."""
    if is_now is not None and was.shift_id == is_now.shift_id:
        return "moved"
    if kept:
        return "added"
    near = is_now is not None and abs(is_now.starts_at - was.starts_at) <= DAY
    return "moved" if near else "removed"


def _still_comes(session: Session, was: NextShift, person_id: int) -> bool:
    """Whether a person is still to come to a shift that stands."""
    comes = select(col(Shift.id)).join(ShiftMember, col(ShiftMember.shift_id) == col(Shift.id))
    stands = (col(Shift.id) == was.shift_id, col(Shift.removed_at).is_(None))
    mine = (col(ShiftMember.person_id) == person_id, coming())
    return session.execute(comes.where(*stands, *mine)).first() is not None
