"""What is kept of a person's part in residents' requests, for that person."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlmodel import col

from bot import access
from bot.access import self_of
from bot.access.own_data import Line, OwnData, line
from bot.features.requests.repository import REQUEST
from models import RequestStep, ResidentRequest, ResidentRequestAssignee, ResidentRequestEvent

TABLES = (ResidentRequest, ResidentRequestAssignee, ResidentRequestEvent)
# How many of the newest own words are told one by one.
SAID = 20
_ASKED = (RequestStep.SOLVED, RequestStep.PARTLY, RequestStep.NOT)


def lines(own: OwnData) -> Iterable[Line]:
    """How many were registered, seen to, asked about; how often one was named; what one said of them."""
    access.require(own.actor, "person.read_own", self_of(own.actor))
    session, event, me = own.session, ResidentRequestEvent, own.actor.person_id
    steps = select(col(event.step), func.count()).where(col(event.person_id) == me).group_by(col(event.step))
    counted = {row[0]: row[1] for row in session.execute(steps)}
    table = ResidentRequestAssignee
    named = session.execute(select(func.count()).where(col(table.person_id) == me)).scalar_one()
    if not counted and not named:
        return
    yield line(
        "requests", registered=counted.get(RequestStep.REGISTERED, 0), named=named,
        done=counted.get(RequestStep.DONE, 0), asked=sum(counted.get(step, 0) for step in _ASKED),
    )  # fmt: skip
    spoken = (col(event.words) != "") | (col(event.voice) != "")
    said = (
        select(
            col(event.at), col(event.words), col(event.voice), col(ResidentRequest.year),
            col(ResidentRequest.number),
        )
        .join(ResidentRequest, col(ResidentRequest.id) == col(event.request_id))
        .where(col(event.person_id) == me, spoken)
        .order_by(col(event.at).desc())
        .limit(SAID)
    )  # fmt: skip
    for at, words, voice, year, number in session.execute(said):
        told = " ".join(filter(None, (words, "🎤" if voice else "")))
        yield line("request-said", {"at": at}, said=told, reference=REQUEST.reference(year, number))
