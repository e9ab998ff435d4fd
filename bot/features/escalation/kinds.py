"""What a kind of ladder is."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.base.facts import Struct
from bot.features.escalation.notices import LadderNotice
from bot.settings import Settings

# Of these subjects, those that nobody has answered yet.
Needed = Callable[
    [Session, Sequence[str], datetime, Settings], set[str]
]  # Of these subjects, until when it is of use to tell the person.
Ends = Callable[[Session, Sequence[str]], dict[str, datetime]]


class EscalationKind(Struct):
    """A kind of ladder: what is still needed, what its rungs are told, the action that says which supervisors
    are meant, what it shares messages with besides its own kind, whether it rings in quiet hours, and until
    when the person is told."""

    needed: Needed
    notices: type[LadderNotice] | tuple[type[LadderNotice], ...]
    asked: str
    family: str = ""
    rings: bool = False
    ends: Ends | None = None

    def notice(self, level: int, subjects: tuple[str, ...], path: str) -> LadderNotice:
        """What a rung is told of these: 0 the persons, 1 the leads, 2 supervisors."""
        told = self.notices[level] if isinstance(self.notices, tuple) else self.notices
        return told(level, subjects, path, self.rings)
