"""The methods that write new messages."""

from typing import Any

from bot.playground.methods.calls import (
    Call,
    caption_of,
    method,
    open_chat,
    read_caption,
    read_markup,
    read_text,
)
from bot.playground.methods.media import file_part, photo_sizes
from bot.playground.replies import JsonObject, bad_request
from bot.playground.world import Chat, Message

_EVERYWHERE = (
    "business_connection_id chat_id message_thread_id direct_messages_topic_id disable_notification "
    "protect_content allow_paid_broadcast message_effect_id reply_parameters "
)
_ALWAYS = _EVERYWHERE + "suggested_post_parameters reply_markup "
_CAPTION = "caption parse_mode caption_entities "


def post(call: Call, chat: Chat, content: JsonObject, markup: JsonObject | None = None) -> Message:
    """Write the bot's message into the chat with reply and keyboard."""
    content = {**_topic_of(call, chat), **_reply_of(call, chat), **content}
    inline = markup is not None and "inline_keyboard" in markup
    if inline:
        content["reply_markup"] = markup
    if call.params.flag("protect_content"):
        content["has_protected_content"] = True
    message = call.world.write(chat, call.author, content)
    message.silent = call.params.flag("disable_notification")
    if markup is not None and not inline:
        message.keyboard = markup
        shows = "keyboard" in markup
        chat.keyboard, chat.keyboard_message = (markup, message) if shows else (None, None)
    call.world.sent += 1
    return message


def _topic_of(call: Call, chat: Chat) -> JsonObject:
    """The topic it goes to. The general one has a number, but is no thread to write to."""
    number = call.params.integer("message_thread_id")
    if not number:
        return {}
    if number not in chat.topics:
        raise bad_request("message thread not found")
    if number in chat.closed_topics and chat.members.get(call.bot.id) != "administrator":
        raise bad_request("TOPIC_CLOSED")
    return topic_fields(number)


def topic_fields(number: int) -> JsonObject:
    """What a message says of the topic it stands in."""
    return {"message_thread_id": number, "is_topic_message": True}


def _reply_of(call: Call, chat: Chat) -> JsonObject:
    wanted = call.params.json("reply_parameters", "reply parameters")
    if wanted is None:
        return {}
    if not isinstance(wanted, dict) or not isinstance(wanted.get("message_id"), int):
        raise bad_request("object expected as reply parameters")
    target = chat.messages.get(wanted["message_id"])
    if target is None or target.deleted:
        if wanted.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": quoted(target)}


def quoted(message: Message) -> JsonObject:
    """A message as it stands inside its reply: without what it replied to itself."""
    return {name: value for name, value in message.data.items() if name != "reply_to_message"}


def _send(call: Call, content: JsonObject, chat: Chat | None = None) -> JsonObject:
    chat = chat or open_chat(call)
    return post(call, chat, content, read_markup(call, chat)).data


@method("sendMessage", _ALWAYS + "text parse_mode entities link_preview_options", counts=True)
def _send_message(call: Call) -> JsonObject:
    chat = open_chat(call)
    return _send(call, read_text(call), chat)


@method("sendPhoto", _ALWAYS + _CAPTION + "photo show_caption_above_media has_spoiler", counts=True)
def _send_photo(call: Call) -> JsonObject:
    chat = open_chat(call)
    sizes = photo_sizes(call, call.params.values.get("photo"), "photo")
    return _send(call, {"photo": sizes, **caption_of(call)}, chat)


@method("sendDocument", _ALWAYS + _CAPTION + "document thumbnail disable_content_type_detection", counts=True)
def _send_document(call: Call) -> JsonObject:
    chat = open_chat(call)
    document = file_part(call, "document", call.params.values.get("document"), "document")
    return _send(call, {"document": document, **caption_of(call)}, chat)


@method("sendVoice", _ALWAYS + _CAPTION + "voice duration", counts=True)
def _send_voice(call: Call) -> JsonObject:
    return _send_timed(call, "voice")


