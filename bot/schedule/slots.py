"""Slots: which occasions of a job are due, and one batch of one of them.

An occasion is named by its local time, so that neither a changed time nor a stepped clock nor the
end of daylight saving makes a second one.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import case, func, select, text, update
from sqlmodel import Session, col

from bot.access import Work
from bot.access import area_times as access_area_times
from bot.access.area_times import AreaTime, marker
from bot.base.cron import trigger
from bot.base.logs import log
from bot.settings import Settings
from bot.settings.reminders import at_time
from bot.storage import values
from bot.storage.database import insert_new
from jobs.job import LAST_MINUTE, Job, Occasion
from models import Slot, SlotState

_INSTANT = timedelta(microseconds=1)


def next_after(job: Job, moment: datetime, settings: Settings) -> datetime:
    """The first time after this moment at which the job is due, in local time."""
    # Counted on in UTC: in the hour that comes twice, local times do not know which one they are.
    comes = trigger(job.cron, settings.work.zone)
    due: datetime | None = comes.get_next_fire_time(None, moment.astimezone(UTC) + _INSTANT)
    if due is None:
        raise ValueError(f"{job.name}: {job.cron!r} never comes")
    return due


def last_before(job: Job, moment: datetime, settings: Settings) -> datetime | None:
    """The last time up to this moment at which the job was due; None if none in the last 400 days."""
    for days in (1, 8, 32, 400):
        due = next_after(job, moment - timedelta(days=days), settings)
        if due > moment:
            continue
        while (later := next_after(job, due, settings)) <= moment:
            due = later
        return due
    return None


def open_due(work: Work, job: Job) -> datetime:
    """Open the slots that have come due since the last one; returns when to look again."""
    if not job.by_area:
        return _open(work, job, "")
    own = access_area_times.lines_of(work.session, job.name)
    dues = [_open(work, timed(job, None, work.settings), "")]
    dues += [
        _open(work, timed(job, line, work.settings), line.code, line.set_at) for line in own if line.is_on
    ]
    # Somebody may choose another time meanwhile.
    return min(*dues, work.now + timedelta(minutes=1))


def timed(job: Job, line: AreaTime | None, settings: Settings) -> Job:
    """The job at the time of an area's line, or at the usual one."""
    usual = settings.timetable.daily_of(job.name)
    time = line.time if line else f"{usual.at:%H:%M}" if usual else ""
    return replace(job, cron=at_time(job.cron, time)) if time else job


def _open(work: Work, job: Job, area: str, set_at: datetime | None = None) -> datetime:
    last = _last(work.session, job, area, work.now)
    due = next_after(job, last, work.settings)
    oldest = work.now - job.catch_up
    # A time that was past already when it was chosen: at once.
    chosen_late = set_at is not None and due <= set_at and set_at >= oldest
    if due < oldest and not chosen_late:
        if job.catch_up > LAST_MINUTE:
            told = {"since": due.isoformat(), "until": oldest.isoformat()}
            log("scheduler").warning("skipped", job=job.name, area=area, **told)
        due = next_after(job, oldest - _INSTANT, work.settings)
    while due <= work.now:
        open_slot(work.session, job, due, work.settings, area)
        values.put(work.session, marker(job.name, area), due.isoformat())
        due = next_after(job, due, work.settings)
    return due


def open_slot(session: Session, job: Job, due: datetime, settings: Settings, area: str = "") -> Slot:
    """The slot of this occasion, made if it is the first to ask for it."""
    occasion = _name_of(job, due.astimezone(settings.work.zone))
    row = {
        "rule": job.name, "area": area, "occasion": occasion, "due_at": due, "state": SlotState.RUNNING,
        "cursor": {}, "counts": {}, "attempts": 0,
    }  # fmt: skip
    insert_new(session, Slot, [row])
    where = (col(Slot.rule) == job.name, col(Slot.area) == area, col(Slot.occasion) == occasion)
    slot: Slot = session.execute(select(Slot).where(*where)).scalar_one()
    return slot


def _name_of(job: Job, local: datetime) -> str:
    """What an occasion is called. In the hour that comes twice, what is done every hour is done in both;
    what has an hour of its own is done once."""
    if job.by_area:
        return f"{local:%Y-%m-%d}"
    every_hour = job.cron.split()[1] == "*"
    return f"{local:%Y-%m-%dT%H:%M}" + (f"{local:%z}" if every_hour and local.fold else "")


