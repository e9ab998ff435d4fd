"""The methods about chats, callback queries and files."""

from bot.playground.bots import BotAccount
from bot.playground.methods.calls import Call, find_chat, method, open_chat
from bot.playground.replies import JsonObject, bad_request
from bot.playground.texts import utf16_length
from bot.playground.world import Chat, User, World

TOAST_LIMIT = 200
CALLBACK_LIFE = 15.0  # seconds in which a tap can be answered
_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


@method("answerCallbackQuery", "callback_query_id text show_alert url cache_time")
def _answer_callback(call: Call) -> bool:
    """Once per tap, and only within seconds."""
    text = call.params.text("text") or ""
    tap = call.world.taps.get(call.params.required("callback_query_id"))
    if utf16_length(text) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    if tap is None or tap.answered or call.world.monotonic() - tap.at > CALLBACK_LIFE:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    tap.answered, tap.toast, tap.alert = True, text, call.params.flag("show_alert")
    tap.seq = call.world.stir(tap.chat)
    return True


@method("getFile", "file_id")
def _get_file(call: Call) -> JsonObject:
    file_id = call.params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = call.world.files.find(file_id, call.bot.id)
    return {**file.shown(), "file_path": call.world.files.link(file)}


@method("getChat", "chat_id")
def _get_chat(call: Call) -> JsonObject:
    chat = find_chat(call)
    if not chat.private:
        open_chat(call)
    elif not chat.started:
        raise bad_request("chat not found")
    shown: JsonObject = {
        **chat.shown(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }
    if chat.pinned:
        shown["pinned_message"] = chat.messages[chat.pinned[-1]].data
    if not chat.private:
        shown["permissions"] = {"can_send_messages": True}
    return shown


def tell_membership(world: World, bot: BotAccount, chat: Chat, by: User, statuses: tuple[str, str]) -> int:
    """Queue what a bot hears of its own place in a chat: how that was and how it is now. Gives the id."""
    before, after = (_member_shown(bot.user_shown(), status) for status in statuses)
    body = {
        "chat": chat.shown(),
        "from": by.shown(),
        "date": world.timestamp(),
        "old_chat_member": before,
        "new_chat_member": after,
    }
    return bot.updates.add("my_chat_member", body, chat.id)


def _member_shown(user: JsonObject, status: str) -> JsonObject:
    """The Bot API's `ChatMember` of this status."""
    shown: JsonObject = {"user": user, "status": status}
    if status == "kicked":
        shown["until_date"] = 0
    if status in ("administrator", "creator"):
        shown["is_anonymous"] = False
    if status == "administrator":
        shown |= dict.fromkeys(_RIGHTS, True) | {"can_be_edited": False}
    return shown


_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


@method("getChatMember", "chat_id user_id")
def _get_chat_member(call: Call) -> JsonObject:
    chat = open_chat(call)
    user = call.world.users.get(call.params.integer("user_id") or 0)
    if user is None:
        raise bad_request("invalid user_id specified")
    if chat.private and user.id not in (chat.id, call.bot.id):
        raise bad_request("user not found")
    status = "member" if chat.private else chat.members.get(user.id, "left")
    return _member_shown(user.shown(), status)


@method("leaveChat", "chat_id")
def _leave(call: Call) -> bool:
    chat = open_chat(call)
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    before, chat.members[call.bot.id] = chat.members[call.bot.id], "left"
    tell_membership(call.world, call.bot, chat, call.author, (before, "left"))
    return True


@method("sendChatAction", "business_connection_id chat_id message_thread_id action")
def _chat_action(call: Call) -> bool:
    open_chat(call)
    if call.params.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True
