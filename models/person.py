"""People of the roster, the Telegram accounts they use, and what they hold."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, UniqueConstraint

from models.columns import BIG, MOMENT, SERIAL, Numbered


class Person(Numbered, table=True):
    """A person on the roster. `phone` is digits with a leading `+`."""

    code: str = Field(unique=True)
    name: str
    phone: str | None = Field(default=None, index=True)
    area_id: int = Field(foreign_key="area.id", index=True, sa_type=SERIAL)
    # Duty titles (五大员, 六大岗位): labels, nothing hangs on them.
    titles: str = ""
    language: str | None = None
    removed_at: datetime | None = Field(default=None, sa_type=MOMENT)


class RoleName(StrEnum):
    """What a person may be, in an area and its subtree."""

    GRID_WORKER = "grid_worker"
    CREW_MEMBER = "crew_member"
    HOUSEHOLD_HEAD = "household_head"
    SUPERVISOR = "supervisor"
    DISPATCHER = "dispatcher"
    MEMBER = "member"
    ADMIN = "admin"


class Role(Numbered, table=True):
    """A role a person holds in an area."""

    __table_args__ = (UniqueConstraint("person_id", "role", "area_id"),)

    person_id: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    role: str
    area_id: int = Field(foreign_key="area.id", index=True, sa_type=SERIAL)


class Reach(StrEnum):
    """Whether Telegram takes messages for an account."""

    OK = "ok"
    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    KICKED = "kicked"
    NEVER_STARTED = "never_started"
    # The person wants no messages: replies only.
    STOPPED = "stopped"


class Account(Numbered, table=True):
    """A Telegram account bound to a person, as seen by one bot."""

    __table_args__ = (UniqueConstraint("bot", "user_id"),)

    bot: int = Field(sa_type=BIG)
    user_id: int = Field(sa_type=BIG)
    # In a private chat Telegram uses the same number for both.
    chat_id: int = Field(sa_type=BIG)
    person_id: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    language: str | None = None
    reach: str = Reach.OK
    joined_at: datetime = Field(sa_type=MOMENT)
