"""What is kept of a person's part in hazards, for that person."""

from collections.abc import Iterable

from bot import access
from bot.access import self_of
from bot.access.own_data import Line, OwnData, line
from bot.features.cases.mydata import part_of, words_of
from bot.features.hazards.repository import HAZARD
from models import Hazard, HazardAssignee, HazardEvent, HazardPhoto, HazardStep

TABLES = (Hazard, HazardAssignee, HazardEvent, HazardPhoto)


def lines(own: OwnData) -> Iterable[Line]:
    """How many were told, worked on, looked at; how often one was named; what one said of them."""
    access.require(own.actor, "person.read_own", self_of(own.actor))
    part = part_of(own, HAZARD)
    if part is None:
        return
    # One may be named without having done anything yet.
    times = {"first": part.first, "last": part.last} if part.first else {}
    yield line(
        "hazards" if times else "hazards-named", times,
        told=part.count(HazardStep.REPORTED, HazardStep.JOINED), named=part.named,
        done=part.count(HazardStep.FIXED, HazardStep.PARTLY, HazardStep.CANNOT),
        looked=part.count(HazardStep.CLOSED, HazardStep.REOPENED),
    )  # fmt: skip
    for each in words_of(own, HAZARD):
        yield line("hazard-said", {"at": each.at}, said=each.said, reference=each.reference)
