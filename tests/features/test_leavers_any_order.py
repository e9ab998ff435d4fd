"""Whoever leaves, in whatever order: nothing open names only those who are gone."""

from collections.abc import Callable

from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import Session, col

from bot.access import SYSTEM, Work
from bot.features.people import leaving_decisions
from bot.features.swaps import swaps
from bot.storage.database import Database
from models import (
    Appeal,
    Hazard,
    HazardAssignee,
    HouseholdMark,
    Person,
    ResidentRequest,
    ResidentRequestAssignee,
    Swap,
)
from tests.features.leaving_office import ABOVE, LEADER, NOW, OTHER, SETTINGS, WORKER, Office
from tests.features.open_things import MAKERS

PEOPLE = (WORKER, OTHER, LEADER, ABOVE, "李雪梅", "赵敏")


@given(
    makers=st.lists(st.sampled_from(MAKERS), min_size=2, max_size=5, unique=True),
    leave=st.lists(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2), min_size=2, max_size=4),
)
@examples(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_whoever_leaves_in_whatever_order_nothing_open_names_only_them(
    office_db: Database, makers: list[Callable[[Office], str]], leave: list[list[str]]
) -> None:
    with Session(office_db.writer) as session:
        office = Office(session)
        for make in makers:
            make(office)
        for names in leave:
            office.remove(*names)
            office.minute()
            require_nobody_gone(office)
            office.send_all()
        session.rollback()


def require_nobody_gone(office: Office) -> None:
    """Nobody who is off the roster is named for anything open, or alone holds what waits for a word."""
    gone = set(
        office.session.execute(select(col(Person.id)).where(col(Person.removed_at).is_not(None))).scalars()
    )
    for model, thing, key in (
        (HazardAssignee, Hazard, HazardAssignee.hazard_id),
        (ResidentRequestAssignee, ResidentRequest, ResidentRequestAssignee.request_id),
    ):
        named = (
            select(col(model.person_id))  # type: ignore[attr-defined]
            .join(thing, col(thing.id) == col(key))  # type: ignore[attr-defined]
            .where(col(model.released_at).is_(None), col(thing.closed_at).is_(None))  # type: ignore[attr-defined]
        )
        assert not gone & set(office.session.execute(named).scalars())
    for taken in (
        select(col(HouseholdMark.taken_by)).where(col(HouseholdMark.outcome) == ""),
        select(col(Appeal.taken_by)).where(col(Appeal.answered_at).is_(None)),
        select(col(Swap.taken_by)).where(col(Swap.state).in_(swaps.LIVE)),
    ):
        assert not gone & set(office.session.execute(taken).scalars())
    for decision in leaving_decisions.DECISIONS:
        for number in office.session.execute(decision.find(NOW)).scalars():
            # Nobody is left who could have it.
            assert decision.pass_on(Work(office.session, SYSTEM, NOW, SETTINGS), number) is None
