"""Ladders on their way up: each minute the next rung of those that are due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert, update
from sqlmodel import col

from bot import access
from bot.access import SYSTEM, Resource, Work
from bot.features.escalation.kinds import EscalationKind
from bot.features.escalation.ladders import GOING, LADDERS, LadderRow, card_of
from bot.features.shifts.on_duty_now import on_duty_among
from bot.outbox import outbox
from bot.outbox.outbox import Recipient
from bot.storage.database import chunks
from bot.storage.rows import all_of
from models import Ladder, LadderOutcome, LadderState, LadderStep

CLIMB = "ladder.climb"
PERSON, LEAD, ABOVE = 0, 1, 2
_LADDERS = Ladder.__table__  # type: ignore[attr-defined]
_MOVE = (
    update(_LADDERS)
    .where(_LADDERS.c.id == bindparam("number"))
    .values(
        level=bindparam("to_level"), reached=bindparam("to_reached"), state=bindparam("to_state"),
        ended_at=bindparam("over"), next_at=bindparam("then"), taken_by=None, taken_at=None,
    )
)  # fmt: skip
# A rung told later than this (the bot was down) does not hurry those above it.
LATE = timedelta(minutes=5)


@dataclass(slots=True)
class _Climb:
    """What one batch tells: to whom, of which rung, about what."""

    work: Work
    kinds: Mapping[str, EscalationKind]
    # (kind or family, rung, person) → what it is about.
    told: dict[tuple[str, int, int], list[LadderRow]] = field(default_factory=dict)
    # Written together: what happened, and where each ladder stands then.
    steps: list[dict[str, object]] = field(default_factory=list)
    moves: list[dict[str, object]] = field(default_factory=list)
    chats: dict[int, list[Recipient]] = field(default_factory=dict)
    holders: dict[tuple[str, str], list[tuple[int, str]]] = field(default_factory=dict)


def climb(work: Work, kinds: Mapping[str, EscalationKind], limit: int) -> tuple[int, bool]:
    """The next rung of some ladders of these kinds that are due: how many, and whether there may be more."""
    access.require(work.actor, CLIMB, Resource())
    going = LADDERS.where(col(Ladder.state).in_(GOING), col(Ladder.next_at) <= work.now)
    order = (col(Ladder.next_at), col(Ladder.path), col(Ladder.id))
    found = all_of(work.session, LadderRow, going.order_by(*order).limit(limit))
    due = _whole(found) if len(found) == limit else found
    batch = _Climb(work, kinds)
    needed = _still_needed(batch, due)
    _reachable(batch, [number for row in needed for number in (*row.person_ids, *row.lead_ids)])
    for row in needed:
        _step(batch, row, batch.kinds[row.kind])
    if needed:
        work.session.execute(insert(LadderStep), batch.steps)
        work.session.connection().execute(_MOVE, batch.moves)
    _say(batch)
    return len(due), len(found) == limit


def _whole(rows: Sequence[LadderRow]) -> Sequence[LadderRow]:
    """Without the last of them that belong together: where the rest of those come in the next batch, one
    person would get two messages."""
    last = _together(rows[-1])
    return [row for row in rows if _together(row) != last] or rows


def _together(row: LadderRow) -> tuple[datetime, str]:
    """What is told in one message: what is due at the same time below the same area."""
    return row.next_at, row.path.rstrip("/").rpartition("/")[0]


def _still_needed(batch: _Climb, due: Sequence[LadderRow]) -> list[LadderRow]:
    """Those that nobody has answered; the others stop here."""
    needed: set[str] = set()
    for name in {row.kind for row in due}:
        kind = batch.kinds.get(name)
        subjects = [row.subject for row in due if row.kind == name]
        needed |= (
            kind.needed(batch.work.session, subjects, batch.work.now, batch.work.settings) if kind else set()
        )
    over = [row.id for row in due if row.subject not in needed]
    if over:
        stopped = {"state": LadderState.STOPPED, "ended_at": batch.work.now}
        batch.work.session.execute(update(Ladder).where(col(Ladder.id).in_(over)).values(**stopped))
    return [row for row in due if row.subject in needed]


def _step(batch: _Climb, row: LadderRow, kind: EscalationKind) -> None:
    """Tell the next rung that has somebody; pass over those that have nobody."""
    if row.state == LadderState.TAKEN:
        _put_down(batch, row, row.level, [row.taken_by], LadderOutcome.BACK)
    level, reached = row.level, row.reached
    people: list[int] = []
    while not people and level < max(len(row.plan), row.level + 1):
        if level < len(row.plan) and not row.plan[level]:
            level += 1
            continue
        people, reached = _who(batch, row, kind, level, reached)
        _put_down(batch, row, level, people)
        level += 1
    if not people and row.state == LadderState.TAKEN and row.taken_by:
        # Nobody is left above: whoever wanted to see to it is reminded of it.
        people = _reachable(batch, [row.taken_by])
        if people:
            _put_down(batch, row, level - 1, people)
    # By day what rings at night and what does not go in one message.
    quiet = outbox.quiet_until(batch.work.settings, batch.work.now)
    name = row.kind if quiet else kind.family or row.kind
    for person_id in people:
        batch.told.setdefault((name, level - 1, person_id), []).append(row)
    _move(batch, row, level, reached)


def _put_down(
    batch: _Climb,
    row: LadderRow,
    level: int,
    people: Sequence[int | None],
    outcome: LadderOutcome = LadderOutcome.TOLD,
) -> None:
    """What happened at a rung; nobody there is something, too."""
    told = people or [None]
    outcome = outcome if people else LadderOutcome.NOBODY
    step = {"ladder_id": row.id, "level": level, "at": batch.work.now, "outcome": outcome}
    batch.steps += [{**step, "person_id": person_id} for person_id in told]


def _move(batch: _Climb, row: LadderRow, level: int, reached: str) -> None:
    """To the next rung of the plan, after the time the plan leaves between the two; or to the end."""
    following = next((n for n in range(level, len(row.plan)) if row.plan[n]), None)
    values: dict[str, object] = {"number": row.id, "to_level": level, "to_reached": reached}
    if following is None:
        values |= {"to_state": LadderState.ENDED, "over": batch.work.now, "then": row.next_at}
    else:
        before = [moment for moment in row.plan[:following] if moment]
        gap = datetime.fromisoformat(row.plan[following]) - datetime.fromisoformat(before[-1])
        begun = batch.work.now if batch.work.now - row.next_at > LATE else row.next_at
        values |= {"to_state": LadderState.CLIMBING, "to_level": following, "over": None, "then": begun + gap}
    batch.moves.append(values)


def _who(
    batch: _Climb, row: LadderRow, kind: EscalationKind, level: int, reached: str
) -> tuple[list[int], str]:  # fmt: skip
    """Whom this rung reaches, and up to which area supervisors have been told then."""
    if level == PERSON:
        return _reachable(batch, row.person_ids), reached
    if level == LEAD:
        leads = [number for number in row.lead_ids if number not in row.person_ids]
        return _reachable(batch, leads), reached
    key = (kind.asked, row.path)
    if key not in batch.holders:
        batch.holders[key] = access.people_with(batch.work.session, kind.asked, row.path)
    held = [(number, path) for number, path in batch.holders[key] if number not in row.person_ids]
    for path in dict.fromkeys(path for _, path in held if not reached or len(path) < len(reached)):
        people = _reachable(batch, [number for number, theirs in held if theirs == path])
        if people:
            return _awake(batch, kind, people), path
    return [], reached


def _awake(batch: _Climb, kind: EscalationKind, people: list[int]) -> list[int]:
    """In quiet hours, what goes through them goes to those on duty, where there are some."""
    if kind.rings and outbox.quiet_until(batch.work.settings, batch.work.now):
        return on_duty_among(batch.work.session, people, batch.work.now) or people
    return people


def _reachable(batch: _Climb, people: Sequence[int]) -> list[int]:
    """Those of these people who can be written to."""
    missing = [number for number in people if number not in batch.chats]
    if missing:
        batch.chats.update({number: [] for number in missing})
        for chunk in chunks(set(missing)):
            for to in outbox.recipients_of(batch.work.session, chunk):
                batch.chats[to.person_id or 0].append(to)
    return [number for number in people if batch.chats[number]]


def _say(batch: _Climb) -> None:
    """One message a person, kind and rung, whatever the number of things it is about."""
    ends, work = _ends(batch), batch.work.by(SYSTEM)
    for (name, level, person_id), rows in batch.told.items():
        told = min(level, ABOVE)
        loudest = max((batch.kinds[row.kind] for row in rows), key=lambda kind: kind.rings)
        notice = loudest.notice(told, tuple(row.subject for row in rows), rows[0].path)
        subject = card_of(name, level, batch.work.now)
        for to in batch.chats[person_id]:
            if level == PERSON:
                key = f"{subject}:{rows[0].id}:{to.bot}:{to.chat_id}"
                deadline = max((ends[row.subject] for row in rows if row.subject in ends), default=None)
                outbox.enqueue(work, notice, to, key, deadline=deadline)
            else:
                outbox.show(work, subject, notice, to)


def _ends(batch: _Climb) -> dict[str, datetime]:
    """Until when it is of use to tell the persons themselves, by subject."""
    ends: dict[str, datetime] = {}
    told = [row for (_, level, _), rows in batch.told.items() if level == PERSON for row in rows]
    for name in {row.kind for row in told}:
        of_kind = batch.kinds[name].ends
        if of_kind:
            ends |= of_kind(batch.work.session, [row.subject for row in told if row.kind == name])
    return ends
