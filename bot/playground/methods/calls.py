"""One call of a method, and what most methods need of it: the chat, the message, the text."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.base.facts import Struct
from bot.playground.bots import BotAccount
from bot.playground.keyboards import check_markup
from bot.playground.params import Params
from bot.playground.replies import ApiError, JsonObject, bad_request, forbidden
from bot.playground.spotting import spot
from bot.playground.texts import parse_html, trim, utf16_length
from bot.playground.world import Chat, Message, User, World

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024


@dataclass(slots=True)
class Call:
    """A call on its way; `note` takes names of parameters Telegram does not know."""

    world: World
    bot: BotAccount
    params: Params
    note: Callable[[str], None]

    @property
    def author(self) -> User:
        """The calling bot as one who writes."""
        return self.world.users[self.bot.id]


class Method(Struct):
    """How a method is played: what runs, its parameters, whether it counts for the rate limits.

    `run` is called with the world's lock held; None for those the server answers itself.
    """

    run: Callable[[Call], Any] | None
    parameters: frozenset[str]
    counts: bool = False


# By name; filled by `method`.
METHODS: dict[str, Method] = {}
Run = TypeVar("Run", bound=Callable[[Call], Any])


def method(name: str, parameters: str = "", counts: bool = False) -> Callable[[Run], Run]:
    """A function that plays the method of this name, whose parameters are written as one line of words."""

    def keep(run: Run) -> Run:
        METHODS[name] = Method(run, frozenset(parameters.split()), counts)
        return run

    return keep


def chat_number(params: Params) -> int:
    """The `chat_id`; raises 400 if it is missing or no number."""
    value = params.values.get("chat_id")
    if value is None or value == "":
        raise bad_request("chat_id is empty")
    if isinstance(value, str) and value.lstrip("-").isdigit():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise bad_request("chat not found")


def find_chat(call: Call) -> Chat:
    """The chat meant, whether or not the bot may write there; raises 400 if there is none."""
    number = chat_number(call.params)
    if number < 0:
        if (group := call.world.groups.get(number)) is None:
            raise bad_request("chat not found")
        return group
    user = call.world.users.get(number)
    if user is None:
        raise bad_request("chat not found")
    if user.is_bot:
        raise forbidden("bots can't send messages to bots")
    return call.world.private_chat(call.bot, user)


def open_chat(call: Call) -> Chat:
    """The chat, if the bot may write to it now; raises what Telegram would say otherwise."""
    chat = find_chat(call)
    if chat.user is not None:
        if chat.user.deactivated:
            raise forbidden("user is deactivated")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        return chat
    if chat.migrated_to:
        reason = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, reason, migrate_to_chat_id=chat.migrated_to)
    status = chat.members.get(call.bot.id, "left")
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    if status == "left":
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
    return chat


def find_message(call: Call, chat: Chat, purpose: str) -> Message:
    """The message `message_id` names; `purpose` stands in the error, as in "message to edit not found"."""
    number = call.params.integer("message_id")
    if number is None:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(number)
    if message is None or message.deleted:
        raise bad_request(f"{purpose} not found")
    return message


def formatted(source: str, mode: str | None, given: Any) -> tuple[str, list[JsonObject]]:
    """Text and entities from what was sent; HTML is the one parse mode played."""
    if not mode:
        entities = _check_entities(given)
        text = source
    elif mode.upper() == "HTML":
        text, entities = parse_html(source)
    else:
        raise bad_request("unsupported parse_mode")
    text, entities = trim(text, entities)
    return text, spot(text, entities)


def _check_entities(given: Any) -> list[JsonObject]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    for entity in given:
        if not isinstance(entity, dict) or not {"type", "offset", "length"} <= entity.keys():
            raise bad_request("can't parse entities: can't parse MessageEntity")
    return given


def read_text(call: Call) -> JsonObject:
    """`text` as the fields of a message; raises 400 if empty or over 4,096."""
    params = call.params
    entities = params.json("entities", "entities")
    text, marks = formatted(params.text("text") or "", params.text("parse_mode"), entities)
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return {"text": text, "entities": marks} if marks else {"text": text}


def read_caption(source: str | None, mode: str | None, entities: Any) -> JsonObject:
    """A caption as the fields of a message; raises 400 over 1,024."""
    text, marks = formatted(source or "", mode, entities)
    if utf16_length(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    if not text:
        return {}
    return {"caption": text, "caption_entities": marks} if marks else {"caption": text}


def caption_of(call: Call) -> JsonObject:
    """The call's own caption."""
    params = call.params
    given = params.json("caption_entities", "caption entities")
    return read_caption(params.text("caption"), params.text("parse_mode"), given)


def read_markup(call: Call, chat: Chat) -> JsonObject | None:
    """The call's `reply_markup`, checked."""
    value = call.params.values.get("reply_markup")
    if value is None or value == "":
        return None
    return check_markup(call.params.json("reply_markup", "reply keyboard markup"), chat.private, call.note)
