"""How a kind of case lives, as data: its states, what can be done in which, its lists, its tables."""

from sqlalchemy import Table
from sqlmodel import SQLModel

from bot.base.facts import Struct
from bot.features.cases import notices

# Steps that every kind has.
ASSIGNED, LEFT, OVERDUE, WITHDRAWN = "assigned", "left", "overdue", "withdrawn"
WISHED, GRANTED, NOT_GRANTED, REWORDED = "wished", "granted", "not_granted", "reworded"


class Life(Struct):
    """The states of a kind: nobody is named; somebody is; it is done, as who did it says; somebody else has
    looked; it was taken back."""

    new: str
    named: str
    done: str
    closed: str
    withdrawn: str

    @property
    def to_do(self) -> tuple[str, ...]:
        """Somebody has to do something about it."""
        return self.new, self.named

    @property
    def open(self) -> tuple[str, ...]:
        """It is not over."""
        return self.new, self.named, self.done


class Move(Struct):
    """Something that people do to a case: the action that `access` is asked for, the step that is written
    down, the states in which it can be done, and the state it leads to (empty: it stays)."""

    action: str
    step: str
    states: tuple[str, ...]
    to: str = ""


class Board(Struct):
    """A list. `action`: in whose areas (empty: one's own cases); `states`: of these alone; `late`: past
    due."""

    name: str
    action: str = ""
    states: tuple[str, ...] = ()
    late: bool = False


class CaseNotices(Struct):
    """What is said about every case, as this kind says it."""

    moved: type[notices.CaseMoved]
    assigned: type[notices.CaseAssigned]
    undone: type[notices.CaseUndone]
    voice: type[notices.CaseVoice]
    history: type[notices.CaseHistory]
    waiting: type[notices.CaseWaiting]
    soon: type[notices.CasesSoon]
    late: type[notices.CasesLate]
    board: type[notices.CaseBoard]
    board_areas: type[notices.CaseBoardAreas]


class CaseTables(Struct):
    """Where a kind is kept. `key` is the column by which events and assignees name a case; `begun` and `done`
    begin the columns of who made it known and who did it, and when: `…_by`, `…_at`."""

    cases: Table
    counts: Table
    events: Table
    assignees: Table
    key: str
    begun: str
    done: str


def table_of(model: type[SQLModel]) -> Table:
    """The table of a model."""
    return SQLModel.metadata.tables[str(model.__tablename__)]
