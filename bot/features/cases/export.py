"""Cases as rows of plain values, a row a case, with everything that happened to it: step by step, and in
days."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Generic

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot import access
from bot.access import Work, labels
from bot.access.scope import CHUNK, Scope, moments
from bot.base.facts import Struct
from bot.base.i18n import Translator, translator
from bot.features.cases.case import CaseKind, R
from bot.features.cases.life import ASSIGNED
from bot.settings import Settings
from bot.storage.rows import Expression, Query, all_of
from models import Area, Person

_HAND, _UNIT = aliased(Person), aliased(Area)
AREA_COLUMNS: Mapping[str, Expression] = {"area_code": col(Area.code), "area_name": col(Area.name)}
# Who answers for it now.
RESPONSIBLE: Expression = func.coalesce(col(_HAND.name), col(_UNIT.name))


class Step(Struct):
    """What happened to a case, when, and by whom; `about` is the number of the case."""

    about: int
    at: datetime
    step: str
    facts: Mapping[str, str]
    words: str
    name: str | None
    person_id: int | None


class CaseSheet(Struct, Generic[R]):
    """A kind of case as a sheet. `columns` in their order, names of people by what the kind calls these.
    `joined` adds the tables that they are of; `shown` turns values into what is shown."""

    kind: CaseKind[R]
    columns: Mapping[str, Expression | str]
    joined: Callable[[Query], Query] = lambda query: query
    shown: Mapping[str, Callable[[object], object]] = field(default_factory=dict)

    @cached_property
    def _named(self) -> dict[str, type[Person]]:
        return {name: aliased(Person) for name in self.kind.people}

    @property
    def headings(self) -> tuple[str, ...]:
        """Every column; the last are counted from the times, and told from the events."""
        return (*self.columns, "days_taken", "days_late", "assigned_at", f"{self.kind.family.name}_steps")

    def count(self, work: Work, scope: Scope) -> int:
        """How many rows there will be."""
        return int(work.session.execute(self._within(work, scope, func.count())).scalar_one())

    def rows(self, work: Work, scope: Scope) -> Iterator[tuple[object, ...]]:
        """Those made known on the local days of the scope, by area and time, in the order of the headings."""
        cases, family, began = self.kind.tables.cases.c, self.kind.family, self.kind.begun_at
        done = cases[f"{self.kind.tables.done}_at"]
        shown = (
            col(self._named[each].name) if isinstance(each, str) else each for each in self.columns.values()
        )
        columns = (*shown, *self._people.values(), began, cases.due_at, done, cases.year, cases.id)
        statement = (
            self._within(work, scope, *columns)
            .order_by(col(Area.path), began, cases.id)
            .execution_options(yield_per=CHUNK)
        )
        session, settings, called = work.session, work.settings, labels.of_namesakes(work.session)
        telling = _Telling(f"{family.name}-step-", called, settings, translator(settings.work.language))
        found = iter(session.execute(statement))
        while chunk := list(islice(found, CHUNK)):
            steps = steps_of(session, self.kind, [row[-1] for row in chunk])
            for *values, since, due_at, done_at, year, number in chunk:
                told = self._told(values, called, year, settings)
                counted = days_counted(since, due_at, done_at)
                yield (*told.values(), *counted, *telling.of(steps.get(number, [])))

    def _told(
        self, values: Sequence[object], called: Mapping[int, str], year: int, settings: Settings
    ) -> dict[str, object]:
        """The columns, with people told apart, what it is called, and its category in words."""
        told = dict(zip(self.columns, values, strict=False))
        for column, who in zip(self._people, values[len(self.columns) :], strict=True):
            if isinstance(who, int) and who in called:
                told[column] = called[who]
        number, label = (f"{self.kind.family.name}_{what}" for what in ("number", "kind"))
        if isinstance(given := told[number], int):
            told[number] = self.kind.reference(year, given)
        if isinstance(named := told[label], dict):
            told[label] = named.get(settings.work.language, "")
        return told | {column: show(told[column]) for column, show in self.shown.items()}

    @property
    def _people(self) -> dict[str, Expression]:
        """Of the columns that are names, the numbers of the people."""
        named = {column: each for column, each in self.columns.items() if isinstance(each, str)}
        return {
            **{column: col(self._named[each].id) for column, each in named.items()},
            "responsible": col(_HAND.id),
        }

    def _within(self, work: Work, scope: Scope, *columns: Expression) -> Query:
        first, after = moments(scope, work.settings)
        kind, cases, each = self.kind, self.kind.tables.cases.c, self.kind.tables.assignees.c
        about = each[kind.tables.key] == cases.id
        named = and_(about, each.responsible.is_(True), each.released_at.is_(None))
        began = kind.begun_at
        query = (
            select(*columns)
            .select_from(kind.tables.cases)
            .join(Area, col(Area.id) == cases.area_id)
            .outerjoin(kind.tables.assignees, named)
            .outerjoin(_HAND, col(_HAND.id) == each.person_id)
            .outerjoin(_UNIT, col(_UNIT.id) == each.area_id)
        )
        for name, person in self._named.items():
            query = query.outerjoin(person, col(person.id) == cases[kind.people[name]])
        return self.joined(query).where(
            access.visible(work.actor, kind.action("export"), Area.path),
            access.within(Area.path, scope.path), began >= first, began < after,
        )  # fmt: skip


class _Telling(Struct):
    """How steps are told. `texts`: how their texts begin; `called`: what those are called who share a
    name."""

    texts: str
    called: Mapping[int, str]
    settings: Settings
    tr: Translator

    def of(self, steps: Sequence[Step]) -> tuple[datetime | None, str]:
        """When it was given to somebody first; step by step when, who, what, a line each."""
        assigned = next((each.at for each in steps if each.step == ASSIGNED), None)
        return assigned, "\n".join(self._line(each) for each in steps)

    def _line(self, each: Step) -> str:
        until, key = each.facts.get("until"), f"{self.texts}{each.step.replace('_', '-')}"
        to = self.called.get(int(each.facts.get("person_id") or 0)) or each.facts.get("to", "")
        time = self._local(datetime.fromisoformat(until)) if until else ""
        step = self.tr.plain(key, name=to, time=time)
        who = self.called.get(each.person_id or 0, each.name or "") or self.tr.plain("hazard-by-clock")
        words = self.tr.plain("hazard-step-words", words=each.words) if each.words else ""
        return f"{self._local(each.at)} {who} {step}{words}"

    def _local(self, moment: datetime) -> str:
        return f"{moment.astimezone(self.settings.work.zone):%Y-%m-%d %H:%M}"


def days(start: datetime, end: datetime) -> int:
    """Days begun: what is done within the day took one."""
    return max(1, (end - start).days + 1)


def days_counted(
    began: datetime, due: datetime, done: datetime | None
) -> tuple[int, int] | tuple[None, None]:
    """How many days it took until it was done, and how many of these it was late; nothing while it is not."""
    if done is None:
        return None, None
    return days(began, done), days(due, done) if done > due else 0


def steps_of(session: Session, kind: CaseKind[R], numbers: Sequence[int]) -> dict[int, list[Step]]:
    """What happened to each of these, in order."""
    events = kind.tables.events
    about = events.c[kind.tables.key]
    query = (
        select(
            about.label("about"), events.c.at, events.c.step, events.c.facts, events.c.words,
            col(Person.name), col(Person.id).label("person_id"),
        )
        .select_from(events)
        .outerjoin(Person, col(Person.id) == events.c.person_id)
        .where(about.in_(numbers))
        .order_by(about, events.c.id)
    )  # fmt: skip
    found: dict[int, list[Step]] = {}
    for row in all_of(session, Step, query):
        found.setdefault(row.about, []).append(row)
    return found
