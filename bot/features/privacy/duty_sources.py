"""What is kept about a person's duty: shifts, check-ins and their places, corrections, swaps."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, select
from sqlmodel import SQLModel, col

from bot.access.own_data import Line, OwnData, Source, line
from bot.features.calls import mydata as calls_mydata
from bot.features.shifts import own_shifts
from bot.features.swaps import candidates
from models import (
    CallRecipient,
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


def _shifts(own: OwnData) -> Iterable[Line]:
    count, first, last = own.session.execute(
        select(func.count(), func.min(col(Shift.starts_at)), func.max(col(Shift.ends_at)))
        .join(ShiftMember, col(ShiftMember.shift_id) == Shift.id)
        .where(col(ShiftMember.person_id) == own.actor.person_id)
    ).one()
    if count:
        yield line("shifts", {"first": first, "last": last}, count=count)
    yield from own_shifts.lines(own)


def _checkins(own: OwnData) -> Iterable[Line]:
    mine = col(CheckIn.person_id) == own.actor.person_id
    count, first, last = own.session.execute(
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
    for name, marked in zip(marks, own.session.execute(counted).one(), strict=True):
        if marked:
            yield line("mark", keys={"mark": f"mark-{name}"}, count=marked)
    written = select(col(CheckIn.in_at), col(CheckIn.remark)).where(mine, col(CheckIn.remark) != "")
    for in_at, remark in own.session.execute(written.order_by(col(CheckIn.in_at).desc()).limit(PLACES)):
        yield line("checkin-remark", {"in": in_at}, said=remark)


def _places(own: OwnData) -> Iterable[Line]:
    """Raw points: those of check-ins and the further ones."""
    point, record = PresencePoint, CheckIn
    further = select(col(point.at), col(point.latitude), col(point.longitude), col(point.accuracy)).where(
        col(point.person_id) == own.actor.person_id
    )
    first = select(
        col(record.in_at), col(record.latitude), col(record.longitude), col(record.accuracy)
    ).where(col(record.person_id) == own.actor.person_id, col(record.latitude).is_not(None))
    kept = further.union_all(first).subquery()
    count, oldest, newest = own.session.execute(
        select(func.count(), func.min(kept.c.at), func.max(kept.c.at))
    ).one()
    if not count:
        return
    goes = oldest + timedelta(days=own.location_days)
    yield line("places", {"first": oldest, "last": newest, "goes": goes}, count=count, days=own.location_days)
    if count > PLACES:
        yield line("places-newest", count=PLACES)
    for at, latitude, longitude, accuracy in own.session.execute(
        select(kept).order_by(kept.c.at.desc()).limit(PLACES)
    ):
        exact = "–" if accuracy is None else f"{accuracy:.0f}"
        yield line("place", {"at": at}, place=f"{latitude:.5f}, {longitude:.5f}", accuracy=exact)


def _corrections(own: OwnData) -> Iterable[Line]:
    rows = own.session.execute(
        select(Correction, col(Person.name))
        .join(Person, col(Person.id) == Correction.decided_by, isouter=True)
        .where(col(Correction.person_id) == own.actor.person_id)
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


DUTY: tuple[tuple[tuple[type[SQLModel], ...], Source], ...] = (
    ((ShiftMember, RotationMember, Rotation), _shifts),
    ((CheckIn,), _checkins),
    ((PresencePoint,), _places),
    ((Correction,), _corrections),
    ((Swap, SwapOffer), candidates.lines),
    ((CallRecipient,), calls_mydata.lines),
)
