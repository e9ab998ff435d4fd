"""The audit trail: acts that reach beyond the own duty, and looks at others' data.

Check-ins and check-outs are not in it: they are records of their own.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, or_, select
from sqlmodel import Session, col

from bot.access import Actor, Work
from models import AuditEntry

_INSERT = insert(AuditEntry)


def record(work: Work, action: str, thing: str, person_id: int | None = None, **details: Any) -> None:
    """Write down that the actor did this; `person_id` is the one it is about, who may read it."""
    told = {"action": action, "thing": thing, "person_id": person_id, "details": details}
    work.session.connection().execute(_INSERT, {"at": work.now, "actor": str(work.actor), **told})


def acts_of_others(session: Session, actor: Actor) -> list[Any]:
    """What others did to, or saw of, what is the actor's: who, which act, how often, when last."""
    about = or_(col(AuditEntry.person_id) == actor.person_id, _exported(actor))
    return list(
        session.execute(
            select(col(AuditEntry.actor), col(AuditEntry.action), func.count(), func.max(col(AuditEntry.at)))
            .where(about, col(AuditEntry.actor) != str(actor.person_id))
            .group_by(col(AuditEntry.actor), col(AuditEntry.action))
            .order_by(func.max(col(AuditEntry.at)).desc())
        )
    )


def _exported(actor: Actor) -> ColumnElement[bool]:
    """Records of the own area, or of one around it, were listed or taken out: the own ones with them."""
    codes = actor.path.split("/")[:-1]
    around = ["/".join(codes[: length + 1]) + "/" for length in range(len(codes))]
    seen = col(AuditEntry.action).in_(["checkin.export", "figures.names", "figures.export"])
    return and_(seen, col(AuditEntry.thing).in_(around))
