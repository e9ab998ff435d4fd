"""Telling the admins that something is wrong with the bot itself."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from bot import access, outbox
from bot.access import Actor, Thing
from bot.notices import Notice
from bot.settings import Settings
from models import Role, RoleName


def tell_admins(
    session: Session, actor: Actor, error: str, seq: int, now: datetime, settings: Settings
) -> None:
    """Tell every admin of a failed update: once a day for each kind of error."""
    access.require(actor, "person.notify", Thing())
    admins = session.execute(select(col(Role.person_id)).where(col(Role.role) == RoleName.ADMIN)).scalars()
    notice = Notice("admin.handler_failed", {"error": error, "seq": seq})
    for to in outbox.recipients_of(session, sorted(set(admins))):
        key = f"alarm:{error}:{now:%Y-%m-%d}:{to.bot}:{to.chat_id}"
        outbox.enqueue(session, notice, to, key, now, settings)
