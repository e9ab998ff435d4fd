"""The codes that hang on the spot: of posts, to check in, and of checkpoints, to be reached on patrol."""

import secrets
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select, update
from sqlmodel import Session, col

from bot import access
from bot.access import Resource, Work, audit
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.people import invites
from bot.storage import values
from bot.storage.rows import Expression
from models import Area, Checkpoint, PatrolSection, Post

READ = "roster.invite"


class WallCode(Struct):
    """A code to hang up. `payload` is what follows `/start `; `place`: the area of a post, the section of a
    checkpoint. `code` is the roster's."""

    is_post: bool
    id: int
    code: str
    name: str
    place: str
    qr_code: str

    @property
    def payload(self) -> str:
        """What its link says after `start=`."""
        return f"{'p' if self.is_post else 'c'}_{self.qr_code}"


def of_area(work: Work, area: str) -> list[WallCode]:
    """The codes of an area and all below it: each post, then its checkpoints; then those of sections that
    no post patrols. Raises Refused for an unknown area."""
    root = invites.area_of(work.session, area)
    access.require(work.actor, READ, Resource(path=root.path))
    return _found(work.session, access.within(col(Area.path), root.path))


def named(work: Work, codes: Sequence[str]) -> list[WallCode]:
    """The codes of these posts and checkpoints. Raises Refused for one that there is not."""
    found = _found(work.session, col(Area.removed_at).is_(None))
    by_code = {each.code: each for each in found if each.code in set(codes)}
    missing = next((code for code in codes if code not in by_code), None)
    if missing is not None:
        raise Refused("roster-codes-unknown", code=missing)
    access.require(work.actor, READ, Resource())
    return list(by_code.values())


def renewed(codes: Sequence[WallCode]) -> list[WallCode]:
    """The same with new codes; nothing is stored yet."""
    return [replace(each, qr_code=secrets.token_urlsafe(16)) for each in codes]


def store(work: Work, codes: Sequence[WallCode]) -> None:
    """Let new codes count from now on; what hangs on the wall does no longer."""
    access.require(work.actor, READ, Resource())
    for each in codes:
        table = Post if each.is_post else Checkpoint
        own = col(Post.id) if each.is_post else col(Checkpoint.id)
        work.session.execute(update(table).where(own == each.id).values(qr_code=each.qr_code))
        kind = "post" if each.is_post else "checkpoint"
        audit.record(work, "roster.codes", f"{kind}:{each.code}", renewed=True)
    values.raise_roster_version(work.session)


def _found(session: Session, where: Expression) -> list[WallCode]:
    place = invites.places(session)
    posts = session.execute(
        select(
            col(Post.id), col(Post.code), col(Post.name), col(Area.name).label("area"), col(Area.path),
            col(Post.qr_code),
        )
        .join(Area, col(Area.id) == col(Post.area_id))
        .where(where, col(Post.removed_at).is_(None))
        .order_by(col(Area.position), col(Post.code))
    ).all()  # fmt: skip
    stops = session.execute(
        select(
            col(Checkpoint.id), col(Checkpoint.code), col(Checkpoint.name), col(Checkpoint.qr_code),
            col(PatrolSection.name).label("section"), col(PatrolSection.post_id),
            col(Area.name).label("area"), col(Area.path),
        )
        .join(PatrolSection, col(PatrolSection.id) == col(Checkpoint.section_id))
        .join(Area, col(Area.id) == col(PatrolSection.area_id))
        .where(where, col(Checkpoint.removed_at).is_(None), col(PatrolSection.removed_at).is_(None))
        .order_by(col(Area.position), col(PatrolSection.code), col(Checkpoint.position))
    ).all()  # fmt: skip
    by_post: dict[int | None, list[WallCode]] = {}
    for stop in stops:
        where_it_is = f"{place(stop.path, stop.area)} {stop.section}"
        code = WallCode(False, stop.id or 0, stop.code, stop.name, where_it_is, stop.qr_code)
        by_post.setdefault(stop.post_id, []).append(code)
    found: list[WallCode] = []
    for post in posts:
        own = WallCode(True, post.id or 0, post.code, post.name, place(post.path, post.area), post.qr_code)
        found += [own, *by_post.pop(post.id, [])]
    return found + [code for codes in by_post.values() for code in codes]
