"""Joining: invites, wrong guesses, and second accounts that ask."""

from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sqlmodel import Field, UniqueConstraint

from models.columns import BIG, MOMENT, SERIAL, Numbered


def code_hash(code: str) -> str:
    """What is kept of an invite's code: enough to know it again, too little to use it."""
    return sha256(code.encode()).hexdigest()


class Invite(Numbered, table=True):
    """A single-use link for one person; only the hash of its code is kept."""

    person_id: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    code_hash: str = Field(unique=True)
    created_at: datetime = Field(sa_type=MOMENT)
    expires_at: datetime = Field(sa_type=MOMENT)
    used_at: datetime | None = Field(default=None, sa_type=MOMENT)
    revoked_at: datetime | None = Field(default=None, sa_type=MOMENT)


class JoinAttempt(Numbered, table=True):
    """What an account that is bound to nobody has tried: wrong codes, and the invite it has opened."""

    __table_args__ = (UniqueConstraint("bot", "user_id"),)

    bot: int = Field(sa_type=BIG)
    user_id: int = Field(sa_type=BIG)
    failures: int = 0
    wait_until: datetime | None = Field(default=None, sa_type=MOMENT)
    # Opened, and waiting for the contact that proves who it is.
    invite_id: int | None = Field(default=None, foreign_key="invite.id", sa_type=SERIAL)


class RequestState(StrEnum):
    """What became of something a person asked a supervisor for."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


class SecondAccountRequest(Numbered, table=True):
    """A further account that says it is a person who has already joined."""

    bot: int = Field(sa_type=BIG)
    user_id: int = Field(sa_type=BIG)
    person_id: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    language: str | None = None
    asked_at: datetime = Field(sa_type=MOMENT)
    state: str = RequestState.ASKED
    decided_by: int | None = Field(default=None, foreign_key="person.id", sa_type=SERIAL)
    decided_at: datetime | None = Field(default=None, sa_type=MOMENT)
