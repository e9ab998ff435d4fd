"""What a handler is given: the turn of one update, its actor, and the way to answer."""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session
from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot.access import Actor, Work
from bot.base import lengths
from bot.base.facts import Json
from bot.base.i18n import Translator, translator
from bot.base.lengths import TOAST_LIMIT
from bot.base.payload import Pressed
from bot.forms import engine
from bot.forms.drafts import Draft
from bot.forms.steps import Answer, Filling
from bot.outbox import outbox
from bot.outbox.notices import Living, Notice
from bot.outbox.outbox import Recipient
from bot.process.routing import Routes
from bot.settings import Settings


@dataclass(slots=True)
class UpdateTurn:
    """One update being handled: its transaction, who acts, and what came of it.

    `at` is when Telegram took it; `now` when it is handled. `chat_id` is where it came from, which in
    a group is not the actor's own chat. `draft` is the form that the chat is filling in, until it takes
    the update or another form starts. `pressed` is the message whose button was pressed.
    """

    session: Session
    actor: Actor
    settings: Settings
    update_id: int
    chat_id: int
    at: datetime
    now: datetime
    replies: int = 0
    toast: dict[str, str | bool] = field(default_factory=dict)
    draft: Draft | None = None
    pressed: Pressed | None = None
    # Whether that message shows something else now.
    turned: bool = False
    # The topic of a group.
    thread_id: int | None = None

    @property
    def work(self) -> Work:
        """All that a service needs."""
        return Work(self.session, self.actor, self.now, self.settings)


turn_now: ContextVar[UpdateTurn] = ContextVar("turn_now")


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """python-telegram-bot's context, narrowed to our turn. Handlers never talk to the network."""

    def __init__(self, application: "App", chat_id: int | None = None, user_id: int | None = None) -> None:
        super().__init__(application, chat_id, user_id)
        self.turn = turn_now.get()
        # What a filter has found on its way; `filters.Found` fills it.
        self.found: list[int | str] = []

    @property
    def work(self) -> Work:
        """All that a service needs."""
        return self.turn.work

    @property
    def session(self) -> Session:
        """The open write transaction."""
        return self.turn.session

    @property
    def actor(self) -> Actor:
        """Who sent the update."""
        return self.turn.actor

    @property
    def settings(self) -> Settings:
        """Every setting."""
        return self.turn.settings

    @property
    def now(self) -> datetime:
        """When this is handled."""
        return self.turn.now

    @property
    def at(self) -> datetime:
        """When Telegram took it: what counts for duty."""
        return self.turn.at

    @property
    def tr(self) -> Translator:
        """The actor's language."""
        return translator(self.actor.locale)

    def reply(self, notice: Notice, *, reply_to: int | None = None) -> None:
        """Answer in the chat the update came from. Numbered, so that a replay adds none."""
        turn = self.turn
        if not turn.chat_id:
            # Telegram names neither a sender nor a chat.
            return
        actor = turn.actor
        to = Recipient(actor.bot, turn.chat_id, actor.locale, actor.person_id or None, turn.thread_id)
        key = f"reply:{turn.actor.bot}:{turn.update_id}:{turn.replies}"
        turn.replies += 1
        outbox.enqueue(turn.work, notice, to, key, reply_to=reply_to)

    def turn_to(self, notice: Notice) -> None:
        """Show another page on the message whose button was pressed, if it is a page of the same family that
        was asked for; what came unasked stays, and pages are turned on a message of their own."""
        turn, pressed = self.turn, self.turn.pressed
        to = outbox.recipient_of(self.actor)
        shown = outbox.page_shown(turn.session, to, pressed.message_id) if pressed else ""
        if pressed is None or shown.partition(".")[0] != notice.kind.partition(".")[0]:
            self.reply(notice)
            return
        turn.turned = True
        outbox.show_in(turn.session, notice, to, pressed.message_id, pressed.shape, turn.now)

    @property
    def filling(self) -> Filling:
        """What forms need of the turn."""
        turn = self.turn
        return Filling(turn.session, turn.actor, turn.at, turn.now, turn.settings)

    def start_form(
        self,
        form: str,
        given: Mapping[str, Json] | None = None,
        said: Answer | None = None,
        photo: Answer | None = None,
    ) -> None:
        """Ask a form's first question, of those not answered by `given`, `said`, or the `photo` it began
        with. Raises Refused by its gate."""
        self.turn.draft = None
        self.say(engine.begin(self.filling, form, given, said, photo))

    def say(self, said: Sequence[Notice | Living]) -> None:
        """Answer with each of these: on their living messages, where they have one."""
        turn, to = self.turn, outbox.recipient_of(self.actor)
        for each in said:
            if isinstance(each, Notice):
                self.reply(each)
            elif each.last:
                outbox.close(turn.session, each, turn.now)
            else:
                outbox.show(turn.work, each.subject, each.notice, to)

    def toast(self, key: str, /, **facts: str | int) -> None:
        """Say this in passing over the pressed button; never the only carrier of a result."""
        self.turn.toast = {"text": lengths.cut(self.tr.plain(key, **facts), TOAST_LIMIT)}

    def pop_up(self, key: str, /, **facts: str | int) -> None:
        """Show this over the chat until it is closed: it is nowhere in the chat afterwards."""
        self.toast(key, **facts)
        self.turn.toast |= {"show_alert": True}


class App(Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]):
    """python-telegram-bot's Application, never started: `process` hands it one update after another."""

    _routes: Routes | None = None

    async def take(self, update: Update) -> bool:
        """Let the first handler of each group that takes the update have it; whether there was one. What a
        handler raises goes on to the caller: `process_update` would hide it."""
        if self._routes is None:
            self._routes = Routes(self.handlers.values())
        context = None
        for group in self._routes.asked(update):
            for handler in group:
                found = handler.check_update(update)
                if found is None or found is False:
                    continue
                context = context or Context.from_update(update, self)
                await handler.handle_update(update, self, found, context)
                break
        return context is not None
