"""Who was to come and has not checked in: reminded, then told to the lead, then to the supervisors.

Its ladders' subjects are `late:SHIFT:PERSON:START`; a shift that is moved makes a new one.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, exists, func, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work, labels
from bot.base.facts import Struct
from bot.features.attendance.notices import Late, LateName
from bot.features.escalation import ladders
from bot.features.escalation.ladders import Start
from bot.features.escalation.notices import LadderNotice
from bot.features.shifts import crews
from bot.features.shifts.crews import coming
from bot.outbox import outbox
from bot.settings import Settings
from bot.storage import database, values
from bot.storage.rows import Query, all_of, columns
from models import (
    LONGEST_SHIFT,
    Account,
    Area,
    CheckIn,
    Ladder,
    LadderState,
    MemberState,
    Person,
    Post,
    Reach,
    Shift,
    ShiftMember,
)

READ, RUN = "shift.missing", "ladder.climb"
KINDS = ("late", "late_post")
# After an outage, shifts that began up to this long ago are still looked at.
LOOK_BACK = timedelta(hours=2)
# So long after its start a shift's messages follow who has come.
FOLLOWED = timedelta(hours=12)
_MARKER = "late:begun"


class LateSubject(Struct):
    """What the ladder of somebody's absence is about."""

    shift_id: int
    person_id: int
    starts_at: datetime

    def __str__(self) -> str:
        return f"late:{self.shift_id}:{self.person_id}:{self.starts_at:%y%m%d%H%M}"

    @classmethod
    def of(cls, told: str) -> "LateSubject":
        """As it is written."""
        _, shift_id, person_id, start = told.split(":")
        starts_at = datetime.strptime(start, "%y%m%d%H%M").replace(tzinfo=UTC)
        return cls(int(shift_id), int(person_id), starts_at)


class AbsentMember(Struct):
    """Somebody who is to come to a shift, and which."""

    person_id: int
    name: str
    shift_id: int
    post_id: int | None
    starts_at: datetime
    ends_at: datetime
    path: str
    area: str
    place: str

    @property
    def subject(self) -> str:
        """Of the ladder of their absence."""
        return str(LateSubject(self.shift_id, self.person_id, self.starts_at))


def begin(work: Work, due_at: datetime, after: int, limit: int) -> tuple[int, int | None]:
    """Set up ladders for who was to come to the next `limit` shifts by now and has not; how many people, and
    the shift to go on after."""
    access.require(work.actor, RUN, Resource())
    until = due_at - timedelta(minutes=min(wait for wait in work.settings.ladders.late if wait >= 0))
    since = max(_since(work.session, until), until - LOOK_BACK)
    begun = (col(Shift.starts_at) > since, col(Shift.starts_at) <= until, col(Shift.ends_at) > work.now)
    these = select(col(Shift.id)).where(*begun, col(Shift.removed_at).is_(None), col(Shift.id) > after)
    shift_ids = work.session.execute(these.order_by(col(Shift.id)).limit(limit)).scalars().all()
    rows = absentees(work.session, col(Shift.id).in_(shift_ids)) if shift_ids else []
    _set_up(work, rows)
    if after == 0:
        rows += _begin_for_who_left(work, until)
    if len(shift_ids) == limit:
        return len(rows), shift_ids[-1]
    values.put(work.session, _MARKER, until.isoformat())
    return len(rows), None


def _begin_for_who_left(work: Work, until: datetime) -> list[AbsentMember]:
    """A shift is looked at once, when it has begun. Whoever counted as there then or later, by a check-in of
    something else, and has left since without one to this shift, is missing from here on."""
    running = (
        col(Shift.starts_at) > work.now - LONGEST_SHIFT,
        col(Shift.starts_at) <= until,
        col(Shift.ends_at) > work.now,
    )
    rows = {row.subject: row for row in absentees(work.session, *running, _was_there())}
    told = list(rows)
    for start in range(0, len(told), database.CHUNK):
        # One that stopped because they had come begins anew.
        known = (
            col(Ladder.subject).in_(told[start : start + database.CHUNK]),
            col(Ladder.state) != LadderState.STOPPED,
        )
        for subject in work.session.execute(select(col(Ladder.subject)).where(*known)).scalars():
            del rows[subject]
    _set_up(work, list(rows.values()), since=work.now)
    _renew(work.session, set(rows), work.now)
    return list(rows.values())


def _was_there() -> ColumnElement[bool]:
    """On duty beyond the start of the shift, as far as anybody could know: as long as it may have stood open,
    for a check-out that came late says that they had left before."""
    until = case(
        (col(CheckIn.out_at) > col(CheckIn.close_at), col(CheckIn.out_at)), else_=col(CheckIn.close_at)
    )
    mine = (col(CheckIn.person_id) == col(ShiftMember.person_id), col(CheckIn.in_at) < col(Shift.ends_at))
    return exists(
        select(col(CheckIn.id)).where(*mine, until > col(Shift.starts_at)).correlate(Shift, ShiftMember)
    )


