"""What is known of each kind of open thing that names people."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from bot.access import Work
from bot.base.facts import Struct
from bot.outbox.notices import Notice
from bot.storage.rows import Query


class Passed(Struct):
    """An open thing that goes to somebody else: the subject of its living message, what that shows, who has
    it now, and who left. `urgent`: through quiet hours."""

    subject: str
    notice: Notice
    to: Sequence[int]
    gone: Collection[int]
    urgent: bool = False


class LeavingKind(Struct):
    """A kind of open thing that names people. `find`: the numbers (`number`) of those that name somebody who
    left, at a moment; `pass_on`: sees to one of them for the system, None where nobody need be told;
    `columns`: where people are named (`table.column`)."""

    columns: frozenset[str]
    find: Callable[[datetime], Query]
    pass_on: Callable[[Work, int], Passed | None]
