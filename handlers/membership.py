"""Blocked and unblocked, in groups and out of them: who and what can be reached."""

from telegram import ChatMember, Message, Update
from telegram.ext import ChatMemberHandler, MessageHandler, filters

from bot.features.people import accounts, groups
from bot.process.context import App, Context
from models import Reach


class MovesAway(filters.MessageFilter):
    """What the old group says last; the new one says so too."""

    def filter(self, message: Message) -> bool:
        """Whether the message names the new number."""
        return bool(message.migrate_to_chat_id)


async def membership(update: Update, context: Context) -> None:
    """A person has blocked the bot, or lets it write again; a group has put it out."""
    assert update.my_chat_member
    changed = update.my_chat_member
    if changed.chat.type == "private":
        gone = changed.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
        accounts.set_reach(context.session, context.actor, Reach.BLOCKED if gone else Reach.OK)
    elif changed.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT):
        groups.forget(context.work, changed.chat.id)


async def moved(update: Update, context: Context) -> None:
    """A group has become a supergroup: it has another number now."""
    assert update.message
    assert update.message.migrate_to_chat_id
    new = update.message.migrate_to_chat_id
    groups.move(context.session, context.actor, update.message.chat.id, new)


def register(app: App) -> None:
    """Silent, and for strangers too."""
    app.add_handler(ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER))
    app.add_handler(MessageHandler(filters.UpdateType.MESSAGE & MovesAway(), moved))