def running(session: Session) -> list[int]:
    """The slots that are not finished, oldest first."""
    found = select(col(Slot.id)).where(text("state = 'running'")).order_by(col(Slot.due_at))
    return [number for number in session.execute(found).scalars() if number]


def step(work: Work, job: Job, slot: Slot) -> bool:
    """Do the next batch of a slot that is held; whether there is more to do."""
    if slot.state != SlotState.RUNNING:
        return False
    batch = job.run(work, _occasion(work.session, job, slot))
    slot.counts = {
        name: slot.counts.get(name, 0) + batch.counts.get(name, 0) for name in slot.counts | batch.counts
    }
    slot.cursor = dict(batch.cursor or {})
    if batch.cursor is None:
        slot.state, slot.done_at = SlotState.DONE, work.now
        if any(slot.counts.values()):
            log("scheduler").info("done", job=job.name, occasion=slot.occasion, **slot.counts)
    work.session.add(slot)
    return batch.cursor is not None


def give_up_past(work: Work, job: Job, slot: Slot) -> None:
    """Let an occasion be over that an outage has left done by halves, once its day is over and it is of no
    more use: people would be asked about another day."""
    today = _name_of(job, work.now.astimezone(work.settings.work.zone))
    if not job.by_area or slot.occasion == today or work.now - slot.due_at <= job.catch_up:
        return
    log("scheduler").warning("skipped", job=job.name, area=slot.area, occasion=slot.occasion)
    slot.state, slot.done_at = SlotState.DONE, work.now
    work.session.add(slot)


def _occasion(session: Session, job: Job, slot: Slot) -> Occasion:
    if not job.by_area:
        return Occasion(slot.due_at, slot.cursor)
    own = access_area_times.lines_of(session, job.name)
    path = next((line.path for line in own if line.code == slot.area), slot.area)
    return Occasion(slot.due_at, slot.cursor, path, access_area_times.below(own, path))


def held(session: Session, slot_id: int) -> Slot:
    """The slot, locked until the transaction ends."""
    found = select(Slot).where(col(Slot.id) == slot_id).with_for_update()
    slot: Slot = session.execute(found).scalar_one()
    return slot


def fail(session: Session, slot_id: int, error: str, most: int) -> tuple[str, str, int]:
    """Count a try that failed, the last one of `most`; the slot's rule and occasion, and how many there were.

    Nothing is read but names, for what else the slot holds may be what failed.
    """
    mine = col(Slot.id) == slot_id
    attempts = col(Slot.attempts) + 1
    state = case((attempts >= most, SlotState.FAILED), else_=col(Slot.state))
    session.execute(update(Slot).where(mine).values(attempts=attempts, error=error, state=state))
    row = session.execute(select(col(Slot.rule), col(Slot.occasion), col(Slot.attempts)).where(mine)).one()
    return row.rule, row.occasion, row.attempts


def know(session: Session, job: Job, now: datetime) -> None:
    """Count a job's occasions from now on, if it is seen for the first time."""
    _last(session, job, "", now)


def skip_past(session: Session, job: Job, moment: datetime) -> None:
    """Let every occasion up to this moment count as past."""
    _skip(session, job, "", moment)
    for line in access_area_times.lines_of(session, job.name) if job.by_area else ():
        _skip(session, job, line.code, moment)


def _skip(session: Session, job: Job, area: str, moment: datetime) -> None:
    values.put(session, marker(job.name, area), moment.isoformat())


def _last(session: Session, job: Job, area: str, now: datetime) -> datetime:
    """Up to when occasions have been opened; a job seen for the first time starts now.

    A marker from the future (the clock was wrong, and was put right), or without sense, does not count.
    """
    kept = values.get(session, marker(job.name, area))
    if kept is None:
        _skip(session, job, area, now)
        return now
    last = values.moment(session, marker(job.name, area))
    if last and last <= now:
        return last
    mine = (col(Slot.rule) == job.name, col(Slot.area) == area)
    newest = select(func.max(Slot.due_at)).where(*mine, col(Slot.due_at) <= now)
    last = session.execute(newest).scalar() or now
    _skip(session, job, area, last)
    return last
