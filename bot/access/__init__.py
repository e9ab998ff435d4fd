"""Who may do what. `access.require` and `access.visible` are asked by everybody, here alone."""

from bot.access.actors import OPERATOR, SYSTEM, Actor, ActorKind, Holding, Relation, Resource, stranger
from bot.access.policy import (
    ADMINS,
    ON_DUTY,
    OVERSEERS,
    POLICY,
    SUPERVISORS,
    Grant,
    Rule,
    actors_of,
    allows,
    nearest_with,
    people_with,
    require,
    require_anywhere,
    roles_for,
    self_of,
    visible,
    within,
)
from bot.access.work import Work
