"""What the demo does behind the scenes of the real bot: its language at one press, and when shifts end."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute
from sqlmodel import Session

from bot import access
from bot.access import SYSTEM, Work
from bot.base.clock import Clock
from bot.base.i18n import DEFAULT_LOCALE, LOCALES
from bot.features.ledger.notices import LanguageChanged
from bot.features.people import accounts
from bot.outbox import outbox
from bot.playground.english import naming
from bot.playground.rota import next_end
from bot.playground.runner import Playground
from bot.playground.township import Township
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.values import raise_roster_version
from models import Area, Checkpoint, PatrolSection, Person, Post, ResidentRequest

# What Telegram calls the languages of the phones.
_TELEGRAM = {"zh_CN": "zh-hans", "en": "en"}
_NAMED: tuple[tuple[Any, InstrumentedAttribute[str]], ...] = tuple(
    (table, getattr(table, name))
    for table, name in (
        (Area, "name"), (Post, "name"), (PatrolSection, "name"), (Checkpoint, "name"), (Person, "name"),
        (Person, "titles"), (ResidentRequest, "words"),
    )
)  # fmt: skip


class Backstage:
    """The demo's database and clock, for its page."""

    def __init__(
        self, db: Database, playground: Playground, settings: Settings, clock: Clock, township: Township
    ) -> None:
        self.locale = DEFAULT_LOCALE
        self._db = db
        self._playground = playground
        self._settings = settings
        self._clock = clock
        self._township = township

    def next_end(self, now: datetime) -> datetime | None:
        """When the next shift ends; None: there is none."""
        with self._db.read() as session:
            return next_end(session, now)

    def town(self) -> dict[str, Any]:
        """Who lives in the demo, and the QR codes of its places, in the language that is spoken."""
        named = naming(self.locale)
        return {
            "language": self.locale,
            "members": [_named(asdict(member), named) for member in self._township.members],
            "posts": _named(self._township.posts, named),
        }

    def speak(self, locale: str) -> None:
        """Let everything be in this language: as if each had chosen it on the own phone. Raises ValueError
        for a language that there is not."""
        if locale not in LOCALES:
            raise ValueError(f"no language {locale}")
        self.locale = locale
        self._set_phones()
        with self._db.write_now() as session:
            _rename(session, locale)
            raise_roster_version(session)
            session.flush()
            self._choose(session)

    def _set_phones(self) -> None:
        named, world = naming(self.locale), self._playground.world
        with world.lock:
            self._playground.bot.name = named(self._playground.bot.name)
            for member in self._township.members:
                user = world.users[member.id]
                user.first_name, user.language_code = named(member.name), _TELEGRAM[self.locale]

    def _choose(self, session: Session) -> None:
        now, settings = self._clock.now(), self._settings
        ids = [member.id for member in self._township.members]
        for actor in access.actors_of(session, settings.bot_id, ids).values():
            told = accounts.set_language(session, actor, self.locale, now=now)
            work = Work(session, SYSTEM, now, settings)
            notice = LanguageChanged(**asdict(accounts.keys_of(work.by(told))))
            key = f"demo-language:{actor.chat_id}:{now.isoformat()}"
            outbox.enqueue(work, notice, outbox.recipient_of(told), key)


def _rename(session: Session, locale: str) -> None:
    named = naming(locale)
    for table, column in _NAMED:
        for row in session.execute(select(table)).scalars():
            setattr(row, column.key, named(getattr(row, column.key)))


def _named(value: Any, named: Any) -> Any:
    if isinstance(value, str):
        return named(value)
    if isinstance(value, dict):
        return {named(key): _named(each, named) for key, each in value.items()}
    return [_named(each, named) for each in value] if isinstance(value, list | tuple) else value
