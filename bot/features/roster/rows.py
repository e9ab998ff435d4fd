"""The rows of each sheet, checked one by one. References between rows are checked later."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainValidator, ValidationInfo, model_validator

from bot.features.roster import cells
from bot.features.roster.cells import wrong
from bot.features.roster.layout import KINDS, LANGUAGES, LINES, ROLE_NAMES, plain_word, words_of
from bot.settings import Settings
from models import LONGEST_SHIFT


class Reading:
    """What reading a row needs to know: zone, duty types and the system of its coordinates."""

    def __init__(self, settings: Settings, *, gcj02: bool) -> None:
        self.zone: ZoneInfo = settings.work.zone
        self.gcj02 = gcj02
        self.duty_types, self.checklists = (
            {plain_word(word): kind.code for kind in kinds for word in (kind.en, kind.zh_CN, kind.code)}
            for kinds in (settings.duty.types, settings.patrol.checklists)
        )
        self.default_duty_type = settings.duty_type(None).code


def one_of(words: dict[str, str], known: list[str], *, required: bool) -> Callable[[object], str | None]:
    """Reads a cell that holds one of these words; `known` is told where it holds another."""

    def read(cell: object) -> str | None:
        word = plain_word(cells.text_of(cell))
        if not word and not required:
            return None
        if word not in words:
            key = "roster-unknown-word" if word else "roster-empty"
            raise wrong(key, value=cells.shown(cell), known="、".join(known))
        return words[word]

    return read


def _needed(cell: object) -> object:
    if not cells.narrow(cell):
        raise wrong("roster-empty")
    return cell


Code = Annotated[str, PlainValidator(cells.code)]
PersonCode = Annotated[str, PlainValidator(cells.person_code)]
OptionalPerson = Annotated[str | None, PlainValidator(cells.optional_person)]
People = Annotated[tuple[str, ...], PlainValidator(cells.people)]
OptionalCode = Annotated[str | None, PlainValidator(cells.optional_code)]
Codes = Annotated[tuple[str, ...], PlainValidator(cells.codes)]
Name = Annotated[str, PlainValidator(cells.name)]
FreeText = Annotated[str, PlainValidator(cells.free_text)]
Phone = Annotated[str | None, PlainValidator(cells.phone)]
Latitude = Annotated[float | None, PlainValidator(cells.degrees(90))]
Longitude = Annotated[float | None, PlainValidator(cells.degrees(180))]
Radius = Annotated[int | None, PlainValidator(cells.whole(10, 50_000))]
Count = Annotated[int, PlainValidator(cells.whole(0, 10_000)), BeforeValidator(_needed)]
Moment = Annotated[datetime | date | time | None, PlainValidator(cells.moment)]
Kind = Annotated[str, PlainValidator(one_of(words_of(KINDS), list(KINDS), required=True))]
LineOf = Annotated[str | None, PlainValidator(one_of(words_of(LINES), list(LINES), required=False))]
RoleOf = Annotated[str, PlainValidator(one_of(words_of(ROLE_NAMES), list(ROLE_NAMES), required=True))]
Language = Annotated[
    str | None,
    PlainValidator(
        one_of({plain_word(word): to for word, to in LANGUAGES.items()}, ["中文", "en"], required=False)
    ),
]


def _reading(info: ValidationInfo) -> Reading:
    assert isinstance(info.context, Reading)
    return info.context


def _duty_type(cell: object, info: ValidationInfo) -> str:
    reading = _reading(info)
    return _code_of(cell, reading.duty_types) or reading.default_duty_type


def _checklist(cell: object, info: ValidationInfo) -> str:
    return _code_of(cell, _reading(info).checklists) or ""


def _code_of(cell: object, words: dict[str, str]) -> str | None:
    return one_of(words, list(dict.fromkeys(words.values())), required=False)(cell)


class Row(BaseModel):
    """One row of a sheet."""

    model_config = ConfigDict(extra="forbid")


class CodedRow(Row):
    """A row with a code of its own."""

    code: Code


class _Place(CodedRow):
    latitude: Latitude = None
    longitude: Longitude = None
    radius: Radius = None

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise wrong("roster-half-place")
        return self


class AreaRow(_Place):
    """A row of the areas sheet."""

    name: Name
    kind: Kind
    parent: OptionalCode = None


class PostRow(_Place):
    """A row of the posts sheet."""

    name: Name
    area: Code
    line: LineOf = None


class SectionRow(CodedRow):
    """A row of the sections sheet."""

    name: Name
    area: OptionalCode = None
    post: OptionalCode = None
    path: Annotated[list[list[float]], PlainValidator(cells.places)] = []
    checklist: Annotated[str, PlainValidator(_checklist)] = ""
    times: Annotated[str, PlainValidator(cells.clocks)] = ""

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if not self.area and not self.post:
            raise wrong("roster-no-place")
        return self


class CheckpointRow(_Place):
    """A row of the checkpoints sheet."""

    section: Code
    name: Name
    radius: Annotated[int | None, PlainValidator(cells.whole(5, 5_000))] = None


class PersonRow(CodedRow):
    """A row of the people sheet."""

    code: Annotated[str, PlainValidator(cells.person_code)]
    name: Name
    phone: Phone = None
    area: Code
    titles: FreeText = ""
    posts: Codes = ()
    language: Language = None


class RoleRow(Row):
    """A row of the roles sheet."""

    person: PersonCode
    role: RoleOf
    area: Code


class HouseholdRow(Row):
    """A row of the households sheet."""

    head: PersonCode
    area: Code
    count: Count


class ShiftRow(CodedRow):
    """A row of the shifts sheet; `starts_at` and `ends_at` are found from date, start and end."""

    post: OptionalCode = None
    area: OptionalCode = None
    duty_type: Annotated[str, PlainValidator(_duty_type)] = ""
    date: Moment = None
    start: Moment = None
    end: Moment = None
    people: People = ()
    lead: OptionalPerson = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    @model_validator(mode="after")
    def _times(self, info: ValidationInfo) -> Self:
        reading = _reading(info)
        starts = _joined(self.date, self.start, "roster-no-start")
        after = self.end
        ends = (
            datetime.combine(starts.date(), after)
            if isinstance(after, time)
            else _joined(None, after, "roster-no-end")
        )
        if ends <= starts:
            if not isinstance(after, time):
                raise wrong(
                    "roster-ends-before", start=f"{starts:%Y-%m-%d %H:%M}", end=f"{ends:%Y-%m-%d %H:%M}"
                )
            ends += timedelta(days=1)
        if ends - starts > LONGEST_SHIFT:
            raise wrong("roster-shift-too-long", days=LONGEST_SHIFT.days)
        self.starts_at, self.ends_at = starts.replace(tzinfo=reading.zone), ends.replace(tzinfo=reading.zone)
        self.duty_type = self.duty_type or reading.default_duty_type
        if not self.post and not self.area:
            raise wrong("roster-no-place")
        return self


def _joined(day: datetime | date | time | None, at: datetime | date | time | None, key: str) -> datetime:
    """Date and time of day put together; a date-time stands alone."""
    if isinstance(at, datetime):
        return at
    if isinstance(at, time) and isinstance(day, date):
        return datetime.combine(day, at)
    raise wrong(key)
