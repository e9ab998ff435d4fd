"""上岗 and 下班 as people do them, in every way the bot may be run."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlmodel import col

from bot import access
from bot.access import Work
from bot.features.duty import check_out
from bot.playground.people import Place
from models import CheckIn, Evidence, PlaceGrade, Punctuality
from tests.e2e.town import MORNING, Town

AT_POST = Place(24.4001, 98.5501, accuracy=15)
FAR = Place(24.4120, 98.5500, accuracy=15)
GRID = Place(24.4060, 98.5571)


def _checkins(town: Town, name: str) -> list[CheckIn]:
    with town.db.read() as session:
        query = select(CheckIn).where(col(CheckIn.person_id) == town.id(name)).order_by(col(CheckIn.id))
        return list(session.execute(query).scalars())


def _day_shift(town: Town, *crew: str, **options: str) -> int:
    return town.shift(*crew, starts_at=_at("08:00"), ends_at=_at("20:00"), **options)


def _at(clock: str, days: int = 0) -> datetime:
    hour, minute = clock.split(":")
    return MORNING.replace(hour=int(hour), minute=int(minute)) + timedelta(days=days)


@pytest.mark.every_way
def test_one_tap_checks_in_at_the_post_of_the_shift(town: Town) -> None:
    shift = _day_shift(town, "岩罕")
    worker = town.join("岩罕")
    worker.tap("上岗", location=AT_POST)
    answer = worker.wait_for("已上岗")
    assert worker.taps == 1
    assert "07:58" in answer.text
    assert "08:00–20:00 · 芒里卡点" in answer.text
    assert "在芒里卡点 ✓" in answer.text
    (checkin,) = _checkins(town, "岩罕")
    assert (checkin.shift_id, checkin.post_id) == (shift, town.post("P-MANGLI"))
    assert (checkin.place_grade, checkin.in_punctuality) == (PlaceGrade.ON_SITE, Punctuality.ON_TIME)
    assert checkin.evidence == Evidence.PIN
    assert checkin.work_day == MORNING.date()


@pytest.mark.every_way
def test_one_tap_checks_out_and_a_second_takes_it_back(town: Town) -> None:
    _day_shift(town, "岩罕")
    worker = town.join("岩罕")
    worker.tap("上岗", location=AT_POST)
    worker.wait_for("已上岗")
    town.clock.move(timedelta(hours=12, minutes=3))
    worker.reset_taps()
    worker.tap("下班")
    assert "在岗 12 小时 3 分" in worker.wait_for("已下班").text
    assert worker.taps == 1
    worker.tap("我还在岗")
    worker.wait_for("下班取消了")
    (checkin,) = _checkins(town, "岩罕")
    assert checkin.out_at is None
    town.clock.move(timedelta(minutes=5))
    worker.tap("下班")
    left = worker.wait_for("已下班")
    town.clock.move(timedelta(minutes=2))
    worker.click("我还在岗", message=left)
    worker.wait_for("撤回的时间过了")
    assert _checkins(town, "岩罕")[0].out_at is not None


def test_a_second_tap_is_a_presence_point_never_a_check_out(town: Town) -> None:
    worker = town.join("岩罕")
    worker.tap("上岗", location=AT_POST)
    worker.wait_for("已上岗")
    worker.tap("上岗", location=AT_POST)
    assert "位置收到了" in worker.wait_for("您在岗").text
    worker.send("上岗")
    worker.wait_for("不用再点")
    (checkin,) = _checkins(town, "岩罕")
    assert checkin.out_at is None
    assert town.count("presence_point") == 1


def test_late_off_site_and_forwarded_are_taken_and_told(town: Town) -> None:
    _day_shift(town, "岩罕")
    town.clock.move(timedelta(minutes=17))
    worker = town.join("岩罕")
    worker.tap("上岗", location=FAR)
    answer = worker.wait_for("已上岗")
    assert "离芒里卡点约 1.3 公里，照样收下" in answer.text
    assert "比班次晚 15 分钟，照样算上岗" in answer.text
    (checkin,) = _checkins(town, "岩罕")
    assert (checkin.late_minutes, checkin.place_grade) == (15, PlaceGrade.OFF_SITE)

    other = town.join("玉香")
    other.forward(worker.mine)
    told = other.wait_for("已上岗").text
    assert "转发来的位置，照样收下" in told
    assert told.count("再点一次「📍 上岗」") == 1
    assert _checkins(town, "玉香")[0].evidence == Evidence.FORWARDED


def test_without_shift_or_post_the_grids_centre_counts(town: Town) -> None:
    worker = town.join("玉香")
    worker.tap("上岗", location=GRID)
    answer = worker.wait_for("已上岗")
    assert "今天不排班" in answer.text
    assert "在芒里第二网格 ✓" in answer.text


def test_words_ask_for_the_place_and_go_on_without(town: Town) -> None:
    worker = town.join("玉香")
    worker.send("上岗")
    worker.wait_for("要带位置")
    assert not _checkins(town, "玉香")
    worker.tap("发不了位置")
    assert "这次没带位置" in worker.wait_for("已上岗").text
    assert _checkins(town, "玉香")[0].evidence == Evidence.NONE


def test_a_duty_that_needs_no_place_takes_the_word(town: Town) -> None:
    _day_shift(town, "排勒", duty_type="office")
    member = town.join("排勒")
    member.send("上岗")
    member.wait_for("已上岗")
    assert _checkins(town, "排勒")[0].duty_type == "office"


def test_the_qr_code_on_the_wall_counts(town: Town) -> None:
    _day_shift(town, "岩罕")
    worker = town.join("岩罕")
    worker.start("p_qr-mangli-7f3k")
    assert "扫了芒里卡点的码 ✓" in worker.wait_for("已上岗").text
    (checkin,) = _checkins(town, "岩罕")
    assert (checkin.evidence, checkin.place_grade) == (Evidence.QR, PlaceGrade.ON_SITE)
    worker.start("p_no-such-code")
    worker.wait_for("这个码已经不用了")
    other = town.join("玉香")
    other.start("p_qr-daqiao-9x2m")
    assert "扫的是大桥执勤点的码，离芒里第二网格约" in other.wait_for("已上岗").text


def test_a_live_location_is_kept_in_silence(town: Town) -> None:
    worker = town.join("岩罕")
    live = worker.location(24.4001, 98.5501, live=3600)
    assert live
    worker.wait_for("已上岗")
    assert _checkins(town, "岩罕")[0].evidence == Evidence.LIVE
    seen = len(worker.received)
    for minute in range(1, 4):
        town.clock.move(timedelta(minutes=1, seconds=1))
        worker.move(24.4001 + minute / 10_000, 98.5501)
    town.settle()
    assert town.count("presence_point") == 3
    assert len(worker.received) == seen
    assert town.count("inbox", "payload IS NULL") == 3


def test_a_shift_over_midnight_belongs_to_the_day_it_began(town: Town) -> None:
    town.shift("岩罕", starts_at=_at("20:00"), ends_at=_at("08:00", days=1))
    town.clock.set(_at("19:50"))
    worker = town.join("岩罕")
    worker.tap("上岗", location=AT_POST)
    worker.wait_for("20:00–明天 08:00")
    town.clock.set(_at("07:30", days=1))
    worker.tap("下班")
    assert "比班次早 30 分钟" in worker.wait_for("已下班").text
    (checkin,) = _checkins(town, "岩罕")
    assert checkin.work_day == MORNING.date()
    assert (checkin.out_punctuality, checkin.early_minutes) == (Punctuality.LEFT_EARLY, 30)


def test_a_forgotten_check_out_is_closed_marked_and_told(town: Town) -> None:
    _day_shift(town, "岩罕")
    worker = town.join("岩罕")
    worker.tap("上岗", location=AT_POST)
    worker.wait_for("已上岗")
    evening = _at("22:01").replace(hour=21, minute=0) + timedelta(hours=2)
    with town.db.write_now() as session:
        closed = check_out.close_overdue(Work(session, access.SYSTEM, evening, town.settings))
    assert closed == 1
    (checkin,) = _checkins(town, "岩罕")
    assert checkin.closed_by == "system"
    assert checkin.out_at == _at("20:00")
    # Made in time, arrived late: the person's own check-out counts after all.
    town.clock.set(_at("21:30"))
    worker.tap("下班")
    worker.wait_for("已下班")
    assert _checkins(town, "岩罕")[0].closed_by == "self"


def test_nobody_can_check_out_twice_or_out_of_nothing(town: Town) -> None:
    worker = town.join("岩罕")
    worker.tap("下班")
    worker.wait_for("现在不在岗")
    worker.tap("上岗", location=AT_POST)
    worker.wait_for("已上岗")
    worker.tap("下班")
    worker.wait_for("已下班")
    worker.tap("下班")
    worker.wait_for("已经下班了")


def test_faster_than_anyone_travels_is_marked(town: Town) -> None:
    worker = town.join("岩罕")
    worker.tap("上岗", location=AT_POST)
    worker.wait_for("已上岗")
    town.clock.move(timedelta(minutes=10))
    worker.location(25.4, 98.55)
    worker.wait_for("再点一次")
    with town.db.read() as session:
        assert session.execute(text("SELECT count(*) FROM presence_point WHERE too_fast")).scalar() == 1


def test_one_cannot_undo_for_another(town: Town) -> None:
    worker, other = town.join("岩罕"), town.join("玉香")
    worker.tap("上岗", location=AT_POST)
    worker.wait_for("已上岗")
    worker.tap("下班")
    left = worker.wait_for("已下班")
    button = left.buttons[0]
    forged = {"id": "1", "from": other.user.shown(), "chat_instance": "1", "data": button.data}
    town.playground.inject([{"callback_query": forged | {"message": left.data}}])
    town.settle()
    assert _checkins(town, "岩罕")[0].out_at is not None


class TestDutiesThatAskForMore:
    """A duty type may ask for a photo, and for the place at check-out."""

    @pytest.fixture
    def town_settings(self) -> dict[str, str]:
        kind = (
            '[{"code": "grid", "zh_CN": "网格日常", "en": "Grid duty"}, {"code": "border", "zh_CN": "边境",'
            ' "en": "Border", "location": true, "location_at_check_out": true, "photo": true}]'
        )
        return {"GRIDDUTY_DUTY__TYPES": kind}

    @pytest.mark.one_way
    def test_the_photo_is_kept_with_the_check_in(self, town: Town) -> None:
        _day_shift(town, "岩罕")
        worker = town.join("岩罕")
        worker.send("上岗")
        worker.wait_for("要带位置")
        worker.location(24.4001, 98.5501)
        assert "要一张现场照片" in worker.wait_for("已上岗").text
        worker.photo()
        worker.wait_for("照片收到")
        assert _checkins(town, "岩罕")[0].photo_id
        # The next one is of a hazard.
        worker.photo()
        worker.wait_for("这是哪一类")

    @pytest.mark.one_way
    def test_the_place_after_a_check_out_is_no_check_in(self, town: Town) -> None:
        _day_shift(town, "岩罕")
        worker = town.join("岩罕")
        worker.location(24.4001, 98.5501)
        worker.wait_for("已上岗")
        worker.tap("下班")
        assert "再发一下位置" in worker.wait_for("已下班").text
        worker.location(24.4001, 98.5501)
        assert "在芒里卡点 ✓" in worker.wait_for("下班的位置收到了").text
        (checkin,) = _checkins(town, "岩罕")
        assert checkin.out_place_grade == PlaceGrade.ON_SITE
        worker.location(24.4001, 98.5501)
        worker.wait_for("已上岗")
        assert len(_checkins(town, "岩罕")) == 2


@pytest.mark.one_way
def test_a_check_in_left_open_does_not_swallow_that_of_the_next_shift(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    midnight = MORNING.replace(hour=0, minute=0) + timedelta(days=1)
    for hours in (0, 8):
        start = midnight + timedelta(hours=hours)
        town.shift("岩罕", starts_at=start, ends_at=start + timedelta(hours=8))
    town.clock.set(midnight - timedelta(minutes=5))
    worker.tap("上岗", location=Place(24.4000, 98.5500, accuracy=15))
    worker.wait_for("已上岗 23:55")
    town.settle()
    town.clock.set(midnight + timedelta(hours=8, minutes=5))
    worker.tap("上岗", location=Place(24.4000, 98.5500, accuracy=15))
    told = worker.wait_for("已上岗 08:05").text
    assert "08:00–16:00" in told
    assert "先按 08:00 记了" in told
    assert town.count("checkin", "closed_by = 'system' AND out_at IS NOT NULL") == 1
    assert town.count("checkin", "out_at IS NULL AND in_punctuality = 'on_time'") == 1
    town.clock.set(midnight + timedelta(hours=10, minutes=1))
    supervisor.send("/onduty")
    assert "岩罕（08:05 起）" in supervisor.wait_for("岩罕").text
