"""A hazard as each person concerned sees it: one living message, made anew at the end of the chat where
something is to be done."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Relation, Resource, Work
from bot.base.facts import Facts
from bot.features.cases import assignment, case
from bot.features.escalation import ladders
from bot.features.hazards import repository
from bot.features.hazards.repository import TO_FIX
from bot.outbox import outbox
from bot.outbox.notices import Notice, Told
from bot.photos import photos
from bot.settings import Settings
from models import (
    Area,
    Hazard,
    HazardEvent,
    HazardPhoto,
    HazardState,
    HazardStep,
    Ladder,
    Person,
    PhotoOf,
    Post,
    Severity,
)

ASSIGN, VERIFY, EXTEND = "hazard.assign", "hazard.verify", "hazard.extend"
# What somebody said that whoever looks at it now should read.
_SPOKEN = (HazardStep.PARTLY, HazardStep.CANNOT, HazardStep.REOPENED, HazardStep.FIXED, HazardStep.CLOSED)

_REMARKS = (HazardStep.REMARKED, HazardStep.ADDED, HazardStep.JOINED, HazardStep.REWORDED)


def notice(row: Row[Any], *, own: bool = False) -> Notice:
    """What its living messages show; the rest is read when they are sent. `own`: for who acts just now."""
    facts = {"hazard_id": row.id}
    if own:
        return Told("hazard.card_own", facts)
    return Told("hazard.card_soon" if row.severity == Severity.URGENT else "hazard.card", facts)


def show_new(work: Work, hazard_id: int) -> None:
    """Lay a new one before those who name who is to put it right."""
    row = repository.get(work.session, hazard_id)
    _show(work, row, to_notify(work.session, row, work.settings))


def show_changed(work: Work, hazard_id: int, *, rings: Collection[int] = (), by: Actor | None = None) -> None:
    """Let everyone concerned see how it stands; for those who `rings`, at the end of the chat. `by` has just
    acted and needs no ring."""
    row = repository.get(work.session, hazard_id)
    filed, told = repository.subject(hazard_id), notice(row)
    # Until the new message is there, the old one stands.
    rung_at = (
        work.now
        if row.severity == Severity.URGENT
        else outbox.quiet_until(work.settings, work.now) or work.now
    )
    for person in sorted(set(rings) - {by.person_id if by else 0}):
        outbox.retire(work.session, filed, _moved(work.session, row), rung_at, person)
        _show(work, row, [person])
    if by and by.person_id in rings:
        for to in outbox.recipients_of(work.session, [by.person_id]):
            outbox.show(work, filed, notice(row, own=True), to)
    outbox.show_again(work.session, filed, told, work.now)
    if row.state == HazardState.WITHDRAWN:
        outbox.drop_held(work.session, filed, work.now)
    _follow(work.session, row, work.now)


def _follow(session: Session, row: Row[Any], now: datetime) -> None:
    """What those above were told says how it stands now."""
    before = f"{row.id}:{row.version - 1}"
    subjects = [f"hazard_new:{row.id}", f"hazard_new:{before}", f"hazard_check:{before}"]
    if row.told_due_at:
        subjects.append(f"hazard_due:{row.id}:{row.told_due_at:%y%m%d%H%M}")
    found = session.execute(select(col(Ladder.id)).where(col(Ladder.subject).in_(subjects)))
    numbers = [number or 0 for number in found.scalars()]
    for card in ladders.told_cards(session, numbers, "hazard") if numbers else ():
        outbox.refresh(session, card.subject, now)


def show_to(work: Work, hazard_id: int) -> None:
    """Bring its message to the end of the actor's chat."""
    row = repository.get(work.session, hazard_id)
    access.require(work.actor, "hazard.read", repository.thing(work.session, row))
    filed = repository.subject(hazard_id)
    outbox.retire(work.session, filed, _moved(work.session, row), work.now, work.actor.person_id)
    to = outbox.recipient_of(work.actor)
    outbox.show(work, filed, notice(row, own=True), to)


def to_notify(session: Session, row: Row[Any], settings: Settings) -> list[int]:
    """Before whom a new one is laid: those who name others at the level of its category, or the nearest
    above who can be reached; where it is urgent, those of the village and the township too."""
    levels = {settings.hazards.category(row.category).assign_to}
    if row.severity == Severity.URGENT:
        levels |= {"village", "township"}
    around = [assignment.level_around(session, row.path, level) for level in sorted(levels)]
    asked = [access.nearest_with(session, ASSIGN, path) for path in around]
    return sorted({person for people in asked for person in people})


def verifiers(session: Session, row: Row[Any]) -> list[int]:
    """Who is asked to look at it: the nearest who may and did not put it right."""
    return access.nearest_with(session, VERIFY, row.path, but=repository.fixers(session, row.id))


def assignees_all(session: Session, row: Row[Any]) -> list[int]:
    """Everyone who is named to put it right, in person or as a unit."""
    return sorted(set(repository.thing(session, row).relations[Relation.ASSIGNEE]))


def listed() -> Any:
    """Hazards as lists tell them, with their area and post."""
    return (
        select(
            col(Hazard.id), col(Hazard.year), col(Hazard.number), col(Hazard.label), col(Hazard.state),
            col(Hazard.severity), col(Hazard.due_at), col(Hazard.place), col(Area.name).label("area"),
            col(Post.name).label("post"),
        )
        .join(Area, col(Area.id) == col(Hazard.area_id))
        .join(Post, col(Post.id) == col(Hazard.post_id), isouter=True)
    )  # fmt: skip


