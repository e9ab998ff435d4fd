"""The sheet of rotations: read, compared with those that are set, and set. Posts it does not name keep
theirs: rotations are made in the chat as well."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Annotated, Self

from pydantic import PlainValidator, model_validator
from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work
from bot.base.errors import OperatorError, Refused
from bot.base.facts import Struct
from bot.base.i18n import translator
from bot.features.roster import cells
from bot.features.roster.cells import wrong
from bot.features.roster.layout import PATTERNS, words_of
from bot.features.roster.problems import Problems, Tick, no_tick
from bot.features.roster.rows import Code, Row, one_of
from bot.features.shifts import rotations
from bot.features.shifts.rotation_pattern import (
    MOST_CREWS,
    MOST_MINUTES,
    Cycle,
    CycleData,
    in_turn,
    minutes_a_day,
    named_crews,
    pattern_spans,
    read_spans,
)
from bot.features.shifts.rotations import RotationPlan
from bot.settings import Settings
from bot.storage.database import Database, chunks
from models import Pattern, Person, Post, Rotation, RotationMember

_WORDS = ["三班倒", "两班倒", "24休48", "自定"]
_FIRST = "08:00"
# A crew's people by their codes, the lead first.
Crews = tuple[tuple[str, ...], ...]


def _crews(cell: object) -> Crews:
    text = "/".join(cells.narrow(line) for line in str(cell or "").splitlines())
    told = tuple(tuple(cells.person_code(each) for each in crew) for crew in named_crews(text))
    if not 1 <= len(told) <= MOST_CREWS:
        raise wrong("roster-crews-number", most=MOST_CREWS)
    people = [code for crew in told for code in crew]
    if len(set(people)) < len(people):
        twice = next(code for code in people if people.count(code) > 1)
        raise wrong("roster-crew-twice", code=twice)
    return told


class RotationRow(Row):
    """A row of the sheet; `spans`, a day's turns, are found from pattern and times."""

    post: Code
    pattern: Annotated[str, PlainValidator(one_of(words_of(PATTERNS), _WORDS, required=True))]
    times: Annotated[str, PlainValidator(cells.spans)] = ""
    first_day: Annotated[date, PlainValidator(cells.day)]
    until: Annotated[date | None, PlainValidator(cells.optional_day)] = None
    crews: Annotated[Crews, PlainValidator(_crews)]
    spans: tuple[tuple[time, time], ...] = ()

    @model_validator(mode="after")
    def _in_time(self) -> Self:
        self.spans = tuple(_spans_of(Pattern(self.pattern), self.times))
        if self.until is not None and self.until < self.first_day:
            raise wrong("roster-ends-before", start=str(self.first_day), end=str(self.until))
        if len(self.crews) < 2 and minutes_a_day(self.spans) > MOST_MINUTES:
            raise wrong("roster-one-crew")
        return self

    @property
    def cycle(self) -> Cycle:
        """The turns of these crews."""
        return in_turn(self.spans, len(self.crews))


class Turning(Struct):
    """A rotation as it stands, told by codes."""

    pattern: str
    cycle: CycleData
    first_day: date
    until: date | None
    crews: Crews


class NewRotation(Struct):
    """A rotation to be set, and the workbook's row that says so."""

    row: int
    wanted: RotationRow


def to_set(
    session: Session, actor: Actor, rows: Sequence[NewRotation], sheet: str, today: date, warnings: Problems
) -> list[NewRotation]:
    """Those of the rows that are not set yet. One whose first day is over cannot be set any more: that is
    a remark, for in the chat it may have been changed since."""
    access.require(actor, "roster.import", Resource())
    known = _standing(session) if rows else {}
    found = []
    for each in rows:
        wanted = each.wanted
        told = Turning(wanted.pattern, wanted.cycle.as_data(), wanted.first_day, wanted.until, wanted.crews)
        if told in known.get(wanted.post, []):
            continue
        if wanted.first_day < today:
            warnings.add("roster-rotation-past", sheet, each.row, post=wanted.post, day=wanted.first_day)
        else:
            found.append(each)
    return found


def set_all(
    database: Database, actor: Actor, rows: Sequence[NewRotation], *, now: datetime, settings: Settings,
    tick: Tick = no_tick,
) -> None:  # fmt: skip
    """Set them, each in a short write of its own. Raises OperatorError for one that cannot be set; those
    before it are."""
    access.require(actor, "roster.import", Resource())
    for done, each in enumerate(rows, start=1):
        wanted = each.wanted
        with database.write_now() as session:
            ids = _ids(session, wanted)
            people = [[ids[code] for code in crew] for crew in wanted.crews]
            post = session.execute(select(col(Post.id)).where(col(Post.code) == wanted.post)).scalar_one()
            try:
                plan = RotationPlan(
                    Pattern(wanted.pattern), wanted.cycle, people, wanted.first_day, wanted.until
                )
                rotations.set_rotation(Work(session, actor, now, settings), post or 0, plan)
            except Refused as refusal:
                tr = translator(settings.work.language)
                raise OperatorError(tr.plain(refusal.key, **refusal.facts)) from refusal
        tick("write", done, len(rows))


def _spans_of(pattern: Pattern, words: str) -> list[tuple[time, time]]:
    if pattern is Pattern.CUSTOM:
        spans = read_spans(words)
        if spans is None:
            raise wrong("roster-bad-spans", value=words)
        return spans
    # The start alone is enough: the pattern knows the rest.
    start = read_spans(f"{words or _FIRST}-24")
    if start is None or len(start) > 1:
        raise wrong("roster-bad-start", value=words)
    return pattern_spans(pattern, start[0][0])


def _standing(session: Session) -> dict[str, list[Turning]]:
    """All rotations by the codes of their posts."""
    found: dict[str, list[Turning]] = {}
    query = select(
        col(Post.code), col(Rotation.id), col(Rotation.pattern), col(Rotation.cycle),
        col(Rotation.first_day), col(Rotation.until),
    ).join(Post, col(Post.id) == col(Rotation.post_id))  # fmt: skip
    rows = session.execute(query).all()
    crews = _crews_of(session, [number or 0 for _, number, *_ in rows])
    for code, number, pattern, cycle, first_day, until in rows:
        turning = Turning(pattern, cycle, first_day, until, crews.get(number or 0, ()))
        found.setdefault(code, []).append(turning)
    return found


def _crews_of(session: Session, ids: Sequence[int]) -> dict[int, Crews]:
    found: dict[int, dict[int, list[str]]] = {}
    for chunk in chunks(ids):
        rows = session.execute(
            select(col(RotationMember.rotation_id), col(RotationMember.crew), col(Person.code))
            .join(Person, col(Person.id) == col(RotationMember.person_id))
            .where(col(RotationMember.rotation_id).in_(chunk))
            .order_by(col(RotationMember.id))
        )
        for rotation_id, crew, code in rows:
            found.setdefault(rotation_id, {}).setdefault(crew, []).append(code)
    return {
        number: tuple(tuple(people) for _, people in sorted(crews.items())) for number, crews in found.items()
    }


def _ids(session: Session, wanted: RotationRow) -> dict[str, int]:
    codes = [code for crew in wanted.crews for code in crew]
    found = select(col(Person.code), col(Person.id)).where(col(Person.code).in_(codes))
    return {code: number or 0 for code, number in session.execute(found)}
