"""The bot's table of contents: every way in, in the order it is tried."""

from bot.process.context import App
from handlers import (
    attendance,
    calls,
    cases,
    digest,
    duty,
    edits,
    exports,
    fallback,
    forms,
    groups,
    handover,
    hazards,
    help,
    households,
    ledger,
    menu,
    patrols,
    people,
    privacy,
    reminders,
    requests,
    safety,
    shifts,
    summaries,
    swaps,
)


def register(app: App) -> None:
    """Add every handler."""
    fallback.register_first(app)
    groups.register_first(app)
    # Strangers go no further than this.
    people.register(app)
    for part in (safety, edits, calls, duty, patrols, households, swaps, hazards, cases, requests, handover):
        part.register(app)
    forms.register_starts(app)
    for part in (help, ledger, privacy, shifts, attendance, reminders, exports, summaries, digest, groups):
        part.register(app)
    # What stands above wins in the middle of a form.
    hazards.register_replies(app)
    calls.register_replies(app)
    forms.register(app)
    menu.register(app)
    # What follows takes places and photos that no form took.
    safety.register_evidence(app)
    patrols.register_evidence(app)
    hazards.register_evidence(app)
    duty.register_evidence(app)
    forms.register_rest(app)
    patrols.register_rest(app)
    safety.register_rest(app)
    fallback.register(app)
