"""/bind and /unbind in a group: an area's summaries go there, or no more."""

from telegram import Update
from telegram.ext import CommandHandler, filters

from bot.base.errors import Refused
from bot.features.people import groups
from bot.features.people.groups import GroupSpot
from bot.features.people.notices import GroupAnonymous, GroupHow
from bot.outbox.notices import Notice
from bot.process.context import App, Context
from bot.process.filters import NEW
from bot.process.incoming import message_of
from bot.process.menus import COMMANDS
from bot.views.notices import Refusal


async def bind(update: Update, context: Context) -> None:
    """The own area's summaries come here; `/bind CODE`: those of an area below."""
    chat = message_of(update).chat
    code = (context.args or [""])[0]
    spot = GroupSpot(chat.id, chat.title or "", context.turn.thread_id)
    try:
        told: Notice = groups.bind(context.work, spot, code)
    except Refused as refusal:
        told = Refusal.of(refusal)
    context.reply(told)


async def unbind(update: Update, context: Context) -> None:
    """They come no more."""
    # Elsewhere a refusal in a group is not told; here somebody waits for it, and nothing was written.
    try:
        told: Notice = groups.unbind(context.work, message_of(update).chat.id)
    except Refused as refusal:
        told = Refusal.of(refusal)
    context.reply(told)


async def elsewhere(update: Update, context: Context) -> None:
    """Asked in the private chat: say where it is done."""
    context.reply(GroupHow())


async def anonymous(update: Update, context: Context) -> None:
    """By an administrator who hides behind the group, or as a channel: nobody can tell who it is."""
    context.reply(GroupAnonymous())


def register_first(app: App) -> None:
    """Before strangers are turned away: who hides behind a group is not known, and would wait in vain."""
    hidden = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE & filters.SenderChat.ALL
    own = [*COMMANDS, "unbind", "start"]
    app.add_handler(CommandHandler(own, anonymous, hidden & ~filters.IS_AUTOMATIC_FORWARD))


def register(app: App) -> None:
    """Commands only: what people say in a group is none of ours."""
    in_group = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE
    app.add_handler(CommandHandler("bind", bind, in_group))
    app.add_handler(CommandHandler("unbind", unbind, in_group))
    app.add_handler(CommandHandler(["bind", "unbind"], elsewhere, NEW))
