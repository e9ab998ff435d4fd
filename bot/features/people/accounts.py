"""Accounts: whose they are, in which language, and whether they can be reached."""

from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Resource, Work, audit, self_of
from bot.base.errors import Refused
from bot.base.i18n import LOCALES
from bot.features.calls import sending as calls
from bot.features.patrols import repository as patrol_repository
from bot.features.people.notices import Greeted
from bot.outbox import outbox
from bot.storage.database import upsert
from bot.storage.rows import Expression
from bot.views.help import Help
from bot.views.keyboards import MainKeys
from models import Account, Area, Person, Reach

_USED_BY = (
    select(col(Account.user_id))
    .join(Person, col(Person.id) == Account.person_id)
    .where(col(Person.code) == bindparam("code"))
)


def keys_of(work: Work) -> MainKeys:
    """The keys of the actor's main keyboard."""
    actor, settings = work.actor, work.settings
    on_duty = access.allows(actor, "checkin.make", self_of(actor))
    return MainKeys(
        on_duty,
        settings.duty_type(settings.work.duty_type).location,
        on_duty and patrol_repository.any_for(work.session, actor),
        access.allows(actor, "household.answer", self_of(actor)),
    )


def help_of(work: Work) -> Help:
    """What the actor can do here."""
    access.require(work.actor, "person.read_own", self_of(work.actor))
    return Help(**asdict(keys_of(work)), roles=tuple(sorted(work.actor.roles)))


def greeting(work: Work) -> Greeted:
    """Who the actor is here, with the main keyboard."""
    access.require(work.actor, "person.read_own", self_of(work.actor))
    area = work.session.execute(select(col(Area.name)).where(col(Area.id) == work.actor.area_id)).scalar_one()
    days, roles = work.settings.privacy.location_days, tuple(sorted(work.actor.roles))
    return Greeted(**asdict(keys_of(work)), name=work.actor.name, area=area, roles=roles, days=days)


def bind(session: Session, newcomer: Actor, person_id: int, now: datetime) -> Actor:
    """Bind a stranger's account to a person; returns who the account is from now on.

    An account whose person has left the roster is bound anew. Raises Refused where the account belongs
    to somebody else by now.
    """
    access.require(newcomer, "account.join", Resource())
    if newcomer.user_id in access.actors_of(session, newcomer.bot, [newcomer.user_id]):
        raise Refused("join-bound-elsewhere")
    on_roster = session.execute(select(col(Person.language)).where(col(Person.id) == person_id)).scalar()
    values = {
        "chat_id": newcomer.user_id, "person_id": person_id,
        # The roster's word goes before the telephone's, until the person chooses.
        "language": None if on_roster else newcomer.locale,
        "reach": Reach.OK, "joined_at": now,
    }  # fmt: skip
    row = {"bot": newcomer.bot, "user_id": newcomer.user_id} | values
    upsert(session, Account, [row], ["bot", "user_id"], values)
    actor = access.actors_of(session, newcomer.bot, [newcomer.user_id])[newcomer.user_id]
    calls.catch_up(session, person_id)
    give_menu(session, actor, now=now)
    return actor


def set_language(session: Session, actor: Actor, language: str, *, now: datetime) -> Actor:
    """Speak this language to the account from now on; returns the actor with it."""
    access.require(actor, "account.set_language", self_of(actor))
    if language not in LOCALES:
        raise Refused("button-stale")
    session.execute(update(Account).where(_this(actor)).values(language=language))
    changed = replace(actor, locale=language)
    give_menu(session, changed, now=now)
    return changed


def give_menu(session: Session, actor: Actor, *, now: datetime) -> None:
    """Give the account the menu of commands that goes with its roles."""
    access.require(actor, "person.read_own", self_of(actor))
    key = f"commands:{actor.bot}:{actor.chat_id}:{now.isoformat()}"
    outbox.set_commands(session, outbox.recipient_of(actor), sorted(actor.roles), key, now)


def set_reach(session: Session, actor: Actor, reach: Reach) -> None:
    """Keep whether the account can be reached; of an account bound to nobody nothing is kept."""
    if access.allows(actor, "account.set_reach", self_of(actor)):
        session.execute(update(Account).where(_this(actor)).values(reach=reach))
        if reach is Reach.OK and actor.reach != Reach.OK:
            calls.catch_up(session, actor.person_id)


def stop(work: Work) -> None:
    """Send the account nothing but replies from now on; what waits for it is dropped."""
    access.require(work.actor, "account.set_reach", self_of(work.actor))
    work.session.execute(update(Account).where(_this(work.actor)).values(reach=Reach.STOPPED))
    outbox.drop_waiting_for(work.session, work.actor.bot, work.actor.chat_id)
    audit.record(work, "account.set_reach", f"person:{work.actor.person_id}", reach="stopped")


def accounts_of(work: Work, person_code: str) -> list[str]:
    """The accounts a person has joined with, masked."""
    access.require(work.actor, "account.unbind", Resource())
    return [masked(number) for number in work.session.execute(_USED_BY, {"code": person_code}).scalars()]


def unbind(work: Work, person_code: str) -> int:
    """Take a person's accounts away: a wrong one joined, a phone was lost. Returns how many.

    What waits to be sent to them is not sent any more.
    """
    access.require(work.actor, "account.unbind", Resource())
    person = work.session.execute(select(col(Person.id)).where(col(Person.code) == person_code)).scalar()
    outbox.drop_waiting(work.session, person)
    theirs = col(Account.person_id) == person
    gone = work.session.connection().execute(delete(Account).where(theirs)).rowcount
    if gone:
        audit.record(work, "account.unbind", f"person:{person}", person, count=gone)
    return gone


def masked(number: int | str) -> str:
    """An account's or telephone number by its last four digits."""
    return "…" + str(number)[-4:]


def _this(actor: Actor) -> Expression:
    return and_(col(Account.bot) == actor.bot, col(Account.user_id) == actor.user_id)
