"""What is kept of a person's part in hazards, for that person."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlmodel import col

from bot import access
from bot.access import self_of
from bot.access.own_data import Line, OwnData, line
from bot.features.hazards.repository import reference
from models import Hazard, HazardAssignee, HazardEvent, HazardPhoto, HazardStep

TABLES = (Hazard, HazardAssignee, HazardEvent, HazardPhoto)
# How many of the newest own words are told one by one.
SAID = 20
_DONE = (HazardStep.FIXED, HazardStep.PARTLY, HazardStep.CANNOT)
_LOOKED = (HazardStep.CLOSED, HazardStep.REOPENED)


def lines(own: OwnData) -> Iterable[Line]:
    """How many were told, worked on, looked at; how often one was named; what one said of them."""
    access.require(own.actor, "person.read_own", self_of(own.actor))
    session, me = own.session, own.actor.person_id
    steps = select(col(HazardEvent.step), func.count()).where(col(HazardEvent.person_id) == me)
    counted = {row[0]: row[1] for row in session.execute(steps.group_by(col(HazardEvent.step)))}
    named = session.execute(select(func.count()).where(col(HazardAssignee.person_id) == me)).scalar_one()
    if not counted and not named:
        return
    at = col(HazardEvent.at)
    first, last = session.execute(
        select(func.min(at), func.max(at)).where(col(HazardEvent.person_id) == me)
    ).one()
    told = counted.get(HazardStep.REPORTED, 0) + counted.get(HazardStep.JOINED, 0)
    words = {
        "told": told, "named": named, "done": sum(counted.get(step, 0) for step in _DONE),
        "looked": sum(counted.get(step, 0) for step in _LOOKED),
    }  # fmt: skip
    # One may be named without having done anything yet.
    what = "hazards" if first else "hazards-named"
    yield line(what, {"first": first, "last": last} if first else {}, **words)
    said = (
        select(at, col(HazardEvent.words), col(HazardEvent.voice), col(Hazard.year), col(Hazard.number))
        .join(Hazard, col(Hazard.id) == col(HazardEvent.hazard_id))
        .where(
            col(HazardEvent.person_id) == me, (col(HazardEvent.words) != "") | (col(HazardEvent.voice) != "")
        )
        .order_by(at.desc())
        .limit(SAID)
    )
    for when, remark, voice, year, number in session.execute(said):
        spoken = " ".join(filter(None, (remark, "🎤" if voice else "")))
        yield line("hazard-said", {"at": when}, said=spoken, reference=reference(year, number))
