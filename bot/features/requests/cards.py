"""What a request's living message shows to each reader."""

import re

from sqlmodel import Session

from bot import access
from bot.access import Actor
from bot.features.cases import cards
from bot.features.requests.notices import RequestCard, RequestShown
from bot.features.requests.repository import ASK, HANDLE, READ, REQUEST
from models import RequestStage

CONTACT = "request.contact"
# Words and numbers of a contact; numbers as long as a telephone's keep both ends.
_RUNS, _LONG = re.compile(r"\d+|[^\W\d_]+"), 7


def load(session: Session, reader: Actor, told: RequestCard) -> RequestShown | None:
    """How it stands now, and what this reader may do; None for who may not see it (any more)."""
    row = REQUEST.read(session, told.request_id)
    if row is None:
        return None
    thing = REQUEST.resource(session, row)
    if not access.allows(reader, READ, thing):
        return None
    acts = cards.acts(reader, REQUEST, row, thing, ("handle", HANDLE))
    if row.state == RequestStage.DONE and access.allows(reader, ASK, thing):
        acts.append("ask")
    if row.contact and access.allows(reader, CONTACT, thing):
        acts.append("contact")
    own = row.registered_by == reader.person_id
    return cards.shown(
        session, REQUEST, row, RequestShown, acts=tuple(acts), contact=masked(row.contact), own=own
    )


def masked(contact: str | None) -> str:
    """A contact as everybody may see it: of words the first letter, of numbers the ends."""
    return _RUNS.sub(_masked_run, contact or "")


def _masked_run(found: re.Match[str]) -> str:
    run = found[0]
    return f"{run[:3]}****{run[-2:]}" if len(run) >= _LONG and run.isdigit() else f"{run[0]}*"
