"""Invites: a single-use link for each person who has not joined yet.

A code is told once, in the file made for handing out; the database keeps only its hash.
"""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, insert, select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Resource, Work, audit
from bot.base import names
from bot.base.errors import Refused
from bot.base.facts import Struct
from models import Account, Area, AreaKind, Invite, Person, code_hash

_RANDOM_BYTES = 18  # 144 bits, 24 characters in a link
_BATCH = 500


# Of one name, so many are told.
MOST_TOLD = 6


class NewInvite(Struct):
    """A code and whose it is; `code` is the link's part after `j_`, `area` leads from the county down."""

    person_id: int
    person_code: str
    name: str
    area: str
    code: str
    expires_at: datetime


def draw_up(work: Work, area: str, *, renew: bool = False) -> list[NewInvite]:
    """Make codes for the people of an area's subtree who have not joined; nothing is stored yet.

    People with a live invite are left out unless `renew`. In roster order. Raises Refused for an
    unknown area.
    """
    root = area_of(work.session, area)
    access.require(work.actor, "roster.invite", Resource(path=root.path))
    joined = exists().where(col(Account.person_id) == Person.id)
    query = _people_of(root).where(~joined)
    if not renew:
        query = query.where(~exists().where(col(Invite.person_id) == Person.id, _is_live(work.now)))
    return _made(work, query)


def draw_up_for(work: Work, person: str) -> tuple[str, list[NewInvite]]:
    """Make a code for one person, also one who has joined and now uses another account.

    `person`: a code, or a name. Returns the code of the person's area with it. Raises Refused for somebody
    not on the roster, or a name that several have.
    """
    person = _code_of(work.session, person)
    query = select(col(Area.code), col(Area.path)).join(Person, col(Person.area_id) == Area.id)
    found = work.session.execute(
        query.where(col(Person.code) == person, col(Person.removed_at).is_(None))
    ).first()
    if found is None:
        raise Refused("roster-invite-no-person", code=person)
    area, path = found
    access.require(work.actor, "roster.invite", Resource(path=path))
    return area, _made(work, _people_of(area_of(work.session, area)).where(col(Person.code) == person))


def _code_of(session: Session, said: str) -> str:
    """The code of the person with this code, or else of this name."""
    here = select(col(Person.id), col(Person.code), col(Person.name)).where(col(Person.removed_at).is_(None))
    if session.execute(here.where(col(Person.code) == said)).first():
        return said
    found = names.find(
        said, session.execute(here.order_by(col(Person.code))).all(), lambda row: str(row.name)
    )
    if len(found) > 1:
        people = "、".join(f"{row.name} {row.code}" for row in found[:MOST_TOLD])
        raise Refused("roster-invite-person-many", name=said, people=people)
    return str(found[0].code) if found else said


def store(work: Work, area: str, invites: Sequence[NewInvite], *, renew: bool = False) -> None:
    """Make drawn-up invites valid; with `renew` those their people held before are revoked."""
    root = area_of(work.session, area)
    access.require(work.actor, "roster.invite", Resource(path=root.path))
    connection = work.session.connection()
    people = [invite.person_id for invite in invites]
    if renew:
        for start in range(0, len(people), _BATCH):
            held = and_(col(Invite.person_id).in_(people[start : start + _BATCH]), _is_live(work.now))
            connection.execute(update(Invite).where(held).values(revoked_at=work.now))
    rows = [
        {
            "person_id": invite.person_id, "code_hash": code_hash(invite.code),
            "created_at": work.now, "expires_at": invite.expires_at,
        }
        for invite in invites
    ]  # fmt: skip
    if rows:
        connection.execute(insert(Invite), rows)
    audit.record(work, "roster.invite", f"area:{root.code}", count=len(rows), renewed=renew)


def _made(work: Work, query: Select[int | None, str, str, str, str]) -> list[NewInvite]:
    expires = work.now + timedelta(days=work.settings.join.invite_days)
    place = places(work.session)
    return [
        NewInvite(person_id or 0, code, name, place(path, own), secrets.token_urlsafe(_RANDOM_BYTES), expires)
        for person_id, code, name, own, path in work.session.execute(query)
    ]


def _people_of(root: Area) -> Select[int | None, str, str, str, str]:
    return (
        select(col(Person.id), col(Person.code), col(Person.name), col(Area.name), col(Area.path))
        .join(Area, col(Area.id) == Person.area_id)
        .where(access.within(col(Area.path), root.path), col(Person.removed_at).is_(None))
        .order_by(col(Area.position), col(Person.code))
    )


def places(session: Session) -> Callable[[str, str], str]:
    """Tells a place from its path and own name, with county and township, so that cards can be sorted."""
    shown = (AreaKind.COUNTY, AreaKind.TOWNSHIP)
    query = select(col(Area.code), col(Area.name)).where(col(Area.kind).in_(shown))
    names = {row[0]: row[1] for row in session.execute(query)}

    def place(path: str, own: str) -> str:
        above = [names[code] for code in path.split("/")[:-2] if code in names]
        return " ".join([*above, own])

    return place


def _is_live(now: datetime) -> ColumnElement[bool]:
    unused = and_(col(Invite.used_at).is_(None), col(Invite.revoked_at).is_(None))
    return and_(unused, col(Invite.expires_at) > now)


def area_of(session: Session, code: str) -> Area:
    """An area by its code. Raises Refused where there is none."""
    query = select(Area).where(col(Area.code) == code, col(Area.removed_at).is_(None))
    area = session.execute(query).scalar_one_or_none()
    if not isinstance(area, Area):
        raise Refused("roster-invite-no-area", code=code)
    return area
