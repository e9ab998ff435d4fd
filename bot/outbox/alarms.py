"""Telling the admins that something is wrong with the bot itself."""

from sqlalchemy import select
from sqlmodel import col

from bot import access
from bot.access import Resource, Work
from bot.outbox import outbox
from bot.outbox.notices import Notice
from models import Role, RoleName


class AdminHandlerFailed(Notice, kind="admin.handler_failed"):
    """A new kind of bug, and the number of the update it was seen with."""

    error: str
    seq: int


class AdminJobFailed(Notice, kind="admin.job_failed"):
    """Something the clock does was given up."""

    job: str
    occasion: str


class AdminTrouble(Notice, kind="admin.trouble"):
    """Something was set aside, and everything else goes on."""

    part: str
    what: str


def tell_admins(work: Work, error: str, seq: int) -> None:
    """Tell every admin of a failed update: once a day for each kind of error."""
    _tell(work, AdminHandlerFailed(error, seq), f"alarm:{error}:{work.now:%Y-%m-%d}")


def tell_of_job(work: Work, job: str, occasion: str) -> None:
    """Tell every admin that an occasion of a job was given up: once a day for each job."""
    _tell(work, AdminJobFailed(job, occasion), f"alarm:job:{job}:{work.now:%Y-%m-%d}")


def tell_of_trouble(work: Work, part: str, what: str) -> None:
    """Tell every admin that something was set aside in a part of the bot: once a day for each kind."""
    _tell(work, AdminTrouble(part, what), f"alarm:{part}:{what}:{work.now:%Y-%m-%d}")


def _tell(work: Work, notice: Notice, key: str) -> None:
    access.require(work.actor, "person.notify", Resource())
    admins = work.session.execute(
        select(col(Role.person_id)).where(col(Role.role) == RoleName.ADMIN)
    ).scalars()
    for to in outbox.recipients_of(work.session, sorted(set(admins))):
        outbox.enqueue(work, notice, to, f"{key}:{to.bot}:{to.chat_id}")
