"""Residents' requests as rows of plain values, a row a request, with everything that happened to it.

How a resident can be reached is masked, as everywhere.
"""

from sqlalchemy.orm import aliased
from sqlmodel import col

from bot.features.cases.export import AREA_COLUMNS, RESPONSIBLE, CaseSheet
from bot.features.requests.cards import masked
from bot.features.requests.repository import REQUEST
from bot.storage.rows import Query
from models import Person
from models import ResidentRequest as Request

_REGISTRAR, _DOER, _ASKER = (aliased(Person) for _ in range(3))


def _joined(query: Query) -> Query:
    return (
        query.join(_REGISTRAR, col(_REGISTRAR.id) == col(Request.registered_by))
        .outerjoin(_DOER, col(_DOER.id) == col(Request.done_by))
        .outerjoin(_ASKER, col(_ASKER.id) == col(Request.asked_by))
    )


SHEET = CaseSheet(
    REQUEST,
    {
        "request_number": col(Request.number), **AREA_COLUMNS, "request_kind": col(Request.label),
        "request_mode": col(Request.mode), "request_words": col(Request.words),
        "household": col(Request.household), "contact": col(Request.contact),
        "registrar": col(_REGISTRAR.name), "registered_at": col(Request.registered_at),
        "responsible": RESPONSIBLE, "due_at": col(Request.due_at), "request_state": col(Request.state),
        "doer": col(_DOER.name), "done_at": col(Request.done_at), "answer": col(Request.answer),
        "asker": col(_ASKER.name), "closed_at": col(Request.closed_at), "repeats": col(Request.repeats),
    },
    {"registrar": col(_REGISTRAR.id), "doer": col(_DOER.id), "asker": col(_ASKER.id)},
    _joined,
    {"contact": lambda contact: masked(contact if isinstance(contact, str) else None)},
)  # fmt: skip
REQUEST_COLUMNS = SHEET.headings
count_requests, requests = SHEET.count, SHEET.rows
