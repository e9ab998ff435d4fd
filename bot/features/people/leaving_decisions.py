"""What waits for somebody's word, and lies only before people who left: laid before the nearest who may say
it.

One line of `DECISIONS` a kind.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import String, Subquery, and_, cast, exists, false, func, inspect, literal, or_, select
from sqlmodel import Session, SQLModel, col

from bot import access
from bot.access import Work, leaving
from bot.base.facts import Struct
from bot.features.cases.case import CaseKind, R
from bot.features.duty import corrections
from bot.features.handover import cards as handover_cards
from bot.features.hazards.repository import HAZARD, VERIFY
from bot.features.households import help as household_help
from bot.features.ledger import disputes
from bot.features.people import second_accounts
from bot.features.people.leaving_kind import LeavingKind, Passed
from bot.features.requests.repository import ASK, REQUEST, TO_DO
from bot.features.safety import appeals
from bot.features.shifts.crews import coming
from bot.features.swaps import cards as swap_cards
from bot.outbox.notices import Notice, Quiet, policy_for
from bot.storage.rows import Expression, Query
from bot.views import messages
from models import (
    Appeal,
    Area,
    Card,
    Correction,
    Dispute,
    Handover,
    HandoverState,
    Hazard,
    HazardEvent,
    HazardState,
    HazardStep,
    HouseholdDay,
    HouseholdMark,
    HouseholdMarkKind,
    Person,
    RequestStage,
    RequestState,
    ResidentRequest,
    SecondAccountRequest,
    Shift,
    ShiftMember,
    Swap,
    SwapState,
)

# Of the columns of what is open, and the holder of a message about it.
_Holds = Callable[[Subquery, Expression], Expression]


def _is_own(rows: Subquery, holder: Expression) -> Expression:
    """Nobody is asked about what is their own."""
    own: Expression = func.coalesce(rows.c.about, 0) == holder
    return own


class _Decision(Struct):
    """A kind: how its living messages begin and end, the action that says who may decide, and what is open:
    `number`, `path`, and `about`, whom it is about. `may`: who else than by a role; `next`: whom to ask,
    where that is not just the nearest."""

    begins: str
    action: str
    open: Query
    ends: str = ""
    may: _Holds = lambda *_: false()
    may_not: _Holds = _is_own
    next: Callable[[Work, int], list[int]] | None = None
    # What it shows to whom it is laid before now, where that is not what it showed before.
    notice: Callable[[int], Notice] | None = None
    columns: frozenset[str] = frozenset()

    def find(self, _: datetime) -> Query:
        """Those that lie before somebody, but before nobody who may decide."""
        rows, holder = self.open.subquery(), col(Card.person_id)
        subject = literal(self.begins) + cast(rows.c.number, String) + literal(self.ends)
        by_role = leaving.holds_above(holder, access.roles_for(self.action), rows.c.path)
        able = or_(and_(by_role, ~self.may_not(rows, holder)), self.may(rows, holder))
        held = select(col(Card.id)).where(col(Card.subject) == subject, holder.is_not(None))
        return select(rows.c.number).where(exists(held), ~exists(held.where(able)))

    def pass_on(self, work: Work, number: int) -> Passed | None:
        """To the nearest who may decide, as it lay before those who may not any more."""
        rows, subject = self.open.subquery(), f"{self.begins}{number}{self.ends}"
        row = work.session.execute(select(rows).where(rows.c.number == number)).one()
        if self.next:
            to = self.next(work, number)
        else:
            to = access.nearest_with(work.session, self.action, row.path, but=[row.about])
        cards = work.session.execute(
            select(col(Card.person_id), col(Card.kind), col(Card.facts))
            .where(col(Card.subject) == subject, col(Card.person_id).is_not(None))
            .order_by(col(Card.id).desc())
        ).all()
        notice = self.notice(number) if self.notice else messages.read(cards[0].kind, cards[0].facts)
        gone = {card.person_id for card in cards}
        urgent = policy_for(notice).quiet is Quiet.THROUGH
        return Passed(subject, notice, to, _left(work.session, gone, row.path), urgent) if to else None


def _left(session: Session, people: set[int], path: str) -> list[int]:
    """Of these, who has no role around there any more."""
    here = leaving.holds(col(Person.id), (), literal(path))
    found = select(col(Person.id)).where(col(Person.id).in_(people), ~here)
    return sorted(number or 0 for number in session.execute(found).scalars())


def _open(model: type[SQLModel], about: Expression, *where: Expression) -> Query:
    columns = inspect(model).columns
    return (
        select(columns.id.label("number"), col(Area.path), about.label("about"))
        .join(Area, col(Area.id) == columns.area_id)
        .where(*where)
    )


# What is open, and whom it is about.
_CORRECTIONS = _open(Correction, col(Correction.person_id), col(Correction.state) == RequestState.ASKED)
_DISPUTES = _open(Dispute, col(Dispute.person_id), col(Dispute.answered_at).is_(None))
_APPEALS = _open(Appeal, col(Appeal.person_id), col(Appeal.taken_by).is_(None))
_ACCOUNTS: Query = (
    select(
        col(SecondAccountRequest.id).label("number"), col(Area.path),
        col(SecondAccountRequest.person_id).label("about"),
    )
    .join(Person, col(Person.id) == col(SecondAccountRequest.person_id))
    .join(Area, col(Area.id) == col(Person.area_id))
    .where(col(SecondAccountRequest.state) == RequestState.ASKED, col(Person.removed_at).is_(None))
)  # fmt: skip
_HOUSEHOLDS: Query = (
    select(col(HouseholdMark.id).label("number"), col(Area.path), col(HouseholdDay.head_id).label("about"))
    .join(HouseholdDay, col(HouseholdDay.id) == col(HouseholdMark.day_id))
    .join(Area, col(Area.id) == col(HouseholdDay.area_id))
    .where(
        col(HouseholdMark.taken_by).is_(None), col(HouseholdMark.outcome) == "",
        col(HouseholdMark.request) == "", col(HouseholdMark.kind) != HouseholdMarkKind.NOT_REACHED,
    )
)  # fmt: skip
_SWAPS: Query = (
    select(
        col(Swap.id).label("number"), col(Area.path), col(Swap.person_id).label("about"),
        col(Swap.taken_by), col(Swap.shift_id),
    )
    .join(Shift, col(Shift.id) == col(Swap.shift_id))
    .join(Area, col(Area.id) == col(Shift.area_id))
    .where(col(Swap.state) == SwapState.ACCEPTED)
)  # fmt: skip
_COMES = select(col(ShiftMember.id)).where(
    col(ShiftMember.shift_id) == col(Handover.incoming_id), coming(),
    leaving.on_roster(col(ShiftMember.person_id)),
)  # fmt: skip
# Given, and of the crew that was to take it nobody is left.
_HANDOVERS = _open(Handover, literal(0), col(Handover.state) == HandoverState.GIVEN, ~exists(_COMES))
_TO_ASSIGN = _open(Hazard, literal(0), col(Hazard.state) == HazardState.REPORTED)
_TO_VERIFY = _open(Hazard, literal(0), col(Hazard.state) == HazardState.FIXED)
_TO_GRANT = _open(
    Hazard, col(Hazard.wished_by), col(Hazard.closed_at).is_(None), col(Hazard.wished_due_at).is_not(None)
)
_REQUESTS_TO_ASSIGN = _open(
    ResidentRequest, literal(0), col(ResidentRequest.state) == RequestStage.REGISTERED
)
_REQUESTS_TO_ASK = _open(
    ResidentRequest, col(ResidentRequest.registered_by), col(ResidentRequest.state) == RequestStage.DONE
)
_REQUESTS_TO_GRANT = _open(
    ResidentRequest, col(ResidentRequest.wished_by), col(ResidentRequest.wished_due_at).is_not(None),
    col(ResidentRequest.state).in_(TO_DO),
)  # fmt: skip


def _is_of_the_swap(rows: Subquery, holder: Expression) -> Expression:
    return or_(_is_own(rows, holder), func.coalesce(rows.c.taken_by, 0) == holder)


def _leads(rows: Subquery, holder: Expression) -> Expression:
    leads = select(col(ShiftMember.id)).where(
        col(ShiftMember.shift_id) == rows.c.shift_id, col(ShiftMember.person_id) == holder,
        col(ShiftMember.is_lead).is_(True), coming(),
    )  # fmt: skip
    return and_(exists(leads), leaving.on_roster(holder), ~_is_of_the_swap(rows, holder))


def _deciders(work: Work, number: int) -> list[int]:
    row = swap_cards.read(work.session, number)
    return swap_cards.deciders_of(work.session, row) if row else []


def _has_worked(rows: Subquery, holder: Expression) -> Expression:
    """Who put it right, or a part of it, does not look at it."""
    work = (col(HazardEvent.hazard_id) == rows.c.number, col(HazardEvent.person_id) == holder)
    steps = col(HazardEvent.step).in_((HazardStep.FIXED, HazardStep.PARTLY))
    return exists(select(col(HazardEvent.id)).where(*work, steps))


def _assigners(kind: CaseKind[R]) -> Callable[[Work, int], list[int]]:
    """Who names somebody for a case."""
    return lambda work, number: kind.to_notify(work.session, kind.get(work.session, number), work.settings)


def _lookers(kind: CaseKind[R]) -> Callable[[Work, int], list[int]]:
    """Who looks at what is done."""
    return lambda work, number: kind.to_look(work.session, kind.get(work.session, number))


DECISIONS: tuple[_Decision, ...] = (
    _Decision("correction:", corrections.DECIDE, _CORRECTIONS),
    _Decision("second_account:", second_accounts.DECIDE, _ACCOUNTS),
    _Decision("dispute:", disputes.ANSWER, _DISPUTES),
    # Whoever was called may take it, whatever their role.
    _Decision("appeal:", appeals.TAKE, _APPEALS, may=lambda _, holder: leaving.holds(holder, ())),
    _Decision("household:", household_help.TAKE, _HOUSEHOLDS),
    _Decision("swap:", swap_cards.DECIDE, _SWAPS, ":decide", _leads, _is_of_the_swap, _deciders),
    _Decision(
        "handover:", handover_cards.TAKE, _HANDOVERS, notice=handover_cards.notice_above,
        columns=frozenset({"shift_member.person_id"}),
    ),
    _Decision("hazard:", HAZARD.action("assign"), _TO_ASSIGN, next=_assigners(HAZARD)),
    _Decision("hazard:", VERIFY, _TO_VERIFY, may_not=_has_worked, next=_lookers(HAZARD)),
    _Decision("hazard:", HAZARD.action("extend"), _TO_GRANT),
    _Decision("request:", REQUEST.action("assign"), _REQUESTS_TO_ASSIGN, next=_assigners(REQUEST)),
    _Decision(
        "request:", ASK, _REQUESTS_TO_ASK,
        may=lambda rows, holder: and_(rows.c.about == holder, leaving.on_roster(holder)),
        may_not=lambda *_: false(), next=_lookers(REQUEST),
    ),
    _Decision("request:", REQUEST.action("extend"), _REQUESTS_TO_GRANT),
)  # fmt: skip

KINDS = tuple(LeavingKind(each.columns, each.find, each.pass_on) for each in DECISIONS)
