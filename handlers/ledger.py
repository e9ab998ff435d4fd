"""/my, the own record; the duty ledger, /ledger for those who look after others; what is said against it."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from bot.base.i18n import texts_of
from bot.features.ledger import disputes, ledger, own_record
from bot.features.ledger.ledger import Span, span_of
from bot.features.ledger.notices import LedgerPeople, LedgerPeriod
from bot.process.buttons import confirm, day_of, parts_of, reply, turn_to
from bot.process.context import App, Context
from bot.process.filters import NEW, WordFilter
from bot.process.incoming import number_of
from bot.settings.work_day import work_day
from models import EntryKind

MY_WORDS = texts_of("key-my") | {"我的", "my record"}
_KINDS = {
    "c": EntryKind.CHECKIN, "s": EntryKind.SHIFT, "p": EntryKind.PATROL, "f": EntryKind.HAZARD_FOUND,
    "x": EntryKind.HAZARD_FIXED, "r": EntryKind.REQUEST_TAKEN, "d": EntryKind.REQUEST_DONE,
    "h": EntryKind.HOUSEHOLDS, "a": EntryKind.ACTIVITY,
    "m": EntryKind.COMMENDATION,
}  # fmt: skip
_PERIODS = {"m": LedgerPeriod.MONTH, "q": LedgerPeriod.QUARTER, "y": LedgerPeriod.YEAR}


async def my(update: Update, context: Context) -> None:
    """This month, and the newest days."""
    context.reply(own_record.my(context.work))


async def older(update: Update, context: Context) -> None:
    """The days before those."""
    reply(context, own_record.older(context.work, number_of(context)))


async def by_name(update: Update, context: Context) -> None:
    """/ledger NAME; without a name the own one."""
    name = " ".join(context.args or ())
    today = work_day(context.now, context.settings.work)
    if not name:
        _board(context, 0, span_of(LedgerPeriod.MONTH, today))
        return
    people = ledger.named(context.work, name)
    if len(people) == 1 and people[0].sure:
        _board(context, people[0].id, span_of(LedgerPeriod.MONTH, today))
    else:
        context.reply(LedgerPeople(name, people, today))


async def board(update: Update, context: Context) -> None:
    """The numbers of a period."""
    person, period, day = parts_of(context)
    shown = work_day(context.now, context.settings.work) if day == "now" else day_of(day)
    _board(context, int(person), span_of(_PERIODS[period], shown))


async def entries(update: Update, context: Context) -> None:
    """What stands behind a number."""
    person, what, period, day, offset = parts_of(context)
    span = span_of(_PERIODS[period], day_of(day))
    turn_to(context, ledger.entries(context.work, int(person), _KINDS[what], span, int(offset)))


async def paper(update: Update, context: Context) -> None:
    """A period's ledger as a page to be printed, or as a spreadsheet."""
    verb, person, period, day = parts_of(context)
    span = span_of(_PERIODS[period], day_of(day))
    reply(context, ledger.paper(context.work, int(person), span, sheet=verb == "t"))


async def dispute(update: Update, context: Context) -> None:
    """Say something against an own entry."""
    what, entry = parts_of(context)
    context.start_form("dispute", {"what": _KINDS[what], "entry": int(entry)})


async def write(update: Update, context: Context) -> None:
    """Write into somebody's ledger."""
    context.start_form("merit", {"person": number_of(context)})


async def answer(update: Update, context: Context) -> None:
    """They are right, or it stays."""
    verb, number = parts_of(context)
    confirm(context, disputes.answer(context.work, int(number), verb == "yes"))


async def listen(update: Update, context: Context) -> None:
    """The voice note."""
    reply(context, disputes.voice(context.work, number_of(context)))


def _board(context: Context, person: int, span: Span) -> None:
    turn_to(context, ledger.totals(context.work, person, span))


def register(app: App) -> None:
    """The commands, the key and the buttons."""
    app.add_handler(CommandHandler("my", my, NEW))
    app.add_handler(MessageHandler(NEW & WordFilter(MY_WORDS), my))
    app.add_handler(CallbackQueryHandler(older, r"^my:older:(\d{1,15})$"))
    app.add_handler(CommandHandler("ledger", by_name, NEW))
    app.add_handler(CallbackQueryHandler(board, r"^led:b:(\d{1,12}):([mqy]):(\d{8}|now)$"))
    app.add_handler(
        CallbackQueryHandler(entries, r"^led:e:(\d{1,12}):([cspfxrdham]):([mqy]):(\d{8}):(\d{1,5})$")
    )
    app.add_handler(CallbackQueryHandler(paper, r"^led:(c|t):(\d{1,12}):([mqy]):(\d{8})$"))
    app.add_handler(CallbackQueryHandler(dispute, r"^led:x:([cspfxrdham]):(\d{1,12})$"))
    app.add_handler(CallbackQueryHandler(write, r"^led:w:(\d{1,12})$"))
    app.add_handler(CallbackQueryHandler(answer, r"^dsp:(yes|no):(\d{1,12})$"))
    app.add_handler(CallbackQueryHandler(listen, r"^dsp:voice:(\d{1,12})$"))