def load(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """How it stands now, and what this reader may do; None for who may not see it (any more)."""
    row = repository.read(session, facts["hazard_id"])
    if row is None:
        return None
    thing = repository.thing(session, row)
    if not access.allows(reader, "hazard.read", thing):
        return None
    named = repository.assignees(session, row.id)
    pictures = repository.photos_of(session, row.id)
    spoken, work = _last_spoken(session, row.id), _last_work(session, row.id)
    return facts | {
        **_told(row), "named": case.told(session, named),
        "before": pictures[PhotoOf.BEFORE], "after": pictures[PhotoOf.AFTER],
        "after_at": work.at if work else None, "after_by": work.name if work else "",
        "said": spoken.words if spoken else "", "said_voice": bool(spoken and spoken.voice),
        "said_step": spoken.step if spoken else "", "event_id": spoken.id if spoken else 0,
        "remark": _last_remark(session, row.id), "voice": _is_spoken_of(session, row.id),
        "acts": _acts(reader, row, thing), "look": _look(session, reader, thing, pictures),
    }  # fmt: skip


def _told(row: Row[Any]) -> Facts:
    plain = (
        "year", "number", "state", "severity", "area", "post", "checkpoint", "place", "words", "latitude",
        "longitude", "reporter", "reported_at", "due_at", "outcome", "fixer", "fixed_at", "verifier",
        "closed_at", "reopened", "label", "wished_due_at", "wisher",
    )  # fmt: skip
    mapped = row._mapping
    return {name: mapped[name] for name in plain} | {"version": row.version}


def _acts(reader: Actor, row: Row[Any], thing: Resource) -> list[str]:
    """The buttons this reader gets."""
    acts: list[str] = []
    if row.state in TO_FIX:
        acts += ["fix"] if access.allows(reader, "hazard.rectify", thing) else []
        acts += ["assign"] if access.allows(reader, ASSIGN, thing) else []
        wish = Resource(row.path, {Relation.SELF: (row.wished_by,)})
        acts += ["extend"] if row.wished_due_at and access.allows(reader, EXTEND, wish) else []
    if row.state == HazardState.FIXED and access.allows(reader, VERIFY, thing):
        acts.append("verify")
    return acts


def _look(session: Session, reader: Actor, thing: Resource, pictures: dict[str, list[int]]) -> list[Facts]:
    """What whoever answers for it should look at in the photos: passed on, or seen elsewhere before."""
    if not access.allows(reader, ASSIGN, thing):
        return []
    return photos.told(session, [number for numbers in pictures.values() for number in numbers])


def _last_spoken(session: Session, hazard_id: int) -> Row[Any] | None:
    return session.execute(
        select(col(HazardEvent.id), col(HazardEvent.step), col(HazardEvent.words), col(HazardEvent.voice))
        .where(col(HazardEvent.hazard_id) == hazard_id, col(HazardEvent.step).in_(_SPOKEN))
        .order_by(col(HazardEvent.id).desc())
        .limit(1)
    ).first()


def _last_remark(session: Session, hazard_id: int) -> Facts:
    """What somebody said last in between, be it below a photo; empty where nobody has."""
    row = session.execute(
        select(col(HazardEvent.at), col(HazardEvent.words), col(HazardEvent.voice), col(Person.name))
        .join(Person, col(Person.id) == col(HazardEvent.person_id))
        .where(
            col(HazardEvent.hazard_id) == hazard_id,
            col(HazardEvent.step).in_(_REMARKS),
            (col(HazardEvent.words) != "") | (col(HazardEvent.voice) != ""),
        )
        .order_by(col(HazardEvent.id).desc())
        .limit(1)
    ).first()
    return {"at": row.at, "words": row.words, "voice": bool(row.voice), "name": row.name} if row else {}


def _is_spoken_of(session: Session, hazard_id: int) -> bool:
    """Whether there is a voice note, whoever sent it."""
    spoken = (col(HazardEvent.hazard_id) == hazard_id, col(HazardEvent.voice) != "")
    return session.execute(select(col(HazardEvent.id)).where(*spoken).limit(1)).first() is not None


def _last_work(session: Session, hazard_id: int) -> Row[Any] | None:
    """When the newest photo of the work came, and from whom."""
    return session.execute(
        select(col(HazardEvent.at), col(Person.name))
        .join(HazardPhoto, col(HazardPhoto.event_id) == col(HazardEvent.id))
        .join(Person, col(Person.id) == col(HazardEvent.person_id))
        .where(col(HazardPhoto.hazard_id) == hazard_id, col(HazardPhoto.shows) == PhotoOf.AFTER)
        .order_by(col(HazardPhoto.id).desc())
        .limit(1)
    ).first()


def _show(work: Work, row: Row[Any], person_ids: Sequence[int]) -> None:
    for to in outbox.recipients_of(work.session, list(person_ids)):
        outbox.show(work, repository.subject(row.id), notice(row), to)


def _moved(session: Session, row: Row[Any]) -> Notice:
    """Stands where the living message was. The photo stays: a message cannot lose it without being sent
    anew."""
    before = repository.photos_of(session, row.id)[PhotoOf.BEFORE]
    return Told("hazard.moved", brief(row) | {"photo": before[0] if before else None})


def brief(row: Row[Any]) -> Facts:
    """What it is called, and of what kind, in every language."""
    return {"hazard_id": row.id, "year": row.year, "number": row.number, "label": row.label}
