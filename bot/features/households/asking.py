"""The daily question to household heads, and the one reminder for those who have not answered."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import and_, select, true, update
from sqlmodel import Session, col

from bot import access
from bot.access import Resource, Work
from bot.base.facts import Struct
from bot.features.households import repository
from bot.features.households.daily_answer import subject
from bot.features.households.notices import HouseholdDayCard
from bot.features.households.repository import Linked
from bot.outbox import outbox
from bot.storage.database import chunks
from bot.storage.rows import Expression, Query, all_of
from models import Area, Card, HouseholdCluster, HouseholdDay, Person

ASK = "household.ask"


class AskedHead(Struct):
    """How many heads were asked, and the number to go on after (None: these were all)."""

    heads: int
    after: int | None


def ask(work: Work, path: str, after: int, limit: int, *, again: bool, but: Sequence[str] = ()) -> AskedHead:
    """Put the day's question to the next heads below `path`, but not below `but`, who have not told of the
    day; `again`: remind those who were asked. Each is asked and reminded once a day at the most."""
    access.require(work.actor, ASK, Resource(path))
    day = repository.today(work.now, work.settings)
    area = col(Area.path)
    below = and_(access.within(area, path) if path else true(), *(~access.within(area, each) for each in but))
    clusters = _silent(work.session, day, below, after, limit, again)
    heads: dict[int, list[Linked]] = {}
    for cluster in clusters:
        heads.setdefault(cluster.head_id, []).append(cluster)
    if len(clusters) == limit and len(heads) > 1:
        # The last head's other clusters may not have been read.
        heads.popitem()
    _put_down(work, heads, day, again)
    asked = _known(work.session, day, list(heads)) if again else set()
    for to in outbox.recipients_of(work.session, list(heads)):
        surely = again and (to.bot, to.chat_id) not in asked
        notice = HouseholdDayCard(day, again=again, surely=surely)
        outbox.show(work, subject(day, "again" if again else "ask"), notice, to)
    return AskedHead(len(heads), max(heads) if len(clusters) == limit else None)


def _silent(
    session: Session, day: date, below: Expression, after: int, limit: int, again: bool
) -> list[Linked]:
    """Clusters whose head has not told of the day, and has not been asked (reminded) yet."""
    of_day = and_(col(HouseholdDay.cluster_id) == col(HouseholdCluster.id), col(HouseholdDay.day) == day)
    asked, reminded = col(HouseholdDay.asked_at), col(HouseholdDay.reminded_at)
    open_ = (asked.is_not(None), reminded.is_(None)) if again else (asked.is_(None),)
    found: Query = (
        select(
            col(HouseholdCluster.head_id), col(HouseholdCluster.id).label("cluster_id"),
            col(Area.id).label("area_id"), col(Area.name).label("area"), col(Area.path),
            col(HouseholdCluster.count),
        )
        .join(Person, col(Person.id) == col(HouseholdCluster.head_id))
        .join(Area, col(Area.id) == col(HouseholdCluster.area_id))
        .join(HouseholdDay, of_day, isouter=True)
        .where(
            col(HouseholdCluster.removed_at).is_(None), col(Person.removed_at).is_(None),
            col(HouseholdCluster.head_id) > after, col(HouseholdDay.answered_at).is_(None), *open_, below,
        )
        .order_by(col(HouseholdCluster.head_id), col(HouseholdCluster.id))
        .limit(limit)
    )  # fmt: skip
    return all_of(session, Linked, found)


def _known(session: Session, day: date, heads: list[int]) -> set[tuple[int, int]]:
    """The chats of these heads in which the day's first question is known to have arrived."""
    found: set[tuple[int, int]] = set()
    for chunk in chunks(heads):
        first = (col(Card.subject) == subject(day, "ask"), col(Card.person_id).in_(chunk))
        rows = session.execute(
            select(col(Card.bot), col(Card.chat_id)).where(*first, col(Card.sent_at).is_not(None))
        )
        found |= {(row.bot, row.chat_id) for row in rows}
    return found


def _put_down(work: Work, heads: Mapping[int, list[Linked]], day: date, again: bool) -> None:
    """That they have been asked, or reminded."""
    linked = [cluster for clusters in heads.values() for cluster in clusters]
    repository.open_days(work.session, linked, day)
    ids = [cluster.cluster_id for cluster in linked]
    values = {"reminded_at": work.now} if again else {"asked_at": work.now}
    these = (col(HouseholdDay.cluster_id).in_(ids), col(HouseholdDay.day) == day)
    work.session.execute(update(HouseholdDay).where(*these).values(**values))
