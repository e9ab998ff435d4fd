"""The way in: invite links, the own contact, and what everybody else is told; who lets second accounts in."""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler, filters

from bot.access import ActorKind
from bot.features.people import accounts, joining, second_accounts
from bot.process.context import App, Context, turn_now
from bot.process.filters import NEW
from models import Reach

LINK = r"^/start(?:@\w+)? j_([A-Za-z0-9_-]{1,62})$"
# A post's QR link is a check-in.
START = r"^/start(?:@\w+)?(?: +(?![pc]_).*)?$"


class FromStranger(BaseHandler[Update, Context, None]):
    """Whatever comes from an account that is bound to nobody."""

    def check_update(self, update: object) -> bool:
        """Whether nobody is behind the update."""
        return isinstance(update, Update) and turn_now.get().actor.kind is ActorKind.STRANGER


async def open_link(update: Update, context: Context) -> None:
    """`/start j_CODE`."""
    assert context.matches
    code = context.matches[0].group(1)
    step = joining.open_link(context.work, code)
    facts = dict(step.facts)
    if step.kind == "join.already":
        facts = accounts.greeting(context.work)
    context.reply(step.kind, **facts)


async def stranger(update: Update, context: Context) -> None:
    """The own contact lets in; anything else is answered with how to join."""
    message = update.message
    if update.callback_query:
        context.toast("access-stranger")
    if message and message.chat.type == "private" and message.contact:
        contact = message.contact
        # A forwarded contact proves nothing, whosever it is.
        owner_id = None if message.forward_origin else contact.user_id
        step = joining.share_contact(context.work, owner_id, contact.phone_number)
        context.reply(step.kind, **step.facts)
    elif _is_waited_for(update):
        context.reply("refused", key="access-stranger", facts={})


def _is_waited_for(update: Update) -> bool:
    """Whether somebody in a private chat waits for an answer."""
    sent: Any = update.message or update.callback_query
    chat = update.effective_chat
    return sent is not None and chat is not None and chat.type == "private"


async def greet(update: Update, context: Context) -> None:
    """`/start` by one who has joined."""
    accounts.set_reach(context.session, context.actor, Reach.OK)
    facts = accounts.greeting(context.work)
    context.reply("join.greeting", **facts)


async def decide(update: Update, context: Context) -> None:
    """A second account is let in or not."""
    assert context.matches
    answer, number = context.matches[0].groups()
    done = second_accounts.decide(context.work, int(number), answer == "yes")
    context.toast("join-second-decided" if done else "button-stale")


def register(app: App) -> None:
    """First of all: nobody else's handler sees what a stranger sends."""
    app.add_handler(MessageHandler(NEW & filters.Regex(LINK), open_link))
    app.add_handler(FromStranger(stranger))
    app.add_handler(MessageHandler(NEW & filters.Regex(START), greet))
    app.add_handler(CallbackQueryHandler(decide, r"^second:(yes|no):(\d{1,15})$"))
