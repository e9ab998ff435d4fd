"""What Telegram calls the pictures we uploaded: kept once for each, the newest id."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlmodel import col

from bot.deliver.attachments import key_of
from bot.deliver.calls import Attached
from bot.deliver.queue import Delivery, Result, settle
from bot.settings import Settings
from bot.storage.database import Database
from bot.views.base import File, Message, Picture
from models import Attachment, OutboxState

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def _learnt(number: int, key: str, file_id: str, kind: str = "photo") -> Result:
    piece = Delivery(number, 1, "refused", {}, number, None, "zh_CN", 0)
    return Result(piece, OutboxState.SENT, learnt=Attached(key, kind, file_id))


def test_the_newest_id_of_a_key_is_kept(db: Database, settings: Settings) -> None:
    with db.write_now() as session:
        settle(session, [_learnt(1, "photo:1", "a"), _learnt(2, "photo:2", "b")], NOW, 7)
        settle(session, [_learnt(3, "photo:1", "c", "document"), _learnt(4, "photo:1", "d")], NOW, 7)
        settle(session, [_learnt(5, "photo:1", "other bot")], NOW, 8)
    with db.read() as session:
        rows = session.execute(
            select(col(Attachment.bot), col(Attachment.key), col(Attachment.kind), col(Attachment.file_id))
        )
        assert {tuple(row) for row in rows} == {
            (7, "photo:1", "photo", "d"), (7, "photo:2", "photo", "b"), (8, "photo:1", "photo", "other bot"),
        }  # fmt: skip


def test_the_key_tells_everything_that_is_shown() -> None:
    shown = [
        Picture("sample", {"title": "a", "rows": []}),
        Picture("sample", {"title": "b", "rows": []}),
        Picture("other", {"title": "a", "rows": []}),
        Picture("sample", {"title": "a", "rows": []}, (1, 2)),
        Picture("sample", {"title": "a", "rows": []}, (2, 1)),
    ]
    assert len({key_of(Message("x", picture=picture)) for picture in shown}) == len(shown)
    same = Picture("sample", {"rows": [], "title": "a"})
    assert key_of(Message("y", picture=same)) == key_of(Message("x", picture=shown[0]))
    assert key_of(Message("x", photo=3)) != key_of(Message("x", photo=4))
    assert key_of(Message("x", file=File("k", "a.xlsx"))) != key_of(Message("x", file=File("k", "b.xlsx")))
    assert key_of(Message("x")) == ""
