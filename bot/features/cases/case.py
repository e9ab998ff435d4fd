"""What hazards and requests have in common: a number, who is named, what happened, one step at a time."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col

from bot.access import Actor, labels, leaving
from bot.base.facts import Facts
from bot.words import said
from models import Area, Person, Role, RoleName

# Who of a unit sees to what the unit was named for.
HANDS = (RoleName.SUPERVISOR, RoleName.DISPATCHER, RoleName.GRID_WORKER, RoleName.CREW_MEMBER)
_LEADING = (RoleName.SUPERVISOR, RoleName.DISPATCHER)


class CaseKind:
    """A kind of thing that people are named for. `letter` begins its references, `key` is the column by which
    events and assignees name it."""

    def __init__(
        self, letter: str, key: str, thing: type[SQLModel], counts: type[SQLModel], event: type[SQLModel],
        assignee: type[SQLModel],
    ) -> None:  # fmt: skip
        self.letter, self.key = letter, key
        self.thing: Any = thing
        self.event: Any = event
        self.assignee: Any = assignee
        # Made once: building statements costs more than running them.
        table = counts.__tablename__
        self._next = text(
            f"INSERT INTO {table} (year, last) VALUES (:year, 1)"  # noqa: S608
            f" ON CONFLICT (year) DO UPDATE SET last = {table}.last + 1 RETURNING last"
        )
        self._named = self._named_statement()
        self._reference = re.compile(rf"(?:[{letter}{letter.lower()}][-\s]?)?(?:(\d{{4}})[-\s])?(\d{{1,9}})")

    def reference(self, year: int, number: int) -> str:
        """What one is called: H-2026-000123."""
        return f"{self.letter}-{year}-{number:06d}"

    def next_number(self, session: Session, year: int) -> int:
        """The next number of a year, given once."""
        return int(session.connection().execute(self._next, {"year": year}).scalar_one())

    def numbered(self, session: Session, said: str) -> list[int]:
        """Those that a reference may mean (`123`, `2026-123`, `H-2026-000123`), the newest year first."""
        found = self._reference.fullmatch(said.strip())
        if found is None:
            return []
        year = (col(self.thing.year) == int(found[1]),) if found[1] else ()
        meant = select(col(self.thing.id)).where(col(self.thing.number) == int(found[2]), *year)
        return list(session.execute(meant.order_by(col(self.thing.year).desc())).scalars())

    def assignees(self, session: Session, number: int) -> Sequence[Row[Any]]:
        """Who is named now, who answers for it first: area_id, path, area, person_id, person, responsible."""
        found: Sequence[Row[Any]] = session.connection().execute(self._named, {"number": number}).all()
        return found

    def release(self, session: Session, number: int, now: datetime) -> None:
        """Somebody else is named instead of all who were."""
        named = (col(self._of(self.assignee)) == number, col(self.assignee.released_at).is_(None))
        session.execute(update(self.assignee).where(*named).values(released_at=now))

    def left(self) -> Select[Any]:
        """Those named for open ones who left: id, number, person_id, responsible. A unit has left in which
        nobody sees to anything any more."""
        each, place, home = self.assignee, aliased(Area), aliased(Area)
        there = exists(
            select(col(Role.id)).where(
                col(Role.area_id) == col(each.area_id), col(Role.role).in_(HANDS),
                leaving.on_roster(col(Role.person_id)),
            )
        )  # fmt: skip
        stays = or_(
            leaving.holds(col(each.person_id), HANDS, col(place.path)),
            leaving.holds_above(col(each.person_id), HANDS, col(home.path)),
        )
        return (
            select(
                col(each.id), col(self._of(each)).label("number"), col(each.person_id), col(each.responsible)
            )
            .join(self.thing, col(self.thing.id) == col(self._of(each)))
            .join(place, col(place.id) == col(self.thing.area_id))
            .join(home, col(home.id) == col(each.area_id))
            .where(
                col(each.released_at).is_(None), col(self.thing.closed_at).is_(None),
                or_(
                    and_(col(each.person_id).is_not(None), ~stays),
                    and_(col(each.person_id).is_(None), ~there),
                ),
            )
        )  # fmt: skip

    def let_go(self, session: Session, number: int, now: datetime) -> Sequence[Row[Any]]:
        """Release those who left; who they were. Of those who stay, one answers for it from here on."""
        gone = session.execute(self.left().where(col(self._of(self.assignee)) == number)).all()
        each = self.assignee
        released = update(each).where(col(each.id).in_([row.id for row in gone]))
        session.execute(released.values(released_at=now))
        named = self.assignees(session, number)
        if named and not named[0].responsible:
            session.execute(update(each).where(col(each.id) == named[0].id).values(responsible=True))
        return gone

    def hold(self, session: Session, number: int) -> None:
        """Let nobody else change it until the transaction ends."""
        session.execute(select(col(self.thing.id)).where(col(self.thing.id) == number).with_for_update())

    def name(self, session: Session, number: int, **values: Any) -> None:
        """Name a unit or a person for it."""
        session.execute(insert(self.assignee).values({self.key: number, **values}))

    def named_for(self, actor: Actor) -> ColumnElement[bool]:
        """The filter for those that the actor, or a unit of the actor's, is named for."""
        held = select(col(Area.id)).where(col(Area.path).in_([held.path for held in actor.holdings]))
        each = self.assignee
        named = and_(
            col(self._of(each)) == col(self.thing.id), col(each.released_at).is_(None),
            or_(
                col(each.person_id) == actor.person_id,
                col(each.person_id).is_(None) & col(each.area_id).in_(held),
            ),
        )  # fmt: skip
        return exists(select(col(each.id)).where(named).correlate(self.thing))

    def note(
        self, session: Session, actor: Actor, row: Row[Any], step: str, now: datetime, *, to: str = "",
        words: str = "", voice: str = "", facts: Facts | None = None,
    ) -> int:  # fmt: skip
        """Write down what happened; the event's number. `to`: the state it leads to, where it changes."""
        values = {
            self.key: row.id, "at": now, "person_id": actor.person_id or None,
            "area_id": actor.area_id or row.area_id, "step": step, "from_state": row.state,
            "to_state": to or row.state, "words": words, "voice": voice, "facts": facts or {},
        }  # fmt: skip
        made = session.connection().execute(insert(self.event).returning(col(self.event.id)), values)
        if words or voice:
            said.file(session, actor, f"{self.key.removesuffix('_id')}:{row.id}")
        return int(made.scalar_one())

    def move(self, session: Session, row: Row[Any], **values: Any) -> bool:
        """Change it if it stands as it was read; False where it does not."""
        moved = session.connection().execute(
            update(self.thing)
            .where(col(self.thing.id) == row.id, col(self.thing.version) == row.version)
            .values(version=row.version + 1, **values)
        )
        return moved.rowcount == 1

    def history(self, session: Session, number: int, most: int) -> list[Facts]:
        """What happened so far, step by step."""
        events = session.execute(
            select(self.event, col(Person.name))
            .join(Person, col(Person.id) == col(self.event.person_id), isouter=True)
            .where(col(self._of(self.event)) == number)
            .order_by(col(self.event.id))
            .limit(most)
        ).all()
        return [
            {
                "at": event.at, "name": name or "", "step": event.step, "words": event.words,
                "voice": bool(event.voice), "to": event.facts.get("to", ""),
                "until": event.facts.get("until", ""),
            }
            for event, name in events
        ]  # fmt: skip

    def voices(self, session: Session, number: int) -> Sequence[Row[Any]]:
        """Every voice note, oldest first: Telegram's file id, and who spoke (None: the clock told of it)."""
        return session.execute(
            select(col(self.event.voice), col(Person.name))
            .join(Person, col(Person.id) == col(self.event.person_id), isouter=True)
            .where(col(self._of(self.event)) == number, col(self.event.voice) != "")
            .order_by(col(self.event.id))
        ).all()

    def _of(self, model: Any) -> Any:
        return getattr(model, self.key)

    def _named_statement(self) -> Any:
        each = self.assignee
        return (
            select(
                col(each.id), col(each.area_id), col(Area.path), col(Area.name).label("area"),
                col(each.person_id), col(Person.name).label("person"), col(each.responsible),
            )
            .join(Area, col(Area.id) == col(each.area_id))
            .join(Person, col(Person.id) == col(each.person_id), isouter=True)
            .where(col(self._of(each)) == bindparam("number"), col(each.released_at).is_(None))
            .order_by(col(each.responsible).desc(), col(each.id))
        )  # fmt: skip


def told(session: Session, named: Sequence[Row[Any]]) -> list[str]:
    """What those named are called on a card: people, apart where two share a name, and units."""
    people = {row.person_id: row.person for row in named if row.person}
    names = labels.among(session, people)
    return [names[row.person_id] if row.person else row.area for row in named]


def people_of(session: Session, paths: Sequence[str]) -> list[int]:
    """Who answers for these units: those with a role in just these areas; supervisors where there are."""
    if not paths:
        return []
    rows = session.execute(
        select(col(Area.path), col(Role.role), col(Role.person_id))
        .join(Area, col(Area.id) == col(Role.area_id))
        .join(Person, col(Person.id) == col(Role.person_id))
        .where(col(Area.path).in_(paths), col(Role.role).in_(HANDS), col(Person.removed_at).is_(None))
    ).all()
    led = {path for path, role, _ in rows if role in _LEADING}
    return sorted({person for path, role, person in rows if path not in led or role in _LEADING})


def assignees_all(session: Session, named: Sequence[Row[Any]]) -> set[int]:
    """Everyone who is among those named, in person or as a unit."""
    units = [each.path for each in named if not each.person_id]
    return {each.person_id for each in named if each.person_id} | set(people_of(session, units))
