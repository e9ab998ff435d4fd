"""Patrols: from setting out to the report, checkpoints by place, code, photo or passing, in any order."""

from datetime import timedelta

import pytest

from bot.playground.people import Place
from tests.e2e.town import Town
from tests.e2e.walks import BETWEEN, NIGHT, PLACES, STOPS, lay_down, on_watch, reach_all, set_out


@pytest.mark.every_way
def test_a_patrol_with_all_in_order_takes_four_actions_and_one_a_checkpoint(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕", "排勒", lead="排勒")
    worker, lead = town.join("岩罕"), town.join("排勒")
    worker.tap("🚶 巡逻")
    worker.wait_for("开始巡逻")
    assert "界河一段" in worker.wait_for("到了 0/3").text
    reach_all(town, worker)
    assert "都到齐了" in worker.last.text
    town.clock.move(timedelta(minutes=38))
    worker.tap("🏁 巡完了")
    worker.click("✅ 都正常，交了", worker.wait_for("都正常吗"))
    report = worker.wait_for("岩罕巡逻")
    told = report.text
    assert report.data["photo"]
    assert worker.taps <= 4 + len(STOPS)
    assert "岩罕巡逻 50 分钟，走了约 6" in told
    assert "必到点 3/3，都到了" in told
    assert "都正常" in told
    assert town.count("patrol", "state = 'done' AND reached = 3 AND total = 3 AND coverage IS NOT NULL") == 1
    # The first place sent was the check-in too, and was where it should be.
    assert town.count("checkin", "place_grade = 'on_site'") == 1
    assert "岩罕 · 芒里村" in lead.wait_for("巡逻 · 界河一段").text
    assert any("🚶 巡逻" in key["text"] for key in worker.keyboard)


def test_with_live_location_on_it_takes_four_actions_in_all(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕")
    worker = town.join("岩罕")
    worker.tap("🚶 巡逻")
    worker.wait_for("开始巡逻")
    worker.location(24.4000, 98.5500, live=3600)
    worker.wait_for("实时位置收到了")
    for step in range(1, 63):
        town.clock.move(timedelta(seconds=10))
        worker.move(24.4000, 98.5500 + step * 0.00015, accuracy=8)
    worker.wait_for("到了 3/3")
    worker.tap("🏁 巡完了")
    worker.click("✅ 都正常，交了", worker.wait_for("都正常吗"))
    told = worker.wait_for("岩罕巡逻").text
    assert worker.taps == 4
    assert "必到点 3/3" in told
    assert "走了约 9" in told
    assert town.count("patrol_mark", "how = 'live'") == 3
    assert town.count("patrol", "coverage >= 95") == 1
    points = town.count("patrol_point")
    worker.move(24.4000, 98.5700)
    town.settle()
    assert town.count("patrol_point") == points


@pytest.mark.one_way
def test_checkpoints_come_in_any_order_by_code_photo_and_place(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕")
    worker = set_out(town, "岩罕")
    worker.start("c_d1-k3-q")
    assert "还有：界碑、大榕树" in worker.wait_for("到了：涵洞口").text
    worker.photo()
    asked = worker.wait_for("这是哪个必到点")
    worker.click("界碑", asked)
    worker.wait_for("到了：界碑")
    worker.photo()
    # Only one is left: nothing is asked.
    worker.wait_for("到了：大榕树")
    assert town.count("patrol_mark", "how = 'photo' AND photo_id IS NOT NULL") == 2
    assert town.count("patrol_mark", "how = 'qr'") == 1
    assert town.count("photo", "used_for LIKE 'patrol:%'") == 2


@pytest.mark.one_way
def test_a_poor_fix_reaches_a_little_further(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕")
    worker = set_out(town, "岩罕")
    worker.location(STOPS[1][2] + 0.00085, STOPS[1][3], accuracy=20)
    assert "离最近的「大榕树」还有 95 米" in worker.wait_for("位置收到了").text
    worker.location(STOPS[1][2] + 0.0006, STOPS[1][3], accuracy=20)
    worker.wait_for("到了：大榕树")
    town.clock.move(timedelta(minutes=1))
    worker.location(*STOPS[2][2:], accuracy=300)
    worker.wait_for("到了：涵洞口")


@pytest.mark.one_way
def test_what_comes_twice_counts_once(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕")
    worker = set_out(town, "岩罕")
    worker.tap("📍 我到了", location=PLACES[0])
    worker.wait_for("到了：界碑")
    worker.tap("📍 我到了", location=PLACES[0])
    worker.wait_for("界碑刚才已经到过了")
    worker.start("c_d1-k1-q")
    worker.wait_for("界碑刚才已经到过了")
    worker.tap("📍 我到了", location=BETWEEN)
    worker.wait_for("位置收到了，离最近的")
    assert town.count("patrol_mark") == 1
    worker.send("巡逻")
    worker.wait_for("到了 1/3")
    assert town.count("patrol") == 1


@pytest.mark.one_way
def test_a_place_on_patrol_is_a_presence_point_of_the_check_in_too(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕")
    worker = town.join("岩罕")
    worker.tap("📍 上岗", location=Place(24.4001, 98.5501, accuracy=15))
    worker.click("🚶 开始巡逻", worker.wait_for("已上岗"))
    worker.wait_for("开始巡逻")
    town.clock.move(timedelta(minutes=5))
    worker.tap("📍 我到了", location=PLACES[0])
    worker.wait_for("到了：界碑")
    assert town.count("presence_point", "place_grade = 'on_site'") == 1
    assert town.count("checkin") == 1


@pytest.mark.one_way
def test_buttons_of_a_patrol_that_is_over_change_nothing(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕")
    worker = set_out(town, "岩罕")
    worker.tap("🏁 巡完了")
    card = worker.wait_for("都正常吗")
    worker.click("✅ 都正常，交了", card)
    worker.wait_for("岩罕巡逻")
    town.settle()
    assert not card.buttons
    worker.click("✅ 都正常，交了", card)
    worker.wait_for("这个按钮过期")
    worker.click("⚠️ 有问题", card)
    worker.wait_for("这个按钮过期")
    assert town.count("patrol", "state = 'done'") == 1
    assert town.count("patrol_answer") == 0


@pytest.mark.one_way
def test_nobody_walks_another_ones_patrol(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕", "排勒")
    worker, other = set_out(town, "岩罕"), town.join("排勒")
    worker.tap("🏁 巡完了")
    button = next(b for b in worker.wait_for("都正常吗").buttons if "都正常" in b.text)
    other.press(other.last, button)
    other.wait_for("这个按钮过期")
    assert town.count("patrol", "state = 'open'") == 1
    head, stranger = town.join("咩巴"), town.stranger()
    head.send("/patrol")
    head.wait_for("现在不用上岗")
    stranger.start("c_d1-k1-q")
    stranger.wait_for("还没有加入")
    far = town.join("王芳")
    far.start("c_d1-k1-q")
    far.wait_for("不在您这趟里")
    assert town.count("patrol") == 1


@pytest.mark.one_way
def test_where_there_are_several_sections_one_is_chosen(town: Town) -> None:
    first = lay_down(town)
    lay_down(town, "后山段", code="D2")
    on_watch(town, "岩罕")
    worker = town.join("岩罕")
    worker.tap("🚶 巡逻")
    worker.click("后山段", worker.wait_for("巡哪一段"))
    worker.wait_for("🚶 后山段")
    worker.start("c_d1-k1-q")
    worker.wait_for("是「界河一段」那一段的")
    assert town.count("patrol", f"section_id != {first}") == 1


@pytest.mark.one_way
def test_scanning_a_checkpoint_sets_out_by_itself(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕")
    worker = town.join("岩罕")
    worker.start("c_d1-k1-q")
    worker.wait_for("到了：界碑")
    worker.wait_for("到了 1/3")
    worker.start("c_never-printed")
    worker.wait_for("这个码已经不用了")


@pytest.mark.one_way
def test_a_round_without_a_section(town: Town) -> None:
    on_watch(town, "岩罕")
    worker = town.join("岩罕")
    assert not any("巡逻" in key["text"] for key in worker.keyboard)
    worker.send("/patrol")
    worker.wait_for("看到什么拍什么")
    worker.location(24.4, 98.55)
    worker.wait_for("位置收到了，记在这一趟里")
    worker.tap("🏁 巡完了")
    worker.click("✅ 都正常，交了", worker.wait_for("都正常吗"))
    assert "必到点" not in worker.wait_for("巡逻 · 随处走走").text


@pytest.mark.one_way
def test_left_open_at_the_end_of_the_shift_it_is_closed_and_what_was_missed_is_named(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕", "排勒", lead="排勒")
    worker, lead = set_out(town, "岩罕"), town.join("排勒")
    worker.tap("📍 我到了", location=PLACES[1])
    worker.wait_for("到了：大榕树")
    town.clock.set(NIGHT + timedelta(hours=8, minutes=1))
    # Told when the night is over.
    town.clock.set(NIGHT + timedelta(hours=10, minutes=1))
    told = worker.wait_for("先替您收了尾").text
    assert "没到：界碑、涵洞口" in told
    assert "必到点 1/3" in told
    assert "自动收尾" in lead.wait_for("巡逻 · 界河一段").text
    assert town.count("patrol", "state = 'incomplete' AND reached = 1") == 1


@pytest.mark.one_way
def test_the_track_ends_with_the_shift_whatever_the_phone_sends(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕")
    worker = set_out(town, "岩罕")
    worker.location(24.4000, 98.5500, live=0x7FFFFFFF)
    worker.wait_for("实时位置收到了")
    town.clock.set(NIGHT + timedelta(hours=8, seconds=5))
    worker.move(24.4000, 98.5520)
    town.settle()
    assert town.count("patrol_point") == 1


@pytest.mark.one_way
def test_a_place_passed_on_from_elsewhere_counts_and_is_marked(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕", "排勒")
    worker, other = set_out(town, "岩罕"), town.join("排勒")
    other.location(*STOPS[0][2:])
    other.wait_for("已上岗")
    worker.forward(next(message for message in other.screen() if "location" in message.data))
    worker.wait_for("到了：界碑")
    assert town.count("patrol_mark", "forwarded") == 1


@pytest.mark.one_way
def test_a_look_at_anothers_track_is_written_down_and_told(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕", "排勒", lead="排勒")
    worker, lead, supervisor = set_out(town, "岩罕"), town.join("排勒"), town.join("刀建国")
    worker.tap("📍 我到了", location=PLACES[0])
    worker.wait_for("到了：界碑")
    worker.tap("🏁 巡完了")
    worker.click("✅ 都正常，交了", worker.wait_for("都正常吗"))
    worker.wait_for("岩罕巡逻")
    lead.click("🗺 看路线图", lead.wait_for("巡逻 · 界河一段"))
    lead.wait_for("岩罕巡逻")
    supervisor.send("/patrols")
    supervisor.click("1", supervisor.wait_for("今天巡了 1 趟"))
    supervisor.click("🗺 看路线图", supervisor.wait_for("巡逻 · 界河一段"))
    supervisor.wait_for("岩罕巡逻")
    # The supervisor's map shows checkpoints, not the way.
    assert town.count("audit", f"action = 'patrol.track' AND actor = '{town.id('排勒')}'") == 1
    assert town.count("audit", "action = 'patrol.track'") == 1
    worker.send("/mydata")
    worker.click("全部细节", worker.wait_for("这里记着您的"))
    assert "看您的巡逻路线" in worker.wait_for("排勒").text


@pytest.mark.one_way
def test_a_patrol_begun_by_mistake_is_as_if_it_had_never_been(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕")
    worker = set_out(town, "岩罕")
    worker.location(24.4200, 98.5500)
    worker.wait_for("离最近的")
    worker.click("点错了", next(m for m in worker.screen() if m.buttons and "点错了" in str(m.buttons)))
    worker.wait_for("这一趟不记")
    assert town.count("patrol") + town.count("patrol_point") == 0
    assert any("🚶 巡逻" in key["text"] for key in worker.keyboard)
    worker.send("巡完了")
    worker.wait_for("您现在没在巡逻")
    worker.send("/patrol")
    worker.wait_for("到了 0/3")
    worker.start("c_d1-k1-q")
    worker.wait_for("到了：界碑")
    town.settle()
    assert not any("点错了" in str(m.buttons) for m in worker.screen())


@pytest.mark.one_way
def test_whoever_goes_off_duty_is_asked_to_hand_in(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕")
    worker = set_out(town, "岩罕")
    reach_all(town, worker)
    worker.send("🏁 下岗")  # the key as an old keyboard still has it
    worker.wait_for("已下班")
    worker.click("✅ 都正常，交了", worker.wait_for("都正常吗"))
    worker.wait_for("交了，走了 12 分钟")


class TestWithoutCoordinates:
    """Where coordinates are kept out of chats."""

    @pytest.fixture
    def town_settings(self) -> dict[str, str]:
        return {"GRIDDUTY_PRIVACY__COORDINATES_IN_CHAT": "false"}

    @pytest.mark.one_way
    def test_no_map_is_sent(self, town: Town) -> None:
        lay_down(town)
        on_watch(town, "岩罕", "排勒", lead="排勒")
        worker, lead = set_out(town, "岩罕"), town.join("排勒")
        reach_all(town, worker)
        worker.tap("🏁 巡完了")
        worker.click("✅ 都正常，交了", worker.wait_for("都正常吗"))
        assert "photo" not in worker.wait_for("巡逻 · 界河一段").data
        report = lead.wait_for("巡逻 · 界河一段")
        assert "photo" not in report.data
        assert not report.buttons
