"""What Telegram refuses is refused, in its words."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.playground.people import Person, sample_photo
from bot.playground.runner import Playground
from tests.playground.conftest import Client


@pytest.fixture
def worker(playground: Playground) -> Person:
    person = playground.person("岩罕")
    person.start()
    return person


@pytest.fixture(scope="module")
def shared() -> Iterator[tuple[Client, int]]:
    """One bot and one chat for the many cases that change nothing."""
    with Playground(limits=False) as playground:
        person = playground.person("岩罕")
        person.start()
        client = Client(playground)
        yield client, person.id
        client.connection.close()


def inline(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[button]]}


def test_unknown_token_and_method(playground: Playground, client: Client) -> None:
    stranger = Client(playground, token="9:nobody")
    assert stranger.call("getMe") == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    stranger.connection.close()
    assert client.call("sendDice")["error_code"] == 404


def test_unknown_parameters_are_collected(playground: Playground, client: Client, worker: Person) -> None:
    client.ok("sendMessage", chat_id=worker.id, text="x", reply_to_message_id=1)
    client.ok(
        "sendMessage", chat_id=worker.id, text="x", reply_markup=inline(text="a", callback_data="b", colour=1)
    )
    wanted = {"sendMessage.reply_to_message_id", "sendMessage.inline_keyboard.colour"}
    assert playground.unknown_parameters == wanted


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n"}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "中" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        (
            {"text": "<b>", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "x", "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        ({"text": 5}, 'field "text" must be of type String'),
        (
            {"text": "x", "disable_notification": "maybe"},
            'field "disable_notification" must be of type Boolean',
        ),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": inline(text="a", callback_data="中" * 22)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": inline(text="a", callback_data="")}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x", "reply_markup": inline(text="a")},
            "can't parse inline keyboard button: text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "x", "reply_markup": inline(text="a", url="https://a.cn", callback_data="b")},
            "can't parse inline keyboard button: exactly one optional field must be used",
        ),
        (
            {"text": "x", "reply_markup": inline(text="a", url="nowhere")},
            "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
        ),
    ],
)
def test_bad_messages(shared: tuple[Client, int], params: dict[str, Any], reason: str) -> None:
    client, chat = shared
    assert client.refused("sendMessage", chat_id=chat, **params) == f"Bad Request: {reason}"


def test_limits_are_of_the_text_after_parsing(client: Client, worker: Person) -> None:
    sent = client.ok("sendMessage", chat_id=worker.id, text="<b>" + "中" * 4096 + "</b>", parse_mode="HTML")
    assert len(sent["text"]) == 4096


def test_chats_that_cannot_be_written_to(playground: Playground, client: Client, worker: Person) -> None:
    def refusal(chat: object) -> str:
        return client.refused("sendMessage", chat_id=chat, text="x")

    assert refusal(404) == "Bad Request: chat not found"
    assert refusal("") == "Bad Request: chat_id is empty"
    assert refusal(playground.person("新人").id) == "Forbidden: bot can't initiate conversation with a user"
    worker.block()
    assert refusal(worker.id) == "Forbidden: bot was blocked by the user"
    worker.unblock()
    client.ok("sendMessage", chat_id=worker.id, text="x")
    playground.deactivate(worker)
    assert refusal(worker.id) == "Forbidden: user is deactivated"


def test_edits(client: Client, worker: Person) -> None:
    keyboard = {"keyboard": [["上岗"]]}
    buttons = inline(text="a", callback_data="b")
    chat = {"chat_id": worker.id}
    sent = client.ok("sendMessage", **chat, text="<b>a</b>", parse_mode="HTML", reply_markup=buttons)
    which = {**chat, "message_id": sent["message_id"]}
    same = client.refused(
        "editMessageText", **which, text=" <b>a</b>", parse_mode="HTML", reply_markup=buttons
    )
    assert same.startswith("Bad Request: message is not modified: specified new message content")
    edited = client.ok("editMessageText", **which, text="<b>a</b>", parse_mode="HTML")
    assert "reply_markup" not in edited
    assert edited["edit_date"]
    assert client.refused("editMessageText", **which, text="b", reply_markup=keyboard).endswith(
        "inline keyboard expected"
    )
    gone = client.refused("editMessageText", **chat, message_id=99, text="b")
    assert gone == "Bad Request: message to edit not found"
    assert client.refused("editMessageText", **chat, message_id=1, text="b").endswith(
        "message can't be edited"
    )
    shows = client.ok("sendMessage", **chat, text="k", reply_markup=keyboard)
    fixed = client.refused("editMessageText", **chat, message_id=shows["message_id"], text="b")
    assert fixed == "Bad Request: message can't be edited"
    client.ok("editMessageReplyMarkup", **which, reply_markup=buttons)
    assert "not modified" in client.refused("editMessageReplyMarkup", **which, reply_markup=buttons)
    assert "no caption" in client.refused("editMessageCaption", **which, caption="c")


def test_what_can_become_what(playground: Playground, client: Client, worker: Person) -> None:
    chat = {"chat_id": worker.id}
    photo = playground.world.files.add_photo(sample_photo(), None)[-1]["file_id"]
    media = {"type": "photo", "media": photo, "caption": "<b>图</b>", "parse_mode": "HTML"}
    words = client.ok("sendMessage", **chat, text="字")["message_id"]
    drawn = client.ok("editMessageMedia", **chat, message_id=words, media=media)
    assert (drawn["caption"], "text" in drawn) == ("图", False)
    same = client.refused("editMessageMedia", **chat, message_id=words, media=media)
    assert same.startswith("Bad Request: message is not modified")
    back = client.refused("editMessageText", **chat, message_id=words, text="字")
    assert back == "Bad Request: there is no text in the message to edit"
    worker.voice()
    voice = worker.mine.data["voice"]["file_id"]
    spoken = client.ok("sendVoice", **chat, voice=voice)["message_id"]
    place = client.ok("sendLocation", **chat, latitude=24.4, longitude=98.6)["message_id"]
    for other in (spoken, place):
        refusal = client.refused("editMessageMedia", **chat, message_id=other, media=media)
        assert refusal == "Bad Request: there is no media in the message to edit"
    long = client.refused("sendPhoto", **chat, photo=photo, caption="中" * 1025)
    assert long == "Bad Request: message caption is too long"
    client.ok("sendPhoto", **chat, photo=photo, caption=f"<b>{'中' * 1024}</b>", parse_mode="HTML")
    assert not playground.unknown_parameters
    client.ok("editMessageMedia", **chat, message_id=words, media=media | {"text": "字", "caption": "新"})
    assert playground.unknown_parameters == {"editMessageMedia.media.text"}


def test_deleting(client: Client, worker: Person) -> None:
    which = {
        "chat_id": worker.id,
        "message_id": client.ok("sendMessage", chat_id=worker.id, text="x")["message_id"],
    }
    client.ok("deleteMessage", **which)
    assert worker.received == []
    assert client.refused("deleteMessage", **which) == "Bad Request: message to delete not found"
    assert client.refused("editMessageText", **which, text="y") == "Bad Request: message to edit not found"


def test_toasts(client: Client, worker: Person) -> None:
    client.ok("sendMessage", chat_id=worker.id, text="x", reply_markup=inline(text="好", callback_data="b"))
    worker.tap("好")
    query = client.ok("getUpdates")[-1]["callback_query"]["id"]
    assert client.refused("answerCallbackQuery", callback_query_id=query, text="中" * 201).endswith(
        "MESSAGE_TOO_LONG"
    )
    client.ok("answerCallbackQuery", callback_query_id=query)
    assert client.refused("answerCallbackQuery", callback_query_id="1").startswith(
        "Bad Request: query is too old"
    )


def test_reactions_and_actions(client: Client, worker: Person) -> None:
    which = {"chat_id": worker.id, "message_id": worker.mine.id}
    client.ok("setMessageReaction", **which, reaction=[{"type": "emoji", "emoji": "👌"}])
    assert worker.mine.reactions[1_000_001] == [{"type": "emoji", "emoji": "👌"}]
    bad = client.refused("setMessageReaction", **which, reaction=[{"type": "emoji", "emoji": "✅"}])
    assert bad == "Bad Request: REACTION_INVALID"
    client.ok("sendChatAction", chat_id=worker.id, action="typing")
    assert "action" in client.refused("sendChatAction", chat_id=worker.id, action="dancing")


def test_commands_by_scope_and_language(client: Client, worker: Person) -> None:
    client.ok("setMyCommands", commands=[{"command": "help", "description": "Help"}])
    client.ok("setMyCommands", commands=[{"command": "my", "description": "我的"}], language_code="zh")
    assert worker.commands == ["my"]
    own = {"type": "chat", "chat_id": worker.id}
    client.ok("setMyCommands", commands=[{"command": "boss", "description": "b"}], scope=own)
    assert worker.commands == ["boss"]
    assert client.ok("getMyCommands", scope=own)[0]["command"] == "boss"
    client.ok("deleteMyCommands", scope=own)
    assert client.ok("getMyCommands", scope=own) == []
    wrong = client.refused("setMyCommands", commands=[{"command": "Help!", "description": "x"}])
    assert wrong == "Bad Request: BOT_COMMAND_INVALID"


def test_locations(client: Client, worker: Person) -> None:
    client.ok("sendLocation", chat_id=worker.id, latitude=24.4, longitude=98.6)
    assert "latitude" in client.refused("sendLocation", chat_id=worker.id, latitude=91, longitude=0)
    venue = client.ok("sendVenue", chat_id=worker.id, latitude=1, longitude=2, title="卡点", address="路口")
    assert venue["venue"]["title"] == "卡点"


def test_pins(client: Client, worker: Person) -> None:
    sent = client.ok("sendMessage", chat_id=worker.id, text="x")["message_id"]
    client.ok("pinChatMessage", chat_id=worker.id, message_id=sent)
    assert [message.id for message in worker.pinned] == [sent]
    assert client.ok("getChat", chat_id=worker.id)["pinned_message"]["text"] == "x"
    client.ok("unpinChatMessage", chat_id=worker.id)
    assert client.refused("unpinChatMessage", chat_id=worker.id) == "Bad Request: message to unpin not found"
