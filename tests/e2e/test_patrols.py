"""Patrols: from setting out to the report."""


from tests.e2e.town import Town
from tests.e2e.walks import STOPS, lay_down, on_watch, reach_all


def test_a_patrol_with_all_in_order_takes_four_actions_and_one_a_checkpoint(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕")
    worker = town.join("岩罕")
    worker.tap("🚶 巡逻")
    assert "界河一段，3 个必到点" in worker.wait_for("开始巡逻").text
    worker.wait_for("到了 0/3")
    reach_all(worker)
    assert "都到齐了" in worker.last.text
    worker.tap("🏁 巡完了")
    worker.click("✅ 都正常，交了", worker.wait_for("都正常吗"))
    told = worker.wait_for("巡逻 · 界河一段").text
    assert "必到点 3/3，都到了" in told
    assert worker.taps <= 4 + len(STOPS)
    assert town.count("patrol", "state = 'done' AND reached = 3 AND total = 3") == 1
