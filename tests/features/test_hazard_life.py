"""Whatever is done with a hazard, in whatever order: nobody accepts their own work, every step is told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Work
from bot.base.errors import Refused
from bot.features.cases import workflow
from bot.features.cases.assignment import Candidate
from bot.features.hazards import reporting as telling
from bot.features.hazards import repository as hazard_repository
from bot.features.hazards import workflow as hazard_workflow
from bot.features.hazards.repository import HAZARD, NewHazard
from bot.features.hazards.workflow import Rectification
from bot.settings import Settings
from bot.storage.database import Database
from bot.words.said import Remark
from models import Account, Hazard, HazardAssignee, HazardEvent, HazardState, HazardStep, Person
from tests.layouts import with_town

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SETTINGS = Settings()
NAMES = ("岩罕", "玉香", "刀建国", "方志强", "赵敏", "王芳")
ACTS = ("fixed", "partly", "cannot", "accept", "reopen", "assign", "joint", "grant", "withdraw", "join")
STEPS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(ACTS)), min_size=1, max_size=14)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The town, everybody with an account."""
    file: Path = tmp_path_factory.mktemp("life") / "life.sqlite3"
    db = with_town(file)
    with db.write_now() as session:
        for number in session.execute(select(col(Person.id))).scalars().all():
            account = {"bot": 1, "user_id": 100 + (number or 0), "chat_id": 100 + (number or 0)}
            session.execute(insert(Account).values(**account, person_id=number, joined_at=NOW))
    yield db
    db.close()


def people(session: Session) -> dict[str, Actor]:
    """Everybody by name."""
    found = access.actors_of(session, 1, list(range(100, 130)))
    return {actor.name: actor for actor in found.values()}


def act(session: Session, actor: Actor, what: str, number: int, moment: datetime) -> None:
    """One thing somebody does. Raises Refused."""
    when: dict[str, Any] = {"now": moment, "settings": SETTINGS}
    version = HAZARD.get(session, number).version
    if what in ("fixed", "partly", "cannot"):
        work = Rectification(HazardStep(what), said=Remark("说"), more_days=0 if what == "fixed" else 3)
        hazard_workflow.rectify(Work(session, actor, **when), number, work)
    elif what == "accept":
        hazard_workflow.accept(Work(session, actor, **when), number, version)
    elif what == "reopen":
        hazard_workflow.reopen(Work(session, actor, **when), number, version, Remark("再看看"))
    elif what in ("assign", "joint"):
        to = Candidate(actor.area_id, actor.person_id, actor.name, "")
        workflow.assign(Work(session, actor, **when), HAZARD, number, to, what == "joint")
    elif what == "grant":
        workflow.decide_more_time(Work(session, actor, **when), HAZARD, number, version, True)
    elif what == "withdraw":
        workflow.withdraw(Work(session, actor, **when), HAZARD, number)
    else:
        telling.join(Work(session, actor, **when), number, NewHazard("fire", words="也看到了"))


def live(session: Session, steps: list[tuple[str, str]]) -> int:
    """A hazard and all that is done with it; what is refused changes nothing."""
    actors = people(session)
    when: dict[str, Any] = {"now": NOW, "settings": SETTINGS}
    number = telling.report(Work(session, actors["岩罕"], **when), NewHazard("fire"))
    for place, (name, what) in enumerate(steps, start=1):
        before = HAZARD.get(session, number)
        try:
            act(session, actors[name], what, number, NOW + timedelta(seconds=10 * place))
        except Refused:
            assert HAZARD.get(session, number) == before
    return number


@given(STEPS)
@examples(max_examples=40)
def test_nobody_accepts_their_own_work_and_every_step_is_told(
    db: Database, steps: list[tuple[str, str]]
) -> None:
    with Session(db.writer) as session:
        number = live(session, steps)
        row = session.execute(select(Hazard).where(col(Hazard.id) == number)).scalar_one()
        events = (
            session.execute(
                select(HazardEvent).where(col(HazardEvent.hazard_id) == number).order_by(col(HazardEvent.id))
            )
            .scalars()
            .all()
        )
        if row.state == HazardState.CLOSED:
            assert row.verified_by not in hazard_repository.fixers(session, number)
            assert row.fixed_by in hazard_repository.fixers(session, number)
        # The chain of states has no gap, and ends where the hazard is.
        state = str(HazardState.REPORTED)
        for event in events:
            assert event.from_state == state or event.step == HazardStep.WISHED
            state = event.to_state if event.step != HazardStep.WISHED else state
        assert state == row.state
        leading = session.execute(
            select(HazardAssignee).where(
                col(HazardAssignee.hazard_id) == number, col(HazardAssignee.responsible).is_(True),
                col(HazardAssignee.released_at).is_(None),
            )
        ).all()  # fmt: skip
        assert len(leading) <= 1
        assert (row.state == HazardState.FIXED) <= (row.fixed_by is not None)
        session.rollback()


def test_numbers_of_a_year_are_given_once_and_start_anew(db: Database) -> None:
    with Session(db.writer) as session:
        actor = people(session)["岩罕"]
        moments = [NOW, NOW + timedelta(days=1), NOW + timedelta(days=40)]
        for moment in moments:
            telling.report(Work(session, actor, moment, SETTINGS), NewHazard("fire"))
        told = session.execute(select(col(Hazard.year), col(Hazard.number)).order_by(col(Hazard.id))).all()
        assert [HAZARD.reference(*row) for row in told[-3:]] == [
            "H-2026-000001", "H-2026-000002", "H-2027-000001",
        ]  # fmt: skip
        session.rollback()


def test_what_is_urgent_is_due_within_its_hours_whatever_the_kind_says(db: Database) -> None:
    with Session(db.writer) as session:
        actor = people(session)["岩罕"]
        number = telling.report(Work(session, actor, NOW, SETTINGS), NewHazard("road", urgent=True))
        assert HAZARD.get(session, number).due_at == NOW + timedelta(hours=24)
        session.rollback()


def test_a_pin_belongs_to_the_nearest_grid_and_words_to_the_own_area(db: Database) -> None:
    with Session(db.writer) as session:
        actor = people(session)["玉香"]
        when: dict[str, Any] = {"now": NOW, "settings": SETTINGS}
        pinned = telling.report(
            Work(session, actor, **when), NewHazard("road", latitude=24.4011, longitude=98.5511)
        )
        said = telling.report(Work(session, actor, **when), NewHazard("road", place="村口"))
        far = telling.report(Work(session, actor, **when), NewHazard("road", latitude=30.0, longitude=100.0))
        areas = [HAZARD.get(session, number).area for number in (pinned, said, far)]
        assert areas == ["芒里第一网格", "芒里第二网格", "芒里第二网格"]
        session.rollback()
