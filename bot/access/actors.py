"""Who acts, and what something is done to: what `access` decides by."""

from collections.abc import Collection, Mapping
from dataclasses import field
from enum import StrEnum

from bot.base.facts import Struct
from bot.base.i18n import DEFAULT_LOCALE
from models import Reach


class ActorKind(StrEnum):
    """Who acts: a person, or one of three that are none."""

    PERSON = "person"
    STRANGER = "stranger"
    SYSTEM = "system"
    OPERATOR = "operator"


class Holding(Struct):
    """A role and the path of the area it is held in."""

    role: str
    path: str


class Actor(Struct):
    """Who does something. `person_id` is 0 for an actor that is no person."""

    kind: ActorKind
    person_id: int = 0
    name: str = ""
    area_id: int = 0
    path: str = ""
    holdings: tuple[Holding, ...] = ()
    bot: int = 0
    user_id: int = 0
    chat_id: int = 0
    locale: str = DEFAULT_LOCALE
    # Whether Telegram took messages for the account when last tried.
    reach: str = Reach.OK

    def holds(self, roles: Collection[str], path: str) -> bool:
        """Whether one of these roles is held in an area whose subtree holds this path."""
        return any(held.role in roles and path.startswith(held.path) for held in self.holdings)

    @property
    def roles(self) -> frozenset[str]:
        """Every role held anywhere: for menus and help, never to decide."""
        return frozenset(held.role for held in self.holdings)

    def __str__(self) -> str:
        return str(self.person_id) if self.kind is ActorKind.PERSON else str(self.kind)


SYSTEM = Actor(ActorKind.SYSTEM, name="system")
OPERATOR = Actor(ActorKind.OPERATOR, name="operator")


class Relation(StrEnum):
    """What a person can be to a thing."""

    SELF = "self"
    LEAD = "lead"
    ASSIGNEE = "assignee"
    FIXER = "fixer"
    # Has the post as a usual one, or stands shifts there.
    POSTED = "posted"


class Resource(Struct):
    """What something is done to: the path of its area and who is what to it."""

    path: str = ""
    relations: Mapping[Relation, Collection[int]] = field(default_factory=dict)

    def is_related(self, relation: Relation, actor: Actor) -> bool:
        """Whether the actor is this to the thing."""
        return actor.person_id != 0 and actor.person_id in self.relations.get(relation, ())


def stranger(bot: int, user_id: int, chat_id: int, locale: str) -> Actor:
    """An account bound to nobody: it may only join."""
    return Actor(ActorKind.STRANGER, bot=bot, user_id=user_id, chat_id=chat_id, locale=locale)
