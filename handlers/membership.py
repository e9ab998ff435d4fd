"""Blocked and unblocked: whether a person can be reached."""

from telegram import ChatMember, Update
from telegram.ext import ChatMemberHandler

from bot.context import App, Context
from bot.services import accounts
from models import Reach


async def membership(update: Update, context: Context) -> None:
    """A person has blocked the bot, or lets it write again."""
    assert update.my_chat_member
    changed = update.my_chat_member
    if changed.chat.type == "private":
        gone = changed.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
        accounts.set_reach(context.session, context.actor, Reach.BLOCKED if gone else Reach.OK)


def register(app: App) -> None:
    """Silent, and for strangers too."""
    app.add_handler(ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER))
