"""What somebody who left had taken up, or was doing: swaps, ladders, households, calls, patrols, further
accounts. Each goes on without them, or ends."""

from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select, update
from sqlmodel import col

from bot import access
from bot.access import ON_DUTY, Work, leaving
from bot.features.escalation.ladders import GOING
from bot.features.households import help as household_help
from bot.features.patrols import ending
from bot.features.patrols import repository as patrol_repository
from bot.features.people import second_accounts
from bot.features.people.leaving_kind import LeavingKind, Passed
from bot.features.safety import appeals
from bot.features.swaps import swaps
from bot.outbox.notices import Quiet, policy_for
from bot.storage.rows import Query
from models import (
    Appeal,
    Area,
    HouseholdDay,
    HouseholdMark,
    Ladder,
    LadderOutcome,
    LadderState,
    LadderStep,
    Patrol,
    RequestState,
    SecondAccountRequest,
    Swap,
    SwapOffer,
    SwapState,
)

# What was taken and not answered in writing may well have been dealt with; after so long it has been.
_CALLED_LATELY = timedelta(days=3)


def _swaps(_: datetime) -> Query:
    """Who asked, who is not to come, who said yes, or everybody who might still, is off the roster."""
    offer = SwapOffer
    asked = select(col(offer.id)).where(col(offer.swap_id) == col(Swap.id))
    may_say_yes = asked.where(col(offer.declined_at).is_(None), leaving.on_roster(col(offer.person_id)))
    return select(col(Swap.id).label("number")).where(
        col(Swap.state).in_(swaps.LIVE),
        or_(
            ~leaving.on_roster(col(Swap.asked_by)),
            col(Swap.person_id).is_not(None) & ~leaving.on_roster(col(Swap.person_id)),
            col(Swap.taken_by).is_not(None) & ~leaving.on_roster(col(Swap.taken_by)),
            (col(Swap.state) == SwapState.ASKED) & exists(asked) & ~exists(may_say_yes),
        ),
    )


def _ladders(now: datetime) -> Query:
    """Resting with, or told only to, people who are off the roster."""
    told = select(col(LadderStep.id)).where(
        col(LadderStep.ladder_id) == col(Ladder.id), col(LadderStep.person_id).is_not(None),
        col(LadderStep.outcome) == LadderOutcome.TOLD,
    )  # fmt: skip
    stays = told.where(leaving.holds(col(LadderStep.person_id), ()))
    return select(col(Ladder.id).label("number")).where(
        col(Ladder.state).in_(GOING), col(Ladder.next_at) > now,
        or_(
            (col(Ladder.state) == LadderState.TAKEN) & ~leaving.holds(col(Ladder.taken_by), ()),
            (col(Ladder.state) == LadderState.CLIMBING) & exists(told) & ~exists(stays),
        ),
    )  # fmt: skip


def _climb_on(work: Work, number: int) -> None:
    """The next rung is told at once."""
    work.session.execute(update(Ladder).where(col(Ladder.id) == number).values(next_at=work.now))


def _households(_: datetime) -> Query:
    taker, roles = col(HouseholdMark.taken_by), access.roles_for(household_help.TAKE)
    return (
        select(col(HouseholdMark.id).label("number"))
        .join(HouseholdDay, col(HouseholdDay.id) == col(HouseholdMark.day_id))
        .join(Area, col(Area.id) == col(HouseholdDay.area_id))
        .where(taker.is_not(None), col(HouseholdMark.outcome) == "", col(HouseholdMark.request) == "")
        .where(~leaving.holds_above(taker, roles, col(Area.path)))
    )


def _free_household(work: Work, number: int) -> Passed | None:
    found = household_help.let_go(work.session, work.actor, number, now=work.now)
    if found is None:
        return None
    notice, gone, to = found
    return Passed(f"household:{number}", notice, to, gone, policy_for(notice).quiet is Quiet.THROUGH)


def _appeals(now: datetime) -> Query:
    return select(col(Appeal.id).label("number")).where(
        col(Appeal.taken_by).is_not(None), col(Appeal.answered_at).is_(None),
        col(Appeal.made_at) > now - _CALLED_LATELY, ~leaving.holds(col(Appeal.taken_by), ()),
    )  # fmt: skip


def _free_appeal(work: Work, number: int) -> Passed:
    notice, gone, to = appeals.let_go(work.session, work.actor, number, now=work.now)
    return Passed(appeals.subject(number), notice, to, gone, policy_for(notice).quiet is Quiet.THROUGH)


def _patrols(_: datetime) -> Query:
    on_duty = leaving.holds(col(Patrol.person_id), ON_DUTY)
    return select(col(Patrol.id).label("number")).where(col(Patrol.ended_at).is_(None), ~on_duty)


def _end_patrol(work: Work, number: int) -> None:
    """Kindly: what was walked counts, and nobody is told that it was not finished."""
    row = patrol_repository.read(work.session, number)
    assert row
    ending.close(work, row, min(work.now, row.close_at))


def _accounts(_: datetime) -> Query:
    """A further account of somebody who is off the roster: there is nothing to be let into."""
    table = SecondAccountRequest
    return select(col(table.id).label("number")).where(
        col(table.state) == RequestState.ASKED, ~leaving.on_roster(col(table.person_id))
    )


KINDS = (
    LeavingKind(
        frozenset({"swap.person_id", "swap.asked_by", "swap.taken_by", "swap_offer.person_id"}),
        _swaps, swaps.end_left,
    ),
    LeavingKind(frozenset({"ladder.taken_by", "ladder_step.person_id"}), _ladders, _climb_on),
    LeavingKind(frozenset({"household_mark.taken_by"}), _households, _free_household),
    LeavingKind(frozenset({"appeal.taken_by"}), _appeals, _free_appeal),
    LeavingKind(frozenset({"patrol.person_id"}), _patrols, _end_patrol),
    LeavingKind(frozenset({"second_account_request.person_id"}), _accounts, second_accounts.lapse),
)  # fmt: skip
