"""python-telegram-bot's own Bot finds every played method as it expects it."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
import telegram
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyParameters,
)

from bot.playground.methods import METHODS
from bot.playground.people import Person, sample_photo
from bot.playground.runner import Playground

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("好", callback_data="ok")]])


@pytest.fixture
def worker(playground: Playground) -> Person:
    person = playground.person("岩罕", phone="+86138")
    person.start()
    return person


def run(playground: Playground, story: Callable[[Bot], Awaitable[None]]) -> None:
    """Play a story with a bot that is logged in; nothing sent may be unknown to Telegram."""

    async def told() -> None:
        async with Bot(playground.token, playground.base_url, playground.file_url) as bot:
            await story(bot)

    asyncio.run(told())
    assert playground.unknown_parameters == set()


def test_every_method_exists_in_the_client() -> None:
    known = {name.lower() for name in dir(Bot)}
    assert {name for name in METHODS if name.lower() not in known} == set()


def test_messages_and_edits(playground: Playground, worker: Person) -> None:
    async def story(bot: Bot) -> None:
        keyboard = ReplyKeyboardMarkup(
            [[KeyboardButton("上岗", request_location=True)]], resize_keyboard=True
        )
        greeting = await bot.send_message(worker.id, "<b>你好</b>", parse_mode="HTML", reply_markup=keyboard)
        reply = ReplyParameters(greeting.message_id)
        message = await bot.send_message(worker.id, "请选", reply_markup=BUTTONS, reply_parameters=reply)
        await bot.edit_message_text("选好", worker.id, message.message_id, reply_markup=BUTTONS)
        await bot.edit_message_reply_markup(worker.id, message.message_id)
        with pytest.raises(telegram.error.BadRequest, match="Message is not modified"):
            await bot.edit_message_text("选好", worker.id, message.message_id)
        await bot.pin_chat_message(worker.id, message.message_id)
        await bot.unpin_chat_message(worker.id, message.message_id)
        await bot.set_message_reaction(worker.id, worker.mine.id, "👌")
        await bot.send_chat_action(worker.id, "typing")
        await bot.delete_message(worker.id, message.message_id)

    run(playground, story)
    assert worker.texts == ["你好"]


def test_media(playground: Playground, worker: Person) -> None:
    async def story(bot: Bot) -> None:
        photo = await bot.send_photo(worker.id, sample_photo(), "图", reply_markup=BUTTONS)
        again = await bot.send_photo(worker.id, photo.photo[-1].file_id)
        assert again.photo[-1].file_unique_id == photo.photo[-1].file_unique_id
        await bot.edit_message_caption(worker.id, photo.message_id, caption="<i>新</i>", parse_mode="HTML")
        other = InputMediaPhoto(sample_photo("red"), caption="红")
        edited = await bot.edit_message_media(other, worker.id, photo.message_id)
        assert isinstance(edited, telegram.Message)
        assert edited.caption == "红"
        album = [InputMediaPhoto(sample_photo("red")), InputMediaPhoto(photo.photo[-1].file_id)]
        assert len(await bot.send_media_group(worker.id, album)) == 2
        files = [InputMediaDocument(b"a", filename="a.txt"), InputMediaDocument(b"b", filename="b.txt")]
        await bot.send_media_group(worker.id, files)
        sheet = await bot.send_document(worker.id, b"PK", filename="名单.xlsx")
        assert sheet.document is not None
        assert sheet.document.file_name == "名单.xlsx"
        file = await bot.get_file(sheet.document.file_id)
        assert bytes(await file.download_as_bytearray()) == b"PK"
        await bot.send_voice(worker.id, b"OggS", duration=2)
        await bot.send_location(worker.id, 24.4, 98.6, live_period=600)
        await bot.send_venue(worker.id, 24.4, 98.6, "卡点", "路口")
        with pytest.raises(telegram.error.BadRequest, match="Image_process_failed"):
            await bot.send_photo(worker.id, b"no picture")

    run(playground, story)


def test_updates_and_callbacks(playground: Playground, worker: Person) -> None:
    async def story(bot: Bot) -> None:
        await bot.send_message(worker.id, "请选", reply_markup=BUTTONS)
        worker.tap("好")
        worker.voice()
        worker.album([sample_photo(), sample_photo("red")])
        worker.location(1, 2, live=600)
        worker.move(1, 2.1)
        worker.contact()
        worker.forward(worker.last)
        worker.venue(1, 2, "卡点")
        worker.sticker()
        worker.block()
        worker.unblock()
        updates = await bot.get_updates(timeout=1, allowed_updates=["message", "callback_query"])
        assert len(updates) == 13
        query = next(update.callback_query for update in updates if update.callback_query)
        assert query is not None
        await query.answer("收到")
        await bot.get_updates(offset=updates[-1].update_id + 1)

    run(playground, story)
    assert worker.toasts == ["收到"]
    assert len(playground.acknowledged) == 13


def test_profile_chats_and_webhook(playground: Playground, worker: Person) -> None:
    group = playground.group("群", worker)
    group.add_bot(worker.user)

    async def story(bot: Bot) -> None:
        assert bot.username == "gridduty_bot"
        scope = BotCommandScopeChat(worker.id)
        await bot.set_my_commands([BotCommand("my", "我的")], scope=scope, language_code="zh")
        assert len(await bot.get_my_commands(scope=scope, language_code="zh")) == 1
        await bot.delete_my_commands(scope=scope, language_code="zh")
        assert (await bot.get_chat(worker.id)).first_name == "岩罕"
        assert (await bot.get_chat_member(group.id, worker.id)).status == "member"
        await bot.leave_chat(group.id)
        await bot.set_webhook("https://127.0.0.1:9/x", secret_token="s", max_connections=1)
        assert (await bot.get_webhook_info()).url == "https://127.0.0.1:9/x"
        with pytest.raises(telegram.error.Conflict):
            await bot.get_updates()
        await bot.delete_webhook(drop_pending_updates=True)
        assert await bot.close()
        assert await bot.log_out()

    run(playground, story)


def test_refusals_are_the_clients_own_errors(playground: Playground, worker: Person) -> None:
    async def story(bot: Bot) -> None:
        worker.block()
        with pytest.raises(telegram.error.Forbidden):
            await bot.send_message(worker.id, "x")
        worker.unblock()
        playground.faults.too_many(9, method="sendMessage")
        with pytest.raises(telegram.error.RetryAfter):
            await bot.send_message(worker.id, "x")
        playground.faults.lost_answer(0.1, method="sendMessage")
        with pytest.raises(telegram.error.NetworkError):
            await bot.send_message(worker.id, "x")
        group = playground.group("群", worker)
        group.add_bot(worker.user)
        old = group.id
        group.migrate(worker.user)
        with pytest.raises(telegram.error.ChatMigrated) as moved:
            await bot.send_message(old, "x")
        assert moved.value.new_chat_id == group.id

    run(playground, story)
