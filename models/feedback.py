"""What people want to tell those who run the bot."""

from datetime import datetime

from sqlmodel import Field

from models.columns import MOMENT, SERIAL, Numbered


class Feedback(Numbered, table=True):
    """Words or a voice note about the bot itself."""

    person_id: int = Field(foreign_key="person.id", index=True, sa_type=SERIAL)
    at: datetime = Field(sa_type=MOMENT)
    words: str = ""
    voice: str | None = None
