"""What each figure is: from which records it comes, and how it is counted. Told in words in docs/metrics.md.

All are counts that add up: over the days of a period, and over the areas of a subtree.
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    Integer,
    and_,
    bindparam,
    case,
    cast,
    distinct,
    extract,
    func,
    or_,
    select,
)
from sqlmodel import SQLModel, col

from bot.base.facts import Struct
from bot.features.attendance.due import attended, came, check_in_began, due_crew, had_joined, here, keeps_duty
from bot.settings.work_day import patrol_counted_between
from bot.storage.rows import Expression, Query
from models import (
    CheckIn,
    ClosedBy,
    DailyWorker,
    Hazard,
    HazardState,
    HouseholdDay,
    Patrol,
    PatrolState,
    PlaceGrade,
    Punctuality,
    ResidentRequest,
    Shift,
    ShiftMember,
)
from models.columns import MOMENT

# Bound when counting: the work day, when it starts and ends, up to when is counted, and the areas.
DAY: BindParameter[date] = bindparam("day")
AREAS: BindParameter[int] = bindparam("areas", expanding=True)
STARTS_AT, ENDS_AT = bindparam("starts_at", type_=MOMENT), bindparam("ends_at", type_=MOMENT)
CUTOFF = bindparam("cutoff", type_=MOMENT)
# Before and after everything that counts for the work day: check-ins, and the starts of shifts and patrols.
NEAR_FROM, NEAR_UNTIL = bindparam("near_from", type_=MOMENT), bindparam("near_until", type_=MOMENT)


# Both call their last states alike.
_Case = type[Hazard] | type[ResidentRequest]
# The source whose rows count only once the board has asked.
WORKERS = "daily workers"


class FigureSource(Struct):
    """Records that figures are counted from: the rows of a work day, their area, and the figures."""

    name: str
    rows: FromClause
    area: Expression
    where: tuple[ColumnElement[bool], ...]
    figures: Mapping[str, ColumnElement[int]]

    def statement(self) -> Query:
        """Area and figures of the work day, for the areas asked for."""
        counted = [expression.label(code) for code, expression in self.figures.items()]
        return (
            select(self.area.label("area_id"), *counted)
            .select_from(self.rows)
            .where(self.area.in_(AREAS), *self.where)
            .group_by(self.area)
        )


def number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows fulfil the condition."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def total(column: Expression) -> ColumnElement[int]:
    """The sum of a column."""
    return func.coalesce(func.sum(column), 0)


def ended_at() -> Expression:
    """When a check-in counts as ended."""
    return func.coalesce(col(CheckIn.corrected_out_at), col(CheckIn.out_at))


def minutes() -> ColumnElement[int]:
    """The whole minutes of finished check-ins, each for itself."""
    seconds = cast(extract("epoch", ended_at()), Integer) - cast(extract("epoch", check_in_began()), Integer)
    return total(case((seconds > 0, seconds - seconds % 60), else_=0)) // 60


def is_late() -> ColumnElement[bool]:
    """Whether a check-in was late, as it counts after corrections."""
    return col(CheckIn.in_punctuality) == Punctuality.LATE


def is_corrected() -> ColumnElement[bool]:
    """Whether another time counts than the recorded one."""
    return func.coalesce(col(CheckIn.corrected_in_at), col(CheckIn.corrected_out_at)).is_not(None)


def is_forgotten() -> ColumnElement[bool]:
    """Whether the check-out was forgotten, and has not been put right."""
    return and_(col(CheckIn.closed_by) == ClosedBy.SYSTEM, col(CheckIn.corrected_out_at).is_(None))


def is_graded(grade: PlaceGrade) -> ColumnElement[bool]:
    """Whether the place of a check-in has this grade."""
    return col(CheckIn.place_grade) == grade


def table(model: type[SQLModel]) -> FromClause:
    """The table of a model."""
    found: FromClause = model.__table__  # type: ignore[attr-defined]
    return found


def _within(moment: Expression) -> tuple[ColumnElement[bool], ...]:
    return (moment >= STARTS_AT, moment < ENDS_AT)


def _begun(name: str, case_: _Case, at: Expression, figure: str) -> FigureSource:
    """Cases made known on the day."""
    kept = (*_within(at), col(case_.state) != HazardState.WITHDRAWN)
    return FigureSource(name, table(case_), col(case_.area_id), kept, {figure: func.count()})


def _closed(
    name: str, case_: _Case, done_at: Expression, figures: str, *once: ColumnElement[bool]
) -> FigureSource:
    """Cases closed on the day, and those that were done in time (and of which this holds)."""
    closed_at = col(case_.closed_at)
    in_time = and_(func.coalesce(done_at, closed_at) <= col(case_.due_at), *once)
    return FigureSource(
        name, table(case_), col(case_.area_id), (*_within(closed_at), col(case_.state) == HazardState.CLOSED),
        {f"{figures}_closed": func.count(), f"{figures}_in_time": number(in_time)},
    )  # fmt: skip


SOURCES: tuple[FigureSource, ...] = (
    FigureSource(
        "crews",
        table(Shift).join(table(ShiftMember), col(ShiftMember.shift_id) == col(Shift.id)),
        col(Shift.area_id),
        (
            col(Shift.starts_at) > NEAR_FROM,
            col(Shift.starts_at) < NEAR_UNTIL,
            *due_crew(STARTS_AT, ENDS_AT, CUTOFF),
        ),
        {
            "planned": func.count(),
            "present": number(here()),
            "late": number(attended(is_late())),
        },
    ),
    FigureSource(
        WORKERS,
        table(DailyWorker),
        col(DailyWorker.area_id),
        (*keeps_duty(DAY), had_joined(col(DailyWorker.person_id), STARTS_AT)),
        {
            "workers": func.count(),
            "workers_came": number(
                came(col(DailyWorker.person_id), DAY, STARTS_AT, ENDS_AT, NEAR_FROM, NEAR_UNTIL)
            ),
        },
    ),
    FigureSource(
        "checkins",
        table(CheckIn),
        col(CheckIn.area_id),
        (col(CheckIn.work_day) == DAY,),
        {
            "people": func.count(distinct(col(CheckIn.person_id))),
            "checkins": func.count(),
            "minutes": minutes(),
            "on_site": number(is_graded(PlaceGrade.ON_SITE)),
            "off_site": number(is_graded(PlaceGrade.OFF_SITE)),
            "unsure": number(is_graded(PlaceGrade.UNSURE)),
            "not_graded": number(is_graded(PlaceGrade.NOT_GRADED)),
            "no_shift": number(col(CheckIn.shift_id).is_(None)),
            "forgotten": number(is_forgotten()),
            "corrected": number(is_corrected()),
        },
    ),
    FigureSource(
        "patrols",
        table(Patrol).outerjoin(table(Shift), col(Shift.id) == col(Patrol.shift_id)),
        col(Patrol.area_id),
        (
            col(Patrol.started_at) > NEAR_FROM,
            col(Patrol.started_at) < NEAR_UNTIL,
            patrol_counted_between(STARTS_AT, ENDS_AT),
            col(Patrol.state) != PatrolState.OPEN,
        ),
        {
            "patrols": func.count(),
            "patrols_incomplete": number(col(Patrol.state) == PatrolState.INCOMPLETE),
            "checkpoints": total(col(Patrol.total)),
            "checkpoints_reached": total(col(Patrol.reached)),
        },
    ),
    _begun("hazards", Hazard, col(Hazard.reported_at), "hazards_found"),
    _closed("closures", Hazard, col(Hazard.fixed_at), "hazards"),
    _begun("requests", ResidentRequest, col(ResidentRequest.registered_at), "requests_registered"),
    _closed(
        "request closures",
        ResidentRequest,
        col(ResidentRequest.done_at),
        "requests",
        col(ResidentRequest.repeats) == 0,
    ),
    FigureSource(
        "households",
        table(HouseholdDay),
        col(HouseholdDay.area_id),
        (
            col(HouseholdDay.day) == DAY,
            or_(had_joined(col(HouseholdDay.head_id), STARTS_AT), col(HouseholdDay.answered_at).is_not(None)),
        ),
        {
            "households": total(col(HouseholdDay.count)),
            "households_reached": total(
                case(
                    (
                        col(HouseholdDay.answered_at).is_not(None),
                        col(HouseholdDay.count) - col(HouseholdDay.not_reached),
                    ),
                    else_=0,
                )
            ),
        },
    ),
)
# Every figure, in the order of the columns of the roll-ups.
FIGURES: tuple[str, ...] = tuple(code for source in SOURCES for code in source.figures)


def with_attendance(counts: Mapping[str, int]) -> dict[str, int]:
    """The figures, and shifts and workers without shifts taken together: who was due, who came."""
    due = counts.get("planned", 0) + counts.get("workers", 0)
    if not due:
        return dict(counts)
    return {**counts, "due": due, "came": counts.get("present", 0) + counts.get("workers_came", 0)}
