"""A call as each reader may see it now: who gets it, who sends it, who is asked to agree; and its lists."""

from collections.abc import Mapping
from dataclasses import asdict, replace

from sqlalchemy import func, select, true
from sqlmodel import Session, col

from bot import access
from bot.access import Actor, Work
from bot.base.facts import read_as
from bot.features.calls import answering, repository, sending
from bot.features.calls.notices import (
    CallLine,
    CallList,
    CallMessage,
    CallMovedUp,
    CallOverview,
    CallPeople,
    CallPreview,
    CallReminder,
    CallSheet,
    CallShown,
    CallStart,
    CallText,
    CallToAgree,
    ChoiceShown,
    OverviewShown,
    PeopleShown,
    PersonShown,
    SheetShown,
    TextShown,
)
from bot.features.calls.repository import NOT_REACHED, CallRow, NamedRecipient, RecipientRow
from bot.storage.rows import Expression
from models import Area, Asked, Call, CallRecipient, CallState

PAGE = 15
CALLS_A_PAGE = 6
# So many names go into a text that is pasted elsewhere.
NAMES_IN_TEXT = 200
WORDS_IN_LIST = 24
# As many as a spreadsheet made in memory should hold.
MOST_IN_SHEET = 100_000


def load_message(session: Session, reader: Actor, told: CallMessage) -> CallShown | None:
    """The call for one whom it is for. None for whom it is not; where it has not arrived yet, also while it
    is paused and once it is over."""
    call = repository.read(session, told.call_id)
    mine = repository.recipient(session, told.call_id, reader.person_id) if call else None
    if call is None or mine is None:
        return None
    if not access.allows(reader, "call.answer", answering.of_recipient(call, mine.person_id)):
        return None
    if call.state != CallState.OPEN:
        subject = repository.subject_of(call.id)
        if not repository.has_arrived(session, subject, reader.person_id):
            return None
    return _shown(session, reader, call, mine)


def load_reminder(session: Session, reader: Actor, told: CallReminder) -> CallShown | None:
    """The call once more; None where it was answered meanwhile, or is over."""
    found = load_message(session, reader, CallMessage(told.call_id))
    return None if found is None or found.answered or found.state != CallState.OPEN else found


def load_moved_up(session: Session, reader: Actor, told: CallMovedUp) -> CallShown | None:
    """The call in which a place became free; None where it is over."""
    found = load_message(session, reader, CallMessage(told.call_id))
    return found if found and found.state == CallState.OPEN else None


def load_preview(session: Session, reader: Actor, told: CallPreview) -> CallShown | None:
    """The call as it will arrive, for who leads it."""
    call = repository.read(session, told.call_id)
    if call is None or not access.allows(reader, "call.lead", sending.thing(call)):
        return None
    return _shown(session, reader, call, None)


def load_overview(session: Session, reader: Actor, told: CallOverview) -> OverviewShown | None:
    """How a call stands; None for who may not see it."""
    call = repository.read(session, told.call_id)
    if call is None or not access.allows(reader, "call.read", sending.thing(call)):
        return None
    return _overview(session, reader, call, told)


def load_to_agree(session: Session, reader: Actor, told: CallToAgree) -> OverviewShown | None:
    """A call that somebody else is to agree to; None for who may not."""
    call = repository.read(session, told.call_id)
    if call is None or not access.allows(reader, "call.agree", sending.thing(call)):
        return None
    card = repository.facts_of_card(session, sending.card_of(call.id))
    return _overview(session, reader, call, read_as(CallOverview, card or {"call_id": call.id}))


def load_people(session: Session, reader: Actor, told: CallPeople) -> PeopleShown | None:
    """The names behind a number; None for who may not see them."""
    call = repository.read(session, told.call_id)
    if call is None or not access.allows(reader, "call.read", sending.thing(call)):
        return None
    only = in_group(call, told.group)
    rows = repository.named(session, call, only, PAGE, told.offset)
    total = repository.number_in(session, call, only)
    shown = tuple(_person(call, row, reader.locale) for row in rows)
    return PeopleShown(told.call_id, told.group, told.offset, total, shown, _choices(session, call))


def load_sheet(session: Session, reader: Actor, told: CallSheet) -> SheetShown | None:
    """Everybody whom a call is for; None for who may not see them."""
    call = repository.read(session, told.call_id)
    if call is None or not access.allows(reader, "call.read", sending.thing(call)):
        return None
    everybody = repository.named(session, call, true(), MOST_IN_SHEET)
    rows = tuple(
        replace(_person(call, row, reader.locale), phone="" if row.state == "answered" else row.phone or "")
        for row in everybody
    )
    return SheetShown(_overview(session, reader, call, CallOverview(call.id)), rows)


def load_text(session: Session, reader: Actor, told: CallText) -> TextShown | None:
    """How a call stands, with the names of who is silent or was not reached; None for who may not see it."""
    call = repository.read(session, told.call_id)
    if call is None or not access.allows(reader, "call.read", sending.thing(call)):
        return None
    silent, unreached = (
        [each.name for each in repository.named(session, call, in_group(call, group), NAMES_IN_TEXT)]
        for group in ("silent", "unreached")
    )
    told_ = _overview(session, reader, call, CallOverview(call.id))
    there = told_.states.get("silent", 0) + sum(told_.states.get(name, 0) for name in NOT_REACHED)
    return TextShown(told_, tuple(silent), tuple(unreached), there - len(silent) - len(unreached))


