"""喊话: /calls, its cards' buttons, and what people answer."""

from datetime import datetime, time, timedelta

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.features.calls import answering, cards, sending
from bot.features.calls.notices import CallMore, CallNoted, CallPeople, CallText
from bot.process.buttons import parts_of
from bot.process.context import App, Context, turn_now
from bot.process.filters import NEW, Found, WordFilter, words_for
from bot.process.incoming import found_number, message_of, number_of, said_in

_NUMBER = filters.Regex(r"^\s*\d{1,10}\s*(?:人|个|户|名|位)?\s*$")
# When a call goes that is to go later.
_TIMES = {"tonight": time(19), "morning": time(8)}
_STEERING = {"pause": sending.pause, "resume": sending.resume, "cancel": sending.cancel}


async def show_list(update: Update, context: Context) -> None:
    """Calls of the own area, and the kinds that can be begun."""
    context.reply(cards.page(context.work))


async def turn_page(update: Update, context: Context) -> None:
    """Older ones."""
    context.turn_to(cards.page(context.work, number_of(context)))


async def begin(update: Update, context: Context) -> None:
    """A call of this kind."""
    (kind,) = parts_of(context)
    context.start_form("call", {"kind": kind})


async def show(update: Update, context: Context) -> None:
    """One of the list."""
    context.reply(cards.show(context.work, number_of(context)))


async def send(update: Update, context: Context) -> None:
    """Let it go."""
    sending.release(context.work, number_of(context))
    context.toast("call-toast-going")


async def send_later(update: Update, context: Context) -> None:
    """Let it go this evening or in the morning."""
    when, number = parts_of(context)
    sending.release(context.work, int(number), _next(context, _TIMES[when]))
    context.toast("call-toast-planned")


def _next(context: Context, clock: time) -> datetime:
    """The next time that clocks show this."""
    zone = context.settings.work.zone
    local = context.now.astimezone(zone)
    day = local.date() + timedelta(days=1 if local.time() >= clock else 0)
    return datetime.combine(day, clock, zone).astimezone(context.now.tzinfo)


async def decide(update: Update, context: Context) -> None:
    """Somebody else agrees to it or not."""
    verb, number = parts_of(context)
    sending.agree(context.work, int(number), verb == "agree")
    context.toast("call-toast-noted")


async def steer(update: Update, context: Context) -> None:
    """Stopped, gone on with, or taken back."""
    verb, number = parts_of(context)
    _STEERING[verb](context.work, int(number))
    context.toast("call-toast-noted")


async def nudge(update: Update, context: Context) -> None:
    """Those who are silent are asked once more."""
    count = sending.nudge(context.work, number_of(context))
    context.toast("call-toast-nudged", count=str(count))


async def more(update: Update, context: Context) -> None:
    """What else its sender may do."""
    sending.seen(context.work, number_of(context), "call.lead")
    context.reply(CallMore(number_of(context)))


async def correct(update: Update, context: Context) -> None:
    """Say it otherwise, wherever it has arrived."""
    context.start_form("call_correct", {"call": number_of(context)})


async def again(update: Update, context: Context) -> None:
    """The same once more, to those who have not answered."""
    sending.again(context.work, number_of(context))
    context.toast("call-toast-noted")


async def text(update: Update, context: Context) -> None:
    """How it stands, as text."""
    sending.seen(context.work, number_of(context), "call.read")
    context.reply(CallText(number_of(context)))


async def sheet(update: Update, context: Context) -> None:
    """Everybody, as a spreadsheet."""
    context.reply(sending.sheet(context.work, number_of(context)))


async def people(update: Update, context: Context) -> None:
    """The names behind a number."""
    number, group, offset = parts_of(context)
    sending.seen(context.work, int(number), "call.read")
    context.turn_to(CallPeople(int(number), group, int(offset)))


async def choose(update: Update, context: Context) -> None:
    """An answer by key."""
    number, code = parts_of(context)
    wants_words = answering.choose(context.work, int(number), code)
    context.toast("call-toast-answered")
    if wants_words:
        context.start_form("call_note", {"call": int(number)})


async def answer(update: Update, context: Context) -> None:
    """A number, words or a voice note, as a reply to the call."""
    number, said = found_number(context), said_in(message_of(update))
    answering.put(context.work, number, said.words, said.voice)
    context.reply(CallNoted(number))


def _answered(message: Message) -> int | None:
    """The call that a message replies to."""
    turn, replied = turn_now.get(), message.reply_to_message
    return answering.asked_in(turn.session, turn.actor, replied.message_id) if replied else None


def register(app: App) -> None:
    """The command, its words, and the buttons."""
    app.add_handler(CommandHandler("calls", show_list, NEW))
    app.add_handler(MessageHandler(NEW & WordFilter(words_for("calls")), show_list))
    number, code = r"(\d{1,15})", r"([a-z][a-z0-9_]{0,23})"
    for callback, data in (
        (turn_page, r"list:(\d{1,6})"),
        (begin, rf"new:{code}"),
        (show, f"show:{number}"),
        (send, f"go:{number}"),
        (send_later, f"(tonight|morning):{number}"),
        (decide, f"(agree|refuse):{number}"),
        (steer, f"(pause|resume|cancel):{number}"),
        (nudge, f"nudge:{number}"),
        (more, f"more:{number}"),
        (correct, f"correct:{number}"),
        (again, f"again:{number}"),
        (text, f"text:{number}"),
        (sheet, f"sheet:{number}"),
        (people, rf"who:{number}:{code}:(\d{{1,6}})"),
        (choose, f"do:{number}:{code}"),
    ):
        app.add_handler(CallbackQueryHandler(callback, f"^call:{data}$"))


def register_replies(app: App) -> None:
    """What is replied to a call, before forms take words."""
    said = filters.TEXT | filters.VOICE
    app.add_handler(MessageHandler(NEW & filters.REPLY & said & ~filters.COMMAND & Found(_answered), answer))
