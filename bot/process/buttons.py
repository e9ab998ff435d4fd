"""What a pressed button says, and the usual answers to it: a button may be about what is no more."""

from datetime import date, datetime

from bot.base.errors import Refused
from bot.outbox.notices import Notice
from bot.process.context import Context

STALE = "button-stale"


def parts_of(context: Context) -> tuple[str, ...]:
    """The parts of the data of the button that was pressed, or of the words that were written."""
    assert context.matches
    return context.matches[0].groups()


def numbers_of(context: Context) -> tuple[int, ...]:
    """The same where all of them are numbers."""
    return tuple(map(int, parts_of(context)))


def day_of(told: str) -> date:
    """A day as buttons tell it. Raises Refused for one that no calendar has."""
    try:
        return datetime.strptime(told, "%Y%m%d").date()
    except ValueError:
        raise Refused(STALE) from None


def reply(context: Context, notice: Notice | None) -> None:
    """Answer; None: the button is about what is no more."""
    if notice is None:
        context.toast(STALE)
    else:
        context.reply(notice)


def turn_to(context: Context, page: Notice | None) -> None:
    """Show another page; None: the button is about what is no more."""
    if page is None:
        context.toast(STALE)
    else:
        context.turn_to(page)


def confirm(context: Context, done: object, toast: str = "") -> None:
    """Say in passing that it is done (nothing, where what was pressed shows it), or that the button is about
    what is no more."""
    if not done:
        context.toast(STALE)
    elif toast:
        context.toast(toast)