def page(work: Work, offset: int = 0) -> CallList:
    """Calls that the actor may see, the newest first, and the kinds that can be begun."""
    seen = access.visible(work.actor, "call.read", Area.path, col(Call.made_by))
    found = (
        select(col(Call.id))
        .join(Area, col(Area.id) == col(Call.area_id))
        .where(seen, col(Call.state) != CallState.DRAFT)
        .order_by(col(Call.id).desc())
        .limit(CALLS_A_PAGE + 1)
        .offset(offset)
    )
    numbers = [number or 0 for number in work.session.execute(found).scalars()]
    rows = tuple(_line(work, number) for number in numbers[:CALLS_A_PAGE])
    kinds = work.settings.calls.kinds
    starts = tuple(CallStart(each.code, each.label) for each in kinds)
    may = bool(work.actor.roles & access.SUPERVISORS)
    return CallList(rows, starts if may else (), offset, len(numbers) > CALLS_A_PAGE)


def lines(work: Work, limit: int) -> list[CallLine]:
    """The newest calls that the actor may see."""
    seen = access.visible(work.actor, "call.read", Area.path, col(Call.made_by))
    found = select(col(Call.id)).join(Area, col(Area.id) == col(Call.area_id)).where(seen)
    numbers = work.session.execute(found.order_by(col(Call.id).desc()).limit(limit)).scalars().all()
    return [_line(work, number or 0) for number in numbers]


def standing(work: Work, call_id: int) -> OverviewShown:
    """How a call stands, for who asks from outside of the chat. Raises Refused where there is none."""
    call = sending.seen(work, call_id, "call.read")
    return _overview(work.session, work.actor, call, CallOverview(call_id))


def show(work: Work, call_id: int) -> CallOverview:
    """How a call stands, on a message of its own. Raises NotAllowed for who may not see it."""
    sending.seen(work, call_id, "call.read")
    return CallOverview(call_id)


def in_group(call: CallRow, group: str) -> Expression:
    """The condition for the names behind a number: a state, `unreached`, `waiting`, or `c_` and a choice."""
    state = repository.state_of(call)
    if group == "unreached":
        return state.in_(NOT_REACHED)
    if group == "waiting":
        return col(CallRecipient.waiting).is_not(None)
    if group.startswith("c_"):
        chosen = col(CallRecipient.choice) == group.removeprefix("c_")
        return chosen & col(CallRecipient.waiting).is_(None)
    return state == group if group in repository.STATES else true()


def _shown(session: Session, reader: Actor, call: CallRow, mine: RecipientRow | None) -> CallShown:
    said = repository.content(session, call.id, reader.locale)
    counted = any(each.most for each in call.offered)
    return CallShown(
        call.id, call.label, call.area, call.sender, call.asked, call.state, said.words,
        said.photos[0] if said.photos else None, said.media, said.file_id,
        _choices(session, call) if counted else _uncounted(call), call.deadline,
        answered=bool(mine and mine.answered_at), mine=(mine and mine.choice) or "",
        number=mine.number if mine else None, remark=mine.words if mine else "",
        place=(mine and mine.waiting and _in_line(session, call, mine)) or 0,
    )  # fmt: skip


def _in_line(session: Session, call: CallRow, mine: RecipientRow) -> int:
    """How many are before, this one counted."""
    before = (col(CallRecipient.choice) == mine.choice, col(CallRecipient.waiting) <= mine.waiting)
    found = select(func.count()).where(col(CallRecipient.call_id) == call.id, *before)
    return int(session.execute(found).scalar_one())


def _uncounted(call: CallRow) -> tuple[ChoiceShown, ...]:
    return tuple(ChoiceShown(each.code, each.zh_CN, each.en, each.most) for each in call.offered)


def _choices(session: Session, call: CallRow) -> tuple[ChoiceShown, ...]:
    """What may be chosen, and how many have."""
    counts: Mapping[str, int] = repository.choices(session, call.id) if call.offered else {}
    return tuple(
        ChoiceShown(each.code, each.zh_CN, each.en, each.most, counts.get(each.code, 0))
        for each in call.offered
    )


def _overview(session: Session, reader: Actor, call: CallRow, told: CallOverview) -> OverviewShown:
    counts = repository.choices(session, call.id)
    return OverviewShown(
        **asdict(told), label=call.label, asked=call.asked, state=call.state,
        words=repository.content(session, call.id, reader.locale).words, area=call.area, sender=call.sender,
        choices=_choices(session, call), send_at=call.send_at, deadline=call.deadline,
        states=repository.counts(session, call), waiting=counts.get("waiting", 0),
        sum=repository.numbers(session, call.id) if call.asked == Asked.NUMBER else 0,
        led=access.allows(reader, "call.lead", sending.thing(call)),
    )  # fmt: skip


def _person(call: CallRow, row: NamedRecipient, locale: str) -> PersonShown:
    named = next((each for each in call.offered if each.code == row.choice), None)
    choice = (named.zh_CN if locale == "zh_CN" else named.en) if named else ""
    return PersonShown(row.name, row.area, row.state, choice, row.number, row.words, row.waiting or 0)


def _line(work: Work, number: int) -> CallLine:
    call = repository.read(work.session, number)
    assert call
    answered = (col(CallRecipient.call_id) == number, col(CallRecipient.answered_at).is_not(None))
    counted = work.session.execute(select(func.count()).where(*answered)).scalar_one()
    words = repository.content(work.session, number, work.actor.locale).words
    first = next(iter(words.split("\n")), "")[:WORDS_IN_LIST]
    return CallLine(number, call.label, call.state, first, call.send_at, call.size, counted, call.asked)
