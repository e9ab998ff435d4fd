"""A household head's day: all well in one tap, or what is up, household by household.

Households have numbers only. What is marked is seen by the head and the village, and erased later.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Work, self_of
from bot.access.own_data import Line, OwnData, line
from bot.base.errors import Refused
from bot.features.households import help, repository
from bot.features.households.notices import (
    ClusterTold,
    HouseholdDayCard,
    HouseholdMarked,
    HouseholdRecent,
    HouseholdToldWell,
    MarkTold,
    PastDay,
    ShownDay,
)
from bot.features.households.repository import ClusterDay, Linked
from bot.outbox import outbox
from bot.settings.work_day import work_day
from bot.views import messages
from bot.words import said
from bot.words.said import Remark
from models import Account, Card, HouseholdDay, HouseholdMark, HouseholdMarkKind

ANSWER = "household.answer"
# The newest days shown to the head.
DAYS = 7


def require_some(work: Work) -> None:
    """Raise Refused for who heads no household."""
    access.require(work.actor, ANSWER, self_of(work.actor))
    if not repository.clusters_of(work.session, work.actor.person_id):
        raise Refused("household-none")


def all_well(work: Work, day: date) -> HouseholdToldWell | None:
    """Every household that is not marked is well: what was taken down. None where it was before."""
    clusters = _own_day(work, day)
    if not repository.answer(work.session, clusters, day, work.now):
        return None
    refresh(work, day)
    rows = repository.days_of(work.session, clusters, day)
    count, marked = sum(row.count for row in rows), sum(row.marked for row in rows)
    return HouseholdToldWell(day, work.now, count, marked)


def turn_to(work: Work, day: date, page: str, number: int) -> None:
    """Let the day's cards show the numbers (`page` "grid"), the choice for one of them ("kind"), or the
    question ("")."""
    clusters = _own_day(work, day)
    if number:
        repository.located(clusters, number)
    refresh(work, day, page, number)


def change(work: Work, day: date) -> bool:
    """Look at an answer once more: within a minute it is taken back, later it stands until it is told
    anew. Returns whether it was taken back."""
    clusters = _own_day(work, day)
    since = work.now - timedelta(seconds=work.settings.checkin.undo_seconds)
    undone = repository.take_back(work.session, clusters, day, since)
    refresh(work, day, "grid")
    return undone


def mark(work: Work, day: date, number: int, kind: HouseholdMarkKind) -> HouseholdMarked:
    """Something is up with this household; returns who is told of it, and when."""
    clusters = _own_day(work, day)
    cluster, inside = repository.located(clusters, number)
    of_day = repository.day_id(work.session, cluster, day)
    _drop(work, of_day, inside)
    mark_id = repository.put_mark(work.session, of_day, inside, kind, work.now)
    told, told_at = help.call(work, mark_id)
    repository.recount(work.session, of_day)
    refresh(work, day, "grid")
    _, area = repository.named(clusters, number)
    return HouseholdMarked(day, number, kind, told, told_at, inside, area)


def named(work: Work, number: int) -> tuple[int, str]:
    """A household's number within its area, and the area where the actor has households in several, else
    empty. Raises Refused where there is no such household."""
    access.require(work.actor, ANSWER, self_of(work.actor))
    return repository.named(repository.clusters_of(work.session, work.actor.person_id), number)


def marked(work: Work, day: date, number: int) -> tuple[int, int]:
    """What a household is marked with: the mark's number, and the household's in its cluster. Raises Refused
    where it is not marked."""
    cluster, inside = repository.located(_own_day(work, day), number)
    found = repository.mark_on(work.session, repository.day_id(work.session, cluster, day), inside)
    if found is None:
        raise Refused("button-stale")
    return found, inside


def clear(work: Work, day: date, number: int) -> None:
    """Nothing is up with this household after all."""
    cluster, inside = repository.located(_own_day(work, day), number)
    of_day = repository.day_id(work.session, cluster, day)
    _drop(work, of_day, inside)
    repository.recount(work.session, of_day)
    refresh(work, day, "grid")


def say(work: Work, day: date, number: int, remark: Remark) -> None:
    """Add what is up, in words or as a voice note. Raises Refused where the household is not marked."""
    cluster, inside = repository.located(_own_day(work, day), number)
    of_day = repository.day_id(work.session, cluster, day)
    found = work.session.execute(
        update(HouseholdMark)
        .where(col(HouseholdMark.day_id) == of_day, col(HouseholdMark.number) == inside)
        .values(words=remark.words, voice=remark.voice or None)
        .returning(col(HouseholdMark.id))
    ).scalar()
    if found is None:
        raise Refused("button-stale")
    said.file(work.session, work.actor, f"household:{found}")
    help.show_again(work, found)
    refresh(work, day, "grid")


def show(work: Work, day: date, tag: str, page: str = "") -> None:
    """Bring the day's card down to the end of the chat; `tag` tells it from the day's other ones."""
    _own_day(work, day)
    notice = HouseholdDayCard(day, page, fresh=False, answers=True)
    outbox.show(work, subject(day, tag), notice, outbox.recipient_of(work.actor))


def load(session: Session, reader: Actor, notice: HouseholdDayCard) -> ShownDay | None:
    """The day as it stands. None for who heads no household any more, and for a question answered before
    it was put."""
    clusters = repository.clusters_of(session, reader.person_id)
    if not clusters or not access.allows(reader, ANSWER, self_of(reader)):
        return None
    rows = {row.cluster_id: row for row in repository.days_of(session, clusters, notice.day)}
    answered = [rows[c.cluster_id].answered_at if c.cluster_id in rows else None for c in clusters]
    if notice.fresh and all(answered):
        return None
    return notice.shown_as(
        ShownDay, name=reader.name, count=sum(c.count for c in clusters),
        clusters=tuple(ClusterTold(c.area, c.count) for c in clusters),
        marks=_marks(session, clusters, rows), answered_at=max(filter(None, answered), default=None),
        answered=all(answered),
    )  # fmt: skip


def recent(work: Work) -> HouseholdRecent:
    """The own last days since joining, newest first: how many households were told of, and which may be made
    up for."""
    access.require(work.actor, ANSWER, self_of(work.actor))
    last = repository.today(work.now, work.settings)
    began = _began(work) or last
    days = [last, *(day for back in range(1, DAYS) if (day := last - timedelta(days=back)) >= began)]
    found = work.session.execute(
        select(
            col(HouseholdDay.day), func.sum(col(HouseholdDay.count)), func.sum(col(HouseholdDay.marked))
        )
        .where(
            col(HouseholdDay.head_id) == work.actor.person_id, col(HouseholdDay.day) >= days[-1],
            col(HouseholdDay.answered_at).is_not(None),
        )
        .group_by(col(HouseholdDay.day))
    )  # fmt: skip
    told = {day: (int(count), int(marked)) for day, count, marked in found}
    oldest = last - timedelta(days=work.settings.households.catch_up_days)
    has_some = bool(repository.clusters_of(work.session, work.actor.person_id))
    return HouseholdRecent(
        tuple(
            PastDay(day, day in told, *told.get(day, (0, 0)), has_some and day not in told and day >= oldest)
            for day in days
        )
    )


def _began(work: Work) -> date | None:
    """The first day of the head's own that was asked about, of those on which the head could answer."""
    first = select(func.min(col(HouseholdDay.day))).where(col(HouseholdDay.head_id) == work.actor.person_id)
    joined = select(func.min(col(Account.joined_at))).where(col(Account.person_id) == work.actor.person_id)
    day, at = work.session.execute(first).scalar(), work.session.execute(joined).scalar()
    return max(day, work_day(at, work.settings.work)) if day and at else day


