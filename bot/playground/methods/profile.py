"""The methods about the bot itself: who it is, its commands, how it gets updates."""

import re
from typing import Any
from urllib.parse import urlsplit

from bot.playground.bots import Webhook
from bot.playground.methods.calls import METHODS, Call, Method, method
from bot.playground.replies import JsonObject, bad_request
from bot.playground.updates import KINDS

_COMMAND = re.compile(r"[a-z0-9_]{1,32}$")
_SECRET = re.compile(r"[A-Za-z0-9_-]*$")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?$")
_SCOPES = {
    "default": 0,
    "all_private_chats": 0,
    "all_group_chats": 0,
    "all_chat_administrators": 0,
    "chat": 1,
    "chat_administrators": 1,
    "chat_member": 2,
}
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@method("getMe")
def _get_me(call: Call) -> JsonObject:
    return call.bot.me()


def _scope(call: Call) -> str:
    """The scope as one text, such as "chat:5"; raises 400 if Telegram knows no such scope."""
    scope = call.params.json("scope", "BotCommandScope")
    if scope is None:
        return "default"
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    parts = [str(scope["type"])]
    needs = ("chat_id", "user_id")[: _SCOPES[scope["type"]]]
    for name in needs:
        if not re.match(r"-?\d+$", str(scope.get(name, ""))):
            raise bad_request(f"can't parse BotCommandScope: empty {name} specified")
        parts.append(str(scope[name]))
    if needs:
        number = int(parts[1])
        if number not in call.world.users and number not in call.world.groups:
            raise bad_request("chat not found")
    return ":".join(parts)


def _language(call: Call) -> str:
    language = call.params.text("language_code") or ""
    if not _LANGUAGE.match(language):
        raise bad_request("invalid language code specified")
    return language


@method("setMyCommands", "commands scope language_code")
def _set_commands(call: Call) -> bool:
    commands = call.params.json("commands", "commands")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    key = (_scope(call), _language(call))
    checked = [_command(command) for command in commands]
    if checked:
        call.bot.commands[key] = checked
    else:
        call.bot.commands.pop(key, None)
    _show_menu(call, key[0])
    return True


def _show_menu(call: Call, scope: str) -> None:
    """Let those whose menu may be another now see it."""
    kind, _, number = scope.partition(":")
    for (bot_id, user_id), chat in call.world.private.items():
        if bot_id == call.bot.id and (kind != "chat" or number == str(user_id)):
            call.world.stir(chat)


def _command(command: Any) -> JsonObject:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name, description = command.get("command"), command.get("description")
    if not isinstance(name, str) or not _COMMAND.match(name.removeprefix("/")):
        raise bad_request("BOT_COMMAND_INVALID")
    if not isinstance(description, str) or not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": description}


@method("getMyCommands", "scope language_code")
def _get_commands(call: Call) -> list[JsonObject]:
    return call.bot.commands.get((_scope(call), _language(call)), [])


@method("deleteMyCommands", "scope language_code")
def _delete_commands(call: Call) -> bool:
    scope = _scope(call)
    call.bot.commands.pop((scope, _language(call)), None)
    _show_menu(call, scope)
    return True


def remember_allowed(call: Call) -> None:
    """Keep `allowed_updates` if given; an empty list asks for the default kinds again."""
    allowed = call.params.json("allowed_updates", "allowed_updates")
    if allowed is None:
        return
    if not isinstance(allowed, list) or not all(isinstance(kind, str) for kind in allowed):
        raise bad_request("expected an Array of String as allowed_updates")
    for kind in allowed:
        if kind not in KINDS:
            call.note(f"allowed_updates.{kind}")
    call.bot.updates.allowed = [kind for kind in allowed if kind in KINDS] or None


@method(
    "setWebhook",
    "url certificate ip_address max_connections allowed_updates drop_pending_updates secret_token",
)
def _set_webhook(call: Call) -> bool:
    """Plain http is taken for this machine only. An empty url is deleteWebhook."""
    url = call.params.text("url") or ""
    if not url:
        return _delete_webhook(call)
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = call.params.text("secret_token") or ""
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not _SECRET.match(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = call.params.integer("max_connections") or 40
    if not 1 <= connections <= 100:
        raise bad_request("max_connections must be between 1 and 100")
    remember_allowed(call)
    if call.params.flag("drop_pending_updates"):
        call.bot.updates.drop()
    call.bot.webhook = Webhook(url, secret, connections)
    return True


@method("deleteWebhook", "drop_pending_updates")
def _delete_webhook(call: Call) -> bool:
    if call.params.flag("drop_pending_updates"):
        call.bot.updates.drop()
    call.bot.webhook = Webhook()
    return True


@method("getWebhookInfo")
def _webhook_info(call: Call) -> JsonObject:
    updates = call.bot.updates
    return call.bot.webhook.shown(len(updates.pending), updates.allowed)


@method("logOut")
@method("close")
def _agree(call: Call) -> bool:
    """Taken, and seen in the log of calls."""
    return bool(call.bot.token)


# The server answers it itself.
METHODS["getUpdates"] = Method(None, frozenset({"offset", "limit", "timeout", "allowed_updates"}))
