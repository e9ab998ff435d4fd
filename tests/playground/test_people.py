"""People act, look and wait."""

import pytest

from bot.playground.people import Place
from bot.playground.runner import Playground
from tests.playground.conftest import Client


def test_start_reaches_the_bot_as_a_command(playground: Playground, client: Client) -> None:
    worker = playground.person("岩罕")
    update_id = worker.start("j_CODE")
    (update,) = client.ok("getUpdates")
    message = update["message"]
    assert update["update_id"] == update_id
    assert message["text"] == "/start j_CODE"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["chat"] == {"id": worker.id, "type": "private", "first_name": "岩罕"}
    assert message["from"]["id"] == worker.id


def test_tap_presses_the_location_button_on_screen(playground: Playground, client: Client) -> None:
    worker = playground.person("岩罕")
    worker.start()
    keyboard = {"keyboard": [[{"text": "📍 上岗", "request_location": True}, "下班"]]}
    client.ok("sendMessage", chat_id=worker.id, text="你好", reply_markup=keyboard)
    worker.wait_for("你好")
    worker.tap("上岗", location=Place(24.4, 98.6, accuracy=15))
    update = client.ok("getUpdates")[-1]
    assert update["message"]["location"] == {"latitude": 24.4, "longitude": 98.6, "horizontal_accuracy": 15}
    assert update["message"]["reply_to_message"]["text"] == "你好"
    with pytest.raises(AssertionError, match="上岗"):
        worker.tap("请假")
    assert worker.taps == 2


def test_tap_presses_inline_buttons_and_shows_the_toast(playground: Playground, client: Client) -> None:
    worker = playground.person("岩罕")
    worker.start()
    buttons = {"inline_keyboard": [[{"text": "✅ 通过", "callback_data": "ok:1"}]]}
    client.ok("sendMessage", chat_id=worker.id, text="请确认", reply_markup=buttons)
    worker.tap("通过")
    query = client.ok("getUpdates")[-1]["callback_query"]
    assert query["data"] == "ok:1"
    assert query["message"]["reply_markup"] == buttons
    client.ok("answerCallbackQuery", callback_query_id=query["id"], text="好的")
    assert worker.wait_toast("好") == "好的"
    assert "too old" in client.refused("answerCallbackQuery", callback_query_id=query["id"])


def test_wait_for_takes_only_what_is_new(playground: Playground, client: Client) -> None:
    worker = playground.person("岩罕")
    worker.start()
    client.ok("sendMessage", chat_id=worker.id, text="已上岗")
    assert worker.wait_for("已上岗").id == 2
    worker.send("再来")
    with pytest.raises(AssertionError, match="已上岗"):
        worker.wait_for("已上岗", timeout=0.05)
    client.ok("editMessageText", chat_id=worker.id, message_id=2, text="已上岗 2 次")
    assert worker.wait_for("已上岗").text == "已上岗 2 次"
