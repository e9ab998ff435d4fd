"""The methods that change, remove, pin or react to messages that are there."""

from datetime import timedelta

from bot.playground.methods.calls import (
    Call,
    caption_of,
    find_message,
    method,
    open_chat,
    read_markup,
    read_text,
)
from bot.playground.methods.sending import album_item
from bot.playground.replies import JsonObject, bad_request
from bot.playground.world import Message

_WHICH = "business_connection_id chat_id message_id inline_message_id reply_markup "
_CONTENT = ("text", "entities", "caption", "caption_entities", "photo", "document", "video", "audio")
# What can become another picture or file: that, or a text. A voice note or a place cannot.
_EXCHANGEABLE = frozenset({"text", "photo", "document", "video", "audio"})
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_DELETABLE = timedelta(hours=48)
_EMOJI = (
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 "
    "🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 "
    "😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 "
    "🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡 "
)
_REACTIONS = frozenset(_EMOJI.split())


def _editable(call: Call) -> Message:
    if call.params.values.get("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = open_chat(call)
    message = find_message(call, chat, "message to edit")
    # Telegram edits no message that brought a reply keyboard.
    if message.author.id != call.bot.id or message.keyboard is not None:
        raise bad_request("message can't be edited")
    return message


def _edit(call: Call, message: Message, content: JsonObject) -> JsonObject:
    """Put `content` in place of all content, with the call's inline keyboard or none."""
    kept = {k: v for k, v in message.data.items() if k not in (*_CONTENT, "reply_markup", "edit_date")}
    fresh = {**kept, **content}
    markup = read_markup(call, message.chat)
    if markup is not None:
        if "inline_keyboard" not in markup:
            raise bad_request("inline keyboard expected")
        fresh["reply_markup"] = markup
    if fresh == {k: v for k, v in message.data.items() if k != "edit_date"}:
        raise bad_request(_SAME)
    message.past_buttons = [*message.past_buttons, *message.buttons][-50:]
    message.data = {**fresh, "edit_date": call.world.timestamp()}
    message.edits += 1
    call.world.touch(message)
    return message.data


def _content(message: Message, *names: str) -> JsonObject:
    return {name: message.data[name] for name in names if name in message.data}


@method("editMessageText", _WHICH + "text parse_mode entities link_preview_options", counts=True)
def _edit_text(call: Call) -> JsonObject:
    message = _editable(call)
    content = read_text(call)
    if "text" not in message.data:
        raise bad_request("there is no text in the message to edit")
    return _edit(call, message, content)


@method(
    "editMessageCaption", _WHICH + "caption parse_mode caption_entities show_caption_above_media", counts=True
)
def _edit_caption(call: Call) -> JsonObject:
    message = _editable(call)
    media = _content(message, "photo", "document", "video", "audio", "voice")
    if not media:
        raise bad_request("there is no caption in the message to edit")
    return _edit(call, message, {**media, **caption_of(call)})


@method("editMessageReplyMarkup", _WHICH, counts=True)
def _edit_markup(call: Call) -> JsonObject:
    message = _editable(call)
    return _edit(call, message, _content(message, *_CONTENT))


@method("editMessageMedia", _WHICH + "media", counts=True)
def _edit_media(call: Call) -> JsonObject:
    message = _editable(call)
    if not _EXCHANGEABLE & message.data.keys():
        raise bad_request("there is no media in the message to edit")
    content = album_item(call, call.params.json("media", "input media"))
    if message.data.get("media_group_id") and "photo" not in content:
        raise bad_request("message can't be edited")
    return _edit(call, message, content)


@method("deleteMessage", "chat_id message_id")
def _delete(call: Call) -> bool:
    chat = open_chat(call)
    message = find_message(call, chat, "message to delete")
    age = call.world.timestamp() - int(message.data["date"])
    if age > _DELETABLE.total_seconds():
        raise bad_request("message can't be deleted for everyone")
    own = message.author.id == call.bot.id
    if not chat.private and not own and chat.members.get(call.bot.id) != "administrator":
        raise bad_request("message can't be deleted")
    call.world.remove(message)
    return True


@method("pinChatMessage", "business_connection_id chat_id message_id disable_notification")
def _pin(call: Call) -> bool:
    chat = open_chat(call)
    message = find_message(call, chat, "message to pin")
    _may_pin(call, message)
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    chat.pinned.append(message.id)
    call.world.touch(message)
    return True


@method("unpinChatMessage", "business_connection_id chat_id message_id")
def _unpin(call: Call) -> bool:
    """The named message, or the one pinned last."""
    chat = open_chat(call)
    number = call.params.integer("message_id")
    if number is None and chat.pinned:
        number = chat.pinned[-1]
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    message = chat.messages[number]
    _may_pin(call, message)
    chat.pinned.remove(message.id)
    call.world.touch(message)
    return True


def _may_pin(call: Call, message: Message) -> None:
    chat = message.chat
    if not chat.private and chat.members.get(call.bot.id) != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")


@method("setMessageReaction", "chat_id message_id reaction is_big")
def _react(call: Call) -> bool:
    chat = open_chat(call)
    message = find_message(call, chat, "message to react")
    reaction = call.params.json("reaction", "reaction types") or []
    if not isinstance(reaction, list) or not all(isinstance(r, dict) for r in reaction):
        raise bad_request("expected an Array of ReactionType")
    if len(reaction) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(r.get("type") != "emoji" or r.get("emoji") not in _REACTIONS for r in reaction):
        raise bad_request("REACTION_INVALID")
    message.reactions[call.bot.id] = reaction
    call.world.touch(message)
    return True
