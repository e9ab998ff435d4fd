"""The way in: invite links, the own contact, second accounts; who can be reached; /language."""

from dataclasses import asdict

from telegram import ChatMember, Message, Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from bot.access import ActorKind
from bot.features.ledger.notices import LanguageChanged, LanguageChoice
from bot.features.people import accounts, groups, joining, second_accounts
from bot.features.people.notices import JoinGreeting
from bot.process.buttons import confirm, parts_of
from bot.process.context import App, Context, turn_now
from bot.process.filters import NEW
from bot.process.incoming import message_of
from bot.views.notices import Refusal
from models import Reach

LINK = r"^/start(?:@\w+)? j_([A-Za-z0-9_-]{1,62})$"
# A post's QR link is a check-in.
START = r"^/start(?:@\w+)?(?: +(?![pc]_).*)?$"


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
    message = message_of(update)
    assert message.migrate_to_chat_id
    groups.move(context.session, context.actor, message.chat.id, message.migrate_to_chat_id)


class FromStranger(BaseHandler[Update, Context, None]):
    """Whatever comes from an account that is bound to nobody."""

    def check_update(self, update: object) -> bool:
        """Whether nobody is behind the update."""
        return isinstance(update, Update) and turn_now.get().actor.kind is ActorKind.STRANGER


async def open_link(update: Update, context: Context) -> None:
    """`/start j_CODE`."""
    context.reply(joining.open_link(context.work, parts_of(context)[0]))


async def stranger(update: Update, context: Context) -> None:
    """The own contact lets in; anything else is answered with how to join."""
    message = update.message
    if update.callback_query:
        context.toast("access-stranger")
    if message and message.chat.type == "private" and message.contact:
        contact = message.contact
        # A forwarded contact proves nothing, whosever it is.
        owner_id = None if message.forward_origin else contact.user_id
        context.reply(joining.share_contact(context.work, owner_id, contact.phone_number))
    elif _is_waited_for(update):
        context.reply(Refusal("access-stranger"))


def _is_waited_for(update: Update) -> bool:
    """Whether somebody in a private chat waits for an answer."""
    chat = update.effective_chat
    return bool(update.message or update.callback_query) and chat is not None and chat.type == "private"


async def greet(update: Update, context: Context) -> None:
    """`/start` by one who has joined."""
    accounts.set_reach(context.session, context.actor, Reach.OK)
    context.reply(JoinGreeting(**asdict(accounts.greeting(context.work))))


async def decide_second_account(update: Update, context: Context) -> None:
    """A second account is let in or not."""
    answer, number = parts_of(context)
    done = second_accounts.decide(context.work, int(number), answer == "yes")
    confirm(context, done, "join-second-decided")


async def ask_language(update: Update, context: Context) -> None:
    """Offer the languages there are."""
    context.reply(LanguageChoice())


async def choose_language(update: Update, context: Context) -> None:
    """Menu, keyboard and words change at once."""
    language = parts_of(context)[0]
    context.turn.actor = accounts.set_language(context.session, context.actor, language, now=context.now)
    context.toast("language-changed")
    context.reply(LanguageChanged(**asdict(accounts.keys_of(context.work))))


def register(app: App) -> None:
    """First of all: nobody else's handler sees what a stranger sends."""
    app.add_handler(ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER))
    app.add_handler(MessageHandler(filters.UpdateType.MESSAGE & MovesAway(), moved))
    app.add_handler(MessageHandler(NEW & filters.Regex(LINK), open_link))
    app.add_handler(FromStranger(stranger))
    app.add_handler(MessageHandler(NEW & filters.Regex(START), greet))
    app.add_handler(CallbackQueryHandler(decide_second_account, r"^second:(yes|no):(\d{1,15})$"))
    app.add_handler(CommandHandler("language", ask_language, NEW))
    app.add_handler(CallbackQueryHandler(choose_language, r"^lang:(\w{2,5})$"))
