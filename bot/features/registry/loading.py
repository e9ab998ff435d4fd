"""Notices whose facts are read, and whose need is asked again, just before they are sent."""

from collections.abc import Callable

from sqlmodel import Session

from bot import access
from bot.access import Actor, self_of
from bot.base.facts import Facts
from bot.features.attendance import missing_reports, not_checked_in
from bot.features.duty import corrections
from bot.features.exports import orders
from bot.features.handover import cards as handover_cards
from bot.features.handover import escalation as handover_escalation
from bot.features.hazards import cards as hazard_cards
from bot.features.hazards import escalation as hazard_escalation
from bot.features.households import daily_answer
from bot.features.households import help as household_help
from bot.features.ledger import disputes, ledger
from bot.features.patrols import escalation as patrol_escalation
from bot.features.patrols import reports
from bot.features.people import leavers, second_accounts
from bot.features.privacy import mydata as privacy_mydata
from bot.features.reminders import digest, reminders
from bot.features.requests import cards as request_cards
from bot.features.requests import escalation as request_escalation
from bot.features.safety import appeals
from bot.features.shifts import leave, own_shifts
from bot.features.summaries import by_topic, review, sheet, summary
from bot.features.summaries import names as summary_names
from bot.features.swaps import cards as swap_cards

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
    "patrol.report": reports.load,
    "patrol.own_report": reports.load,
    "patrol.report_asked": reports.load,
    "patrol.due_crew": patrol_escalation.load,
    "patrol.due_names": patrol_escalation.load,
    "patrol.closed": reports.load_closed,
    "correction.asked": corrections.load,
    "correction.waiting": corrections.load,
    "join.second_account_asked": second_accounts.load,
    "shifts.changed": own_shifts.load_change,
    "shifts.away": leave.load_gap,
    "shifts.away_soon": leave.load_gap,
    "swap.to_decide": swap_cards.load_to_decide,
    "swap.to_decide_soon": swap_cards.load_to_decide,
    "shifts.changed_soon": own_shifts.load_change,
    "summary": summary.load,
    "summary.more": summary.load,
    "summary.scheduled": summary.load_scheduled,
    "summary.names": summary_names.load,
    "summary.sheet": sheet.load,
    "summary.topic": by_topic.load,
    "review": review.load,
    "reminder.reminder_held": reminders.load,
    "reminder.reminder_through": reminders.load,
    "reminder.urgent_held": reminders.load,
    "reminder.urgent_through": reminders.load,
    "digest": digest.load,
    "left.behind": leavers.load,
    "left.behind_soon": leavers.load,
    "late.own": not_checked_in.load,
    "late.own_post": not_checked_in.load,
    "late.crew": not_checked_in.load,
    "late.crew_post": not_checked_in.load,
    "late.names": not_checked_in.load,
    "late.names_post": not_checked_in.load,
    "mydata.overview": privacy_mydata.load_overview,
    "mydata.page": privacy_mydata.load,
    "handover.card": handover_cards.load,
    "handover.moved": handover_cards.load,
    "handover.card_above": handover_cards.load,
    "handover.differs": handover_cards.load,
    "handover.wait": handover_escalation.load,
    "handover.late": handover_escalation.load,
    "hazard.card": hazard_cards.load,
    "hazard.card_soon": hazard_cards.load,
    "hazard.card_own": hazard_cards.load,
    "hazard.soon": hazard_escalation.load_soon,
    "hazard.late_own": hazard_escalation.load,
    "hazard.late_own_soon": hazard_escalation.load,
    "hazard.late_above": hazard_escalation.load,
    "hazard.late_above_soon": hazard_escalation.load,
    "request.card": request_cards.load,
    "request.card_own": request_cards.load,
    "request.soon": request_escalation.load_soon,
    "request.late_own": request_escalation.load,
    "request.late_above": request_escalation.load,
    "household.day": daily_answer.load,
    "household.day_sure": daily_answer.load,
    "export.card": orders.load,
    "export.file": orders.load_file,
    "ledger.board": ledger.load,
    "ledger.certificate": ledger.load_paper,
    "ledger.sheet": ledger.load_paper,
    "ledger.entries": ledger.load,
    "dispute.said": disputes.load,
    "silent.board": missing_reports.load,
    "silent.list": missing_reports.load,
    "nudge.duty": missing_reports.load_nudge,
    "nudge.households": missing_reports.load_nudge,
    "household.day_own": daily_answer.load,
    "household.help": household_help.load,
    "household.told": household_help.load,
}


def is_seen(session: Session, actor: Actor, kind: str, facts: Facts) -> bool:
    """Whether the actor would be shown anything by a message of this kind, as things are now."""
    access.require(actor, "person.read_own", self_of(actor))
    load = LOADS.get(kind)
    return load is None or load(session, actor, facts) is not None
