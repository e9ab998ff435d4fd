"""复核: somebody who did not put it right looks at it, and closes it or sends it back."""

from sqlmodel import Session

from bot import access
from bot.access import Actor, Work, audit
from bot.base.errors import Refused
from bot.features.hazards import cards, repository
from bot.features.hazards.cards import VERIFY
from models import HazardState, HazardStep

MOST_WORDS = 500


def accept(work: Work, hazard_id: int, version: int) -> None:
    """It is right: closed. `version`: of the card that was read. Raises Refused for whoever worked on it,
    and where somebody was faster."""
    row = repository.get(work.session, hazard_id)
    require_to_verify(work.session, work.actor, hazard_id, version)
    repository.move(
        work.session, row, state=HazardState.CLOSED, verified_by=work.actor.person_id, closed_at=work.now,
        wished_due_at=None, wished_by=None,
    )  # fmt: skip
    repository.note(work.session, work.actor, row, HazardStep.CLOSED, work.now, to=HazardState.CLOSED)
    audit.record(
        work.session, work.actor, VERIFY, repository.subject(hazard_id), work.now, row.fixed_by, accepted=True
    )
    rings = {row.fixed_by, *repository.reporters(work.session, row)}
    cards.show_changed(work, hazard_id, rings=rings, by=work.actor)


def reopen(work: Work, hazard_id: int, version: int, words: str, voice: str = "") -> None:
    """It is not right: back to who is to put it right, with the reason. Raises Refused as `accept` does."""
    row = repository.get(work.session, hazard_id)
    require_to_verify(work.session, work.actor, hazard_id, version)
    named = repository.assignees(work.session, hazard_id)
    state = HazardState.ASSIGNED if named else HazardState.REPORTED
    repository.move(
        work.session, row, state=state, outcome=HazardStep.REOPENED, reopened=row.reopened + 1, fixed_by=None,
        fixed_at=None,
    )  # fmt: skip
    repository.note(
        work.session,
        work.actor,
        row,
        HazardStep.REOPENED,
        work.now,
        to=state,
        words=words[:MOST_WORDS],
        voice=voice,
    )
    audit.record(
        work.session,
        work.actor,
        VERIFY,
        repository.subject(hazard_id),
        work.now,
        row.fixed_by,
        accepted=False,
    )
    rings = {row.fixed_by, *cards.assignees_all(work.session, row)}
    cards.show_changed(work, hazard_id, rings=rings, by=work.actor)


def require_to_verify(session: Session, actor: Actor, hazard_id: int, version: int) -> None:
    """It waits for somebody to look at it, as it did when the card was read, and the actor may. Raises
    Refused."""
    row = repository.get(session, hazard_id)
    thing = repository.thing(session, row)
    if actor.person_id in repository.fixers(session, hazard_id):
        raise Refused("hazard-own-work")
    access.require(actor, VERIFY, thing)
    repository.require_in(row, HazardState.FIXED)
    if row.version != version:
        raise Refused("hazard-changed")
