"""The bot's table of contents: every way in, in the order it is tried."""

from bot.process.context import App
from handlers import (
    appeals,
    cancel,
    checkin,
    correction,
    digest,
    edits,
    export,
    fallback,
    forms,
    groups,
    handover,
    hazard,
    hazard_boards,
    help,
    households,
    joining,
    language,
    late,
    ledger,
    membership,
    menu,
    my,
    mydata,
    onduty,
    patrol,
    patrol_reports,
    reminders,
    request,
    request_boards,
    shifts,
    silent,
    stop,
    summary,
    swap,
    unplaced,
)


def register(app: App) -> None:
    """Add every handler."""
    fallback.register_first(app)
    membership.register(app)
    groups.register_first(app)
    # Strangers go no further than this.
    joining.register(app)
    for part in (appeals, unplaced, edits, checkin, patrol, patrol_reports, correction, households, swap):
        part.register(app)
    for part in (hazard, hazard_boards, request, request_boards, handover, cancel):
        part.register(app)
    forms.register_starts(app)
    for part in (help, my, ledger, mydata, shifts, onduty, late, reminders, silent, export, summary, digest):
        part.register(app)
    groups.register(app)
    language.register(app)
    stop.register(app)
    # What stands above wins in the middle of a form.
    hazard.register_replies(app)
    forms.register(app)
    menu.register(app)
    # What follows takes places and photos that no form took.
    unplaced.register_evidence(app)
    patrol.register_evidence(app)
    hazard.register_evidence(app)
    checkin.register_evidence(app)
    forms.register_rest(app)
    patrol.register_rest(app)
    unplaced.register_rest(app)
    fallback.register(app)
