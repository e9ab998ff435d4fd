"""Joining: a link for one person, the own contact where a phone number is on the roster.

Wrong codes are counted, so what went wrong is returned, never raised: raising would undo the count.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, ActorKind, Resource, Work, audit
from bot.base.facts import Struct
from bot.features.people import accounts, notices, second_accounts
from bot.outbox import outbox
from bot.outbox.notices import Notice
from bot.storage.database import upsert
from bot.storage.rows import Expression, columns, first_of
from bot.views.notices import Refusal
from models import Account, Invite, JoinAttempt, Person, code_hash

# The longest wait after wrong codes: the first one doubled this often.
MOST_DOUBLINGS = 10


class _InviteRow(Struct):
    """An invite, and whose it is."""

    id: int
    person_id: int
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None
    name: str
    phone: str | None
    removed_at: datetime | None


class _Attempt(Struct):
    failures: int
    wait_until: datetime | None
    invite_id: int | None


def open_link(work: Work, code: str) -> Notice:
    """Open an invite link. Joined at once, asked for the contact, made to wait, or told what to do."""
    if work.actor.kind is ActorKind.PERSON:
        return _open_again(work, code)
    access.require(work.actor, "account.join", Resource())
    wait_until = _wait_until(work)
    if wait_until:
        return notices.JoinWait(wait_until)
    invite = _invite_of(work.session, col(Invite.code_hash) == code_hash(code))
    if invite is None:
        return _wrong_code(work)
    problem = _problem(invite, work.now)
    if problem == "join-code-used" and second_accounts.is_waiting(work, invite.person_id):
        return _waits(work, invite)
    if problem:
        return Refusal(problem)
    if invite.phone:
        _remember(work.session, work.actor, {"invite_id": invite.id})
        return notices.JoinContactAsked(invite.name)
    return _enter(work, invite)


def share_contact(work: Work, owner_id: int | None, phone: str) -> Notice:
    """Prove by the own contact who it is. `owner_id` is whose contact it is, None where nobody can tell."""
    access.require(work.actor, "account.join", Resource())
    wait_until = _wait_until(work)
    if wait_until:
        return notices.JoinWait(wait_until)
    attempt = _attempt_of(work.session, work.actor)
    invite = _invite_of(work.session, col(Invite.id) == attempt.invite_id) if attempt else None
    if invite is None:
        return Refusal("access-stranger")
    problem = _problem(invite, work.now)
    if problem:
        return Refusal(problem)
    if owner_id != work.actor.user_id:
        return notices.JoinContactNotOwn()
    if not is_same_phone(invite.phone or "", phone):
        return Refusal("join-contact-differs")
    return _enter(work, invite)


def is_same_phone(on_roster: str, of_contact: str) -> bool:
    """Whether both are one number. Telegram's is international, with or without its `+`.

    A number on the roster without a country's is Chinese; one of Telegram's never is taken for that,
    or +1 310 555 1234 would pass for the Chinese 131 0555 1234.
    """
    digits = re.sub(r"\D", "", on_roster).removeprefix("00")
    if re.fullmatch(r"1\d{10}", digits) and not on_roster.strip().startswith(("+", "00")):
        digits = "86" + digits
    return digits != "" and digits == re.sub(r"\D", "", of_contact).removeprefix("00")


def _open_again(work: Work, code: str) -> Notice:
    """Who has joined opens a link: the own one once more, or somebody else's."""
    access.require(work.actor, "person.read_own", access.self_of(work.actor))
    invite = _invite_of(work.session, col(Invite.code_hash) == code_hash(code))
    if invite is not None and invite.person_id == work.actor.person_id:
        return notices.JoinAlready(**asdict(accounts.greeting(work)))
    return notices.JoinOtherPerson(work.actor.name)


def _enter(work: Work, invite: _InviteRow) -> Notice:
    """Bind the account, or ask for it where the person has joined with another one."""
    person_id = invite.person_id
    asks = _has_other_account(work.session, work.actor, person_id)
    if not _use(work.session, invite.id, work.now):
        return Refusal("join-code-used")
    _remember(work.session, work.actor, {"invite_id": None, "failures": 0, "wait_until": None})
    if asks:
        second_accounts.ask(work, person_id)
        return _waits(work, invite)
    joined = accounts.bind(work.session, work.actor, person_id, work.now)
    audit.record(work, "account.join", f"person:{person_id}", person_id)
    return notices.JoinWelcome(**asdict(accounts.greeting(work.by(joined))))


def _waits(work: Work, invite: _InviteRow) -> Notice:
    return notices.JoinSecondAccountWaiting(invite.name, outbox.quiet_until(work.settings, work.now))


def _has_other_account(session: Session, actor: Actor, person_id: int) -> bool:
    """Asked with the person's row locked: of two accounts at once, the second sees the first."""
    session.execute(select(col(Person.id)).where(col(Person.id) == person_id).with_for_update())
    others = select(col(Account.id)).where(
        col(Account.person_id) == person_id, col(Account.user_id) != actor.user_id
    )
    return session.execute(others.limit(1)).first() is not None


def _use(session: Session, invite_id: int, now: datetime) -> bool:
    """Use the link up; False where somebody else was faster."""
    used = session.connection().execute(
        update(Invite)
        .where(col(Invite.id) == invite_id, col(Invite.used_at).is_(None), col(Invite.revoked_at).is_(None))
        .values(used_at=now)
    )
    return used.rowcount == 1


def _invite_of(session: Session, which: Expression) -> _InviteRow | None:
    found = select(*columns(_InviteRow, Invite, Person)).join(Person, col(Person.id) == Invite.person_id)
    return first_of(session, _InviteRow, found.where(which))


def _problem(invite: _InviteRow, now: datetime) -> str:
    """What is wrong with a link that once was right; empty where it still is."""
    if invite.revoked_at or invite.removed_at:
        return "join-code-revoked"
    if invite.used_at:
        return "join-code-used"
    return "join-code-expired" if invite.expires_at <= now else ""


# Guessing is slowed down.


def _attempt_of(session: Session, actor: Actor) -> _Attempt | None:
    found = select(*columns(_Attempt, JoinAttempt))
    own = (col(JoinAttempt.bot) == actor.bot, col(JoinAttempt.user_id) == actor.user_id)
    return first_of(session, _Attempt, found.where(*own))


def _remember(session: Session, actor: Actor, values: Mapping[str, int | datetime | None]) -> None:
    fresh = {"bot": actor.bot, "user_id": actor.user_id, "failures": 0}
    upsert(session, JoinAttempt, [{**fresh, **values}], ["bot", "user_id"], values)


def _wait_until(work: Work) -> datetime | None:
    """Until when even a right code is not looked at."""
    attempt = _attempt_of(work.session, work.actor)
    return attempt.wait_until if attempt and attempt.wait_until and attempt.wait_until > work.now else None


def _wrong_code(work: Work) -> Notice:
    attempt = _attempt_of(work.session, work.actor)
    failures = (attempt.failures if attempt else 0) + 1
    over = failures - work.settings.join.attempts
    if over < 0:
        _remember(work.session, work.actor, {"failures": failures})
        return Refusal("join-code-unknown")
    wait = timedelta(minutes=work.settings.join.wait_minutes * 2 ** min(over, MOST_DOUBLINGS))
    _remember(work.session, work.actor, {"failures": failures, "wait_until": work.now + wait})
    return notices.JoinWait(work.now + wait)
