"""复核: somebody who did not put it right looks at it, and closes it or sends it back."""

from datetime import datetime

from sqlmodel import Session

from bot import access
from bot.access import Actor, audit
from bot.base.errors import Refused
from bot.features.hazards import cards, repository
from bot.features.hazards.cards import VERIFY
from bot.settings import Settings
from models import HazardState, HazardStep

MOST_WORDS = 500


def accept(
    session: Session, actor: Actor, hazard_id: int, version: int, *, now: datetime, settings: Settings
) -> None:
    """It is right: closed. `version`: of the card that was read. Raises Refused for whoever worked on it,
    and where somebody was faster."""
    row = repository.the(session, hazard_id)
    require_to_verify(session, actor, hazard_id, version)
    repository.move(
        session, row, state=HazardState.CLOSED, verified_by=actor.person_id, closed_at=now,
        wished_due_at=None, wished_by=None,
    )  # fmt: skip
    repository.note(session, actor, row, HazardStep.CLOSED, now, to=HazardState.CLOSED)
    audit.record(session, actor, VERIFY, repository.subject(hazard_id), now, row.fixed_by, accepted=True)
    rings = {row.fixed_by, *repository.tellers(session, row)}
    cards.show_changed(session, hazard_id, now, settings, rings=rings, by=actor)


def reopen(
    session: Session, actor: Actor, hazard_id: int, version: int, words: str, voice: str = "",
    *, now: datetime, settings: Settings,
) -> None:  # fmt: skip
    """It is not right: back to who is to put it right, with the reason. Raises Refused as `accept` does."""
    row = repository.the(session, hazard_id)
    require_to_verify(session, actor, hazard_id, version)
    named = repository.assignees(session, hazard_id)
    state = HazardState.ASSIGNED if named else HazardState.REPORTED
    repository.move(
        session, row, state=state, outcome=HazardStep.REOPENED, reopened=row.reopened + 1, fixed_by=None,
        fixed_at=None,
    )  # fmt: skip
    repository.note(
        session, actor, row, HazardStep.REOPENED, now, to=state, words=words[:MOST_WORDS], voice=voice
    )
    audit.record(session, actor, VERIFY, repository.subject(hazard_id), now, row.fixed_by, accepted=False)
    rings = {row.fixed_by, *cards.hands(session, row)}
    cards.show_changed(session, hazard_id, now, settings, rings=rings, by=actor)


def require_to_verify(session: Session, actor: Actor, hazard_id: int, version: int) -> None:
    """It waits for somebody to look at it, as it did when the card was read, and the actor may. Raises
    Refused."""
    row = repository.the(session, hazard_id)
    thing = repository.thing(session, row)
    if actor.person_id in repository.fixers(session, hazard_id):
        raise Refused("hazard-own-work")
    access.require(actor, VERIFY, thing)
    repository.require_in(row, HazardState.FIXED)
    if row.version != version:
        raise Refused("hazard-changed")
