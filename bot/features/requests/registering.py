"""诉求: taken down once, numbered, answered on the spot or laid before those who see to it; how the resident
can be reached."""

from datetime import datetime

from bot import access
from bot.access import Work, audit, self_of
from bot.base.errors import Refused
from bot.base.facts import Struct
from bot.features.cases import cards, escalation, workflow
from bot.features.cases.life import Move
from bot.features.households import help as household_help
from bot.features.requests.cards import CONTACT
from bot.features.requests.repository import OPEN, REGISTER, REQUEST, RequestRow
from bot.settings import Settings
from bot.words.said import Remark
from models import RequestMode, RequestStage, RequestStep, ResidentAnswer

MOST_WORDS, MOST_CONTACT, MOST_HOUSEHOLD = 500, 60, 999
# Only who registered it can say how the resident is reached.
_ADD_CONTACT = Move("request.withdraw", RequestStep.CONTACT, OPEN)


class NewRequest(Struct):
    """What a resident asks for. `voice` is Telegram's file id; `household` the number of a linked household,
    and `mark_id` what its head has marked it with."""

    category: str
    mode: RequestMode
    words: str = ""
    voice: str = ""
    household: int | None = None
    mark_id: int | None = None


def register(work: Work, asked: NewRequest) -> int:
    """Take a request down; its number in the table. What is answered on the spot is closed, the rest lies
    before those who name who is to see to it.

    Raises Refused for who registers none.
    """
    access.require(work.actor, REGISTER, self_of(work.actor))
    row = REQUEST.add(work.session, **_new(work, asked))
    REQUEST.note(work, row, RequestStep.REGISTERED, Remark(row.words, row.voice))
    if asked.mark_id:
        household_help.registered(work, asked.mark_id, REQUEST.reference(row.year, row.number))
    if asked.mode is RequestMode.SPOT:
        REQUEST.note(work, row, RequestStep.SOLVED)
    else:
        cards.show_new(work, REQUEST, row)
        escalation.start_new(work, REQUEST, row)
    return row.id


def _new(work: Work, asked: NewRequest) -> dict[str, object]:
    """The row of one that is taken down."""
    kind, me = work.settings.requests.category(asked.category), work.actor.person_id
    year = work.now.astimezone(work.settings.work.zone).year
    values: dict[str, object] = {
        "year": year, "number": REQUEST.next_number(work.session, year), "area_id": work.actor.area_id,
        "category": kind.code, "label": kind.label, "mode": asked.mode, "words": asked.words[:MOST_WORDS],
        "voice": asked.voice, "household": asked.household, "registered_by": me, "registered_at": work.now,
        "due_at": due_at(work.settings, kind.code, work.now), "repeats": 0, "version": 1,
        "state": RequestStage.REGISTERED, "answer": "",
    }  # fmt: skip
    if asked.mode is RequestMode.SPOT:
        values |= {
            "state": RequestStage.CLOSED, "done_by": me, "done_at": work.now, "closed_at": work.now,
            "answer": ResidentAnswer.SOLVED, "asked_by": me,
        }  # fmt: skip
    return values


def due_at(settings: Settings, category: str, now: datetime) -> datetime:
    """When one of this category is due that is taken down, or opened again, now."""
    rules = settings.requests
    return rules.category(category).due.of(now, settings.work.zone, rules.closing_time, settings.workdays)


def require_own(work: Work, request_id: int) -> RequestRow:
    """One that the actor registered and that is open: after that no contact is kept. Raises Refused."""
    return workflow.held(work, REQUEST, request_id, _ADD_CONTACT)


def add_contact(work: Work, request_id: int, contact: str, household: int | None) -> None:
    """Say how the resident can be reached, and of which linked household; what is left empty stays as it was.

    The event tells that it was added, never what it is. Raises Refused for who has not registered it, and
    once it is over.
    """
    row = require_own(work, request_id)
    values: dict[str, object] = {"contact": contact[:MOST_CONTACT]} if contact else {}
    values |= {"household": household} if household else {}
    if not values:
        return
    workflow.take(work, REQUEST, row, _ADD_CONTACT, **values)
    cards.show_changed(work, REQUEST, request_id)


def contact(work: Work, request_id: int) -> str:
    """How the resident can be reached, in full; every look of somebody else's is written down. Raises Refused
    where there is none (any more)."""
    row = REQUEST.get(work.session, request_id)
    access.require(work.actor, CONTACT, REQUEST.resource(work.session, row))
    if not row.contact:
        raise Refused("request-no-contact")
    if work.actor.person_id != row.registered_by:
        filed = REQUEST.subject(request_id)
        audit.record(work, CONTACT, filed, row.registered_by)
    return row.contact
