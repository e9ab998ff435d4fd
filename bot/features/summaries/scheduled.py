"""Summaries unasked: each supervisor's own area, and bound groups, when a day, week or month is over."""

from datetime import datetime, timedelta

from sqlalchemy import select, true
from sqlmodel import Session, col

from bot import access
from bot.access import Resource, Work
from bot.base.facts import Struct
from bot.features.figures.periods import PeriodKind, period_of
from bot.features.people.groups import BIND
from bot.features.summaries import summary
from bot.features.summaries.notices import AskedSummary, SummaryGroup, SummaryScheduled
from bot.outbox import outbox
from bot.outbox.outbox import Recipient
from bot.settings.work_day import work_day
from models import Account, Area, BoundGroup, Person, Reach, Role

RECEIVE = "figures.receive"


class Scope(Struct):
    """Of which areas is told: of those below a path (empty: all), but not of those below others, which have
    a time of their own."""

    path: str = ""
    but: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Whether an area is one of them."""
        return path.startswith(self.path) and not path.startswith(self.but)


class Sent(Struct):
    """How many messages were made, and after whom to go on (None: these were all)."""

    messages: int
    after: int | None


def to_supervisors(
    work: Work, kind: PeriodKind, due_at: datetime, scope: Scope, after: int, limit: int
) -> Sent:
    """Say to some supervisors, by number, how the period that was over at `due_at` was in those of their
    areas that lie in the scope."""
    access.require(work.actor, "person.notify", Resource())
    people = _supervisors(work.session, scope, after, limit)
    areas = _largest_areas(work.session, scope, people)
    made = 0
    for to in outbox.recipients_of(work.session, people):
        for area_id in areas.get(to.person_id or 0, ()):
            asked = _asked(work, area_id, kind, due_at)
            key = f"summary:{kind}:{asked.day}:{area_id}:{to.bot}:{to.chat_id}"
            outbox.enqueue(work, asked.shown_as(SummaryScheduled), to, key)
            made += 1
    return Sent(made, people[-1] if len(people) == limit else None)


def to_groups(work: Work, kind: PeriodKind, due_at: datetime, scope: Scope, after: int, limit: int) -> Sent:
    """The same for bound groups. A group is no reader, so the figures are read here, and whoever bound it
    must still be one who may."""
    access.require(work.actor, "person.notify", Resource())
    found = (
        select(BoundGroup, col(Area.path))
        .join(Area, col(Area.id) == col(BoundGroup.area_id))
        .where(col(BoundGroup.id) > after)
        .order_by(col(BoundGroup.id))
        .limit(limit)
    )
    rows = work.session.execute(found).all()
    groups = [
        group for group, path in rows if scope.holds(path) and _may_bind(work.session, group.bound_by, path)
    ]
    for group in groups:
        asked = _asked(work, group.area_id, kind, due_at)
        notice = summary.figures(work.session, work.actor, asked).shown_as(SummaryGroup)
        key = f"summary:{kind}:{asked.day}:{group.area_id}:{group.bot}:{group.chat_id}"
        to = Recipient(group.bot, group.chat_id, group.locale, thread_id=group.thread_id)
        outbox.enqueue(work, notice, to, key)
    return Sent(len(groups), rows[-1][0].id if len(rows) == limit else None)


def _may_bind(session: Session, person_id: int, path: str) -> bool:
    return any(person_id == holder for holder, _ in access.people_with(session, BIND, path))


def _asked(work: Work, area_id: int, kind: PeriodKind, due_at: datetime) -> AskedSummary:
    yesterday = work_day(due_at, work.settings.work) - timedelta(days=1)
    return AskedSummary.of(area_id, period_of(kind, yesterday), work.now, work.settings.work)


def _supervisors(session: Session, scope: Scope, after: int, limit: int) -> list[int]:
    """People who get summaries of areas in the scope and can be reached, by number."""
    found = (
        select(col(Role.person_id))
        .join(Person, col(Person.id) == col(Role.person_id))
        .join(Account, col(Account.person_id) == col(Role.person_id))
        .join(Area, col(Area.id) == col(Role.area_id))
        .where(
            col(Role.role).in_(access.roles_for(RECEIVE)), col(Role.person_id) > after,
            col(Person.removed_at).is_(None), col(Account.reach) == Reach.OK,
            access.within(col(Area.path), scope.path) if scope.path else true(),
        )
        .distinct()
        .order_by(col(Role.person_id))
        .limit(limit)
    )  # fmt: skip
    return list(session.execute(found).scalars())


def _largest_areas(session: Session, scope: Scope, people: list[int]) -> dict[int, list[int]]:
    """Of each person's areas those that lie in no other one of theirs, where they are in the scope."""
    rows = session.execute(
        select(col(Role.person_id), col(Area.id), col(Area.path))
        .join(Area, col(Area.id) == col(Role.area_id))
        .where(
            col(Role.person_id).in_(people), col(Role.role).in_(access.roles_for(RECEIVE)),
            col(Area.removed_at).is_(None),
        )
        .order_by(col(Area.path))
    )  # fmt: skip
    kept: dict[int, list[tuple[int, str]]] = {}
    for person_id, area_id, path in rows:
        held = kept.setdefault(person_id, [])
        if not any(path.startswith(around) for _, around in held):
            held.append((area_id or 0, path))
    return {
        person_id: [area_id for area_id, path in held if scope.holds(path)]
        for person_id, held in kept.items()
    }
