"""What belongs to one bot: its token, its updates, its commands, its webhook, its limits."""

from dataclasses import dataclass, field

from bot.playground.limits import Limits
from bot.playground.replies import JsonObject
from bot.playground.updates import UpdateQueue


@dataclass(slots=True)
class Webhook:
    """Where updates are posted to; an empty url means polling."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error: str = ""
    last_error_date: int = 0

    def shown(self, pending: int, allowed: list[str] | None) -> JsonObject:
        """The Bot API's `WebhookInfo`."""
        shown: JsonObject = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": pending,
        }
        if self.last_error:
            shown |= {"last_error_date": self.last_error_date, "last_error_message": self.last_error}
        if self.url:
            shown |= {"max_connections": self.max_connections, "ip_address": "127.0.0.1"}
        if allowed:
            shown["allowed_updates"] = allowed
        return shown


@dataclass(slots=True, eq=False)
class BotAccount:
    """One registered bot. `commands` is keyed by (scope as text, language code)."""

    id: int
    token: str
    username: str
    name: str
    updates: UpdateQueue
    limits: Limits
    reads_all: bool = False
    webhook: Webhook = field(default_factory=Webhook)
    commands: dict[tuple[str, str], list[JsonObject]] = field(default_factory=dict)

    def user_shown(self) -> JsonObject:
        """The Bot API's `User` as others see it."""
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}

    def me(self) -> JsonObject:
        """The Bot API's `User` with what getMe adds."""
        return {
            **self.user_shown(),
            "can_join_groups": True,
            "can_read_all_group_messages": self.reads_all,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
