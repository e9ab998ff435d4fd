"""A roster of any size for the benchmarks, and the updates its people send."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import SQLModel

from bot.settings import DatabaseSettings
from bot.storage.database import Database
from models import Account, Area, AreaKind, Person, PersonPost, Post, Role, RoleName, Shift, ShiftMember

FIRST_USER = 100_000_000
PEOPLE_AT_A_POST = 20
LATITUDE, LONGITUDE = 24.4, 98.5


def build(url: str, people: int, bot: int, past: int = 0) -> None:
    """Make the database: people with accounts, posts and a running shift, and past check-ins."""
    db = Database(DatabaseSettings(url=url, synchronous="OFF"))
    SQLModel.metadata.create_all(db.writer)
    now = datetime.now(UTC)
    with db.write_now() as session:
        run = session.connection().execute
        run(
            insert(Area),
            {"id": 1, "code": "DH", "name": "德宏州", "kind": AreaKind.PREFECTURE, "path": "DH/"},
        )
        grids = range(2, 2 + max(1, people // 2))
        run(insert(Area), [_grid(number) for number in grids])
        run(insert(Person), [_person(n, grids) for n in range(people)])
        run(insert(Account), [_account(n, bot, now) for n in range(people)])
        run(insert(Role), [_role(n, grids) for n in range(people)])
        posts = range(1, 2 + people // PEOPLE_AT_A_POST)
        run(insert(Post), [_post(number) for number in posts])
        run(insert(PersonPost), [{"person_id": n + 1, "post_id": _post_of(n)} for n in range(people)])
        run(insert(Shift), [_shift(number, now) for number in posts])
        run(insert(ShiftMember), [{"shift_id": _post_of(n), "person_id": n + 1} for n in range(people)])
        if past:
            session.execute(_PAST, {"past": past, "people": people})
    db.close()


_PAST = text("""
    INSERT INTO checkin (person_id, area_id, duty_type, work_day, in_at, out_at, close_at, in_punctuality,
                         late_minutes, early_minutes, evidence, place_grade, too_fast, closed_by)
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :past)
    SELECT 1 + i % :people, 1, 'border', date('2026-01-01', '+' || (i / :people) || ' hours'),
           datetime('2026-01-01', '+' || (i / :people) || ' hours') || '.000000',
           datetime('2026-01-01', '+' || (i / :people) || ' hours') || '.500000',
           datetime('2026-01-01', '+' || (i / :people) || ' hours') || '.900000',
           'on_time', 0, 0, 'pin', 'on_site', 0, 'self' FROM n
""")


def check_ins(first: int, count: int, people: int, at: datetime | None = None) -> list[dict[str, Any]]:
    """Locations sent by `count` people, each once, as Telegram would send them."""
    seconds = int((at or datetime.now(UTC)).timestamp())
    return [
        {
            "message": {
                "message_id": 10 + number, "date": seconds,
                "chat": {"id": FIRST_USER + number, "type": "private", "first_name": "岩"},
                "from": {
                    "id": FIRST_USER + number, "is_bot": False, "first_name": "岩", "language_code": "zh-hans"
                },
                "location": {
                    "latitude": LATITUDE + _post_of(number) / 1000, "longitude": LONGITUDE,
                    "horizontal_accuracy": 20,
                },
            }
        }
        for number in (n % people for n in range(first, first + count))
    ]  # fmt: skip


def _grid(number: int) -> dict[str, Any]:
    return {
        "id": number, "code": f"G{number}", "name": f"第{number}网格", "kind": AreaKind.GRID, "parent_id": 1,
        "path": f"DH/G{number}/", "latitude": LATITUDE, "longitude": LONGITUDE,
    }  # fmt: skip


def _person(number: int, grids: range) -> dict[str, Any]:
    return {
        "id": number + 1, "code": f"W{number}", "name": f"岩{number}", "area_id": grids[number % len(grids)],
        "titles": "",
    }  # fmt: skip


def _account(number: int, bot: int, now: datetime) -> dict[str, Any]:
    user = FIRST_USER + number
    return {
        "bot": bot, "user_id": user, "chat_id": user, "person_id": number + 1, "reach": "ok", "joined_at": now
    }  # fmt: skip


def _role(number: int, grids: range) -> dict[str, Any]:
    return {"person_id": number + 1, "role": RoleName.GRID_WORKER, "area_id": grids[number % len(grids)]}


def _post_of(number: int) -> int:
    return 1 + number // PEOPLE_AT_A_POST


def _post(number: int) -> dict[str, Any]:
    return {
        "id": number, "code": f"P{number}", "name": f"{number}号卡点", "area_id": 1, "qr_code": f"qr{number}",
        "latitude": LATITUDE + number / 1000, "longitude": LONGITUDE,
    }  # fmt: skip


def _shift(number: int, now: datetime) -> dict[str, Any]:
    return {
        "id": number, "code": f"S{number}", "area_id": 1, "post_id": number, "duty_type": "border",
        "starts_at": now - timedelta(minutes=3), "ends_at": now + timedelta(hours=8),
    }  # fmt: skip
