"""What people are called where several stand together: by name, and apart where two share one."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import count

from sqlalchemy import select
from sqlmodel import Session, col

from bot.base.facts import Struct
from bot.base.lengths import cut, units
from bot.base.names import key
from models import Area, Person

# As much as a button shows beside its sign and its verb; in UTF-16 units.
MOST = 24
# In a line of a message there is more room.
MOST_IN_LIST = 64
_MOST_OF_DETAIL = 14
_CHUNK = 500


class Named(Struct):
    """Somebody with a name, and what may tell them from others of the same name."""

    id: int
    name: str
    area: str = ""
    titles: str = ""
    code: str = ""


_DETAILS: tuple[Callable[[Named], str], ...] = (
    lambda each: each.area,
    lambda each: each.titles,
    lambda each: each.code,
    lambda each: f"{each.area[-8:]} {each.code}" if each.area and each.code else "",
)


def distinct(people: Iterable[Named], most: int = MOST) -> dict[int, str]:
    """A label for each, no two alike and none longer than `most` UTF-16 units: the name; of those who share
    one, with the area, else the titles, else the code."""
    everybody = {each.id: each for each in people}
    labels = _alone({number: cut(each.name.strip(), most) for number, each in everybody.items()}, set())
    for detail in _DETAILS:
        left = {number: each for number, each in everybody.items() if number not in labels}
        details = {number: detail(each).strip() for number, each in left.items()}
        made = {number: _with(left[number].name, told, most) for number, told in details.items() if told}
        labels |= _alone(made, set(map(key, labels.values())))
    for number, each in everybody.items():
        if number not in labels:
            labels[number] = _numbered(each, set(map(key, labels.values())), most)
    return labels


def of(session: Session, person_ids: Collection[int], most: int = MOST) -> dict[int, str]:
    """The labels of these people, as they stand together; who left keeps theirs."""
    ids, found = sorted(set(person_ids)), list[Named]()
    for at in range(0, len(ids), _CHUNK):
        rows = session.execute(
            select(
                col(Person.id), col(Person.name), col(Area.name).label("area"), col(Person.titles),
                col(Person.code),
            )
            .join(Area, col(Area.id) == col(Person.area_id))
            .where(col(Person.id).in_(ids[at : at + _CHUNK]))
        )  # fmt: skip
        found += [Named(row.id or 0, row.name, row.area, row.titles, row.code) for row in rows]
    return distinct(found, most)


def among(session: Session, people: Mapping[int, str]) -> dict[int, str]:
    """What these people, given by number and name, are called where they stand in one list: by name, and
    apart where two share one. Asks the database only then."""
    counted = Counter(map(key, people.values()))
    shared = [number for number, name in people.items() if counted[key(name)] > 1]
    return dict(people) | (of(session, shared, MOST_IN_LIST) if shared else {})


def of_namesakes(session: Session) -> dict[int, str]:
    """What everybody is called who shares a name with somebody, for sheets in which anybody may stand."""
    rows = session.execute(select(col(Person.id), col(Person.name)))
    everybody = [(number or 0, key(name)) for number, name in rows]
    counted = Counter(name for _, name in everybody)
    return of(session, [number for number, name in everybody if counted[name] > 1], MOST_IN_LIST)


def named(session: Session, person_ids: Collection[int]) -> list[str]:
    """What these people are called, in the order of their numbers."""
    told = of(session, person_ids, MOST_IN_LIST)
    return [told[number] for number in sorted(told)]


def _alone(made: dict[int, str], taken: Collection[str]) -> dict[int, str]:
    """Of these labels, those that nobody else has: dots and width do not make a difference that is seen."""
    counted = Counter(map(key, made.values()))
    return {
        number: label
        for number, label in made.items()
        if counted[key(label)] == 1 and key(label) not in taken and key(label)
    }


def _with(name: str, detail: str, most: int) -> str:
    told = detail if units(detail) <= _MOST_OF_DETAIL else "…" + _end(detail, _MOST_OF_DETAIL - 1)
    return f"{cut(name.strip(), most - units(told) - 2)}（{told}）"


def _end(text: str, most: int) -> str:
    """The end of a text: where places and codes differ."""
    while units(text) > most:
        text = text[1:]
    return text


def _numbered(each: Named, taken: Collection[str], most: int) -> str:
    """By its number; with one more where even that is what somebody else is called."""
    for more in count():
        label = _with(each.name, f"#{each.id}" + (f"-{more}" if more else ""), most)
        if key(label) not in taken:
            return label
    raise AssertionError