def lines(own: OwnData) -> Iterable[Line]:
    """For `/mydata`: how many days the actor told of, and how many households were marked."""
    access.require(own.actor, "person.read_own", self_of(own.actor))
    mine = col(HouseholdDay.head_id) == own.actor.person_id
    days, first, last = own.session.execute(
        select(func.count(), func.min(col(HouseholdDay.day)), func.max(col(HouseholdDay.day))).where(
            mine, col(HouseholdDay.answered_at).is_not(None)
        )
    ).one()
    marks = own.session.execute(
        select(func.count())
        .select_from(HouseholdMark)
        .join(HouseholdDay, col(HouseholdDay.id) == col(HouseholdMark.day_id))
        .where(mine)
    ).scalar_one()
    if days:
        yield line("household-days", count=days, first=first, last=last)
    if marks:
        yield line("household-marks", count=marks)


def subject(day: date, tag: str) -> str:
    """What the day's cards are about."""
    return f"households:{day:%Y%m%d}:{tag}"


def pressed(work: Work, day: date, message_id: int) -> None:
    """A button below this message was pressed: where nobody knew whether the day's question had arrived, it
    has, and is edited from now on."""
    access.require(work.actor, ANSWER, self_of(work.actor))
    outbox.adopt_message_id(
        work.session, outbox.recipient_of(work.actor), subject(day, ""), message_id, work.now
    )


def refresh(work: Work, day: date, page: str = "", number: int = 0) -> None:
    """Let every card of the day show how it stands."""
    access.require(work.actor, ANSWER, self_of(work.actor))
    begins = subject(day, "")
    mine = select(col(Card.subject), col(Card.kind), col(Card.facts), col(Card.message_id)).where(
        col(Card.bot) == work.actor.bot, col(Card.chat_id) == work.actor.chat_id,
        col(Card.subject) >= begins, col(Card.subject) < begins + "~",
    )  # fmt: skip
    for row in work.session.execute(mine).all():
        known = messages.read(row.kind, row.facts)
        assert isinstance(known, HouseholdDayCard)
        # A question that has not been put yet is not put once it is answered.
        fresh = known.fresh and row.message_id is None
        notice = replace(known, page=page, number=number, fresh=fresh)
        outbox.show_again(work.session, row.subject, notice, work.now, work.actor.person_id)


def _own_day(work: Work, day: date) -> list[Linked]:
    """The actor's clusters, with a row each for the day. Raises Refused for days long past or to come."""
    access.require(work.actor, ANSWER, self_of(work.actor))
    clusters = repository.clusters_of(work.session, work.actor.person_id)
    if not clusters:
        raise Refused("household-none")
    last = repository.today(work.now, work.settings)
    if not last - timedelta(days=work.settings.households.catch_up_days) <= day <= last:
        raise Refused("household-day-over")
    repository.open_days(work.session, clusters, day)
    return clusters


def _drop(work: Work, of_day: int, number: int) -> None:
    found = repository.mark_on(work.session, of_day, number)
    if found is not None:
        help.withdraw(work, found)
        repository.drop_mark(work.session, found)


def _marks(
    session: Session, clusters: Sequence[Linked], rows: Mapping[int, ClusterDay]
) -> tuple[MarkTold, ...]:
    """What is marked, by the number counted through all clusters."""
    before, offsets = 0, {}
    for cluster in clusters:
        if cluster.cluster_id in rows:
            offsets[rows[cluster.cluster_id].id] = before
        before += cluster.count
    return tuple(
        MarkTold(
            offsets[row.day_id] + row.number, row.kind, row.request or row.words or "🎤" * bool(row.voice)
        )
        for row in repository.marks_of(session, list(offsets))
    )
