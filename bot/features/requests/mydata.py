"""What is kept of a person's part in residents' requests, for that person."""

from collections.abc import Iterable

from bot import access
from bot.access import self_of
from bot.access.own_data import Line, OwnData, line
from bot.features.cases.mydata import part_of, words_of
from bot.features.requests.repository import REQUEST
from models import RequestStep, ResidentRequest, ResidentRequestAssignee, ResidentRequestEvent

TABLES = (ResidentRequest, ResidentRequestAssignee, ResidentRequestEvent)


def lines(own: OwnData) -> Iterable[Line]:
    """How many were registered, seen to, asked about; how often one was named; what one said of them."""
    access.require(own.actor, "person.read_own", self_of(own.actor))
    part = part_of(own, REQUEST)
    if part is None:
        return
    yield line(
        "requests", registered=part.count(RequestStep.REGISTERED), named=part.named,
        done=part.count(RequestStep.DONE),
        asked=part.count(RequestStep.SOLVED, RequestStep.PARTLY, RequestStep.NOT),
    )  # fmt: skip
    for each in words_of(own, REQUEST):
        yield line("request-said", {"at": each.at}, said=each.said, reference=each.reference)
