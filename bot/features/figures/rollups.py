"""Roll-ups: figures of a day and an area with all below it, brought up to date by what was touched.

What happened in an area itself is what its roll-up has more than those of the areas below. So a change is
counted anew where it happened, and the difference is added there and to every area above: at any moment
every level is the exact sum of the level below.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, insert, literal_column, select
from sqlmodel import Session, col

from bot import access
from bot.access import Resource, Work
from bot.base.facts import Struct
from bot.features.figures import area_tree
from bot.features.figures.counting import Counts, Place, count
from bot.features.figures.definitions import FIGURES
from bot.features.figures.periods import day_list
from bot.settings import WorkSettings
from bot.settings.work_day import day_of_shift, work_day
from bot.storage import values as storage_values
from bot.storage.database import upsert
from bot.storage.rows import all_of
from models import Area, Rollup, Shift, Touched

_COLUMNS = tuple(getattr(Rollup, code) for code in FIGURES)
COUNTED_UNTIL = "figures_counted_until"
_LOOK_BACK = timedelta(days=1)
# So many notes are read for each day and area that may be counted anew.
_NOTES = 10


def kept(session: Session, days: Collection[date], area_ids: Collection[int]) -> dict[Place, Counts]:
    """The roll-ups of these days and areas; what is not there is nothing."""
    rows = session.connection().execute(
        select(col(Rollup.day), col(Rollup.area_id), *map(col, _COLUMNS)).where(
            # As a list of days, so that each is looked up with each area.
            col(Rollup.day).in_(list(days)), col(Rollup.area_id).in_(list(area_ids)),
        )
    )  # fmt: skip
    return {
        (day, area_id): {code: value for code, value in zip(FIGURES, values, strict=True) if value}
        for day, area_id, *values in rows
    }


def changes(
    session: Session, places: Collection[Place], *, cutoff: datetime, work: WorkSettings
) -> dict[Place, Counts]:
    """By how much the roll-ups of these days and areas, and of all areas above, are behind the records."""
    areas = {area_id for _, area_id in places}
    below, above = area_tree.children(session, areas), area_tree.parents(session, areas)
    known = areas | {child for found in below.values() for child in found}
    counted = count(session, places, cutoff=cutoff, work=work)
    rolled = kept(session, {day for day, _ in places}, known)
    changed: dict[Place, Counts] = defaultdict(lambda: defaultdict(int))
    for (day, area_id), new in counted.items():
        old = _own(rolled, day, area_id, below[area_id])
        for code in new.keys() | old.keys():
            difference = new.get(code, 0) - old.get(code, 0)
            if difference:
                for around in area_tree.upwards(area_id, above):
                    changed[day, around][code] += difference
    return changed


class _Note(Struct):
    """What was touched in an area: of which day, or at which moment; of neither: of every day."""

    id: int
    day: date | None
    moment: datetime | None
    area_id: int

    def place(self, work: WorkSettings) -> Place | None:
        """The day and the area."""
        day = self.day or (work_day(self.moment, work) if self.moment else None)
        return (day, self.area_id) if day else None


def _notes(session: Session, limit: int) -> list[_Note]:
    noted = select(col(Touched.id), col(Touched.day), col(Touched.moment), col(Touched.area_id))
    return all_of(session, _Note, noted.order_by(col(Touched.id)).limit(limit))


def waiting(session: Session, now: datetime, work: WorkSettings, limit: int = 5000) -> set[Place]:
    """The days and areas where something has changed since it was counted last: touched, or a shift has
    begun."""
    noted = {note.place(work) for note in _notes(session, limit)}
    return {place for place in noted if place} | _begun(session, now, work)


class CaughtUp(Struct):
    """How many notes were worked off, and whether there are more."""

    notes: int
    more: bool


def catch_up(work: Work, *, limit: int) -> CaughtUp:
    """Bring the roll-ups of `limit` days and areas at most up to date with all that was noted of them, so
    that what many do in one place is counted once."""
    access.require(work.actor, "figures.keep", Resource())
    _note_begun(work.session, work.now, work.settings.work)
    rows = _notes(work.session, limit * _NOTES)
    placed = {row.id: row.place(work.settings.work) for row in rows}
    places = {number: place for number, place in placed.items() if place}
    chosen = set(list(dict.fromkeys(places.values()))[:limit])
    taken = [row for row in rows if row.id not in places or places[row.id] in chosen]
    _touch_all_days(work.session, {row.area_id for row in taken if row.id not in places})
    recount(work, chosen)
    done = col(Touched.id).in_([row.id for row in taken])
    work.session.execute(delete(Touched).where(done).execution_options(synchronize_session=False))
    return CaughtUp(len(taken), more=len(taken) < len(rows) or len(rows) == limit * _NOTES)


def recount(work: Work, places: Collection[Place]) -> int:
    """Count these days and areas anew and put the roll-ups right; returns how many were not."""
    access.require(work.actor, "figures.keep", Resource())
    changed = changes(work.session, places, cutoff=work.now, work=work.settings.work) if places else {}
    old = kept(work.session, {day for day, _ in changed}, {area_id for _, area_id in changed})
    rows: list[dict[str, object]] = []
    gone: list[Place] = []
    for place, difference in changed.items():
        new = {code: old.get(place, {}).get(code, 0) + difference.get(code, 0) for code in FIGURES}
        if any(new.values()):
            rows.append({"day": place[0], "area_id": place[1], **new})
        else:
            gone.append(place)
    _write(work.session, rows, gone)
    return len(changed)


def areas_after(session: Session, area_id: int, limit: int) -> list[int]:
    """The numbers of the areas after this one, for going through all of them."""
    found = select(col(Area.id)).where(col(Area.id) > area_id).order_by(col(Area.id)).limit(limit)
    return [number for number in session.execute(found).scalars() if number]


def _own(rolled: dict[Place, Counts], day: date, area_id: int, below: Iterable[int]) -> Counts:
    """What the roll-up of an area has more than those below."""
    own = dict(rolled.get((day, area_id), {}))
    for child in below:
        for code, value in rolled.get((day, child), {}).items():
            own[code] = own.get(code, 0) - value
    return own


def _begun(session: Session, now: datetime, work: WorkSettings) -> set[Place]:
    """Days and areas of shifts that have begun since figures were counted last."""
    known = storage_values.get(session, COUNTED_UNTIL)
    since = datetime.fromisoformat(known) if known else now - _LOOK_BACK
    rows = session.execute(
        select(col(Shift.starts_at), col(Shift.ends_at), col(Shift.area_id))
        .where(col(Shift.starts_at) > since, col(Shift.starts_at) <= now, col(Shift.removed_at).is_(None))
        .distinct()
    )
    return {(day_of_shift(row.starts_at, row.ends_at, work), row.area_id) for row in rows}


def _note_begun(session: Session, now: datetime, work: WorkSettings) -> None:
    """Note them with what was touched: at eight o'clock they are too many for one batch."""
    begun = _begun(session, now, work)
    if begun:
        rows = [{"day": day, "area_id": area_id} for day, area_id in begun]
        session.connection().execute(insert(Touched), rows)
    storage_values.put(session, COUNTED_UNTIL, now.isoformat())


def _touch_all_days(session: Session, area_ids: set[int]) -> None:
    """An area was moved: what is above it is counted anew for every day there is."""
    if not area_ids:
        return
    first, last = session.execute(select(func.min(col(Rollup.day)), func.max(col(Rollup.day)))).one()
    if first:
        rows = [{"day": d, "area_id": area_id} for area_id in area_ids for d in day_list(first, last)]
        session.connection().execute(insert(Touched), rows)


def _write(session: Session, rows: list[dict[str, object]], gone: list[Place]) -> None:
    upsert(session, Rollup, rows, ["day", "area_id"], {c: literal_column(f"excluded.{c}") for c in FIGURES})
    for day, area_id in gone:
        session.execute(delete(Rollup).where(col(Rollup.day) == day, col(Rollup.area_id) == area_id))
