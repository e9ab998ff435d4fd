"""Hazards as rows of plain values, a row a hazard, with everything that happened to it."""

from sqlmodel import col

from bot.features.cases.export import AREA_COLUMNS, RESPONSIBLE, CaseSheet
from bot.features.hazards.repository import HAZARD
from models import Hazard, Post

SHEET = CaseSheet(
    HAZARD,
    {
        "hazard_number": col(Hazard.number), **AREA_COLUMNS, "post_name": col(Post.name),
        "hazard_place": col(Hazard.place), "hazard_kind": col(Hazard.label),
        "severity": col(Hazard.severity), "remark": col(Hazard.words), "hazard_reporter": "reporter",
        "reported_at": col(Hazard.reported_at), "responsible": RESPONSIBLE, "due_at": col(Hazard.due_at),
        "hazard_state": col(Hazard.state), "fixer": "fixer", "fixed_at": col(Hazard.fixed_at),
        "verifier": "verifier", "closed_at": col(Hazard.closed_at), "reopened": col(Hazard.reopened),
        "latitude": col(Hazard.latitude), "longitude": col(Hazard.longitude),
    },
    lambda query: query.outerjoin(Post, col(Post.id) == col(Hazard.post_id)),
)  # fmt: skip
