"""Where a hazard is, by one tap: the checkpoints of the section being walked, or of the shift being kept."""

import pytest

from bot.playground.people import Person
from tests.e2e.test_patrols import set_out
from tests.e2e.town import Town
from tests.e2e.walks import STOPS, lay_down, on_watch


def places_offered(worker: Person) -> list[str]:
    """The buttons below the question where it is."""
    worker.send("/hazard")
    worker.wait_for("这是哪一类")
    worker.tap("道路")
    return [button.text for button in worker.wait_for("在哪里").buttons]


@pytest.mark.one_way
@pytest.mark.parametrize("walking", [True, False])
def test_checkpoints_are_offered_on_patrol_and_on_a_shift_there(town: Town, walking: bool) -> None:
    lay_down(town)
    on_watch(town, "岩罕")
    worker = set_out(town, "岩罕") if walking else town.join("岩罕")
    assert places_offered(worker)[: len(STOPS)] == [f"🚩 {name}" for _, name, *_ in STOPS]
    worker.tap("🚩 大榕树")
    worker.wait_for("不急的点")
    worker.tap("📤")
    worker.wait_for("✅ 收到")
    town.settle()
    assert town.count("hazard", "checkpoint_id IS NOT NULL AND latitude = 24.4") == 1


@pytest.mark.one_way
def test_nobody_else_is_offered_them(town: Town) -> None:
    lay_down(town)
    assert not any("🚩" in label for label in places_offered(town.join("岩罕")))
