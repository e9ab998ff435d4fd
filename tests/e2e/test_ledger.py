"""The duty ledger: one's own first, every number with its entries, a word against any of them."""

import io
from datetime import datetime, timedelta

import openpyxl
import pytest

from bot.playground.people import Place
from models import CheckIn, Evidence, HouseholdDay, PlaceGrade, Punctuality
from tests.e2e.town import MORNING, Town


def kept_duty(town: Town, name: str, began: datetime, hours: float, late: bool = False) -> None:
    """A stretch of duty in the past."""
    with town.db.write_now() as session:
        session.add(
            CheckIn(
                person_id=town.id(name), area_id=town.area("DH-MS-1-1-01"), post_id=town.post("P-MANGLI"),
                duty_type="grid", work_day=began.date(), in_at=began, out_at=began + timedelta(hours=hours),
                close_at=began + timedelta(hours=16), evidence=Evidence.PIN, place_grade=PlaceGrade.ON_SITE,
                in_punctuality=Punctuality.LATE if late else Punctuality.ON_TIME,
            )
        )  # fmt: skip


def test_the_own_ledger_its_entries_and_a_word_against_one(town: Town) -> None:
    kept_duty(town, "岩罕", MORNING - timedelta(days=2), 8.5)
    kept_duty(town, "岩罕", MORNING - timedelta(days=1), 8, late=True)
    kept_duty(town, "岩罕", MORNING - timedelta(days=40), 4)
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    worker.tap("我的")
    worker.click("我的一本账", worker.wait_for("11月"))
    board = worker.wait_for("您2026年11月的一本账")
    assert "上岗 2 次，16 小时 30 分（1 次晚到或没点下班）" in board.text
    assert worker.taps == 2
    worker.click("上岗明细", board)
    told = worker.wait_for("· 上岗")
    assert "1. 11月22日 · 07:58–15:58 · 芒里卡点 · 晚到" in told.text
    assert "2. 11月21日 · 07:58–16:28 · 芒里卡点" in told.text
    worker.click("第 1 条不对", told)
    worker.wait_for("哪里不对")
    worker.send("那天路上塌方，有同事作证")
    worker.wait_for("刀建国会看")
    card = supervisor.wait_for("岩罕说这一条不对")
    assert "塌方" in card.text
    supervisor.click("他说得对", card)
    worker.wait_for("您说得对")
    worker.click("上岗明细", board)
    assert "说过不对，已认可" in worker.wait_for("· 上岗").text
    worker.click("第 1 条不对", told)
    worker.wait_for("这一条您已经说过了")


@pytest.mark.one_way
def test_periods_and_kinds(town: Town) -> None:
    kept_duty(town, "岩罕", MORNING - timedelta(days=40), 4)
    worker = town.join("岩罕")
    worker.send("/ledger")
    first = worker.wait_for("一本账")
    assert "还没有记录" in first.text
    worker.click("更早", first)
    october = worker.wait_for("2026年10月的一本账")
    assert "上岗 1 次，4 小时" in october.text
    worker.click("按季度", october)
    assert "上岗 1 次" in worker.wait_for("2026年第4季度").text
    worker.click("按年", october)
    worker.wait_for("您2026年的一本账")