def needed(session: Session, subjects: Sequence[str], now: datetime, _: Settings) -> set[str]:
    """Of these, those who are still to come."""
    return {subject for subject, ends_at in still_missing(session, subjects).items() if ends_at > now}


def follow(work: Work, after: int, limit: int) -> tuple[int, int | None]:
    """Whoever has come since goes from the messages to leads and supervisors; how many have, and the number
    to go on after."""
    access.require(work.actor, RUN, Resource())
    rows = work.session.execute(
        select(col(Ladder.id), col(Ladder.subject))
        .where(
            col(Ladder.kind).in_(KINDS), col(Ladder.state) != LadderState.STOPPED,
            col(Ladder.started_at) > work.now - FOLLOWED, col(Ladder.id) > after,
        )
        .order_by(col(Ladder.id))
        .limit(limit)
    ).all()  # fmt: skip
    late = still_missing(work.session, [row.subject for row in rows])
    come = [row for row in rows if row.subject not in late]
    if come:
        over = update(Ladder).where(col(Ladder.id).in_([row.id for row in come]))
        work.session.execute(over.values(state=LadderState.STOPPED, ended_at=work.now))
        _renew(work.session, {row.subject for row in come}, work.now)
    return len(come), rows[-1].id if len(rows) == limit else None


def take(work: Work) -> int:
    """The actor sees to all those missing that were told to them; how many."""
    open_ = work.session.execute(
        select(col(Ladder.subject), col(Ladder.path))
        .where(
            col(Ladder.kind).in_(KINDS), col(Ladder.state) != LadderState.STOPPED,
            col(Ladder.taken_by).is_(None), col(Ladder.started_at) > work.now - FOLLOWED,
            col(Ladder.id).in_(ladders.told_to(work.actor.person_id)),
        )
    ).all()  # fmt: skip
    taken = {row.subject for row in open_ if ladders.take(work, row.subject)}
    _renew(work.session, taken, work.now)
    return len(taken)


def load(session: Session, reader: Actor, told: LadderNotice) -> Late | None:
    """Who has not come yet, as far as the reader may know; None for the one reminded who has."""
    rows = _missing(session, told.subjects)
    leads = leads_of(session, {row.shift_id for row in rows})
    seen = [row for row in rows if access.allows(reader, READ, _thing(row, leads))]
    if not seen and (rows or told.level == 0):
        return None
    named = labels.among(session, {row.person_id: row.name for row in seen})
    last = _last_reports(session, [row.person_id for row in seen])
    reach = _reach(session, [row.person_id for row in seen])
    missing = [
        LateName(
            row.shift_id, named[row.person_id], row.place, row.area, row.starts_at,
            reach.get(row.person_id, "never_joined"), last.get(row.person_id),
        )
        for row in seen
    ]  # fmt: skip
    return Late(told.level, missing, len(told.subjects), _takers(session, told.subjects))


def absent() -> tuple[ColumnElement[bool], ...]:
    """Of rows of shifts and their members: is to come, and has not checked in."""
    here = and_(col(CheckIn.shift_id) == col(Shift.id), col(CheckIn.person_id) == col(ShiftMember.person_id))
    # At work already, on another shift or none.
    open_ = and_(col(CheckIn.person_id) == col(ShiftMember.person_id), col(CheckIn.out_at).is_(None))
    came, works = (
        exists(select(col(CheckIn.id)).where(cond).correlate(Shift, ShiftMember)) for cond in (here, open_)
    )
    standing = (col(Shift.removed_at).is_(None), col(Person.removed_at).is_(None), coming())
    return (*standing, ~came, ~works)


def still_missing(session: Session, subjects: Iterable[str]) -> dict[str, datetime]:
    """Those of these who have not come, with the end of their shifts. Asked each minute, so without names."""
    wanted = set(subjects)
    shifts = {LateSubject.of(subject).shift_id for subject in wanted}
    found: dict[str, datetime] = {}
    for chunk in database.chunks(shifts):
        rows = session.execute(
            select(col(Shift.id), col(ShiftMember.person_id), col(Shift.starts_at), col(Shift.ends_at))
            .join(ShiftMember, col(ShiftMember.shift_id) == col(Shift.id))
            .join(Person, col(Person.id) == col(ShiftMember.person_id))
            .where(col(Shift.id).in_(chunk), *absent())
        )
        found |= {str(LateSubject(key or 0, *whose)): ends_at for key, *whose, ends_at in rows}
    return {subject: ends_at for subject, ends_at in found.items() if subject in wanted}


def leads_of(session: Session, shift_ids: Iterable[int]) -> dict[int, list[int]]:
    """Who leads each of these shifts."""
    return {
        shift_id: [each.person_id for each in crew if each.is_lead and each.state == MemberState.PLANNED]
        for shift_id, crew in crews.crew_of(session, list(shift_ids)).items()
    }


