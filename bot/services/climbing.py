"""Ladders on their way up: each minute the next rung of those that are due."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select, update
from sqlmodel import Session, col

from bot import access, outbox
from bot.access import Actor, Thing
from bot.notices import Notice
from bot.outbox import Recipient
from bot.services.ladder_kinds import KINDS, Kind
from bot.services.ladders import GOING, card_of, put_step
from bot.services.watch import on_duty_among
from bot.settings import Settings
from models import Ladder, LadderOutcome, LadderState

CLIMB = "ladder.climb"
PERSON, LEAD, ABOVE = 0, 1, 2
# A rung told later than this (the bot was down) does not hurry those above it.
LATE = timedelta(minutes=5)


@dataclass(slots=True)
class _Climb:
    """What one batch tells: to whom, of which rung, about what."""

    session: Session
    now: datetime
    settings: Settings
    # (kind or family, rung, person) → what it is about.
    told: dict[tuple[str, int, int], list[Row[Any]]] = field(default_factory=dict)
    chats: dict[int, list[Recipient]] = field(default_factory=dict)
    holders: dict[tuple[str, str], list[tuple[int, str]]] = field(default_factory=dict)


def climb(session: Session, actor: Actor, limit: int, *, now: datetime, settings: Settings) -> int:
    """The next rung of some ladders that are due; how many ladders that were."""
    access.require(actor, CLIMB, Thing())
    due = session.execute(
        select(Ladder.__table__)  # type: ignore[attr-defined]
        .where(col(Ladder.state).in_(GOING), col(Ladder.next_at) <= now)
        .order_by(col(Ladder.next_at), col(Ladder.path), col(Ladder.id))
        .limit(limit)
    ).all()
    work = _Climb(session, now, settings)
    for row in _still_needed(session, due, now, settings):
        _step(work, row, KINDS[row.kind])
    _say(work)
    return len(due)


def _still_needed(
    session: Session, due: Sequence[Row[Any]], now: datetime, settings: Settings
) -> list[Row[Any]]:
    """Those that nobody has answered; the others stop here."""
    needed: set[str] = set()
    for name in {row.kind for row in due}:
        kind = KINDS.get(name)
        subjects = [row.subject for row in due if row.kind == name]
        needed |= kind.needed(session, subjects, now, settings) if kind else set()
    over = [row.id for row in due if row.subject not in needed]
    if over:
        stopped = {"state": LadderState.STOPPED, "ended_at": now}
        session.execute(update(Ladder).where(col(Ladder.id).in_(over)).values(**stopped))
    return [row for row in due if row.subject in needed]


def _step(work: _Climb, row: Row[Any], kind: Kind) -> None:
    """Tell the next rung that has somebody; pass over those that have nobody."""
    if row.state == LadderState.TAKEN:
        put_step(work.session, row.id, row.level, work.now, row.taken_by, LadderOutcome.BACK)
    level, reached = row.level, row.reached
    people: list[int] = []
    while not people and level < max(len(row.plan), row.level + 1):
        if level < len(row.plan) and not row.plan[level]:
            level += 1
            continue
        people, reached = _who(work, row, kind, level, reached)
        _put_down(work, row, level, people)
        level += 1
    for person_id in people:
        # By day what rings at night and what does not go in one message.
        name = row.kind if outbox.quiet_until(work.settings, work.now) else kind.family or row.kind
        work.told.setdefault((name, level - 1, person_id), []).append(row)
    _move(work, row, level, reached)


def _put_down(work: _Climb, row: Row[Any], level: int, people: Sequence[int]) -> None:
    for person_id in people:
        put_step(work.session, row.id, level, work.now, person_id, LadderOutcome.TOLD)
    if not people:
        put_step(work.session, row.id, level, work.now, None, LadderOutcome.NOBODY)


def _move(work: _Climb, row: Row[Any], level: int, reached: str) -> None:
    """To the next rung of the plan, after the time the plan leaves between the two; or to the end."""
    following = next((n for n in range(level, len(row.plan)) if row.plan[n]), None)
    values: dict[str, Any] = {"level": level, "reached": reached, "taken_by": None, "taken_at": None}
    if following is None:
        values |= {"state": LadderState.ENDED, "ended_at": work.now}
    else:
        before = [moment for moment in row.plan[:following] if moment]
        gap = datetime.fromisoformat(row.plan[following]) - datetime.fromisoformat(before[-1])
        begun = work.now if work.now - row.next_at > LATE else row.next_at
        values |= {"state": LadderState.CLIMBING, "level": following, "next_at": begun + gap}
    work.session.execute(update(Ladder).where(col(Ladder.id) == row.id).values(**values))


def _who(
    work: _Climb, row: Row[Any], kind: Kind, level: int, reached: str
) -> tuple[list[int], str]:  # fmt: skip
    """Whom this rung reaches, and up to which area supervisors have been told then."""
    if level == PERSON:
        return _reachable(work, row.person_ids), reached
    if level == LEAD:
        leads = [number for number in row.lead_ids if number not in row.person_ids]
        return _reachable(work, leads), reached
    key = (kind.asked, row.path)
    if key not in work.holders:
        work.holders[key] = access.holders(work.session, kind.asked, row.path)
    held = [(number, path) for number, path in work.holders[key] if number not in row.person_ids]
    for path in dict.fromkeys(path for _, path in held if not reached or len(path) < len(reached)):
        people = _reachable(work, [number for number, theirs in held if theirs == path])
        if people:
            return _awake(work, kind, people), path
    return [], reached


def _awake(work: _Climb, kind: Kind, people: list[int]) -> list[int]:
    """In quiet hours, what goes through them goes to those on duty, where there are some."""
    if kind.rings and outbox.quiet_until(work.settings, work.now):
        return on_duty_among(work.session, people, work.now) or people
    return people


def _reachable(work: _Climb, people: Sequence[int]) -> list[int]:
    """Those of these people who can be written to."""
    missing = [number for number in people if number not in work.chats]
    if missing:
        found = outbox.recipients_of(work.session, missing)
        for number in missing:
            work.chats[number] = [to for to in found if to.person_id == number]
    return [number for number in people if work.chats[number]]


def _say(work: _Climb) -> None:
    """One message a person, kind and rung, whatever the number of things it is about."""
    for (name, level, person_id), rows in work.told.items():
        told = min(level, ABOVE)
        facts = {"level": told, "subjects": [row.subject for row in rows], "path": rows[0].path}
        loudest = max((KINDS[row.kind] for row in rows), key=lambda kind: kind.rings)
        notice = Notice(loudest.notices[told], facts)
        subject = card_of(name, level, work.now)
        for to in work.chats[person_id]:
            if level == PERSON:
                key = f"{subject}:{rows[0].id}:{to.bot}:{to.chat_id}"
                outbox.enqueue(work.session, notice, to, key, work.now, work.settings)
            else:
                outbox.show(work.session, subject, notice, to, work.now, work.settings)