@pytest.mark.one_way
def test_a_supervisor_sees_and_writes_only_below(town: Town) -> None:
    kept_duty(town, "岩罕", MORNING - timedelta(days=1), 8)
    worker, supervisor, other = town.join("岩罕"), town.join("刀建国"), town.join("段平")
    supervisor.send("/ledger 岩罕")
    board = supervisor.wait_for("岩罕（芒里第一网格）2026年11月的一本账")
    supervisor.click("记活动、表彰", board)
    supervisor.wait_for("记什么")
    supervisor.tap("表彰")
    supervisor.wait_for("一句话写清楚")
    supervisor.send("带头清理边境便道")
    supervisor.wait_for("记进岩罕的一本账了")
    assert "带头清理边境便道" in worker.wait_for("表彰").text
    worker.send("/ledger")
    assert "表彰 1 次" in worker.wait_for("一本账").text
    for person in (worker, other):
        for data in (f"led:b:{town.id('刀建国')}:m:20261101", f"led:w:{town.id('岩罕')}"):
            person.phone.click(person.screen()[-1], data)
    other.phone.click(other.screen()[-1], f"led:b:{town.id('岩罕')}:m:20261101")
    other.phone.click(other.screen()[-1], f"led:e:{town.id('岩罕')}:c:m:20261101:0")
    other.send("/ledger 岩罕")
    other.wait_for("没有叫「岩罕」的人")
    town.settle()
    assert not [text for text in other.texts if "上岗 1 次" in text or "芒里卡点" in text]
    assert town.count("merit") == 1
    # Who has looked is told to the one it is about.
    worker.send("/mydata")
    worker.click("全部细节", worker.wait_for("这里记着您的"))
    worker.wait_for("看您的一本账")


@pytest.mark.one_way
def test_a_head_has_a_ledger_too(town: Town) -> None:
    head = town.join("咩巴")
    head.tap("全部平安")
    head.wait_for("✅")
    head.send("/ledger")
    board = head.wait_for("一本账")
    assert "联户报平安 1 次" in board.text
    head.click("联户明细", board)
    assert "10 户" in head.wait_for("· 联户报平安").text
    with town.db.read() as session:
        assert session.get(HouseholdDay, 1) is not None


@pytest.mark.one_way
def test_on_paper_and_as_a_spreadsheet(town: Town) -> None:
    kept_duty(town, "岩罕", MORNING - timedelta(days=2), 8.5)
    kept_duty(town, "岩罕", MORNING - timedelta(days=1), 8, late=True)
    worker = town.join("岩罕")
    worker.send("/ledger")
    board = worker.wait_for("一本账")
    worker.click("打印一页", board)
    page = worker.wait_for("可以打印").data["document"]
    files = town.playground.world.files
    assert page["file_name"].endswith(".pdf")
    assert files.find(page["file_id"], town.playground.bot.id).download().startswith(b"%PDF")
    worker.click("表格", board)
    sheet = worker.wait_for("每一条一行").data["document"]
    data = files.find(sheet["file_id"], town.playground.bot.id).download()
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    assert [row[2] for row in rows[3:]] == [480, 510]


@pytest.mark.one_way
def test_the_time_of_who_is_on_duty_counts_up_to_now_in_both(town: Town) -> None:
    worker, reader = town.join("岩罕"), town.join("排勒", language="en")
    for person, key in ((worker, "📍 上岗"), (reader, "📍 On duty")):
        person.tap(key, location=Place(24.4001, 98.5501, accuracy=15))
    town.settle()
    town.clock.move(timedelta(hours=1, minutes=5))
    worker.send("/my")
    assert "上岗 1 次，共 1 小时 5 分" in worker.wait_for("📒").text
    worker.send("/ledger")
    board = worker.wait_for("一本账")
    assert "上岗 1 次，1 小时 5 分" in board.text
    worker.click("上岗明细", board)
    assert "–在岗" in worker.wait_for("· 上岗").text
    reader.send("/my")
    assert "on duty 1 times, 1 h 5 min in all" in reader.wait_for("📒").text
    reader.send("/ledger")
    reader.wait_for("1 check-ins, 1 h 5 min")


@pytest.mark.one_way
def test_mydata_names_no_kind_of_which_there_is_nothing(town: Town) -> None:
    head = town.join("咩巴")
    head.tap("全部平安")
    head.wait_for("✅")
    head.send("/mydata")
    told = head.wait_for("这里记着您的").text
    assert told.splitlines()[1:] == ["报联户平安 1 天", "别人看过、动过您的记录 0 次"]
