"""What everybody is handed who does something: where, for whom, when, and by which settings."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.access.actors import Actor
from bot.base.facts import Struct
from bot.settings import Settings


class Work(Struct):
    """One piece of work: its open transaction, who acts, when, and every setting. It is passed whole."""

    session: Session
    actor: Actor
    now: datetime
    settings: Settings

    def by(self, actor: Actor) -> "Work":
        """The same, done by somebody else: what follows of itself, the system does."""
        return replace(self, actor=actor)

    def at(self, moment: datetime) -> "Work":
        """The same, as of another moment: for duty it counts when something was sent."""
        return replace(self, now=moment)
