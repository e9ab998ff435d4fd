"""Which handlers are asked about an update."""

import asyncio
from typing import Any

import pytest
from telegram import Update
from telegram.ext import MessageHandler, TypeHandler, filters

from bot.app import build
from bot.process.context import App
from bot.process.routing import Handler, Routes
from bot.settings import Settings
from handlers.patrols import OnPatrol

FILE = {"file_id": "f", "file_unique_id": "u"}
PICTURE = {**FILE, "width": 9, "height": 9}
PLACE = {"latitude": 24.4, "longitude": 98.5}
ABOUT: dict[str, dict[str, Any]] = {
    "words": {"text": "上岗"},
    "command": {"text": "/my", "entities": [{"type": "bot_command", "offset": 0, "length": 3}]},
    "place": {"location": PLACE},
    "venue": {"location": PLACE, "venue": {"location": PLACE, "title": "村口", "address": "1"}},
    "photo": {"photo": [PICTURE], "caption": "东边", "media_group_id": "m"},
    "picture": {"document": {**FILE, "mime_type": "image/png"}},
    "document": {"document": {**FILE, "mime_type": "application/pdf"}},
    "voice": {"voice": {**FILE, "duration": 3}},
    "video": {"video": {**PICTURE, "duration": 3}},
    "video note": {"video_note": {**FILE, "length": 9, "duration": 3}},
    "animation": {
        "animation": {**PICTURE, "duration": 3},
        "document": {**FILE, "mime_type": "video/mp4"},
    },
    "audio": {"audio": {**FILE, "duration": 3}},
    "sticker": {"sticker": {**PICTURE, "type": "regular", "is_animated": False, "is_video": False}},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "contact": {"contact": {"phone_number": "1", "first_name": "岩"}},
    "group that grew": {"migrate_to_chat_id": -1001},
    "nothing known": {"web_app_data": {"data": "1", "button_text": "1"}},
}
CHATS = {"private": {"id": 7, "type": "private"}, "group": {"id": -7, "type": "supergroup", "title": "联防"}}


def update_of(app: App, holder: str, chat: str, about: dict[str, Any]) -> Update:
    message = {"message_id": 5, "date": 1_790_000_000, "chat": CHATS[chat], **about}
    sender = {"id": 7, "is_bot": False, "first_name": "岩"}
    content = {"id": "1", "chat_instance": "1", "from": sender, "data": "chk:noplace", "message": message}
    told = content if holder == "callback_query" else message | {"from": sender}
    return Update.de_json({"update_id": 1, holder: told}, app.bot)


@pytest.fixture(scope="module")
def app() -> App:
    return asyncio.run(build(Settings()))


def handlers_of(app: App) -> list[Handler]:
    return [handler for group in app.handlers.values() for handler in group]


def asked(app: App, update: Update) -> list[Handler]:
    return [handler for group in Routes(app.handlers.values()).asked(update) for handler in group]


@pytest.mark.parametrize("about", ABOUT)
@pytest.mark.parametrize("chat", CHATS)
@pytest.mark.parametrize("holder", ["message", "edited_message", "callback_query", "channel_post"])
def test_nobody_is_left_out_who_would_take_it(
    app: App, holder: str, chat: str, about: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever sends it is on patrol.
    monkeypatch.setattr(OnPatrol, "filter", lambda *_: True)
    update = update_of(app, holder, chat, ABOUT[about])
    in_turn = asked(app, update)
    assert in_turn == [handler for handler in handlers_of(app) if handler in in_turn]
    assert [each for each in handlers_of(app) if each not in in_turn and each.check_update(update)] == []


def test_few_are_asked_about_a_place(app: App) -> None:
    assert len(asked(app, update_of(app, "message", "private", ABOUT["place"]))) < 15
    assert len(asked(app, update_of(app, "edited_message", "private", ABOUT["place"]))) < 15


def test_whoever_says_nothing_of_it_is_asked_about_everything(app: App) -> None:
    async def take(*_: object) -> None: ...

    own, either = filters.Text(["x"]), filters.LOCATION | filters.Text(["x"])
    handlers = [MessageHandler(own, take), MessageHandler(either, take), MessageHandler(~filters.TEXT, take)]
    handlers.append(MessageHandler(filters.LOCATION & own, take))
    anything = TypeHandler(Update, take)
    routes = Routes([[*handlers, anything]])
    assert routes.asked(update_of(app, "message", "private", ABOUT["words"])) == [[*handlers[:3], anything]]
