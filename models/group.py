"""Groups: chats of several people to which an area's summaries go."""

from datetime import datetime

from sqlmodel import Field, UniqueConstraint

from models.columns import BIG, MOMENT, SERIAL, Numbered


class BoundGroup(Numbered, table=True):
    """A group to which the summaries of an area go. Who is in it is not known and not kept."""

    __table_args__ = (UniqueConstraint("bot", "chat_id"),)

    bot: int = Field(sa_type=BIG)
    chat_id: int = Field(sa_type=BIG)
    # The topic of it; None: the general one, or a group without topics.
    thread_id: int | None = Field(default=None, sa_type=BIG)
    title: str = ""
    area_id: int = Field(foreign_key="area.id", index=True, sa_type=SERIAL)
    locale: str
    bound_by: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    bound_at: datetime = Field(sa_type=MOMENT)
