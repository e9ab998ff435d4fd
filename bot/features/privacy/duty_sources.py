"""What is kept about a person's duty: shifts, check-ins and their places, corrections, swaps."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, select
from sqlmodel import Session, SQLModel, col

from bot.access import Actor
from bot.access.own_data import Source, line
from bot.base.facts import Facts
from bot.features.shifts import own_shifts
from bot.features.swaps import candidates
from models import (
    CheckIn,
    ClosedBy,
    Correction,
    Evidence,
    Person,
    PlaceGrade,
    PresencePoint,
    Punctuality,
    Rotation,
    RotationMember,
    Shift,
    ShiftMember,
    Swap,
    SwapOffer,
)  # fmt: skip

# How many of the newest places are told one by one.
PLACES = 20


def _shifts(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    count, first, last = session.execute(
        select(func.count(), func.min(col(Shift.starts_at)), func.max(col(Shift.ends_at)))
        .join(ShiftMember, col(ShiftMember.shift_id) == Shift.id)
        .where(col(ShiftMember.person_id) == actor.person_id)
    ).one()
    if count:
        yield line("shifts", {"first": first, "last": last}, count=count)
    for what, words in own_shifts.kept(session, actor):
        yield line(what, **words)


def _checkins(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    mine = col(CheckIn.person_id) == actor.person_id
    count, first, last = session.execute(
        select(func.count(), func.min(col(CheckIn.in_at)), func.max(col(CheckIn.in_at))).where(mine)
    ).one()
    yield line("head-duty")
    if not count:
        yield line("no-checkins")
        return
    yield line("checkins", {"first": first, "last": last}, count=count)
    marks = {
        "late": col(CheckIn.in_punctuality) == Punctuality.LATE,
        "left-early": col(CheckIn.out_punctuality) == Punctuality.LEFT_EARLY,
        "off-site": col(CheckIn.place_grade) == PlaceGrade.OFF_SITE,
        "forwarded": col(CheckIn.evidence) == Evidence.FORWARDED,
        "too-fast": col(CheckIn.too_fast).is_(True),
        "closed": col(CheckIn.closed_by) == ClosedBy.SYSTEM,
        "made-by-other": col(CheckIn.made_by).is_not(None),
    }
    counted = select(*(func.count().filter(is_so) for is_so in marks.values())).where(mine)
    for name, marked in zip(marks, session.execute(counted).one(), strict=True):
        if marked:
            yield line("mark", keys={"mark": f"mark-{name}"}, count=marked)
    written = select(col(CheckIn.in_at), col(CheckIn.remark)).where(mine, col(CheckIn.remark) != "")
    for in_at, remark in session.execute(written.order_by(col(CheckIn.in_at).desc()).limit(PLACES)):
        yield line("checkin-remark", {"in": in_at}, said=remark)


def _places(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    """Raw points: those of check-ins and the further ones."""
    point, record = PresencePoint, CheckIn
    further = select(col(point.at), col(point.latitude), col(point.longitude), col(point.accuracy)).where(
        col(point.person_id) == actor.person_id
    )
    first = select(
        col(record.in_at), col(record.latitude), col(record.longitude), col(record.accuracy)
    ).where(col(record.person_id) == actor.person_id, col(record.latitude).is_not(None))
    kept = further.union_all(first).subquery()
    count, oldest, newest = session.execute(
        select(func.count(), func.min(kept.c.at), func.max(kept.c.at))
    ).one()
    if not count:
        return
    goes = oldest + timedelta(days=known["location_days"])
    yield line(
        "places", {"first": oldest, "last": newest, "goes": goes}, count=count, days=known["location_days"]
    )
    if count > PLACES:
        yield line("places-newest", count=PLACES)
    for at, latitude, longitude, accuracy in session.execute(
        select(kept).order_by(kept.c.at.desc()).limit(PLACES)
    ):
        exact = "–" if accuracy is None else f"{accuracy:.0f}"
        yield line("place", {"at": at}, place=f"{latitude:.5f}, {longitude:.5f}", accuracy=exact)


def _corrections(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    rows = session.execute(
        select(Correction, col(Person.name))
        .join(Person, col(Person.id) == Correction.decided_by, isouter=True)
        .where(col(Correction.person_id) == actor.person_id)
        .order_by(col(Correction.asked_at).desc())
    )
    for number, (row, by) in enumerate(rows):
        if not number:
            yield line("head-corrections")
        keys = {"kind": f"correction-kind-{row.kind.replace('_', '-')}", "state": f"state-{row.state}"}
        yield line(
            "correction", {"happened": row.happened_at}, keys, by=by or "–",
            reason=row.reason or ("🎤" if row.reason_voice else "–"),
        )  # fmt: skip


def _swaps(session: Session, actor: Actor, known: Facts) -> Iterable[Facts]:
    for number, (part, row) in enumerate(candidates.kept(session, actor)):
        if not number:
            yield line("head-swaps")
        keys = {"part": f"swap-part-{part}", "state": f"swap-state-{row.state}"}
        yield line("swap", {"asked": row.asked_at, "start": row.starts_at}, keys)


DUTY: tuple[tuple[tuple[type[SQLModel], ...], Source], ...] = (
    ((ShiftMember, RotationMember, Rotation), _shifts),
    ((CheckIn,), _checkins),
    ((PresencePoint,), _places),
    ((Correction,), _corrections),
    ((Swap, SwapOffer), _swaps),
)
