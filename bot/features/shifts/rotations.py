"""Rotations set by supervisors: checked, kept, and written out as shifts some days ahead."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, insert, or_, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work, audit
from bot.base import names as base_names
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.shifts import crews, planning
from bot.features.shifts.change_notices import telling_changes
from bot.features.shifts.crews import CrewPerson
from bot.features.shifts.notices import Lacking, RotationSet, RotationStopped
from bot.features.shifts.rotation_pattern import MOST_CREWS, Cycle, missing_titles, named_crews
from bot.settings import Settings
from bot.storage import database
from bot.storage.database import insert_one
from bot.storage.rows import all_of, columns, first_of
from models import Area, Pattern, Person, Post, Rotation, RotationMember, Shift, ShiftMember

SET = "rotation.set"
# As many posts as a form has buttons for, one kept for what else it may need.
MOST_POSTS = 18
# Of one name, so many are told.
MOST_TOLD = 6


class RotationPost(Struct):
    """A post whose rotation may be set."""

    id: int
    code: str
    name: str
    area: str


class RotationPlan(Struct):
    """How crews are to take turns, from when until when. The first of each crew is its lead."""

    pattern: Pattern
    cycle: Cycle
    people: Sequence[Sequence[int]]
    first_day: date
    until: date | None = None


class _Post(Struct):
    id: int
    code: str
    name: str
    area_id: int
    path: str
    line: str


class _CrewMember(Struct):
    id: int
    name: str
    titles: str


def require_may(work: Work) -> None:
    """Go on if there is a post whose rotation the actor may set. Raises Refused, or NotAllowed."""
    access.require_anywhere(work.actor, SET)
    if not posts(work):
        raise Refused("rotation-no-posts")


def posts(work: Work, named: str = "") -> list[RotationPost]:
    """The posts whose rotation the actor may set, in the order of the roster. `named`: only those whose name
    or code this is, or whose name holds it."""
    found = (
        select(*columns(RotationPost, Post, area=col(Area.name)))
        .join(Area, col(Area.id) == col(Post.area_id))
        .where(access.visible(work.actor, SET, col(Area.path)), col(Post.removed_at).is_(None))
        .order_by(col(Area.position), col(Post.code))
    )
    if not named:
        return all_of(work.session, RotationPost, found.limit(MOST_POSTS))
    coded = all_of(work.session, RotationPost, found.where(col(Post.code) == named))
    if coded:
        return coded
    known = all_of(work.session, RotationPost, found)
    said = base_names.key(named)
    return (
        base_names.find(named, known, lambda row: row.name)
        or [row for row in known if said and said in base_names.key(row.name)][:MOST_POSTS]
    )


def usual_people(work: Work, post_id: int) -> list[CrewPerson]:
    """Who usually keeps duty at a post."""
    post = _post(work.session, work.actor, post_id)
    return crews.people_around(work.session, post.path, post.id, only_usual=True)


def typed_names(work: Work, post_id: int) -> dict[int, str]:
    """How the people around a post are written: by name, those who share one by code."""
    post = _post(work.session, work.actor, post_id)
    people = crews.people_around(work.session, post.path, post.id)
    shared = Counter(base_names.key(person.name) for person in people)
    return {each.id: each.name if shared[base_names.key(each.name)] == 1 else each.code for each in people}


def read_crews(work: Work, post_id: int, words: str) -> list[list[int]]:
    """The crews that words tell of, a crew a line (or between slashes), its lead first.

    Raises Refused for a name that nobody or more than one around the post has, or that comes twice.
    """
    post = _post(work.session, work.actor, post_id)
    known = crews.people_around(work.session, post.path, post.id)
    told = named_crews(words)
    if not 1 <= len(told) <= MOST_CREWS:
        raise Refused("rotation-crews-number", most=MOST_CREWS)
    seen: set[int] = set()
    return [[_one(name, known, seen) for name in crew] for crew in told]


def set_rotation(work: Work, post_id: int, plan: RotationPlan) -> RotationSet:
    """Let crews take turns at a post from a day on, instead of the rotation that it had until then.

    Shifts already changed by hand stay as they are. Whose own next
    shift is another one now is told. Raises Refused where there are fewer crews than turns need.
    """
    post = _post(work.session, work.actor, post_id)
    zone, people = work.settings.work.zone, plan.people
    today = work.now.astimezone(zone).date()
    if plan.first_day < today or (plan.until is not None and plan.until < plan.first_day):
        raise Refused("rotation-day-past")
    if plan.cycle.crews > len(people) or not all(people):
        raise Refused("rotation-crews-too-few", needed=plan.cycle.crews, given=len(people))
    concerned = {person for crew in people for person in crew} | _planned_at(work.session, post.id, work.now)
    with telling_changes(work, concerned, told=[work.actor.person_id]):
        replaced = _end_others(work.session, post.id, plan.first_day, work.now)
        number = _keep(work, post, plan)
        shifts = planning.write(work, [number])
    audit.record(
        work,
        SET,
        f"rotation:{number}",
        post=post.code,
        pattern=plan.pattern,
        first_day=plan.first_day.isoformat(),
        crews=[list(c) for c in people],
    )
    members = _members(work.session, people)
    last = today + timedelta(days=work.settings.crews.horizon_days)
    return RotationSet(
        number, post.name, shifts, replaced, datetime.combine(plan.first_day, time(12), zone),
        datetime.combine(last, time(12), zone),
        [[member.name for member in crew] for crew in members], _lacking(members, work.settings),
        work.settings.crews.min_crew,
    )  # fmt: skip


def stop(work: Work, rotation_id: int) -> RotationStopped | None:
    """End a rotation, with its planned shifts. None: it had ended."""
    row = work.session.execute(
        select(col(Rotation.post_id), col(Rotation.until)).where(col(Rotation.id) == rotation_id)
    ).first()
    today = work.now.astimezone(work.settings.work.zone).date()
    if row is None or row.post_id is None or (row.until is not None and row.until <= today):
        return None
    post = _post(work.session, work.actor, row.post_id)
    concerned = _planned_at(work.session, post.id, work.now)
    with telling_changes(work, concerned, told=[work.actor.person_id]):
        work.session.execute(update(Rotation).where(col(Rotation.id) == rotation_id).values(until=today))
        gone = _remove(work.session, [rotation_id], work.now, work.now)
    audit.record(work, SET, f"rotation:{rotation_id}", stopped=True, shifts=gone)
    return RotationStopped(post.name, gone)


def _post(session: Session, actor: Actor, post_id: int) -> _Post:
    found = (
        select(*columns(_Post, Post, Area))
        .join(Area, col(Area.id) == col(Post.area_id))
        .where(col(Post.id) == post_id, col(Post.removed_at).is_(None))
    )
    row = first_of(session, _Post, found)
    if row is None:
        raise Refused("rotation-post-unknown")
    access.require(actor, SET, Resource(row.path))
    return row


def _one(name: str, known: Sequence[CrewPerson], seen: set[int]) -> int:
    coded = [row for row in known if row.code == name]
    found = coded or base_names.find(name, known, lambda row: row.name)
    if not found:
        raise Refused("rotation-name-unknown", name=name)
    if len(found) > 1:
        people = "、".join(f"{row.name} {row.code}" for row in found[:MOST_TOLD])
        raise Refused("rotation-name-twice", name=name, people=people)
    if found[0].id in seen:
        raise Refused("rotation-name-repeated", name=name)
    seen.add(found[0].id)
    return found[0].id


def _keep(work: Work, post: _Post, plan: RotationPlan) -> int:
    code = f"{post.code}-{plan.first_day:%Y%m%d}"
    taken = work.session.execute(
        select(func.count()).where(col(Rotation.code).startswith(code, autoescape=True))
    ).scalar_one()
    duty_type = planning.duty_type_of(work.session, post.id) or work.settings.duty_type(post.line).code
    values = {
        "code": f"{code}-{taken + 1}", "area_id": post.area_id, "post_id": post.id,
        "pattern": plan.pattern, "duty_type": duty_type, "cycle": plan.cycle.as_data(),
        "first_day": plan.first_day, "until": plan.until,
        "made_by": work.actor.person_id or None, "made_at": work.now,
    }  # fmt: skip
    number = insert_one(work.session, Rotation, values)
    rows = [
        {"rotation_id": number, "crew": crew, "person_id": person, "is_lead": place == 0}
        for crew, members in enumerate(plan.people)
        for place, person in enumerate(members)
    ]
    work.session.execute(insert(RotationMember), rows)
    return number


def _end_others(session: Session, post_id: int, first_day: date, now: datetime) -> int:
    """Whatever rotation the post has gives way from that day on."""
    goes_on = or_(col(Rotation.until).is_(None), col(Rotation.until) >= first_day)
    ending = update(Rotation).where(col(Rotation.post_id) == post_id, goes_on)
    ended = ending.values(until=first_day - timedelta(days=1)).returning(col(Rotation.id))
    numbers = [number or 0 for number in session.execute(ended).scalars()]
    return _remove(session, numbers, now, now, first_day) if numbers else 0


def _remove(
    session: Session, rotations: list[int], after: datetime, now: datetime, since: date | None = None
) -> int:
    """Drop planned shifts that nobody has touched and that have not begun, from a local day on."""
    rows = session.execute(
        select(col(Shift.id), col(Shift.code)).where(
            col(Shift.rotation_id).in_(rotations), col(Shift.starts_at) > after,
            col(Shift.changed_by_hand).is_(False), col(Shift.removed_at).is_(None),
        )
    )  # fmt: skip
    gone = [row.id for row in rows if since is None or planning.day_of(row.code) >= since]
    for chunk in database.chunks(gone):
        session.execute(update(Shift).where(col(Shift.id).in_(chunk)).values(removed_at=now))
    crews.forget_roster(session)
    return len(gone)


def _planned_at(session: Session, post_id: int, now: datetime) -> set[int]:
    """Everybody who is to come to a shift of the post."""
    found = session.execute(
        select(col(ShiftMember.person_id))
        .join(Shift, col(Shift.id) == col(ShiftMember.shift_id))
        .where(col(Shift.post_id) == post_id, col(Shift.ends_at) > now, col(Shift.removed_at).is_(None))
        .distinct()
    )
    return set(found.scalars())


def _members(session: Session, people: Sequence[Sequence[int]]) -> list[list[_CrewMember]]:
    ids = [person for crew in people for person in crew]
    found = select(*columns(_CrewMember, Person)).where(col(Person.id).in_(ids))
    by_id = {row.id: row for row in all_of(session, _CrewMember, found)}
    return [[by_id[person] for person in crew] for crew in people]


def _lacking(members: list[list[_CrewMember]], settings: Settings) -> tuple[Lacking, ...]:
    found: list[Lacking] = []
    for number, crew in enumerate(members, start=1):
        missing = missing_titles((member.titles for member in crew), settings.crews.make_up)
        few = len(crew) < settings.crews.min_crew
        if missing or few:
            found.append(Lacking(number, missing, few))
    return tuple(found)
