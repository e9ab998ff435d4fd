"""Who may do what: the one place where roles are compared.

A policy row is an action and its grants. A grant is a set of roles held in an area whose subtree
holds the thing, a relation to the thing, or both together. What is not granted is refused.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, false, or_, select, true
from sqlmodel import Session, col

from bot.access.actors import Actor, ActorKind, Holding, Relation, Resource
from bot.base.errors import NotAllowed
from bot.base.facts import Struct
from bot.base.i18n import DEFAULT_LOCALE
from models import Account, Area, Person, Reach, Role, RoleName, subtree_end


class Grant(Struct):
    """One way to be allowed: roles in the area, a relation, a kind of actor; all that are named.

    `anywhere`: the roles may be held in any area. A county official posted to a village keeps duty there.
    """

    roles: frozenset[str] = frozenset()
    relation: Relation | None = None
    kind: ActorKind = ActorKind.PERSON
    anywhere: bool = False

    def covers(self, actor: Actor, thing: Resource) -> bool:
        """Whether this grant lets the actor do it to the thing."""
        if actor.kind is not self.kind:
            return False
        if actor.kind is ActorKind.STRANGER and not actor.user_id:
            # A sender whom Telegram does not name can be nobody's account.
            return False
        if self.relation and not thing.is_related(self.relation, actor):
            return False
        if self.anywhere:
            return bool(self.roles & actor.roles)
        return not self.roles or actor.holds(self.roles, thing.path)


class Rule(Struct):
    """A policy row: any of the grants, none of the exclusions."""

    grants: tuple[Grant, ...]
    exclusions: frozenset[Relation] = frozenset()


SUPERVISORS = frozenset({RoleName.SUPERVISOR, RoleName.ADMIN})
OVERSEERS = SUPERVISORS | {RoleName.DISPATCHER}
ON_DUTY = frozenset({RoleName.GRID_WORKER, RoleName.CREW_MEMBER, RoleName.SUPERVISOR, RoleName.DISPATCHER})
ADMINS = frozenset({RoleName.ADMIN})

_BY_SYSTEM = Grant(kind=ActorKind.SYSTEM)
_BY_OPERATOR = Grant(kind=ActorKind.OPERATOR)
_BY_STRANGER = Grant(kind=ActorKind.STRANGER)
_BY_SELF = Grant(relation=Relation.SELF)
_BY_SELF_ON_DUTY = Grant(roles=ON_DUTY, relation=Relation.SELF, anywhere=True)
_BY_SUPERVISOR = Grant(roles=SUPERVISORS)
_BY_ASSIGNEE = Grant(relation=Relation.ASSIGNEE)
_BY_HEAD = Grant(roles=frozenset({RoleName.HOUSEHOLD_HEAD}), relation=Relation.SELF, anywhere=True)
_BY_DUTY_HERE = Grant(roles=ON_DUTY | ADMINS)
# Whoever is posted to a place elsewhere keeps duty there as in the own area.
_BY_POSTED = Grant(relation=Relation.POSTED)
_READS_REQUESTS = Grant(roles=OVERSEERS | {RoleName.GRID_WORKER})
_BY_WORKER_POSTED = Grant(roles=frozenset({RoleName.GRID_WORKER}), relation=Relation.POSTED, anywhere=True)
_BY_SELF_REPORTING = Grant(roles=ON_DUTY | {RoleName.HOUSEHOLD_HEAD}, relation=Relation.SELF, anywhere=True)

POLICY: dict[str, Rule] = {
    "account.join": Rule((_BY_STRANGER,)),
    "account.decide_second": Rule((_BY_SUPERVISOR,), frozenset({Relation.SELF})),
    "account.set_language": Rule((_BY_SELF,)),
    "account.unbind": Rule((_BY_OPERATOR,)),
    "account.set_reach": Rule((_BY_SYSTEM, _BY_SELF)),
    "person.read": Rule((_BY_SELF, _BY_SUPERVISOR)),
    "person.read_own": Rule((_BY_SELF,)),
    "person.notify": Rule((_BY_SYSTEM, _BY_OPERATOR, Grant())),
    "checkin.make": Rule((_BY_SELF_ON_DUTY,)),
    "checkin.make_for": Rule((_BY_SUPERVISOR,), frozenset({Relation.SELF})),
    "checkin.read": Rule((_BY_SELF, Grant(roles=OVERSEERS), _BY_OPERATOR)),
    "checkin.close": Rule((_BY_SYSTEM,)),
    "checkin.export": Rule((Grant(roles=OVERSEERS), _BY_OPERATOR)),
    "correction.ask": Rule((_BY_SELF_ON_DUTY,)),
    "correction.decide": Rule((_BY_SUPERVISOR,), frozenset({Relation.SELF})),
    "correction.read": Rule((_BY_SELF, Grant(roles=OVERSEERS))),
    "feedback.give": Rule((_BY_SELF,)),
    "feedback.read": Rule((Grant(roles=ADMINS), _BY_OPERATOR)),
    "appeal.make": Rule((_BY_SELF,)),
    "appeal.take": Rule((_BY_ASSIGNEE, _BY_SUPERVISOR), frozenset({Relation.SELF})),
    "roster.import": Rule((_BY_OPERATOR,)),
    "roster.read": Rule((_BY_OPERATOR, Grant(roles=ADMINS))),
    # What somebody who left had in hand goes to whoever is next.
    "roster.pass_on": Rule((_BY_SYSTEM,)),
    "roster.invite": Rule((_BY_OPERATOR, Grant(roles=ADMINS))),
    "pipe.retry": Rule((_BY_OPERATOR,)),
    "pipe.read": Rule((_BY_OPERATOR,)),
    "data.purge": Rule((_BY_SYSTEM, _BY_OPERATOR)),
    "data.backup": Rule((_BY_OPERATOR,)),
    "shift.stand": Rule((Grant(roles=frozenset({RoleName.GRID_WORKER, RoleName.CREW_MEMBER})),)),
    "shift.leave": Rule((_BY_SELF,)),
    "shift.substitute": Rule((_BY_SUPERVISOR, Grant(relation=Relation.LEAD))),
    "shift.board": Rule((Grant(roles=OVERSEERS),)),
    "shift.export": Rule((Grant(roles=OVERSEERS), _BY_OPERATOR)),
    "rotation.set": Rule((_BY_SYSTEM, _BY_SUPERVISOR, _BY_OPERATOR)),
    "swap.ask": Rule((_BY_SELF_ON_DUTY,)),
    "swap.answer": Rule((Grant(relation=Relation.ASSIGNEE),)),
    "swap.decide": Rule((Grant(relation=Relation.LEAD), _BY_SUPERVISOR), frozenset({Relation.SELF})),
    "swap.withdraw": Rule((_BY_SELF,)),
    "swap.expire": Rule((_BY_SYSTEM,)),
    "shift.missing": Rule((_BY_SELF, Grant(relation=Relation.LEAD), Grant(roles=OVERSEERS))),
    "ladder.start": Rule((_BY_SYSTEM, Grant())),
    "ladder.take": Rule((_BY_ASSIGNEE, Grant(roles=OVERSEERS))),
    "ladder.climb": Rule((_BY_SYSTEM,)),
    "reminder.run": Rule((_BY_SYSTEM,)),
    "outage.tell": Rule((_BY_SYSTEM,)),
    "digest.run": Rule((_BY_SYSTEM,)),
    "timetable.set": Rule((_BY_SUPERVISOR,)),
    "patrol.make": Rule((_BY_SELF_ON_DUTY,)),
    "patrol.read": Rule((_BY_SELF, Grant(relation=Relation.LEAD), Grant(roles=OVERSEERS))),
    # The way itself is between who walked it and who leads the shift.
    "patrol.track": Rule((_BY_SELF, Grant(relation=Relation.LEAD))),
    "patrol.plan": Rule((_BY_SYSTEM,)),
    "patrol.close": Rule((_BY_SYSTEM, _BY_SELF)),
    "patrol.export": Rule((Grant(roles=OVERSEERS), _BY_OPERATOR)),
    "report.read": Rule((Grant(roles=OVERSEERS), _BY_SYSTEM)),
    "report.nudge": Rule((Grant(roles=OVERSEERS),)),
    "report.tell": Rule((_BY_SYSTEM,)),
    "export.make": Rule((_BY_SYSTEM,)),
    "ledger.read": Rule((_BY_SELF, _BY_SUPERVISOR)),
    "ledger.export": Rule((_BY_SELF, _BY_SUPERVISOR)),
    "ledger.dispute": Rule((_BY_SELF,)),
    "ledger.answer": Rule((_BY_SUPERVISOR,), frozenset({Relation.SELF})),
    "ledger.write": Rule((_BY_SUPERVISOR,), frozenset({Relation.SELF})),
    "burden.count": Rule((_BY_SYSTEM,)),
    "burden.read": Rule((Grant(roles=OVERSEERS), _BY_OPERATOR, _BY_SYSTEM)),
    "hazard.report": Rule((_BY_SELF_REPORTING, _BY_SYSTEM)),
    "hazard.withdraw": Rule((_BY_SELF,)),
    "hazard.read": Rule((_BY_SELF, _BY_ASSIGNEE, _BY_DUTY_HERE, _BY_POSTED, _BY_OPERATOR)),
    "hazard.remark": Rule((_BY_SELF, _BY_ASSIGNEE, _BY_DUTY_HERE, _BY_POSTED)),
    "hazard.rectify": Rule((_BY_SELF, _BY_ASSIGNEE, _BY_DUTY_HERE, _BY_POSTED)),
    "hazard.assign": Rule((Grant(roles=OVERSEERS),)),
    "hazard.extend": Rule((_BY_SUPERVISOR,), frozenset({Relation.SELF})),
    "hazard.verify": Rule((_BY_SUPERVISOR,), frozenset({Relation.FIXER})),
    "hazard.escalate": Rule((_BY_SYSTEM,)),
    "hazard.export": Rule((Grant(roles=OVERSEERS), _BY_OPERATOR)),
    "request.register": Rule((_BY_SELF_REPORTING,)),
    "request.withdraw": Rule((_BY_SELF,)),
    "request.read": Rule((_BY_SELF, _BY_ASSIGNEE, _READS_REQUESTS, _BY_WORKER_POSTED, _BY_OPERATOR)),
    "request.contact": Rule((_BY_SELF, _BY_ASSIGNEE, Grant(roles=OVERSEERS))),
    "request.handle": Rule((_BY_SELF, _BY_ASSIGNEE, _BY_SUPERVISOR)),
    "request.assign": Rule((Grant(roles=OVERSEERS),)),
    "request.extend": Rule((_BY_SUPERVISOR,), frozenset({Relation.SELF})),
    "request.ask": Rule((_BY_SELF, _BY_SUPERVISOR)),
    "request.escalate": Rule((_BY_SYSTEM,)),
    "request.export": Rule((Grant(roles=OVERSEERS), _BY_OPERATOR)),
    "handover.give": Rule((_BY_SELF,)),
    "handover.take": Rule((Grant(relation=Relation.ASSIGNEE), _BY_SUPERVISOR)),
    "handover.read": Rule((_BY_SELF, Grant(relation=Relation.ASSIGNEE), Grant(roles=OVERSEERS))),
    "handover.run": Rule((_BY_SYSTEM,)),
    "handover.equip": Rule((_BY_SUPERVISOR,)),
    "household.answer": Rule((_BY_HEAD,)),
    "household.ask": Rule((_BY_SYSTEM,)),
    "household.take": Rule((_BY_SUPERVISOR,), frozenset({Relation.SELF})),
    "figures.keep": Rule((_BY_SYSTEM, _BY_OPERATOR)),
    "figures.read": Rule((Grant(roles=OVERSEERS), _BY_SYSTEM, _BY_OPERATOR)),
    "figures.names": Rule((Grant(roles=OVERSEERS),)),
    "figures.export": Rule((Grant(roles=OVERSEERS), _BY_OPERATOR)),
    "figures.receive": Rule((Grant(roles=frozenset({RoleName.SUPERVISOR})),)),
    "call.make": Rule((_BY_SUPERVISOR,)),
    # Who asked for it does not agree to it.
    "call.agree": Rule((_BY_SUPERVISOR,), frozenset({Relation.SELF})),
    "call.read": Rule((_BY_SELF, Grant(roles=OVERSEERS), _BY_OPERATOR)),
    "call.lead": Rule((_BY_SELF, _BY_SUPERVISOR, _BY_OPERATOR)),
    "call.answer": Rule((Grant(relation=Relation.ASSIGNEE),)),
    "call.send": Rule((_BY_SYSTEM,)),
    "group.bind": Rule((_BY_SUPERVISOR,)),
    # Telegram says that the bot is out of it, whoever saw to that.
    "group.forget": Rule((Grant(), _BY_STRANGER)),
}


def allows(actor: Actor, action: str, thing: Resource) -> bool:
    """Whether the actor may do this to the thing. Raises KeyError for an action without a policy row."""
    rule = POLICY[action]
    if any(thing.is_related(relation, actor) for relation in rule.exclusions):
        return False
    return any(grant.covers(actor, thing) for grant in rule.grants)


# What a refusal says where asking a supervisor would not help.
_REFUSALS = dict.fromkeys(("checkin.make", "correction.ask", "patrol.make"), "access-no-duty")
_REFUSALS["hazard.report"] = "access-no-hazards"
_REFUSALS["request.register"] = "access-no-requests"


def require(actor: Actor, action: str, thing: Resource) -> None:
    """Go on if the actor may do this to the thing; else raise NotAllowed with what to do instead."""
    if not allows(actor, action, thing):
        stranger_ = actor.kind is ActorKind.STRANGER
        raise NotAllowed("access-stranger" if stranger_ else _REFUSALS.get(action, "access-refused"))


def require_anywhere(actor: Actor, action: str) -> None:
    """Go on if the actor may do this in an area of theirs, whichever. Raises NotAllowed."""
    if not any(allows(actor, action, Resource(held.path)) for held in actor.holdings):
        require(actor, action, Resource(actor.path))


def visible(actor: Actor, action: str, path: Any = Area.path, person: Any = None) -> ColumnElement[bool]:
    """The filter for lists: rows whose area path (column `path`), or the person they are about (column
    `person`), the actor may see."""
    rule = POLICY[action]
    ways: list[ColumnElement[bool]] = [_way(grant, actor, path, person) for grant in rule.grants]
    seen = or_(false(), *ways)
    if Relation.SELF in rule.exclusions and person is not None:
        return and_(seen, person != actor.person_id)
    return seen


def _way(grant: Grant, actor: Actor, path: Any, person: Any | None) -> ColumnElement[bool]:
    if actor.kind is not grant.kind:
        return false()
    parts: list[ColumnElement[bool]] = []
    if grant.relation:
        known = grant.relation is Relation.SELF and person is not None
        parts.append(col(person) == actor.person_id if known else false())
    if grant.anywhere:
        parts.append(true() if grant.roles & actor.roles else false())
    elif grant.roles:
        held = [h.path for h in actor.holdings if h.role in grant.roles]
        parts.append(or_(false(), *(within(path, root) for root in held)))
    return and_(true(), *parts)


def within(path: Any, root: str) -> ColumnElement[bool]:
    """The filter for a subtree: one range of the path's index."""
    return and_(path >= root, path < subtree_end(root))


