"""Cases: a number, who is named, what happened, one step at a time. What a kind of case is, as data.

A kind of its own says which tables it is kept in, how it lives, and who is what to it; all that people do
with every kind stands in `workflow`, what they are shown in `cards` and `lists`, what goes up in
`escalation`.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import and_, bindparam, exists, insert, or_, select, text, union_all, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot.access import Actor, Resource, Work, leaving
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.cases.assignees import HANDS, everyone
from bot.features.cases.life import ASSIGNED, Board, CaseNotices, CaseTables, Life, Move
from bot.features.cases.notices import EVERY, CaseEvent, CaseLine, Family, LateCase
from bot.features.cases.rows import Assignee, CaseRow, Event, LadderSubject, LeftAssignee, Spoken, Voice
from bot.outbox.notices import Notice
from bot.settings import Settings
from bot.settings.cases import CaseCategory, CaseSettings, Category
from bot.storage.rows import Expression, Query, all_of, first_of
from bot.words import said as words_said
from bot.words.said import Remark
from models import Area, Person, Role

R = TypeVar("R", bound=CaseRow)
T = TypeVar("T", bound=Struct)


class CaseKind(ABC, Generic[R]):
    """A kind of case. `people` are the columns with somebody's number, by what the name is called in a row;
    `spoken` the steps whose words whoever looks at it now should read; `begin` the action that makes one
    known, `look` the one of who looks at what is done, `remark` the one of who may say something about it."""

    family: ClassVar[Family]
    life: ClassVar[Life]
    tables: ClassVar[CaseTables]
    notices: ClassVar[CaseNotices]
    boards: ClassVar[tuple[Board, ...]]
    line: ClassVar[type[CaseLine]]
    late: ClassVar[type[LateCase]]
    people: ClassVar[dict[str, str]]
    spoken: ClassVar[tuple[str, ...]]
    begin: ClassVar[str]
    look: ClassVar[str]
    remark: ClassVar[str]
    # The columns with what people said of one, whose message may say something else later.
    said_in: ClassVar[tuple[object, ...]]
    # Whether one can be urgent: its ladders climb by minutes then, at night too.
    rings: ClassVar[bool] = False
    # After how many working days who did it is asked first whether somebody looked; None: never.
    look_wait: ClassVar[int | None] = None
    # How far lists are counted.
    most_counted: ClassVar[int] = EVERY
    # What is forgotten of one that is taken back.
    erased: ClassVar[dict[str, None]] = {}
    # What becomes of one that several are named for.
    joint: ClassVar[dict[str, str]] = {}
    row: type[R]

    def __init__(self) -> None:
        # Made once: building statements costs more than running them.
        letter, counts = self.family.letter, self.tables.counts.name
        self._next = text(
            f"INSERT INTO {counts} (year, last) VALUES (:year, 1)"  # noqa: S608
            f" ON CONFLICT (year) DO UPDATE SET last = {counts}.last + 1 RETURNING last"
        )
        self._named, self._read = self._named_query(), self._read_query()
        self._reference = re.compile(rf"(?:[{letter}{letter.lower()}][-\s]?)?(?:(\d{{4}})[-\s])?(\d{{1,9}})")
        self.to_assign = Move(self.action("assign"), ASSIGNED, self.life.to_do, self.life.named)

    @abstractmethod
    def settings(self, settings: Settings) -> CaseSettings[CaseCategory] | CaseSettings[Category]:
        """What the settings say of this kind."""

    @abstractmethod
    def resource(self, session: Session, row: R) -> Resource:
        """A case to `access`: where it is, and who is what to it."""

    @abstractmethod
    def to_notify(self, session: Session, row: R, settings: Settings) -> list[int]:
        """Before whom a new one is laid."""

    @abstractmethod
    def to_look(self, session: Session, row: R) -> list[int]:
        """Who is asked to look at one that is done."""

    @abstractmethod
    def workers(self, session: Session, row: R) -> Sequence[int]:
        """Whom the ladder of one that nobody looked at begins with, and passes over above."""

    @abstractmethod
    def card(self, row: R, own: bool = False) -> Notice:
        """What its living messages show; the rest is read when they are sent. `own`: for who acts just
        now."""

    def answered(self, actor: Actor, row: R) -> dict[str, object]:
        """What else whoever acted is answered, by the names of its facts."""
        return {}

    def tellers(self, session: Session, row: R) -> Sequence[int]:
        """Who made it known, and hears who sees to it."""
        return (row.begun_by,)

    def own(self, actor: Actor) -> Query:
        """The numbers of those the actor made known, or the actor or one of the actor's units is named
        for."""
        cases, each = self.tables.cases, self.tables.assignees.c
        units = select(col(Area.id)).where(col(Area.path).in_(self.units_of(actor)))
        named = select(each[self.tables.key].label("id")).where(each.released_at.is_(None))
        mine = union_all(
            select(cases.c.id).where(self.begun_by == actor.person_id),
            named.where(each.person_id == actor.person_id),
            named.where(each.person_id.is_(None), each.area_id.in_(units)),
        ).subquery()
        return select(mine.c.id)

    def units_of(self, actor: Actor) -> list[str]:
        """The paths of the units for which the actor sees to what they are named for."""
        return [held.path for held in actor.holdings]

    def posted(self, session: Session, actor: Actor) -> Query | None:
        """The numbers of open ones that are the actor's to see by a post; None: there are none."""
        return None

    def hidden(self, board: Board, actor: Actor, number: Expression) -> Expression | None:
        """Which of a list the actor is not shown."""
        return None

    def to_look_at(self, actor: Actor) -> Expression:
        """The filter for those that are done and that the actor is to look at."""
        return (self.tables.cases.c.state == self.life.done) & (self.begun_by == actor.person_id)

    def waits(self, row: R, settings: Settings) -> tuple[int, ...]:
        """After how many working days (urgent: minutes) those above are told, level by level."""
        return self.settings(settings).category(row.category).waits

    def undone_from(self, row: R) -> tuple[str, ...]:
        """The states in which it can be taken back."""
        return (self.life.new,)

    def photo(self, session: Session, row: R) -> int | None:
        """The photo that stays where its living message was."""
        return None

    def action(self, verb: str) -> str:
        """What `access` is asked for: `hazard.assign`."""
        return f"{self.family.name}.{verb}"

    def ladder(self, what: str) -> str:
        """The kind of a ladder: `hazard_due`."""
        return f"{self.family.name}_{what}"

    def due_subject(self, row: R, due_at: datetime | None = None) -> LadderSubject:
        """Of the ladder of what is past due."""
        return LadderSubject(self.ladder("due"), row.id, f"{due_at or row.due_at:%y%m%d%H%M}")

    def subject(self, number: int) -> str:
        """What living messages, photos and the audit of one are filed under: `hazard:12`."""
        return f"{self.family.name}:{number}"

    def reference(self, year: int, number: int) -> str:
        """What one is called: H-2026-000123."""
        return self.family.reference(year, number)

    def tell(self, notice: type[T], row: R, /, **more: object) -> T:
        """A notice about this case: what its row says under the same names, and what else it tells."""
        known = {each.name: getattr(row, each.name) for each in fields(notice) if hasattr(row, each.name)}
        return notice(**{**known, self.tables.key: row.id, **more})

    @property
    def begun_by(self) -> Expression:
        """The column of who made one known."""
        return self.tables.cases.c[f"{self.tables.begun}_by"]

    @property
    def begun_at(self) -> Expression:
        """The column of when that was."""
        return self.tables.cases.c[f"{self.tables.begun}_at"]

    def read(self, session: Session, number: int) -> R | None:
        """A case as it stands; None where there is none."""
        return first_of(session, self.row, self._read, {"case": number})

    def get(self, session: Session, number: int) -> R:
        """The same. Raises Refused where there is none."""
        row = self.read(session, number)
        if row is None:
            raise Refused(f"{self.family.name}-unknown")
        return row

    def listed(self) -> Query:
        """Cases as lists tell them, with their area."""
        cases = self.tables.cases.c
        fields = (cases.id, cases.year, cases.number, cases.label, cases.state, cases.due_at)
        return select(*fields, col(Area.name).label("area")).join(Area, col(Area.id) == cases.area_id)

    def lines(self, session: Session, query: Query) -> tuple[CaseLine, ...]:
        """What such a statement finds."""
        return tuple(all_of(session, self.line, query))

    def page_lines(self, session: Session, query: Query) -> tuple[CaseLine, ...]:
        """The same for a page of a list."""
        return self.lines(session, query)

    def add(self, session: Session, /, **values: object) -> R:
        """Put down a new one, as it is read from here on."""
        cases = self.tables.cases
        made = session.connection().execute(insert(cases).returning(cases.c.id), values)
        return self.get(session, int(made.scalar_one()))

    def require_in(self, row: R, *states: str) -> None:
        """It is in one of these states. Raises Refused with how it stands."""
        if row.state not in states:
            raise Refused(self.over_key(row.state))

    def over_key(self, state: str) -> str:
        """The sentence for somebody who comes too late, or too early."""
        return f"{self.family.name}-is-{state}"

    def move(self, session: Session, row: R, /, **values: object) -> bool:
        """Change it if it stands as it was read; False where it does not."""
        cases = self.tables.cases
        moved = session.connection().execute(
            update(cases)
            .where(cases.c.id == row.id, cases.c.version == row.version)
            .values(version=row.version + 1, **values)
        )
        return moved.rowcount == 1

    def change(self, session: Session, row: R, /, **values: object) -> None:
        """The same. Raises Refused with how it stands where somebody was faster."""
        if not self.move(session, row, **values):
            raise Refused(self.over_key(self.get(session, row.id).state))

    def note(
        self, work: Work, row: R, step: str, said: Remark = Remark(), to: str = "",
        facts: dict[str, str | int | bool | None] | None = None,
    ) -> int:  # fmt: skip
        """Write down what happened; the event's number. `to`: the state it leads to, where it changes."""
        events = self.tables.events
        values = {
            self.tables.key: row.id, "at": work.now, "person_id": work.actor.person_id or None,
            "area_id": work.actor.area_id or row.area_id, "step": step, "from_state": row.state,
            "to_state": to or row.state, "words": said.words, "voice": said.voice, "facts": facts or {},
        }  # fmt: skip
        made = work.session.connection().execute(insert(events).returning(events.c.id), values)
        if said.words or said.voice:
            words_said.file(work.session, work.actor, self.subject(row.id))
        return int(made.scalar_one())

    def next_number(self, session: Session, year: int) -> int:
        """The next number of a year, given once."""
        return int(session.connection().execute(self._next, {"year": year}).scalar_one())

    def numbered(self, session: Session, said: str) -> list[int]:
        """Those that a reference may mean (`123`, `2026-123`, `H-2026-000123`), the newest year first."""
        found, cases = self._reference.fullmatch(said.strip()), self.tables.cases.c
        if found is None:
            return []
        meant = select(cases.id).where(cases.number == int(found[2])).order_by(cases.year.desc())
        return list(
            session.execute(meant.where(cases.year == int(found[1])) if found[1] else meant).scalars()
        )

    def assignees(self, session: Session, number: int) -> list[Assignee]:
        """Who is named now, who answers for it first."""
        return all_of(session, Assignee, self._named, {"case": number})

    def hands(self, session: Session, number: int) -> list[int]:
        """Everyone who is named now, in person or as a unit."""
        return sorted(everyone(session, self.assignees(session, number)))

    def release(self, session: Session, number: int, now: datetime) -> None:
        """Somebody else is named instead of all who were."""
        named = update(each := self.tables.assignees).where(each.c[self.tables.key] == number)
        session.execute(named.where(each.c.released_at.is_(None)).values(released_at=now))

    def name(self, session: Session, number: int, /, **values: object) -> None:
        """Name a unit or a person for it."""
        session.execute(insert(self.tables.assignees).values({self.tables.key: number, **values}))

    def left(self) -> Query:
        """Those named for open ones who left, as LeftAssignee. A unit has left in which nobody sees to
        anything any more."""
        each, cases, place, home = self.tables.assignees.c, self.tables.cases.c, aliased(Area), aliased(Area)
        there = exists(
            select(col(Role.id)).where(
                col(Role.area_id) == each.area_id, col(Role.role).in_(HANDS),
                leaving.on_roster(col(Role.person_id)),
            )
        )  # fmt: skip
        stays = or_(
            leaving.holds(each.person_id, HANDS, col(place.path)),
            leaving.holds_above(each.person_id, HANDS, col(home.path)),
        )
        gone = or_(and_(each.person_id.is_not(None), ~stays), and_(each.person_id.is_(None), ~there))
        about = each[self.tables.key]
        return (
            select(each.id, about.label("number"), each.person_id, each.responsible)
            .select_from(self.tables.assignees)
            .join(self.tables.cases, cases.id == about)
            .join(place, col(place.id) == cases.area_id)
            .join(home, col(home.id) == each.area_id)
            .where(each.released_at.is_(None), cases.closed_at.is_(None), gone)
        )

    def let_go(self, session: Session, number: int, now: datetime) -> list[LeftAssignee]:
        """Release those who left; who they were. Of those who stay, one answers for it from here on."""
        each = self.tables.assignees
        gone = all_of(session, LeftAssignee, self.left().where(each.c[self.tables.key] == number))
        session.execute(update(each).where(each.c.id.in_([row.id for row in gone])).values(released_at=now))
        named = self.assignees(session, number)
        if named and not named[0].responsible:
            session.execute(update(each).where(each.c.id == named[0].id).values(responsible=True))
        return gone

    def hold(self, session: Session, number: int) -> None:
        """Let nobody else change it until the transaction ends."""
        cases = self.tables.cases.c
        session.execute(select(cases.id).where(cases.id == number).with_for_update())

    def named_for(self, actor: Actor) -> Expression:
        """The filter for those that the actor, or a unit of the actor's, is named for."""
        held = select(col(Area.id)).where(col(Area.path).in_([held.path for held in actor.holdings]))
        each, cases = self.tables.assignees.c, self.tables.cases
        mine = (each.person_id == actor.person_id) | (each.person_id.is_(None) & each.area_id.in_(held))
        there = (each[self.tables.key] == cases.c.id, each.released_at.is_(None), mine)
        return exists(select(each.id).where(*there).correlate(cases))

    def history(self, session: Session, number: int, most: int) -> tuple[CaseEvent, ...]:
        """What happened so far, step by step."""
        told = self._told(number, "at", "step", "words", "voice", "facts").limit(most)
        return tuple(event.told() for event in all_of(session, Event, told))

    def voices(self, session: Session, number: int) -> list[Voice]:
        """Every voice note, oldest first."""
        return all_of(session, Voice, self._told(number, "voice").where(self.tables.events.c.voice != ""))

    def last_spoken(self, session: Session, number: int) -> Spoken | None:
        """What was said last that whoever looks at it now should read."""
        events = self.tables.events.c
        found = select(events.id, events.step, events.words, events.voice).where(
            events[self.tables.key] == number, events.step.in_(self.spoken)
        )
        return first_of(session, Spoken, found.order_by(events.id.desc()).limit(1))

    def _told(self, number: int, *columns: str) -> Query:
        events = self.tables.events
        chosen = (events.c[column] for column in columns)
        return (
            select(*chosen, col(Person.name))
            .select_from(events)
            .join(Person, col(Person.id) == events.c.person_id, isouter=True)
            .where(events.c[self.tables.key] == number)
            .order_by(events.c.id)
        )

    def _named_query(self) -> Query:
        each = self.tables.assignees
        return (
            select(
                each.c.id, each.c.area_id, col(Area.path), col(Area.name).label("area"), each.c.person_id,
                col(Person.name).label("person"), each.c.responsible,
            )
            .select_from(each)
            .join(Area, col(Area.id) == each.c.area_id)
            .join(Person, col(Person.id) == each.c.person_id, isouter=True)
            .where(each.c[self.tables.key] == bindparam("case"), each.c.released_at.is_(None))
            .order_by(each.c.responsible.desc(), each.c.id)
        )  # fmt: skip

    def _read_query(self) -> Query:
        cases = self.tables.cases
        query = (
            select(*cases.c, col(Area.path), col(Area.name).label("area"))
            .select_from(cases)
            .join(Area, col(Area.id) == cases.c.area_id)
            .where(cases.c.id == bindparam("case"))
        )
        for name, column in (self.people | {"wisher": "wished_by"}).items():
            person = aliased(Person)
            query = query.add_columns(col(person.name).label(name)).join(
                person, col(person.id) == cases.c[column], isouter=True
            )
        return query


# A kind of case, whichever it is.
AnyCase = CaseKind[Any]
