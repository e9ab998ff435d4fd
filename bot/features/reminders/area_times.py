"""/reminders: at what time an area is asked, reminded and told; chosen there, within what those above allow.

What can be chosen: things of `settings.timetable`, and the rules of `settings.reminders` (those of shifts and
due dates can only be switched off and on).
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, time, timedelta

from sqlalchemy import delete, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work, audit
from bot.access import area_times as access_area_times
from bot.access.area_times import AreaTime, governing, lines_of
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.reminders.notices import NamedArea, TimesEntry, TimesOne, TimesOverview
from bot.settings import Settings
from bot.settings.reminders import usual_time
from bot.storage import values as storage_values
from bot.storage.database import insert_new, upsert
from models import Area, Slot, SlotState, Timetable

SET = "timetable.set"
STEPS = (-30, -10, 10, 30)
# What the areas below may do: anything within the limits, so many minutes about this time, nothing.
LEEWAYS = (-1, 60, 30, 0)
_EARLIEST, _LATEST = "00:00", "23:59"
_BEFORE = timedelta(seconds=1)


class _Choice(Struct):
    """Something whose time can be chosen. `usual` is empty for what follows shifts and due dates."""

    code: str
    usual: str
    earliest: str = _EARLIEST
    latest: str = _LATEST
    words: tuple[str, str] = ("", "")


def overview(work: Work, area_id: int) -> TimesOverview:
    """Everything that can be chosen in one of the actor's areas (0: the first), and how it stands.

    Raises NotAllowed for who has no area.
    """
    areas = _areas(work.session, work.actor)
    area = next((each for each in areas if each.id == area_id), None) or (areas[0] if areas else None)
    if area is None:
        access.require(work.actor, SET, Resource(work.actor.path))
        raise Refused("access-refused")
    entries = tuple(_standing(work.session, choice, area) for choice in _choices(work.settings))
    others = tuple(NamedArea(each.id or 0, each.name) for each in areas if each.id != area.id)
    return TimesOverview(area.id or 0, area.name, entries, others[:10])


def one(work: Work, area_id: int, code: str) -> TimesOne | None:
    """One of them, and what may be chosen. None where there is no such thing any more."""
    found = _found(work, area_id, code)
    if found is None:
        return None
    area, choice = found
    standing = _standing(work.session, choice, area)
    earliest, latest = _limits(lines_of(work.session, code), choice, area.path)
    offers = [moved for step in STEPS if (moved := _moved(standing.time, step, earliest, latest))]
    return TimesOne(
        **asdict(standing), area_id=area.id or 0, area=area.name, earliest=earliest, latest=latest,
        offers=tuple(offers) if choice.usual else (), leeways=LEEWAYS if choice.usual else (),
    )  # fmt: skip


def choose(work: Work, area_id: int, code: str, told: str) -> TimesOne | None:
    """Let an area do it at this time (`HH:MM`). Raises Refused where those above do not allow that."""
    found = _found(work, area_id, code)
    if found is None or not found[1].usual:
        return None
    area, choice = found
    earliest, latest = _limits(lines_of(work.session, code), choice, area.path)
    if not earliest <= told <= latest:
        key = "times-fixed" if earliest == latest else "times-outside"
        raise Refused(key, earliest=earliest, latest=latest)
    today = _today(work, area, choice, told)
    _put(work, area, choice, time=told, is_on=True)
    return _with(one(work, area_id, code), today)


def switch(work: Work, area_id: int, code: str, is_on: bool) -> TimesOne | None:
    """Let an area have it, or not."""
    found = _found(work, area_id, code)
    if found is None:
        return None
    area, choice = found
    standing = _standing(work.session, choice, area)
    today = _today(work, area, choice, standing.time if is_on else "")
    _put(work, area, choice, time=standing.time, is_on=is_on)
    return _with(one(work, area_id, code), today)


def follow(work: Work, area_id: int, code: str) -> TimesOne | None:
    """Let an area do as the one above."""
    found = _found(work, area_id, code)
    if found is None:
        return None
    area, choice = found
    was, clock = (
        _standing(work.session, choice, area),
        f"{work.now.astimezone(work.settings.work.zone):%H:%M}",
    )
    own = (col(Timetable.rule) == code, col(Timetable.area_id) == area.id)
    work.session.execute(delete(Timetable).where(*own))
    audit.record(work, SET, f"timetable:{code}:{area.code}", time="")
    follows = _standing(work.session, choice, area)
    # Those above were asked earlier today, and this area is among them only from tomorrow on.
    out = was.own and was.is_on and follows.is_on and follows.time <= clock < was.time
    return _with(one(work, area_id, code), "out" if out else "")


def bind(work: Work, area_id: int, code: str, leeway: int) -> TimesOne | None:
    """Let the areas below choose a time within `leeway` minutes of this one's (-1: as all)."""
    found = _found(work, area_id, code)
    if found is None or not found[1].usual or leeway not in LEEWAYS:
        return None
    area, choice = found
    at = _standing(work.session, choice, area).time
    _today(work, area, choice, at)
    bounds = (None, None) if leeway < 0 else (_clamped(at, -leeway), _clamped(at, leeway))
    _put(work, area, choice, time=at, is_on=True, earliest=bounds[0], latest=bounds[1])
    return one(work, area_id, code)


