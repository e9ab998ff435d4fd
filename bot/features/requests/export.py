"""Residents' requests as rows of plain values, a row a request, with everything that happened to it.

How a resident can be reached is masked, as everywhere.
"""

from sqlmodel import col

from bot.features.cases.export import AREA_COLUMNS, RESPONSIBLE, CaseSheet
from bot.features.requests.cards import masked
from bot.features.requests.repository import REQUEST
from models import ResidentRequest as Request

SHEET = CaseSheet(
    REQUEST,
    {
        "request_number": col(Request.number), **AREA_COLUMNS, "request_kind": col(Request.label),
        "request_mode": col(Request.mode), "request_words": col(Request.words),
        "household": col(Request.household), "contact": col(Request.contact), "registrar": "registrar",
        "registered_at": col(Request.registered_at), "responsible": RESPONSIBLE,
        "due_at": col(Request.due_at), "request_state": col(Request.state), "doer": "doer",
        "done_at": col(Request.done_at), "answer": col(Request.answer), "asker": "asker",
        "closed_at": col(Request.closed_at), "repeats": col(Request.repeats),
    },
    shown={"contact": lambda contact: masked(contact if isinstance(contact, str) else None)},
)  # fmt: skip