@method(
    "sendVideo",
    _ALWAYS + _CAPTION + "video duration width height thumbnail supports_streaming has_spoiler",
    counts=True,
)
def _send_video(call: Call) -> JsonObject:
    return _send_timed(call, "video")


@method("sendAudio", _ALWAYS + _CAPTION + "audio duration performer title thumbnail", counts=True)
def _send_audio(call: Call) -> JsonObject:
    return _send_timed(call, "audio")


def _send_timed(call: Call, kind: str) -> JsonObject:
    chat = open_chat(call)
    file = file_part(call, kind, call.params.values.get(kind), kind)
    file["duration"] = call.params.integer("duration") or file.get("duration", 0)
    return _send(call, {kind: file, **caption_of(call)}, chat)


def read_point(call: Call) -> JsonObject:
    """Latitude and longitude of the call; raises 400 if missing or off the globe."""
    latitude = call.params.decimal("latitude")
    longitude = call.params.decimal("longitude")
    if latitude is None:
        raise bad_request("latitude is empty")
    if longitude is None:
        raise bad_request("longitude is empty")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("wrong latitude or longitude specified")
    return {"latitude": latitude, "longitude": longitude}


@method(
    "sendLocation",
    _ALWAYS + "latitude longitude horizontal_accuracy live_period heading proximity_alert_radius",
    counts=True,
)
def _send_location(call: Call) -> JsonObject:
    point = read_point(call)
    accuracy = call.params.decimal("horizontal_accuracy")
    if accuracy:
        if not 0 <= accuracy <= 1500:
            raise bad_request("wrong horizontal accuracy specified")
        point["horizontal_accuracy"] = accuracy
    period = call.params.integer("live_period")
    if period:
        if not (60 <= period <= 86400 or period == 0x7FFFFFFF):
            raise bad_request("wrong live location period specified")
        point["live_period"] = period
    return _send(call, {"location": point})


@method(
    "sendVenue",
    _ALWAYS
    + "latitude longitude title address foursquare_id foursquare_type google_place_id google_place_type",
    counts=True,
)
def _send_venue(call: Call) -> JsonObject:
    point = read_point(call)
    venue = {
        "location": point,
        "title": call.params.required("title"),
        "address": call.params.required("address"),
    }
    return _send(call, {"venue": venue, "location": point})


@method("sendMediaGroup", _EVERYWHERE + "media", counts=True)
def _send_media_group(call: Call) -> list[JsonObject]:
    chat = open_chat(call)
    items = call.params.json("media", "media")
    if not isinstance(items, list):
        raise bad_request("expected an Array of InputMedia")
    if not 2 <= len(items) <= 10:
        raise bad_request("there must be 2-10 items in the album")
    parts = [album_item(call, item) for item in items]
    kinds = {next(iter(part)) for part in parts}
    if len(kinds) > 1 and not kinds <= {"photo", "video"}:
        raise bad_request("can't use the media of the specified type in the album")
    group = {"media_group_id": str(13_000_000_000 + call.world.new_id())}
    return [post(call, chat, {**group, **part}).data for part in parts]


_INPUT_MEDIA = {
    "type", "media", "caption", "parse_mode", "caption_entities", "show_caption_above_media", "has_spoiler",
    "thumbnail", "cover", "start_timestamp", "width", "height", "duration", "supports_streaming",
    "performer", "title", "disable_content_type_detection",
}  # fmt: skip


def album_item(call: Call, item: Any) -> JsonObject:
    """One InputMedia as the fields of a message, its kind first; raises 400."""
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind = item.get("type")
    for name in item.keys() - _INPUT_MEDIA:
        call.note(f"media.{name}")
    caption = read_caption(item.get("caption"), item.get("parse_mode"), item.get("caption_entities"))
    if kind == "photo":
        return {"photo": photo_sizes(call, item.get("media"), "media"), **caption}
    if kind in ("document", "video", "audio"):
        return {kind: file_part(call, kind, item.get("media"), "media"), **caption}
    raise bad_request("can't parse InputMedia: type is unsupported")
