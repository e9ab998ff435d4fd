"""The control API, as a page or a benchmark uses it."""

import threading
from typing import Any

import orjson
import pytest

from bot.playground.runner import Playground
from tests.playground.conftest import Client


class Control:
    """Calls the control API over the client's connection."""

    def __init__(self, client: Client) -> None:
        self.connection = client.connection

    def __call__(self, verb: str, path: str, wish: object = None) -> Any:
        body = None if wish is None else orjson.dumps(wish)
        self.connection.request(verb, f"/control/{path}", body, {"Content-Type": "application/json"})
        answer = self.connection.getresponse().read()
        return orjson.loads(answer)


@pytest.fixture
def control(client: Client) -> Control:
    return Control(client)


@pytest.fixture
def user(control: Control) -> int:
    shown = control("POST", "users", {"first_name": "岩罕", "phone": "+86138"})
    control("POST", f"users/{shown['id']}/start", {"payload": "j_1"})
    return int(shown["id"])


def test_a_person_talks_with_the_bot(control: Control, client: Client, user: int) -> None:
    keyboard = {"keyboard": [[{"text": "上岗", "request_location": True}]]}
    client.ok("sendMessage", chat_id=user, text="你好", reply_markup=keyboard)
    chat = control("GET", f"users/{user}/chat")
    assert [message["text"] for message in chat["messages"]] == ["/start j_1", "你好"]
    assert chat["keyboard"] == keyboard
    pressed = control("POST", f"users/{user}/press", {"label": "上岗", "latitude": 24, "longitude": 98})
    update = client.ok("getUpdates")[-1]
    assert update["update_id"] == pressed["update_id"]
    assert update["message"]["location"]["latitude"] == 24
    later = control("GET", f"users/{user}/chat?since=2")
    assert len(later["messages"]) == 1
    assert control("GET", f"users/{user}/chat?seen={later['seq']}")["messages"] == []


def test_waiting_for_a_change(playground: Playground, control: Control, user: int) -> None:
    seen = control("GET", f"users/{user}/chat")["seq"]
    bot = Client(playground)
    timer = threading.Timer(0.1, lambda: bot.ok("sendMessage", chat_id=user, text="新"))
    timer.start()
    chat = control("GET", f"users/{user}/chat?seen={seen}&wait=5")
    assert [message["text"] for message in chat["messages"]] == ["新"]
    timer.join()
    bot.connection.close()


@pytest.mark.parametrize(
    ("deed", "wish", "field"),
    [
        ("text", {"text": "a", "reply_to": 1}, "reply_to_message"),
        ("location", {"latitude": 1, "longitude": 2, "live": 600}, "location"),
        ("photo", {"caption": "c"}, "photo"),
        ("document", {"name": "a.txt"}, "document"),
        ("voice", {}, "voice"),
        ("contact", {}, "contact"),
        ("forward", {"message_id": 1}, "forward_origin"),
    ],
)
def test_deeds(
    control: Control, client: Client, user: int, deed: str, wish: dict[str, Any], field: str
) -> None:
    told = control("POST", f"users/{user}/{deed}", wish)
    update = client.ok("getUpdates")[-1]
    assert update["update_id"] == told["update_id"]
    assert field in update["message"]


def test_injecting_many_and_counting(control: Control, client: Client) -> None:
    def check_in(number: int) -> dict[str, Any]:
        sender = {"id": number, "is_bot": False, "first_name": "A"}
        chat = {"id": number, "type": "private", "first_name": "A"}
        return {"message": {"message_id": 1, "from": sender, "chat": chat, "date": 1, "text": "上岗"}}

    told = control("POST", "updates", {"updates": [check_in(n) for n in range(1, 201)]})
    assert told["last"] - told["first"] == 199
    client.ok("sendMessage", chat_id=7, text="x")
    client.ok("getUpdates", offset=told["first"] + 50)
    state = control("GET", "state")
    assert (state["created"], state["acknowledged"], state["pending"], state["sent"]) == (200, 50, 150, 1)
    assert state["calls"] == {"sendMessage": 1, "getUpdates": 1}
    assert len(control("GET", "acknowledged")) == 50
    assert control("GET", "calls?last=1")[0]["method"] == "getUpdates"


def test_faults_limits_and_wrong_requests(control: Control, client: Client, user: int) -> None:
    control("POST", "faults", {"kind": "too_many", "value": 3, "method": "getMe"})
    assert client.call("getMe")["parameters"] == {"retry_after": 3}
    assert control("POST", "limits", {"on": True}) == {"on": True}
    for path in ("users/1/text", f"users/{user}/dance", "nothing", f"users/{user}/press"):
        assert "error" in control("POST", path, {"label": "x"})
    control("PATCH", f"users/{user}", {"deactivated": True})
    assert "deactivated" in client.refused("sendMessage", chat_id=user, text="x")


def test_one_wait_shows_what_changed_in_any_chat(control: Control, client: Client, user: int) -> None:
    other = int(control("POST", "users", {"first_name": "玉香"})["id"])
    control("POST", f"users/{other}/start", {})
    button = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}
    asked = client.ok("sendMessage", chat_id=user, text="在吗", reply_markup=button)
    seen = control("GET", "changes")["seq"]
    control("POST", f"users/{user}/click", {"message_id": asked["message_id"], "data": "ok"})
    query = client.ok("getUpdates")[-1]["callback_query"]["id"]
    client.ok("answerCallbackQuery", callback_query_id=query, text="收到")
    changes = control("GET", f"changes?seen={seen}&wait=5")
    assert changes["toasts"] == [{"user": user, "text": "收到", "alert": False}]
    assert list(changes["chats"]) == [str(user)]
    assert changes["chats"][str(user)]["messages"] == []
    seen = changes["seq"]
    client.ok("setMyCommands", commands=[{"command": "help", "description": "帮助"}])
    changes = control("GET", f"changes?seen={seen}&wait=5")
    assert {chat["menu"][0]["description"] for chat in changes["chats"].values()} == {"帮助"}
    assert control("GET", f"changes?seen={changes['seq']}")["chats"] == {}


def test_a_message_of_another_chat_is_forwarded(control: Control, client: Client, user: int) -> None:
    other = int(control("POST", "users", {"first_name": "玉香"})["id"])
    control("POST", f"users/{user}/location", {"latitude": 24.4, "longitude": 98.5})
    number = control("GET", f"users/{user}/chat")["messages"][-1]["message_id"]
    control("POST", f"users/{other}/forward", {"message_id": number, "of": user})
    passed_on = client.ok("getUpdates")[-1]["message"]
    assert passed_on["from"]["id"] == other
    assert passed_on["forward_origin"]["sender_user"]["id"] == user


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("127.0.0.1:8080", None, 200),
        ("localhost:8080", "http://localhost:8080", 200),
        ("evil.example:8080", None, 403),
        ("", None, 403),
        ("127.0.0.1:8080", "http://evil.example", 403),
        ("127.0.0.1:8080", "null", 403),
    ],
)
def test_foreign_pages_are_kept_out(
    control: Control, user: int, host: str, origin: str | None, status: int
) -> None:
    headers = {"Host": host} | ({"Origin": origin} if origin else {})
    control.connection.request("GET", "/control/users", headers=headers)
    answer = control.connection.getresponse()
    answer.read()
    assert answer.status == status
