"""What a call is made of, read from what was written: whom it may be for, what may be chosen, how many."""

import re

from sqlalchemy import select
from sqlmodel import col

from bot import access
from bot.access import Resource, Work
from bot.access.areas import AreaRow
from bot.base import names
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.calls.audience import Audience
from bot.features.calls.repository import Choice
from bot.settings.calls import CallKind
from models import Area, Asked, Person, Role, RoleName

# The roles that an audience is offered by, in this order.
OFFERED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("all", ()),
    ("workers", (RoleName.GRID_WORKER, RoleName.CREW_MEMBER)),
    ("heads", (RoleName.HOUSEHOLD_HEAD,)),
    ("leaders", (RoleName.SUPERVISOR, RoleName.DISPATCHER)),
    ("members", (RoleName.MEMBER,)),
)
MOST_NAMES = 10_000
MOST_NAMED_WRONG = 5
MOST_CHOICES = 8
_LISTED = re.compile(r"^\s*(?:\d{1,2}|[A-Ha-h])\s*[.、．:：)）]\s*(\S.{0,59})\s*$")
_QUOTA = re.compile(r"(\d{1,5})\s*(?:人|名|个|位|people|persons|volunteers)", re.IGNORECASE)
_PARTED = re.compile(r"[\s,，、;；]+")


class Composed(Struct):
    """What a call says, without the lines that are answers, and those."""

    words: str
    choices: tuple[Choice, ...]


class Pasted(Struct):
    """People found by a pasted list of names or codes, and how many of it nobody, or several, are called."""

    people: tuple[int, ...]
    unknown: tuple[str, ...]
    shared: tuple[str, ...]


def compose(kind: CallKind, words: str) -> Composed:
    """What may be chosen: what the kind offers; where it offers nothing, the lines that are numbered.

    Raises Refused where a choice is asked for and there is none.
    """
    if kind.asked is not Asked.CHOICE:
        return Composed(words, ())
    if not kind.choices:
        return _listed(words)
    quota = _QUOTA.search(words) if kind.counts else None
    first, *others = kind.choices
    most = int(quota[1]) if quota and int(quota[1]) else first.most
    told = [Choice(first.code, first.zh_CN, first.en, most, first.note)]
    told += [Choice(each.code, each.zh_CN, each.en, each.most, each.note) for each in others]
    return Composed(words, tuple(told))


def _listed(words: str) -> Composed:
    lines = words.split("\n")
    found = [match[1].strip() for line in lines if (match := _LISTED.match(line))]
    if not 2 <= len(found) <= MOST_CHOICES:
        raise Refused("call-list-choices", most=MOST_CHOICES)
    rest = "\n".join(line for line in lines if not _LISTED.match(line)).strip()
    told = (Choice(f"o{at}", each, each) for at, each in enumerate(found))
    return Composed(rest, tuple(told))


def areas(work: Work) -> list[AreaRow]:
    """The areas in which the actor may call people: the own ones, the widest first."""
    own = {each.path for each in work.actor.holdings}
    held = {path for path in own if access.allows(work.actor, "call.make", Resource(path))}
    paths = [path for path in held if not any(path != other and path.startswith(other) for other in held)]
    rows = work.session.execute(
        select(col(Area.id), col(Area.path), col(Area.name)).where(col(Area.path).in_(paths))
    )
    return [AreaRow(number or 0, path, name) for number, path, name in rows.all()]


def area_named(work: Work, said: str) -> tuple[list[AreaRow], bool]:
    """The actor's areas of this name or code, and whether they are surely meant."""
    seen = access.visible(work.actor, "call.make", Area.path)
    rows = work.session.execute(
        select(col(Area.id), col(Area.path), col(Area.name), col(Area.code)).where(
            seen, col(Area.removed_at).is_(None)
        )
    ).all()
    known = [AreaRow(number or 0, path, name) for number, path, name, _ in rows]
    by_code = [each for each, row in zip(known, rows, strict=True) if row[3].casefold() == said.casefold()]
    return (by_code, True) if by_code else names.meant(said, known, lambda each: each.name)


def pasted(work: Work, root: AreaRow, said: str) -> Pasted:
    """The people of an area whose names or codes were pasted, one a line or parted by commas."""
    access.require(work.actor, "call.make", Resource(root.path))
    wanted = list(dict.fromkeys(each for each in _PARTED.split(said.strip()) if each))[:MOST_NAMES]
    held = select(col(Role.person_id)).join(Area, col(Area.id) == col(Role.area_id))
    mine = held.where(access.within(col(Area.path), root.path))
    rows = work.session.execute(
        select(col(Person.id), col(Person.name), col(Person.code)).where(
            col(Person.removed_at).is_(None), col(Person.id).in_(mine)
        )
    )
    known: dict[str, list[int]] = {}
    for number, name, code in rows.all():
        for called in {names.key(name), names.key(code)}:
            known.setdefault(called, []).append(number or 0)
    found = {each: known.get(names.key(each), []) for each in wanted}
    return Pasted(
        tuple(dict.fromkeys(people[0] for people in found.values() if len(people) == 1)),
        tuple(each for each, people in found.items() if not people),
        tuple(each for each, people in found.items() if len(people) > 1),
    )


def offered(root: AreaRow) -> list[tuple[str, Audience]]:
    """The audiences of an area that are a tap away: their names, and whom they mean."""
    by_role = [(name, Audience(root.id, roles=roles)) for name, roles in OFFERED]
    return [*by_role, ("on_duty", Audience(root.id, on_duty=True))]
