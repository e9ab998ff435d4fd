"""What people do arrives complete, as Telegram would send it."""

from typing import Any

import pytest

from bot.playground.people import FOREVER, NotPossible, Person, sample_photo
from bot.playground.runner import Playground
from tests.playground.conftest import Client


@pytest.fixture
def worker(playground: Playground, client: Client) -> Person:
    """Has started the bot, which has taken note."""
    person = playground.person("岩罕", phone="+8613800000001", username="yanhan")
    client.ok("getUpdates", offset=person.start() + 1)
    return person


def newest(client: Client) -> dict[str, Any]:
    update: dict[str, Any] = client.ok("getUpdates")[-1]
    return update


def test_photo_album_and_files(client: Client, worker: Person) -> None:
    worker.album([sample_photo("red"), sample_photo("blue")], caption="塌方")
    first, second = (update["message"] for update in client.ok("getUpdates"))
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("塌方", False)
    assert [(size["width"], size["height"]) for size in first["photo"]] == [(90, 68), (320, 240), (640, 480)]
    assert first["photo"][-1]["file_unique_id"] != second["photo"][-1]["file_unique_id"]
    worker.photo(sample_photo("red"))
    again = newest(client)["message"]["photo"][-1]
    assert again["file_unique_id"] == first["photo"][-1]["file_unique_id"]
    assert again["file_id"] != first["photo"][-1]["file_id"]
    worker.photo(album=first["media_group_id"])
    assert newest(client)["message"]["media_group_id"] == first["media_group_id"]
    worker.document(b"%PDF", "a.pdf", "application/pdf")
    document = newest(client)["message"]["document"]
    assert (document["file_name"], document["file_size"]) == ("a.pdf", 4)
    worker.voice(7)
    assert newest(client)["message"]["voice"]["duration"] == 7


def test_live_location_moves_as_edits(client: Client, worker: Person) -> None:
    worker.location(24.4, 98.6, accuracy=12, live=FOREVER, date=1_000)
    sent = newest(client)["message"]
    assert sent["location"] == {
        "latitude": 24.4,
        "longitude": 98.6,
        "horizontal_accuracy": 12,
        "live_period": FOREVER,
    }
    assert sent["date"] == 1_000
    worker.move(24.5, 98.7, date=1_060)
    moved = newest(client)["edited_message"]
    assert moved["message_id"] == sent["message_id"]
    assert (moved["date"], moved["edit_date"]) == (1_000, 1_060)
    assert (moved["location"]["latitude"], moved["location"]["live_period"]) == (24.5, FOREVER)
    worker.stop_live(24.6, 98.7)
    assert "live_period" not in newest(client)["edited_message"]["location"]
    with pytest.raises(NotPossible):
        worker.move(1, 1)


def test_contacts_own_others_and_typed_in(playground: Playground, client: Client, worker: Person) -> None:
    other = playground.person("玉应", phone="+8613800000002")
    worker.contact()
    assert newest(client)["message"]["contact"]["user_id"] == worker.id
    worker.contact(other)
    assert newest(client)["message"]["contact"]["user_id"] == other.id
    worker.contact(name="村医", phone="+86691")
    assert newest(client)["message"]["contact"] == {"phone_number": "+86691", "first_name": "村医"}


def test_forwards_and_replies(playground: Playground, client: Client, worker: Person) -> None:
    other = playground.person("玉应")
    other.photo(sample_photo("red"), date=500)
    worker.forward(other.mine)
    forwarded = newest(client)["message"]
    assert forwarded["forward_origin"]["sender_user"]["id"] == other.id
    assert forwarded["forward_origin"]["date"] == 500
    assert forwarded["photo"]
    sent = client.ok("sendMessage", chat_id=worker.id, text="隐患 #7")
    worker.reply(worker.last, photo=sample_photo("blue"), text="已整改")
    answer = newest(client)["message"]
    assert answer["reply_to_message"]["message_id"] == sent["message_id"]
    assert (answer["caption"], bool(answer["photo"])) == ("已整改", True)
    worker.edit(worker.mine, "改")
    assert newest(client)["edited_message"]["caption"] == "改"


def test_blocking_is_told(client: Client, worker: Person) -> None:
    worker.block()
    change = newest(client)["my_chat_member"]
    statuses = change["old_chat_member"]["status"], change["new_chat_member"]["status"]
    assert statuses == ("member", "kicked")
    with pytest.raises(NotPossible):
        worker.send("x")
    worker.unblock()
    assert newest(client)["my_chat_member"]["new_chat_member"]["status"] == "member"


def test_stale_buttons_can_be_pressed(client: Client, worker: Person) -> None:
    buttons = {"inline_keyboard": [[{"text": "通过", "callback_data": "ok:1"}]]}
    sent = client.ok("sendMessage", chat_id=worker.id, text="x", reply_markup=buttons)
    message = worker.last
    client.ok("editMessageText", chat_id=worker.id, message_id=sent["message_id"], text="done")
    with pytest.raises(AssertionError, match="通过"):
        worker.click("通过")
    worker.click("通过", message=message)
    assert newest(client)["callback_query"]["data"] == "ok:1"
    client.ok("deleteMessage", chat_id=worker.id, message_id=sent["message_id"])
    worker.click("通过", message=message)
    assert newest(client)["callback_query"]["message"]["date"] == 0


def test_a_deleted_message_cannot_be_edited(client: Client, worker: Person) -> None:
    client.ok("sendMessage", chat_id=worker.id, text="卡片")
    worker.delete(worker.last)
    gone = client.refused("editMessageText", chat_id=worker.id, message_id=2, text="新")
    assert gone == "Bad Request: message to edit not found"
    assert client.ok("getUpdates") == []


def test_waiting_for_quiet(playground: Playground, client: Client, worker: Person) -> None:
    update_id = worker.send("x")
    with pytest.raises(AssertionError, match="no quiet"):
        worker.wait_quiet(timeout=0.1)
    client.ok("getUpdates", offset=update_id + 1)
    worker.wait_quiet(0.05)
    assert update_id in playground.acknowledged


def test_a_shared_contact_answers_the_keyboards_message(client: Client, worker: Person) -> None:
    keyboard = {"keyboard": [[{"text": "发送手机号", "request_contact": True}]], "one_time_keyboard": True}
    sent = client.ok("sendMessage", chat_id=worker.id, text="请核对", reply_markup=keyboard)
    worker.tap("手机号")
    message = newest(client)["message"]
    assert message["contact"] == {
        "phone_number": "+8613800000001",
        "first_name": "岩罕",
        "user_id": worker.id,
    }
    assert message["reply_to_message"]["message_id"] == sent["message_id"]
    assert worker.keyboard == []


def test_raw_and_injected_updates(playground: Playground, client: Client, worker: Person) -> None:
    raw = playground.inject_raw("message", b'{"text": "\\ud800", "chat": null}')
    sender = {"id": 77, "is_bot": False, "first_name": "A"}
    private = {"id": 77, "type": "private", "first_name": "A"}
    (known,) = playground.inject([{"message": {"message_id": 1, "from": sender, "chat": private, "date": 1}}])
    client.connection.request("GET", f"/bot{client.token}/getUpdates?offset={raw}")
    answer = client.connection.getresponse().read()
    assert b'"update_id":%d,"message":{"text": "\\ud800"' % raw in answer
    client.ok("sendMessage", chat_id=77, text="x")
    client.call("getUpdates", offset=known + 1)
    playground.wait_acknowledged(raw, known)