def _choices(settings: Settings) -> list[_Choice]:
    daily = [
        _Choice(each.code, f"{each.at:%H:%M}", f"{each.earliest:%H:%M}", f"{each.latest:%H:%M}")
        for each in settings.timetable.daily
    ]
    rules = [
        _Choice(rule.code, usual_time(rule.cron), words=(rule.zh_CN, rule.en))
        for rule in settings.reminders.rules
    ]
    return daily + rules


def _areas(session: Session, actor: Actor) -> Sequence[Area]:
    """The areas whose times the actor may choose, nearest first: the own ones, then those below them."""
    own = [held.path for held in actor.holdings if access.allows(actor, SET, Resource(held.path))]
    found = (
        select(Area)
        .where(access.visible(actor, SET), col(Area.removed_at).is_(None), col(Area.kind) != "grid")
        .order_by(col(Area.path).in_(own).desc(), col(Area.position), col(Area.id))
        .limit(80)
    )
    return session.execute(found).scalars().all()


def _found(work: Work, area_id: int, code: str) -> tuple[Area, _Choice] | None:
    area = work.session.execute(select(Area).where(col(Area.id) == area_id)).scalar()
    choice = next((each for each in _choices(work.settings) if each.code == code), None)
    if area is None or choice is None:
        return None
    access.require(work.actor, SET, Resource(area.path))
    return area, choice


def _standing(session: Session, choice: _Choice, area: Area) -> TimesEntry:
    """How it stands in an area, and whose choice that is."""
    held = governing(lines_of(session, choice.code), area.path)
    return TimesEntry(
        choice.code, (held.time if held else "") or choice.usual, choice.usual,
        is_on=held.is_on if held else True, own=held is not None and held.path == area.path,
        by=held.name if held and held.path != area.path else "", zh_CN=choice.words[0], en=choice.words[1],
    )  # fmt: skip


def _limits(lines: Sequence[AreaTime], choice: _Choice, path: str) -> tuple[str, str]:
    """Between which times an area may choose: what all and every area above it allow."""
    earliest, latest = choice.earliest, choice.latest
    for line in lines:
        if path.startswith(line.path) and path != line.path and line.earliest and line.latest:
            earliest, latest = max(earliest, line.earliest), min(latest, line.latest)
    return earliest, latest


def _moved(at: str, minutes: int, earliest: str, latest: str) -> str:
    """A time so many minutes later; empty where it may not be chosen."""
    moved = _clamped(at, minutes) if at else ""
    return moved if moved != at and earliest <= moved <= latest else ""


def _clamped(at: str, minutes: int) -> str:
    told = datetime.combine(datetime.min.date(), time.fromisoformat(at)) + timedelta(days=1, minutes=minutes)
    if told.date() != datetime.min.date() + timedelta(days=1):
        return _EARLIEST if minutes < 0 else _LATEST
    return f"{told:%H:%M}"


def _with(told: TimesOne | None, today: str) -> TimesOne | None:
    """With what becomes of today's."""
    return replace(told, today=today) if told else None


def _today(work: Work, area: Area, choice: _Choice, told: str) -> str:
    """The area counts from now on for itself, at the time told (empty: not at all); what becomes of today's.

    Where it was done already, at the time that held until now, the next one is tomorrow's. Where it was not,
    and the new time is past, it is done at once.
    """
    local = work.now.astimezone(work.settings.work.zone)
    clock, was = f"{local:%H:%M}", _standing(work.session, choice, area)
    done = was.is_on and was.time <= clock
    late = bool(told) and told <= clock and not done
    since = datetime.combine(local.date(), time.fromisoformat(told), local.tzinfo) if late else work.now
    storage_values.put(
        work.session, access_area_times.marker(choice.code, area.code), (since - _BEFORE).isoformat()
    )
    if not work.settings.timetable.daily_of(choice.code):
        return "now" if late else ""
    if done:
        row = {
            "rule": choice.code, "area": area.code, "occasion": f"{local:%Y-%m-%d}", "due_at": work.now,
            "state": SlotState.DONE, "cursor": {}, "counts": {}, "attempts": 0, "done_at": work.now,
        }  # fmt: skip
        insert_new(work.session, Slot, [row])
    return "now" if late else "tomorrow" if done and told else ""


def _put(work: Work, area: Area, choice: _Choice, **values: str | bool | None) -> None:
    row = {
        "rule": choice.code, "area_id": area.id, "set_by": work.actor.person_id or None, "set_at": work.now,
        **values,
    }  # fmt: skip
    upsert(work.session, Timetable, [row], ["rule", "area_id"], row)
    thing = f"timetable:{choice.code}:{area.code}"
    audit.record(work, SET, thing, None, **values)
