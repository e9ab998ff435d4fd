"""Telling the admins that something is wrong with the bot itself."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Thing
from bot.outbox import outbox
from bot.outbox.notices import Notice
from bot.settings import Settings
from models import Role, RoleName


def tell_admins(
    session: Session, actor: Actor, error: str, seq: int, now: datetime, settings: Settings
) -> None:
    """Tell every admin of a failed update: once a day for each kind of error."""
    access.require(actor, "person.notify", Thing())
    notice = Notice("admin.handler_failed", {"error": error, "seq": seq})
    _tell(session, notice, f"alarm:{error}:{now:%Y-%m-%d}", now, settings)


def tell_of_job(
    session: Session, actor: Actor, job: str, occasion: str, now: datetime, settings: Settings
) -> None:
    """Tell every admin that an occasion of a job was given up: once a day for each job."""
    access.require(actor, "person.notify", Thing())
    notice = Notice("admin.job_failed", {"job": job, "occasion": occasion})
    _tell(session, notice, f"alarm:job:{job}:{now:%Y-%m-%d}", now, settings)


def tell_of_trouble(
    session: Session, actor: Actor, part: str, what: str, now: datetime, settings: Settings
) -> None:
    """Tell every admin that something was set aside in a part of the bot: once a day for each kind."""
    access.require(actor, "person.notify", Thing())
    notice = Notice("admin.trouble", {"part": part, "what": what})
    _tell(session, notice, f"alarm:{part}:{what}:{now:%Y-%m-%d}", now, settings)


def _tell(session: Session, notice: Notice, key: str, now: datetime, settings: Settings) -> None:
    admins = session.execute(select(col(Role.person_id)).where(col(Role.role) == RoleName.ADMIN)).scalars()
    for to in outbox.recipients_of(session, sorted(set(admins))):
        outbox.enqueue(session, notice, to, f"{key}:{to.bot}:{to.chat_id}", now, settings)
