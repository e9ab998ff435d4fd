"""Who may be asked to take a shift, what is in its way, and whose word counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlmodel import Session, col

from bot import access
from bot.access import SYSTEM, Actor, Work
from bot.base.errors import NotAllowed, Refused
from bot.features.shifts import crews
from bot.features.swaps import asking as swap_asking
from bot.features.swaps import candidates, swaps
from bot.features.swaps import cards as swap_cards
from bot.features.swaps.candidates import Wish
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.values import roster_version
from models import (
    Account,
    Area,
    AuditEntry,
    AwayKind,
    Card,
    MemberState,
    OutboxRow,
    Person,
    Shift,
    ShiftMember,
    Swap,
    SwapOffer,
)
from tests.layouts import with_town

# Ten in the morning in Dehong.
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)


@dataclass
class Office:
    """A database with the township in it, and short ways to fill it."""

    session: Session
    settings: Settings

    def id(self, name: str) -> int:
        """The number of the person with this name."""
        return self.session.execute(select(col(Person.id)).where(col(Person.name) == name)).scalar_one() or 0

    def actor(self, name: str) -> Actor:
        """Someone with a phone."""
        person = self.id(name)
        if person + 100 not in access.actors_of(self.session, 0, [person + 100]):
            self.session.add(
                Account(bot=0, user_id=person + 100, chat_id=person + 100, person_id=person, joined_at=NOW)
            )
            self.session.flush()
        return access.actors_of(self.session, 0, [person + 100])[person + 100]

    def shift(self, *crew: str, starts_at: datetime = TOMORROW, hours: float = 8, lead: str = "") -> int:
        """A shift of these people in 芒里村."""
        area = self.session.execute(select(col(Area.id)).where(col(Area.code) == "DH-MS-1-1")).scalar_one()
        shift = Shift(
            code=f"{starts_at}-{'-'.join(crew)}", area_id=area or 0, duty_type="grid", starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=hours),
        )  # fmt: skip
        self.session.add(shift)
        self.session.flush()
        for name in crew:
            member = ShiftMember(shift_id=shift.id or 0, person_id=self.id(name), is_lead=name == lead)
            self.session.add(member)
        self.session.flush()
        return shift.id or 0

    def ask(self, actor: Actor, shift: int, leaves: str | None, to: str | None = None) -> int:
        """Ask for a swap; its number."""
        wish = Wish(shift, self.id(leaves) if leaves else None, self.id(to) if to else None)
        return swap_asking.ask(Work(self.session, actor, NOW, self.settings), wish).swap_id

    def answer(self, actor: Actor, number: int, yes: bool = True, now: datetime = NOW) -> bool:
        """Answer."""
        return swaps.answer(Work(self.session, actor, now, self.settings), number, yes)

    def decide(self, actor: Actor, number: int, yes: bool = True, now: datetime = NOW) -> bool:
        """Decide."""
        return swaps.decide(Work(self.session, actor, now, self.settings), number, yes)

    def free(self, actor: Actor, shift: int, leaves: str | None) -> list[str]:
        """Who is offered by name."""
        wish = Wish(shift, self.id(leaves) if leaves else None)
        return [
            p.name
            for p in candidates.colleagues(Work(self.session, actor, NOW, self.settings), wish, by_name=True)
        ]

    def state(self, number: int) -> str:
        """How far it has come."""
        return str(self.session.execute(select(col(Swap.state)).where(col(Swap.id) == number)).scalar_one())

    def crew(self, shift: int) -> set[str]:
        """Who is to come."""
        members = crews.crew_of(self.session, [shift])[shift]
        return {member.name for member in members if member.state == MemberState.PLANNED}

    def away(self, shift: int, name: str) -> None:
        """On leave."""
        self.session.execute(
            update(ShiftMember)
            .where(col(ShiftMember.shift_id) == shift, col(ShiftMember.person_id) == self.id(name))
            .values(state=MemberState.AWAY, away_kind=AwayKind.LEAVE, away_at=NOW)
        )


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """The township, committed."""
    db = with_town(tmp_path / "office.sqlite3")
    yield db
    db.close()


@pytest.fixture
def office(db: Database) -> Iterator[Office]:
    """Everything in one transaction."""
    with db.write_now() as session:
        yield Office(session, Settings())


def test_by_oneself_only_who_is_free_and_can_be_asked_is_offered(office: Office) -> None:
    worker = office.actor("岩罕")
    for name in ("玉香", "排勒"):
        office.actor(name)
    shift = office.shift("岩罕")
    assert set(office.free(worker, shift, "岩罕")) == {"玉香", "排勒"}
    office.shift("排勒", starts_at=TOMORROW + timedelta(hours=7))
    assert office.free(worker, shift, "岩罕") == ["玉香"]
    # One shift right after the other is two shifts, not one too many.
    office.shift("玉香", starts_at=TOMORROW + timedelta(hours=8))
    assert office.free(worker, shift, "岩罕") == ["玉香"]


def test_who_is_on_leave_is_neither_offered_nor_taken(office: Office) -> None:
    worker, colleague = office.actor("岩罕"), office.actor("玉香")
    shift = office.shift("岩罕")
    number = office.ask(worker, shift, "岩罕", "玉香")
    office.away(office.shift("玉香", starts_at=TOMORROW + timedelta(hours=12)), "玉香")
    with pytest.raises(Refused) as refused:
        office.answer(colleague, number)
    assert refused.value.key == "swap-busy"
    assert office.free(worker, shift, "岩罕") == []
    with pytest.raises(Refused) as refused:
        office.ask(office.actor("排勒"), office.shift("排勒"), "排勒", "玉香")
    assert refused.value.key == "swap-not-free"


def test_one_promise_at_a_time(office: Office) -> None:
    first, second, colleague = office.actor("岩罕"), office.actor("排勒"), office.actor("玉香")
    one = office.ask(first, office.shift("岩罕"), "岩罕", "玉香")
    two = office.ask(second, office.shift("排勒", starts_at=TOMORROW + timedelta(hours=4)), "排勒", "玉香")
    office.answer(colleague, one)
    with pytest.raises(Refused) as refused:
        office.answer(colleague, two)
    assert refused.value.key == "swap-busy"
    # A second tap on the first card changes nothing and is no error.
    assert office.answer(colleague, one)
    assert (office.state(one), office.state(two)) == ("accepted", "asked")


def test_the_same_shift_is_not_asked_for_twice_at_once(office: Office) -> None:
    worker, lead = office.actor("岩罕"), office.actor("排勒")
    office.actor("玉香")
    shift = office.shift("岩罕", "排勒", lead="排勒")
    office.ask(worker, shift, "岩罕", "玉香")
    for actor in (worker, lead):
        with pytest.raises(Refused) as refused:
            office.ask(actor, shift, "岩罕")
        assert refused.value.key == "swap-asked-already"
    office.ask(lead, shift, None)
    with pytest.raises(Refused):
        office.ask(office.actor("刀建国"), shift, None)


def test_neither_of_the_two_decides_nor_a_lead_elsewhere(office: Office) -> None:
    worker, colleague, other = office.actor("岩罕"), office.actor("玉香"), office.actor("阿昌")
    office.shift("阿昌", lead="阿昌", starts_at=TOMORROW + timedelta(days=1))
    shift = office.shift("岩罕", lead="岩罕")
    number = office.ask(worker, shift, "岩罕", "玉香")
    office.answer(colleague, number)
    for actor in (worker, colleague, other, office.actor("段平")):
        with pytest.raises(NotAllowed):
            office.decide(actor, number)
    with pytest.raises(NotAllowed):
        office.ask(other, shift, "岩罕", "玉香")
    assert office.decide(office.actor("刀建国"), number)
    assert office.crew(shift) == {"玉香"}


def test_a_lead_who_swaps_hands_the_lead_over_and_asks_above(office: Office) -> None:
    lead, colleague, supervisor = office.actor("排勒"), office.actor("玉香"), office.actor("刀建国")
    shift = office.shift("岩罕", "排勒", lead="排勒")
    number = office.ask(lead, shift, "排勒", "玉香")
    office.answer(colleague, number)
    shown = select(col(Card.person_id)).where(col(Card.subject) == f"swap:{number}:decide")
    assert list(office.session.execute(shown).scalars()) == [supervisor.person_id]
    office.decide(supervisor, number)
    assert swap_cards.leads_of(office.session, shift) == [colleague.person_id]


def test_the_crew_follows_and_caches_read_anew(office: Office) -> None:
    worker, colleague = office.actor("岩罕"), office.actor("玉香")
    office.actor("刀建国")
    shift = office.shift("岩罕")
    before = roster_version(office.session)
    number = office.ask(worker, shift, "岩罕", "玉香")
    office.answer(colleague, number)
    office.decide(office.actor("刀建国"), number)
    assert roster_version(office.session) > before
    assert office.crew(shift) == {"玉香"}
    row = crews.member_of(office.session, shift, worker.person_id)
    assert row is not None
    assert row.state == MemberState.REPLACED
    acts = select(col(AuditEntry.action)).where(col(AuditEntry.person_id) == worker.person_id)
    assert {"swap.ask", "swap.answer", "swap.decide", "shift.move"} <= set(
        office.session.execute(acts).scalars()
    )


def test_somebody_comes_for_who_is_away_without_the_away_one_being_asked(office: Office) -> None:
    supervisor, colleague = office.actor("刀建国"), office.actor("玉香")
    shift = office.shift("岩罕", "排勒")
    office.away(shift, "岩罕")
    asked = swap_asking.cover(
        Work(office.session, supervisor, NOW, office.settings), shift, office.id("岩罕")
    )
    assert (asked.whom, asked.count, asked.settled) == ("", 1, False)
    office.answer(colleague, asked.swap_id)
    assert office.state(asked.swap_id) == "approved"
    assert office.crew(shift) == {"玉香", "排勒"}
    row = crews.member_of(office.session, shift, office.id("岩罕"))
    assert row is not None
    assert row.state == MemberState.AWAY


def test_all_who_were_asked_must_say_no_before_it_is_over(office: Office) -> None:
    worker, first, second = office.actor("岩罕"), office.actor("玉香"), office.actor("排勒")
    number = office.ask(worker, office.shift("岩罕"), "岩罕")
    office.answer(first, number, yes=False)
    assert office.state(number) == "asked"
    office.answer(second, number, yes=False)
    assert office.state(number) == "declined"
    with pytest.raises(Refused) as refused:
        office.answer(first, number)
    assert refused.value.key == "swap-over-declined"


def test_a_change_of_mind_is_welcome(office: Office) -> None:
    worker, colleague = office.actor("岩罕"), office.actor("玉香")
    office.actor("排勒")
    number = office.ask(worker, office.shift("岩罕"), "岩罕")
    office.answer(colleague, number, yes=False)
    office.answer(colleague, number)
    assert office.state(number) == "accepted"


def test_what_starts_is_over(office: Office) -> None:
    worker, colleague, supervisor = office.actor("岩罕"), office.actor("玉香"), office.actor("刀建国")
    shift = office.shift("岩罕")
    number = office.ask(worker, shift, "岩罕", "玉香")
    with pytest.raises(Refused) as refused:
        office.answer(colleague, number, now=TOMORROW)
    assert refused.value.key == "swap-started"
    office.answer(colleague, number)
    with pytest.raises(Refused) as refused:
        office.decide(supervisor, number, now=TOMORROW)
    assert refused.value.key == "swap-started"
    assert swaps.expire(Work(office.session, SYSTEM, NOW, office.settings)) == 0
    assert swaps.expire(Work(office.session, SYSTEM, TOMORROW, office.settings)) == 1
    assert office.state(number) == "expired"
    with pytest.raises(Refused) as refused:
        office.decide(supervisor, number)
    assert refused.value.key == "swap-over-expired"
    with pytest.raises(NotAllowed):
        swaps.expire(Work(office.session, worker, TOMORROW, office.settings))


def test_a_cancelled_shift_ends_what_was_asked_about_it(office: Office) -> None:
    worker, colleague = office.actor("岩罕"), office.actor("玉香")
    shift = office.shift("岩罕")
    number = office.ask(worker, shift, "岩罕", "玉香")
    office.session.execute(update(Shift).where(col(Shift.id) == shift).values(removed_at=NOW))
    with pytest.raises(Refused) as refused:
        office.answer(colleague, number)
    assert refused.value.key == "swap-changed"
    assert swaps.expire(Work(office.session, SYSTEM, NOW, office.settings)) == 1


def test_what_nobody_has_seen_yet_is_not_shown_once_it_is_pointless(office: Office) -> None:
    worker = office.actor("岩罕")
    office.actor("玉香")
    night = NOW + timedelta(hours=13)
    wish = Wish(office.shift("岩罕", starts_at=night + timedelta(hours=13)), worker.person_id)
    asked = swap_asking.ask(Work(office.session, worker, night, office.settings), wish)
    assert asked.held_until == NOW + timedelta(hours=20)
    offers = select(col(Card.id)).where(col(Card.subject) == f"swap:{asked.swap_id}:offer")
    assert len(office.session.execute(offers).all()) == 1
    swaps.withdraw(Work(office.session, worker, night, office.settings), asked.swap_id)
    assert office.session.execute(offers).all() == []


def test_who_read_an_older_state_does_not_win(office: Office) -> None:
    worker, first, second = office.actor("岩罕"), office.actor("玉香"), office.actor("排勒")
    number = office.ask(worker, office.shift("岩罕"), "岩罕")
    stale = swap_cards.read(office.session, number)
    office.answer(first, number)
    with pytest.MonkeyPatch.context() as patch:
        fresh = iter([stale])
        real = swap_cards.read
        patch.setattr(swap_cards, "read", lambda s, n: next(fresh, None) or real(s, n))
        with pytest.raises(Refused) as refused:
            office.answer(second, number)
    assert refused.value.key == "swap-over-accepted"
    taken = select(col(Swap.taken_by)).where(col(Swap.id) == number)
    assert office.session.execute(taken).scalar_one() == first.person_id


def test_everyone_asked_is_written_down_and_nobody_else_may_answer(office: Office) -> None:
    worker, outsider = office.actor("岩罕"), office.actor("王芳")
    for name in ("玉香", "排勒", "刀建国"):
        office.actor(name)
    number = office.ask(worker, office.shift("岩罕"), "岩罕")
    asked = select(col(SwapOffer.person_id)).where(col(SwapOffer.swap_id) == number)
    assert set(office.session.execute(asked).scalars()) == {office.id("玉香"), office.id("排勒")}
    for actor in (outsider, office.actor("刀建国"), worker):
        with pytest.raises(NotAllowed):
            office.answer(actor, number)
    assert not office.answer(outsider, number + 1)
    assert office.session.execute(select(OutboxRow)).all() == []
