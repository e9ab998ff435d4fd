"""Notices whose facts are read, and whose need is asked again, just before they are sent."""

from collections.abc import Callable

from sqlmodel import Session

from bot.access import Actor
from bot.facts import Facts
from bot.services import (
    appeals,
    corrections,
    digest,
    disputes,
    handover_cards,
    handover_late,
    hazard_cards,
    hazard_ladders,
    household_help,
    households,
    late,
    leave,
    leavers,
    ledger,
    mydata,
    patrol_due,
    patrol_reports,
    reminders,
    request_cards,
    request_ladders,
    review,
    second_accounts,
    shifts,
    silent,
    spreadsheets,
    summaries,
    summary_names,
    summary_sheets,
    summary_topics,
    swap_cards,
)

# What the reader may see now; None: no longer needed, or no longer theirs to see.
Load = Callable[[Session, Actor, Facts], Facts | None]


def _folded(session: Session, reader: Actor, facts: Facts) -> Facts | None:
    """Of several things in one message, those that are still needed."""
    found = [
        {**each, "facts": load(session, reader, each["facts"]) if load else each["facts"]}
        for each in facts["notices"]
        for load in [LOADS.get(each["kind"])]
    ]
    needed = [each for each in found if each["facts"] is not None]
    return {"notices": needed} if needed else None


LOADS: dict[str, Load] = {
    "folded": _folded,
    "appeal.urgent": appeals.load,
    "appeal.card": appeals.load,
    "patrol.report": patrol_reports.load,
    "patrol.own_report": patrol_reports.load,
    "patrol.report_asked": patrol_reports.load,
    "patrol.due_crew": patrol_due.load,
    "patrol.due_names": patrol_due.load,
    "patrol.closed": patrol_reports.load_closed,
    "correction.asked": corrections.load,
    "correction.waiting": corrections.load,
    "join.second_account_asked": second_accounts.load,
    "shifts.changed": shifts.load_change,
    "shifts.away": leave.load_gap,
    "shifts.away_soon": leave.load_gap,
    "swap.to_decide": swap_cards.load_to_decide,
    "swap.to_decide_soon": swap_cards.load_to_decide,
    "shifts.changed_soon": shifts.load_change,
    "summary": summaries.load,
    "summary.more": summaries.load,
    "summary.scheduled": summaries.load_scheduled,
    "summary.names": summary_names.load,
    "summary.sheet": summary_sheets.load,
    "summary.topic": summary_topics.load,
    "review": review.load,
    "reminder.reminder_held": reminders.load,
    "reminder.reminder_through": reminders.load,
    "reminder.urgent_held": reminders.load,
    "reminder.urgent_through": reminders.load,
    "digest": digest.load,
    "left.behind": leavers.load,
    "left.behind_soon": leavers.load,
    "late.own": late.load,
    "late.own_post": late.load,
    "late.crew": late.load,
    "late.crew_post": late.load,
    "late.names": late.load,
    "late.names_post": late.load,
    "mydata.overview": mydata.load_overview,
    "mydata.page": mydata.load,
    "handover.card": handover_cards.load,
    "handover.moved": handover_cards.load,
    "handover.card_above": handover_cards.load,
    "handover.differs": handover_cards.load,
    "handover.wait": handover_late.load,
    "handover.late": handover_late.load,
    "hazard.card": hazard_cards.load,
    "hazard.card_soon": hazard_cards.load,
    "hazard.card_own": hazard_cards.load,
    "hazard.soon": hazard_ladders.load_soon,
    "hazard.late_own": hazard_ladders.load,
    "hazard.late_own_soon": hazard_ladders.load,
    "hazard.late_above": hazard_ladders.load,
    "hazard.late_above_soon": hazard_ladders.load,
    "request.card": request_cards.load,
    "request.card_own": request_cards.load,
    "request.soon": request_ladders.load_soon,
    "request.late_own": request_ladders.load,
    "request.late_above": request_ladders.load,
    "household.day": households.load,
    "household.day_sure": households.load,
    "export.card": spreadsheets.load,
    "export.file": spreadsheets.load_file,
    "ledger.board": ledger.load,
    "ledger.certificate": ledger.load_paper,
    "ledger.sheet": ledger.load_paper,
    "ledger.entries": ledger.load,
    "dispute.said": disputes.load,
    "silent.board": silent.load,
    "silent.list": silent.load,
    "nudge.duty": silent.load_nudge,
    "nudge.households": silent.load_nudge,
    "household.day_own": households.load,
    "household.help": household_help.load,
    "household.told": household_help.load,
}


def is_seen(session: Session, actor: Actor, kind: str, facts: Facts) -> bool:
    """Whether the actor would be shown anything by a message of this kind, as things are now."""
    load = LOADS.get(kind)
    return load is None or load(session, actor, facts) is not None