def absentees(session: Session, *where: ColumnElement[bool]) -> list[AbsentMember]:
    """Who has not come to the shifts of which this is so."""
    return all_of(session, AbsentMember, _members().where(*where, *absent()).order_by(col(ShiftMember.id)))


def _members() -> Query:
    return (
        select(
            *columns(AbsentMember, ShiftMember, Person, Shift, Area, area=col(Area.name), place=crews.PLACE)
        )
        .select_from(ShiftMember)
        .join(Shift, col(Shift.id) == col(ShiftMember.shift_id))
        .join(Person, col(Person.id) == col(ShiftMember.person_id))
        .join(Area, col(Area.id) == col(Shift.area_id))
        .join(Post, col(Post.id) == col(Shift.post_id), isouter=True)
    )


def _missing(session: Session, subjects: Iterable[str]) -> list[AbsentMember]:
    """Those of these who have not come, in the order of the roster."""
    wanted = set(subjects)
    shifts = {LateSubject.of(subject).shift_id for subject in wanted}
    order = (col(Area.position), col(Area.id), col(Shift.starts_at), col(ShiftMember.id))
    found: list[AbsentMember] = []
    for chunk in database.chunks(shifts):
        late = _members().where(col(Shift.id).in_(chunk), *absent()).order_by(*order)
        found += [row for row in all_of(session, AbsentMember, late) if row.subject in wanted]
    return found


def _set_up(work: Work, rows: Sequence[AbsentMember], since: datetime | None = None) -> None:
    """`since`: from when their waits count; otherwise from the start of each one's shift."""
    leads = leads_of(work.session, {row.shift_id for row in rows})
    for kind in KINDS:
        starts = [
            Start(row.subject, row.path, [row.person_id], leads[row.shift_id], since or _from(work, row))
            for row in rows
            if (row.post_id is not None) == (kind == "late_post")
        ]
        waits = work.settings.ladders.late
        ladders.start_all(work, kind, starts, waits=waits)
        if since is not None:
            ladders.start_again(work, kind, starts, waits=waits)


def _from(work: Work, row: AbsentMember) -> datetime:
    """From when the wait counts: the start of the shift or, where the bot was down then, from now."""
    first = min(wait for wait in work.settings.ladders.late if wait >= 0)
    most = timedelta(minutes=first + work.settings.reminders.outage_minutes)
    return work.now if work.now - row.starts_at > most else row.starts_at


def _since(session: Session, until: datetime) -> datetime:
    """Up to which start of shifts this was done; now, where never or where the clock was put back."""
    kept = values.get(session, _MARKER)
    last = datetime.fromisoformat(kept) if kept else until
    return min(last, until)


def _thing(row: AbsentMember, leads: dict[int, list[int]]) -> Resource:
    return Resource(row.path, {Relation.SELF: (row.person_id,), Relation.LEAD: leads[row.shift_id]})


def _takers(session: Session, subjects: Sequence[str]) -> list[str]:
    found = (
        select(col(Person.name))
        .join(Ladder, col(Ladder.taken_by) == col(Person.id))
        .where(col(Ladder.subject).in_(subjects[: database.CHUNK]))
    )
    return sorted(set(session.execute(found).scalars()))


def _last_reports(session: Session, people: Sequence[int]) -> dict[int, datetime]:
    """When each of these last reported for duty."""
    newest = func.max(func.coalesce(col(CheckIn.out_at), col(CheckIn.in_at)))
    found: dict[int, datetime] = {}
    for chunk in database.chunks(people):
        rows = session.execute(
            select(col(CheckIn.person_id), newest.label("at"))
            .where(col(CheckIn.person_id).in_(chunk))
            .group_by(col(CheckIn.person_id))
        )
        found |= {row.person_id: row.at for row in rows}
    return found


def _reach(session: Session, people: Sequence[int]) -> dict[int, str]:
    """Whether each of these can be written to; who is missing has never joined."""
    found: dict[int, str] = {}
    for chunk in database.chunks(people):
        rows = session.execute(
            select(col(Account.person_id), col(Account.reach)).where(col(Account.person_id).in_(chunk))
        )
        for person_id, reach in rows:
            found[person_id] = Reach.OK if found.get(person_id) == Reach.OK else reach
    return found


def _renew(session: Session, subjects: set[str], now: datetime) -> None:
    """Messages that name one of these show who is missing now; one that names nobody any more, and waits
    for its time, is not sent at all."""
    if not subjects:
        return
    numbers = select(col(Ladder.id)).where(col(Ladder.subject).in_(subjects))
    ids = [number or 0 for number in session.execute(numbers).scalars()]
    told = ladders.told_cards(session, ids, "late")
    for card in told:
        if not card.is_sent and not still_missing(session, card.about):
            outbox.drop_held(session, card.subject, now)
        else:
            outbox.refresh(session, card.subject, now)
