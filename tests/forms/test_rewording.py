"""A changed message, for every kind of thing that words may stand with."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlmodel import SQLModel, col

from bot.access import Holding, Work
from bot.features.registry import rewording
from bot.forms.steps import Filling
from bot.words import said
from models import (
    Appeal,
    CheckIn,
    Correction,
    Dispute,
    Feedback,
    Hazard,
    HouseholdCluster,
    HouseholdDay,
    HouseholdMark,
    Patrol,
    ResidentRequest,
    RoleName,
    Said,
)
from tests.forms.conftest import NOW

OLD, NEW = "先停用，别拆", "先停用，明天9点拆"
Make = Callable[[Filling], dict[str, Any]]


def own(filling: Filling) -> dict[str, Any]:
    """Who and where."""
    return {"person_id": filling.actor.person_id, "area_id": filling.actor.area_id}


def household(filling: Filling) -> dict[str, Any]:
    """A mark on a household of the actor's."""
    cluster = HouseholdCluster(head_id=filling.actor.person_id, area_id=filling.actor.area_id, count=10)
    filling.session.add(cluster)
    filling.session.flush()
    day = HouseholdDay(
        cluster_id=cluster.id or 0, head_id=filling.actor.person_id, area_id=filling.actor.area_id,
        day=date(2026, 11, 23), count=10,
    )  # fmt: skip
    filling.session.add(day)
    filling.session.flush()
    return {"day_id": day.id, "number": 3, "kind": "needs_help", "words": OLD, "marked_at": NOW}


def case(filling: Filling, **more: Any) -> dict[str, Any]:
    """What hazards and requests have in common."""
    later = NOW + timedelta(days=1)
    return {
        "year": 2026, "number": 1, "area_id": filling.actor.area_id, "category": "other",
        "label": {"zh_CN": "其他", "en": "Other", "icon": "❗"}, "words": f"前一句\n{OLD}", "due_at": later,
        **more,
    }  # fmt: skip


# What is kept about what: the table, the column of its words, a row of it, and what makes it too late.
KINDS: dict[str, tuple[type[SQLModel], Any, Make, dict[str, Any]]] = {
    "hazard": (
        Hazard, Hazard.words,
        lambda f: case(f, severity="normal", found_at=NOW, reported_by=f.actor.person_id, reported_at=NOW),
        {"state": "closed"},
    ),
    "request": (
        ResidentRequest, ResidentRequest.words,
        lambda f: case(f, mode="limited", registered_by=f.actor.person_id, registered_at=NOW),
        {"state": "closed"},
    ),
    "household": (HouseholdMark, HouseholdMark.words, household, {"words": ""}),
    "patrol": (
        Patrol, Patrol.words,
        lambda f: own(f) | {
            "checklist": "border", "started_at": NOW, "close_at": NOW, "words": f"雾大\n{OLD}",
        },
        {"words": ""},
    ),
    "correction": (
        Correction, Correction.reason,
        lambda f: own(f) | {"kind": "check_in", "happened_at": NOW, "asked_at": NOW, "reason": OLD},
        {"state": "approved"},
    ),
    "dispute": (
        Dispute, Dispute.words,
        lambda f: own(f) | {
            "kind": "checkin", "entry_id": 1, "words": OLD, "voice": "", "at": NOW, "outcome": "",
        },
        {"answered_at": NOW},
    ),
    "feedback": (
        Feedback, Feedback.words,
        lambda f: {"person_id": f.actor.person_id, "at": NOW, "words": OLD}, {"words": ""},
    ),
    "appeal": (Appeal, Appeal.words, lambda f: own(f) | {"words": OLD, "made_at": NOW}, {"words": ""}),
    "checkin": (
        CheckIn, CheckIn.remark,
        lambda f: own(f) | {
            "work_day": NOW.date(), "in_at": NOW, "close_at": NOW, "duty_type": "grid", "remark": OLD,
        },
        {"remark": ""},
    ),
}  # fmt: skip


def put(filling: Filling, kind: str) -> int:
    """A row of this kind, and what the message said of it; its number."""
    model, _, make, _ = KINDS[kind]
    made = insert(model).values(**make(filling)).returning(col(model.id))  # type: ignore[attr-defined]
    number = int(filling.session.execute(made).scalar_one())
    filling.session.add(
        Said(
            bot=0, chat_id=77, message_id=5, person_id=filling.actor.person_id, subject=f"{kind}:{number}",
            words=OLD, said_at=NOW,
        )
    )  # fmt: skip
    filling.session.flush()
    return number


def change(filling: Filling) -> Any:
    """Change the message."""
    actor = filling.actor
    actor = replace(actor, holdings=(*actor.holdings, Holding(RoleName.HOUSEHOLD_HEAD, actor.path)))
    row = rewording.found(filling.session, actor, 5)
    assert row is not None
    return rewording.reword(Work(filling.session, actor, NOW, filling.settings), row, NEW, NOW).told


def test_every_kind_is_tried() -> None:
    apart = {"matter", "merit", "photo", said.UNPLACED}
    assert set(KINDS) == set(rewording.KINDS) - apart


@pytest.mark.parametrize("kind", KINDS)
def test_the_new_words_stand_beside_the_old(filling: Filling, kind: str) -> None:
    number = put(filling, kind)
    assert change(filling) is not None
    model, column, *_ = KINDS[kind]
    kept = filling.session.execute(select(col(column)).where(col(model.id) == number)).scalar_one()  # type: ignore[attr-defined]
    assert kept.endswith(f"{NEW} ✏️11-23 10:00 ← {OLD}")
    assert said.find(filling.session, 0, 77, 5).words == NEW  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_over_does_not_change(filling: Filling, kind: str) -> None:
    number = put(filling, kind)
    model, column, _, over = KINDS[kind]
    here = col(model.id) == number  # type: ignore[attr-defined]
    filling.session.execute(update(model).where(here).values(**over))
    before = filling.session.execute(select(col(column)).where(here)).scalar_one()
    assert change(filling) is None
    assert filling.session.execute(select(col(column)).where(here)).scalar_one() == before


def test_another_person_s_message_is_not_found(filling: Filling) -> None:
    put(filling, "feedback")
    filling.session.execute(update(Said).values(person_id=2))
    assert rewording.found(filling.session, filling.actor, 5) is None
