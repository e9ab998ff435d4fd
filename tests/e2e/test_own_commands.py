"""/help, /my, /mydata, /language: what a person can ask for alone."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel

from bot.access import OPERATOR, Actor, ActorKind, Work, audit
from bot.features.privacy import sources as privacy_sources
from models import (
    CheckIn,
    Correction,
    CorrectionKind,
    Evidence,
    Feedback,
    Invite,
    PlaceGrade,
    PresencePoint,
    Punctuality,
    Reach,
    Role,
    RoleName,
    code_hash,
)
from tests.e2e.town import MORNING, Town


def kept_duty(town: Town, name: str, began: datetime, hours: float | None = 8, **details: Any) -> int:
    """Write a stretch of duty into the past; its number."""
    values: dict[str, Any] = {
        "person_id": town.id(name), "area_id": town.area("DH-MS-1-1-01"), "post_id": town.post("P-MANGLI"),
        "duty_type": "grid", "work_day": began.date(), "in_at": began,
        "out_at": began + timedelta(hours=hours) if hours is not None else None,
        "close_at": began + timedelta(hours=16), "evidence": Evidence.PIN,
        "place_grade": PlaceGrade.ON_SITE, "distance": 20,
    }  # fmt: skip
    with town.db.write_now() as session:
        row = CheckIn(**(values | details))
        session.add(row)
        session.flush()
        return row.id or 0


# /help


def test_help_names_the_keys_and_the_emergency_number(town: Town) -> None:
    worker = town.join("岩罕")
    worker.tap("帮助")
    told = worker.wait_for("110").text
    assert "「📍 上岗」" in told
    assert "「✏️ 补卡」" in told
    assert "/corrections" not in told
    assert worker.taps == 1
    worker.send("/help")
    assert worker.wait_for("110").text == told


def test_help_differs_by_role(town: Town) -> None:
    member, supervisor = town.join("早么"), town.join("刀建国")
    member.send("/help")
    assert "上岗" not in member.wait_for("110").text
    supervisor.send("/help")
    supervisor.wait_for("等批的 /corrections")


# /my


def test_my_adds_up_the_month(town: Town) -> None:
    kept_duty(town, "岩罕", MORNING - timedelta(days=30))
    kept_duty(
        town, "岩罕", MORNING - timedelta(days=2), 8.5, in_punctuality=Punctuality.LATE, late_minutes=12
    )
    kept_duty(
        town, "岩罕", MORNING - timedelta(days=1), 8, evidence=Evidence.QR, place_grade=PlaceGrade.OFF_SITE,
        distance=1234, out_punctuality=Punctuality.LEFT_EARLY, early_minutes=90,
    )  # fmt: skip
    kept_duty(town, "玉香", MORNING - timedelta(days=1), 20)
    worker = town.join("岩罕")
    worker.tap("我的")
    told = worker.wait_for("11月").text
    assert told.splitlines()[:2] == ["📒 11月：上岗 2 次，共 16 小时 30 分", "晚到 1 次"]
    assert "11月22日 07:58–15:58 芒里卡点 位置较远 1.2 公里，早走 1 小时 30 分" in told
    assert "11月21日 07:58–16:28 ✓ 晚到 12 分钟" in told
    # Newest first; last month's day is listed, but not counted.
    assert told.index("11月22日") < told.index("11月21日") < told.index("10月24日")
    assert [button.text for button in worker.last.buttons] == ["📖 我的一本账"]


def test_my_counts_corrected_times_and_says_so(town: Town) -> None:
    began = MORNING - timedelta(days=1)
    number = kept_duty(town, "岩罕", began, 7, corrected_in_at=began - timedelta(hours=1))
    correction = Correction(
        person_id=town.id("岩罕"), area_id=town.area("DH-MS-1-1-01"), checkin_id=number,
        kind=CorrectionKind.CHECK_IN, happened_at=began - timedelta(hours=1), asked_at=began,
        state="approved",
    )  # fmt: skip
    with town.db.write_now() as session:
        session.add(correction)
    worker = town.join("岩罕")
    worker.send("/my")
    told = worker.wait_for("11月").text
    assert "共 8 小时\n补卡 1 次" in told
    assert "11月22日 06:58–14:58" in told
    assert "补过卡" in told


def test_my_shows_who_is_on_duty_and_nights(town: Town) -> None:
    night = MORNING.replace(hour=20, minute=0) - timedelta(days=2)
    kept_duty(town, "岩罕", night, 12)
    kept_duty(town, "岩罕", MORNING - timedelta(minutes=30), None)
    worker = town.join("岩罕")
    worker.send("我的")
    told = worker.wait_for("11月").text
    assert "11月21日 20:00–次日 08:00" in told
    assert "11月23日 07:28–在岗" in told
    assert "共 12 小时" in told


def test_my_goes_back_page_by_page(town: Town) -> None:
    for day in range(1, 16):
        kept_duty(town, "岩罕", MORNING - timedelta(days=day))
    worker = town.join("岩罕")
    worker.send("/my")
    first = worker.wait_for("11月")
    worker.tap("更早的")
    second = worker.wait_for("11月16日")
    worker.tap("更早的")
    third = worker.wait_for("11月10日")
    days = [text.count("07:58–15:58") for text in (first.text, second.text, third.text)]
    assert days == [6, 6, 3]
    assert not third.buttons


def test_nobody_pages_through_anothers_record(town: Town) -> None:
    numbers = [kept_duty(town, "岩罕", MORNING - timedelta(days=day)) for day in range(1, 12)]
    worker, other = town.join("岩罕"), town.join("玉香")
    worker.send("/my")
    older = worker.wait_for("11月").buttons[0]
    assert older.data == f"my:older:{numbers[5]}"
    before = len(other.received)
    other.press(other.last, older)
    other.wait_toast("过期")
    town.settle()
    assert len(other.received) == before


def test_my_without_any_record(town: Town) -> None:
    worker = town.join("玉香", language="en")
    worker.send("/my")
    worker.wait_for("nothing recorded yet")


# /mydata


def _leave_traces(town: Town) -> None:
    """Something in every table that knows 岩罕."""
    began = MORNING - timedelta(days=1)
    number = kept_duty(
        town, "岩罕", began, latitude=24.40012, longitude=98.55034, accuracy=12.0,
        in_punctuality=Punctuality.LATE, late_minutes=3,
    )  # fmt: skip
    person = town.id("岩罕")
    with town.db.write_now() as session:
        session.add_all([
            PresencePoint(
                checkin_id=number, person_id=person, at=began + timedelta(hours=1), latitude=24.41,
                longitude=98.56, evidence=Evidence.PIN, place_grade=PlaceGrade.OFF_SITE,
            ),
            Correction(
                person_id=person, area_id=town.area("DH-MS-1-1-01"), checkin_id=number,
                kind=CorrectionKind.CHECK_IN, happened_at=began, reason="手机没电 <b>", asked_at=began,
                state="approved", decided_by=town.id("刀建国"), decided_at=began,
            ),
            Feedback(person_id=person, at=began, words="字再大一点"),
            Invite(
                person_id=person, code_hash=code_hash("x"), created_at=began, expires_at=began, used_at=began
            ),
        ])  # fmt: skip
        operator = Work(session, OPERATOR, began, town.settings)
        viewer = operator.by(Actor(ActorKind.PERSON, town.id("方志强")))
        audit.record(viewer, "checkin.read", f"person:{person}", person)
        audit.record(viewer, "checkin.read", f"person:{person}", person)
        audit.record(operator, "checkin.export", "DH/DH-MS/DH-MS-1/", rows=3)
        audit.record(operator, "checkin.export", "DH/DH-MS/DH-MS-10/", rows=3)
        audit.record(operator, "something.new", f"person:{person}", person)


def test_mydata_tells_everything_viewers_included(town: Town) -> None:
    _leave_traces(town)
    worker = town.join("岩罕")
    worker.send("/mydata")
    worker.click("全部细节", worker.wait_for("这里记着您的"))
    told = worker.wait_for("名单").text
    for words in (
        "岩罕，编码 W1，芒里第一网格，手机 …0001",
        "身份：芒里第一网格的网格员",
        "卡点：芒里卡点",
        f"Telegram 账号 …{str(worker.id)[-4:]}，11月22日 07:58 加入，能收到消息",
        "邀请链接，11月22日 07:58 发出，已用",
        "上岗 1 次，从 11月22日 07:58",
        "晚到 1 次",
        "位置点 2 个，从 11月22日 07:58 到 11月22日 08:58；满 30 天就删，最早的 12月22日 07:58 删",
        "24.40012, 98.55034　精度 12 米",
        "补上岗：手机没电 <b>。批了（刀建国）",
        "字再大一点",
        "方志强：看上岗记录 2 次，最近一次 11月22日 07:58",
        "后台管理员：something-new 1 次",
        "后台管理员：导出上岗记录 1 次",
    ):
        assert words in told, words
    assert "13800000001" not in told
    # No copy of what was told waits anywhere.
    assert town.count("outbox", "kind = 'mydata.page' AND CAST(facts AS TEXT) LIKE '%24.4%'") == 0


def test_mydata_is_split_where_it_is_long_and_nothing_is_lost(town: Town) -> None:
    with town.db.write_now() as session:
        session.add_all(
            Feedback(person_id=town.id("玉香"), at=MORNING, words=f"第{number}条 " + "<&😀>" * 200)
            for number in range(12)
        )
    worker = town.join("玉香")
    worker.send("/mydata")
    worker.click("全部细节", worker.wait_for("这里记着您的"))
    town.settle()
    pages = worker.texts[2:]
    assert len(pages) > 2
    assert all(len(page.encode("utf-16-le")) // 2 <= 4096 for page in pages)
    together = "\n".join(pages)
    assert [f"第{number}条 " in together for number in range(12)] == [True] * 12
    assert together.count("<&😀>") == 12 * 200
    assert f"共 {len(pages)} 条" in pages[0]


class TestWithoutCoordinates:
    """Where coordinates are kept out of chats."""

    @pytest.fixture
    def town_settings(self) -> dict[str, str]:
        return {"GRIDDUTY_PRIVACY__COORDINATES_IN_CHAT": "false"}

    def test_mydata_keeps_coordinates_out_of_the_chat(self, town: Town) -> None:
        kept_duty(town, "岩罕", MORNING - timedelta(days=1), latitude=24.40012, longitude=98.55034)
        worker = town.join("岩罕")
        worker.send("/mydata")
        worker.click("全部细节", worker.wait_for("这里记着您的"))
        told = worker.wait_for("位置点 1 个").text
        assert "24.4" not in told
        assert "坐标不在聊天里显示" in told


@pytest.mark.one_way
def test_no_table_about_people_is_left_out_of_mydata() -> None:
    told = {model.__tablename__ for models, _ in privacy_sources.SOURCES for model in models}
    about_people = {
        name
        for name, table in SQLModel.metadata.tables.items()
        for column in table.columns
        if column.name in ("person_id", "head_id")
    }
    assert about_people <= told


# /language


def test_language_changes_words_keys_and_menu_at_once(town: Town) -> None:
    worker = town.join("岩罕")
    worker.send("/language")
    worker.wait_for("Please choose")
    worker.tap("English")
    worker.wait_for("English from now on")
    assert [key["text"] for key in worker.keyboard][:2] == ["📍 On duty", "🏁 Off duty"]
    town.settle()
    menu = town.playground.bot.commands[f"chat:{worker.id}", ""]
    assert {"command": "my", "description": "My record this month"} in menu
    worker.tap("My record")
    worker.wait_for("nothing recorded")
    # The old words still work: an old keyboard may be on screen.
    worker.send("📒 我的")
    worker.wait_for("nothing recorded")
    worker.send("/language")
    worker.wait_for("Please choose")
    worker.tap("中文")
    worker.wait_for("以后用中文")
    assert worker.keyboard[0]["text"] == "📍 上岗"


def test_a_made_up_language_changes_nothing(town: Town) -> None:
    worker = town.join("岩罕")
    worker.send("/language")
    message = worker.wait_for("Please choose")
    button = message.buttons[0]
    worker.press(message, type(button)(button.text, "lang:fr"))
    worker.wait_for("过期")
    assert town.count("account", "language = 'zh_CN'") == 1


# Menus


def test_the_menu_follows_all_roles_of_a_person(town: Town) -> None:
    role = Role(person_id=town.id("早么"), role=RoleName.GRID_WORKER, area_id=town.area("DH-MS-1-1-02"))
    with town.db.write_now() as session:
        session.add(role)
    member = town.join("早么")
    member.send("/language")
    member.wait_for("Please choose")
    member.tap("中文")
    member.wait_for("以后用中文")
    town.settle()
    assert "my" in member.commands


def test_whoever_writes_can_be_reached_again(town: Town) -> None:
    worker = town.join("岩罕")
    with town.db.write_now() as session:
        session.connection().exec_driver_sql(f"UPDATE account SET reach = '{Reach.DEACTIVATED}'")
    worker.send("/help")
    worker.wait_for("110")
    town.settle()
    assert town.count("account", f"reach = '{Reach.OK}'") == 1
