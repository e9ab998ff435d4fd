"""Hazards as rows of plain values, a row a hazard, with everything that happened to it."""

from sqlalchemy.orm import aliased
from sqlmodel import col

from bot.features.cases.export import AREA_COLUMNS, RESPONSIBLE, CaseSheet
from bot.features.hazards.repository import HAZARD
from bot.storage.rows import Query
from models import Hazard, Person, Post

_REPORTER, _FIXER, _VERIFIER = (aliased(Person) for _ in range(3))


def _joined(query: Query) -> Query:
    return (
        query.join(_REPORTER, col(_REPORTER.id) == col(Hazard.reported_by))
        .outerjoin(Post, col(Post.id) == col(Hazard.post_id))
        .outerjoin(_FIXER, col(_FIXER.id) == col(Hazard.fixed_by))
        .outerjoin(_VERIFIER, col(_VERIFIER.id) == col(Hazard.verified_by))
    )


SHEET = CaseSheet(
    HAZARD,
    {
        "hazard_number": col(Hazard.number), **AREA_COLUMNS, "post_name": col(Post.name),
        "hazard_place": col(Hazard.place), "hazard_kind": col(Hazard.label),
        "severity": col(Hazard.severity), "remark": col(Hazard.words),
        "hazard_reporter": col(_REPORTER.name), "reported_at": col(Hazard.reported_at),
        "responsible": RESPONSIBLE, "due_at": col(Hazard.due_at), "hazard_state": col(Hazard.state),
        "fixer": col(_FIXER.name), "fixed_at": col(Hazard.fixed_at), "verifier": col(_VERIFIER.name),
        "closed_at": col(Hazard.closed_at), "reopened": col(Hazard.reopened),
        "latitude": col(Hazard.latitude), "longitude": col(Hazard.longitude),
    },
    {"hazard_reporter": col(_REPORTER.id), "fixer": col(_FIXER.id), "verifier": col(_VERIFIER.id)},
    _joined,
)  # fmt: skip
HAZARD_COLUMNS = SHEET.headings
count_hazards, hazards = SHEET.count, SHEET.rows
