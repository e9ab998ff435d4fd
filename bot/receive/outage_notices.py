"""After an outage: those in charge hear from when to when, once."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import col

from bot import access
from bot.access import Resource, Work
from bot.outbox import outbox
from bot.outbox.notices import Notice
from bot.storage import database
from models import Person, Role

TELL = "outage.tell"


class Outage(Notice, kind="outage"):
    """From when to when the bot was down."""

    since: datetime
    until: datetime


def tell(work: Work, since: datetime) -> int:
    """Tell every supervisor and admin, where it was long enough to matter; how many chats that are."""
    access.require(work.actor, TELL, Resource())
    if work.now - since < timedelta(minutes=work.settings.reminders.outage_minutes):
        return 0
    found = (
        select(col(Role.person_id))
        .join(Person, col(Person.id) == col(Role.person_id))
        .where(col(Role.role).in_(access.roles_for("rotation.set")), col(Person.removed_at).is_(None))
        .distinct()
    )
    notice = Outage(since, work.now)
    chunks = database.chunks(work.session.execute(found).scalars())
    told = [to for chunk in chunks for to in outbox.recipients_of(work.session, chunk)]
    for to in told:
        outbox.enqueue(work, notice, to, f"outage:{since:%Y%m%d%H%M}:{to.bot}:{to.chat_id}")
    return len(told)
