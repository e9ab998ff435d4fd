"""What a hazard's living message shows to each reader."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor
from bot.base.facts import Struct
from bot.features.cases import cards
from bot.features.hazards.notices import HazardCard, HazardSaid, HazardShown
from bot.features.hazards.repository import HAZARD, RECTIFY, VERIFY, photos_of
from bot.photos import photos
from bot.storage.rows import first_of
from models import HazardEvent, HazardPhoto, HazardState, HazardStep, Person, PhotoOf

_REMARKS = (HazardStep.REMARKED, HazardStep.ADDED, HazardStep.JOINED, HazardStep.REWORDED)


class _Work(Struct):
    """When the newest photo of the work came, and from whom."""

    at: datetime
    name: str


def load(session: Session, reader: Actor, told: HazardCard) -> HazardShown | None:
    """How it stands now, and what this reader may do; None for who may not see it (any more)."""
    row = HAZARD.read(session, told.hazard_id)
    if row is None:
        return None
    thing = HAZARD.resource(session, row)
    if not access.allows(reader, HAZARD.action("read"), thing):
        return None
    shown, work = photos_of(session, row.id), _last_work(session, row.id)
    acts = cards.acts(reader, HAZARD, row, thing, ("fix", RECTIFY))
    if row.state == HazardState.FIXED and access.allows(reader, VERIFY, thing):
        acts.append("verify")
    # Whoever answers for it should look at photos that were passed on, or seen elsewhere before.
    looked = [number for numbers in shown.values() for number in numbers]
    overseen = access.allows(reader, HAZARD.to_assign.action, thing)
    return cards.shown(
        session, HAZARD, row, HazardShown, acts=tuple(acts), voice=bool(HAZARD.voices(session, row.id)),
        before=tuple(shown[PhotoOf.BEFORE]), after=tuple(shown[PhotoOf.AFTER]),
        after_at=work.at if work else None, after_by=work.name if work else "",
        remark=_last_remark(session, row.id), look=photos.told(session, looked) if overseen else (),
    )  # fmt: skip


def _last_remark(session: Session, hazard_id: int) -> HazardSaid | None:
    """What somebody said last in between, be it below a photo; None where nobody has."""
    query = (
        select(col(HazardEvent.at), col(HazardEvent.words), col(HazardEvent.voice), col(Person.name))
        .join(Person, col(Person.id) == col(HazardEvent.person_id))
        .where(
            col(HazardEvent.hazard_id) == hazard_id,
            col(HazardEvent.step).in_(_REMARKS),
            (col(HazardEvent.words) != "") | (col(HazardEvent.voice) != ""),
        )
        .order_by(col(HazardEvent.id).desc())
        .limit(1)
    )
    return first_of(session, HazardSaid, query)


def _last_work(session: Session, hazard_id: int) -> _Work | None:
    query = (
        select(col(HazardEvent.at), col(Person.name))
        .join(HazardPhoto, col(HazardPhoto.event_id) == col(HazardEvent.id))
        .join(Person, col(Person.id) == col(HazardEvent.person_id))
        .where(col(HazardPhoto.hazard_id) == hazard_id, col(HazardPhoto.shows) == PhotoOf.AFTER)
        .order_by(col(HazardPhoto.id).desc())
        .limit(1)
    )
    return first_of(session, _Work, query)
