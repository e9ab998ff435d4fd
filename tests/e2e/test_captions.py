"""What is written below a photo stays with what the photo is of, wherever a photo is taken."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.playground.people import Person, sample_photo
from tests.e2e.test_hazards import assign, begin, card, put_right, tell
from tests.e2e.test_patrols import set_out
from tests.e2e.town import Town
from tests.e2e.walks import lay_down, on_watch

HANDLERS = Path(__file__).parents[2] / "handlers"
BEFORE, AFTER, MORE = "桥头护栏松了", "换了两根立柱", "又补了一道漆"


def history(town: Town, person: Person) -> str:
    """What its message tells step by step."""
    town.settle()
    person.click("经过", card(person))
    return person.wait_for("的经过").text


def words_of_step(town: Town, step: str, words: str) -> int:
    """How often a step of a hazard has these words."""
    return town.count("hazard_event", f"step = '{step}' AND words = '{words}'")


def photo_outside(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    worker.photo(sample_photo("green"), caption=BEFORE)
    worker.wait_for("这是哪一类")
    worker.tap("火灾")
    worker.wait_for("在哪里")
    worker.tap("芒里卡点")
    worker.wait_for("不急的点")
    worker.tap("📤")
    worker.wait_for("✅ 收到")
    assert BEFORE in card(supervisor, BEFORE).text
    assert BEFORE in history(town, supervisor)
    worker.send("/mydata")
    worker.wait_for("这里记着您的")
    worker.tap("全部细节")
    worker.wait_for(BEFORE)


def photo_in_the_form(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    worker.photo(sample_photo("green"))
    worker.wait_for("这是哪一类")
    worker.photo(sample_photo("green"), caption="同一张，" + BEFORE)
    worker.photo(sample_photo("red"), caption=MORE)
    town.settle()
    worker.tap("火灾")
    worker.wait_for("在哪里")
    worker.photo(sample_photo("blue"), caption="第三张的话")
    town.settle()
    worker.tap("芒里卡点")
    worker.wait_for("不急的点")
    worker.send("打的字")
    worker.wait_for("✅ 收到")
    said = card(supervisor, BEFORE).text
    assert all(words in said for words in ("打的字", "同一张，" + BEFORE, MORE, "第三张的话"))


def fixed_at_once(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    begin(worker)
    worker.tap("已经当场整改好")
    worker.wait_for("照片")
    worker.photo(sample_photo("blue"), caption=AFTER)
    town.settle()
    assert AFTER in card(supervisor, AFTER).text
    assert words_of_step(town, "fixed", AFTER) == 1


def part_of_an_album(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    worker.photo(sample_photo("green"), album="77")
    worker.wait_for("这是哪一类")
    worker.tap("火灾")
    worker.wait_for("在哪里")
    worker.tap("芒里卡点")
    worker.wait_for("不急的点")
    worker.tap("📤")
    worker.wait_for("✅ 收到")
    worker.photo(sample_photo("red"), caption=MORE, album="77")
    assert MORE in card(supervisor, MORE).text
    assert words_of_step(town, "added", MORE) == 1


def reply_to_the_card(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    tell(worker)
    assign(supervisor)
    town.settle()
    worker.reply(card(worker), AFTER, photo=sample_photo("blue"))
    worker.wait_for("整改得怎么样")
    worker.tap("✅ 整改好了")
    worker.wait_for("记下了")
    assert AFTER in card(supervisor, AFTER).text
    assert AFTER in history(town, supervisor)
    assert words_of_step(town, "fixed", AFTER) == 1


def more_of_the_work(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    tell(worker)
    assign(supervisor)
    put_right(worker, town)
    worker.wait_for("记下了")
    town.settle()
    worker.photo(sample_photo("red"), caption=MORE)
    worker.wait_for("整改照片了，一共 2 张")
    assert MORE in card(supervisor, MORE).text
    worker.reply(card(worker, MORE), "还有一张", photo=sample_photo("gold"))
    worker.wait_for("一共 3 张")
    assert town.count("hazard_photo", "shows = 'after'") == 3


def finished_work_of_another(town: Town) -> None:
    worker, supervisor, finder = town.join("岩罕"), town.join("刀建国"), town.join("玉香")
    tell(finder)
    assign(supervisor)
    put_right(worker, town)
    worker.wait_for("记下了")
    town.settle()
    finder.reply(card(finder, "整改好了"), MORE, photo=sample_photo("red"))
    finder.wait_for("照片收下了")
    assert MORE in card(supervisor, MORE).text


def on_patrol(town: Town) -> None:
    lay_down(town)
    on_watch(town, "岩罕")
    worker = set_out(town, "岩罕")
    worker.photo(sample_photo("green"), caption=BEFORE)
    town.settle()
    assert town.count("patrol", f"words = '{BEFORE}'") == 1


def who_reports_no_hazards(town: Town) -> None:
    member = town.join("早么")
    member.photo(sample_photo("green"), caption=BEFORE)
    member.wait_for("照片看到了")
    kept = member.wait_for(f"您说的「{BEFORE}」我先留着了")
    assert [button.text for button in kept.buttons] == ["💬 告诉负责人", "✖️ 不用了"]


# Each handler that takes photos: what it is tried by.
WAYS: dict[str, tuple[Callable[[Town], None], ...]] = {
    "duty.photo": (photo_outside,),
    "forms._answer_of": (photo_in_the_form, fixed_at_once),
    "hazards.late_part": (part_of_an_album,),
    "hazards.rectify_by_reply": (reply_to_the_card,),
    "hazards.more_of_work": (more_of_the_work,),
    "hazards.shown": (finished_work_of_another,),
    "patrols.photo": (on_patrol,),
    "safety.register_evidence": (who_reports_no_hazards,),
}


def takers() -> set[str]:
    """Every function of the handlers that reads a photo, or is given all of them."""
    found = set()
    for file in HANDLERS.glob("*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                code = ast.unparse(node)
                if "photo_of(" in code or "picture_of(" in code or "NotTaken('photo')" in code:
                    found.add(f"{file.stem}.{node.name}")
    return found


def test_every_handler_that_takes_photos_is_tried() -> None:
    assert takers() == set(WAYS)
    assert len(WAYS) > 5


@pytest.mark.one_way
@pytest.mark.parametrize(
    "taken", [each for ways in WAYS.values() for each in ways], ids=lambda taken: taken.__name__
)
def test_what_is_written_below_a_photo_is_kept_and_shown(town: Town, taken: Callable[[Town], None]) -> None:
    taken(town)


@pytest.mark.one_way
def test_a_photo_of_the_work_may_be_of_something_else(town: Town) -> None:
    worker, supervisor = town.join("岩罕"), town.join("刀建国")
    tell(worker)
    assign(supervisor)
    put_right(worker, town)
    worker.wait_for("记下了")
    worker.photo(sample_photo("red"), caption=BEFORE)
    worker.wait_for("整改照片了，一共 2 张")
    worker.tap("这是另一处隐患")
    worker.wait_for("这是哪一类")
    assert town.count("hazard_photo", "shows = 'after'") == 1
    worker.tap("道路")
    worker.wait_for("在哪里")
    worker.tap("芒里卡点")
    worker.wait_for("不急的点")
    worker.tap("📤")
    worker.wait_for("✅ 收到")
    assert town.count("hazard", f"words = '{BEFORE}'") == 1