def roles_for(action: str) -> frozenset[str]:
    """The roles that allow an action in their area, whatever one is to the thing."""
    return frozenset(role for grant in POLICY[action].grants if not grant.relation for role in grant.roles)


def people_with(session: Session, action: str, path: str) -> list[tuple[int, str]]:
    """Persons whose role allows the action on a thing at this path, with the path of the role's area;
    the nearest areas first."""
    codes = path.split("/")[:-1]
    above = ["/".join(codes[:depth]) + "/" for depth in range(len(codes), 0, -1)]
    rows = session.execute(
        select(col(Role.person_id), col(Area.path))
        .join(Area, col(Area.id) == Role.area_id)
        .join(Person, col(Person.id) == Role.person_id)
        .where(
            col(Role.role).in_(roles_for(action)), col(Area.path).in_(above), col(Person.removed_at).is_(None)
        )
    )
    held = {(person_id, held_path) for person_id, held_path in rows}
    return sorted(held, key=lambda pair: (-len(pair[1]), pair[0]))


def nearest_with(session: Session, action: str, path: str, but: Collection[int] = ()) -> list[int]:
    """Whom to ask for this: the `holders` at `path` or, where none of them can be reached, those of the
    nearest area above. `but` are left out. Empty: nobody anywhere."""
    asked = [
        (person_id, held) for person_id, held in people_with(session, action, path) if person_id not in but
    ]
    ids = [person_id for person_id, _ in asked]
    reached = (col(Account.person_id).in_(ids), col(Account.reach) == Reach.OK)
    reachable = set(session.execute(select(col(Account.person_id)).where(*reached)).scalars())
    closest = next((held for person_id, held in asked if person_id in reachable), "")
    return [person_id for person_id, held in asked if person_id in reachable and held == closest]


