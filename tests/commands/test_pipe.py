"""`gridduty inbox` and `gridduty outbox`."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.storage.database import Database
from models import AuditEntry, InboxRow, InboxState, OutboxRow, OutboxState
from tests.commands.gridduty import Gridduty

NOW = datetime(2026, 11, 23, 1, 2, tzinfo=UTC)


@pytest.fixture
def stuck(db: Database) -> Database:
    """Two updates that failed, one of them with its content erased; a failed and an unknown message."""
    trace = "Traceback (most recent call last):\n  File x\nValueError: bad ✗\n"
    base: dict[str, Any] = {"bot": 1, "chat_id": 5}
    with db.write_now() as session:
        for number, payload in ((1, b"{}"), (2, None)):
            failed: dict[str, Any] = {"state": InboxState.FAILED, "attempts": 2, "error": trace}
            session.add(
                InboxRow(**base, seq=number, update_id=number, received_at=NOW, payload=payload, **failed)
            )
        for number, state in ((1, OutboxState.FAILED), (2, OutboxState.UNKNOWN), (3, OutboxState.SENT)):
            row: dict[str, Any] = {"key": str(number), "lane": 1, "kind": "refused", "locale": "en"}
            session.add(
                OutboxRow(**base, **row, id=number, created_at=NOW, due_at=NOW, state=state, error="400 no")
            )
    return db


def test_failed_updates_are_listed_with_the_reason(gridduty: Gridduty, stuck: Database) -> None:
    lines = gridduty("inbox", "failed").stdout.splitlines()
    assert lines == [
        "2\t2026-11-23T01:02Z\terased\tfailed\t5\tValueError: bad ✗",
        "1\t2026-11-23T01:02Z\tupdate\tfailed\t5\tValueError: bad ✗",
    ]
    told = json.loads(gridduty("inbox", "failed", "--json").stdout)
    assert [row["number"] for row in told] == [2, 1]
    assert told[0]["error"].startswith("Traceback")


def test_a_failed_update_is_handled_again_if_it_is_still_there(gridduty: Gridduty, stuck: Database) -> None:
    assert gridduty("inbox", "retry", "--all").stdout == "1 updates are handled again\n"
    with stuck.read() as session:
        rows = session.execute(select(InboxRow).order_by(col(InboxRow.seq))).scalars().all()
        assert [(row.state, row.attempts) for row in rows] == [("pending", 0), ("failed", 2)]
        assert session.execute(select(col(AuditEntry.actor), col(AuditEntry.action))).all() == [
            ("operator", "pipe.retry")
        ]


def test_messages_are_listed_and_sent_again_one_by_one(gridduty: Gridduty, stuck: Database) -> None:
    lines = gridduty("outbox", "failed").stdout.splitlines()
    assert [line.split("\t")[3] for line in lines] == ["unknown", "failed"]
    assert gridduty("outbox", "retry", "2", "3").stdout == "1 messages are sent again\n"
    with stuck.read() as session:
        states = session.execute(select(col(OutboxRow.state)).order_by(col(OutboxRow.id))).scalars().all()
    assert states == ["failed", "pending", "sent"]


def test_retry_wants_to_know_what(gridduty: Gridduty) -> None:
    gridduty("outbox", "retry", code=2)
    gridduty("inbox", "retry", "1", "--all", code=2)