_ACCOUNTS = (
    select(
        col(Account.user_id), col(Account.chat_id), col(Account.language), col(Person.id), col(Person.name),
        col(Person.language), col(Area.id), col(Area.path), col(Account.reach),
    )
    .join(Person, col(Person.id) == Account.person_id)
    .join(Area, col(Area.id) == Person.area_id)
    .where(
        col(Account.bot) == bindparam("bot"),
        col(Account.user_id).in_(bindparam("user_ids", expanding=True)),
        col(Person.removed_at).is_(None),
    )
)  # fmt: skip
_HOLDINGS = (
    select(col(Role.person_id), col(Role.role), col(Area.path))
    .join(Area, col(Area.id) == Role.area_id)
    .where(col(Role.person_id).in_(bindparam("person_ids", expanding=True)))
)


def actors_of(session: Session, bot: int, user_ids: Sequence[int]) -> dict[int, Actor]:
    """The persons behind Telegram accounts; an account bound to nobody is missing."""
    asked = {"bot": bot, "user_ids": user_ids}
    found: list[Any] = list(session.connection().execute(_ACCOUNTS, asked))
    held = _holdings_of(session, [row[3] for row in found])
    return {
        user_id: Actor(
            ActorKind.PERSON, person_id, name, area_id, path, held.get(person_id, ()), bot, user_id, chat_id,
            language or own_language or DEFAULT_LOCALE, reach,
        )
        for user_id, chat_id, language, person_id, name, own_language, area_id, path, reach in found
    }  # fmt: skip


def _holdings_of(session: Session, person_ids: Sequence[int]) -> dict[int, tuple[Holding, ...]]:
    held: dict[int, tuple[Holding, ...]] = {}
    if person_ids:
        for person_id, role, path in session.connection().execute(_HOLDINGS, {"person_ids": person_ids}):
            held[person_id] = (*held.get(person_id, ()), Holding(role, path))
    return held


def self_of(actor: Actor) -> Resource:
    """What belongs to the actor."""
    return Resource(actor.path, {Relation.SELF: (actor.person_id,)})
