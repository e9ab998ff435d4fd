"""What goes up ladders: one line a kind."""

from bot.features.attendance import not_checked_in
from bot.features.attendance.notices import LateCrew, LateNames, LateOwn
from bot.features.cases import escalation as case_escalation
from bot.features.escalation.kinds import EscalationKind
from bot.features.handover import cards as handover_cards
from bot.features.handover import escalation as handover_escalation
from bot.features.handover.notices import HandoverLate
from bot.features.patrols import escalation as patrol_escalation
from bot.features.patrols.notices import PatrolDue
from bot.features.registry.cases import CASES

KINDS: dict[str, EscalationKind] = {
    **{name: ladder for kind in CASES for name, ladder in case_escalation.kinds(kind).items()},
    # Nobody has checked in: at a post, which is never to stand empty, and elsewhere.
    "late_post": EscalationKind(
        not_checked_in.needed,
        (LateOwn, LateCrew, LateNames),
        not_checked_in.READ,
        "late",
        True,
        not_checked_in.still_missing,
    ),
    # Not handed over, or not taken over.
    "handover": EscalationKind(handover_escalation.needed, HandoverLate, handover_cards.TAKE),
    # Nobody has set out on a planned patrol.
    "patrol": EscalationKind(
        patrol_escalation.needed,
        PatrolDue,
        patrol_escalation.READ,
    ),
    "late": EscalationKind(
        not_checked_in.needed,
        (LateOwn, LateCrew, LateNames),
        not_checked_in.READ,
        "late",
        ends=not_checked_in.still_missing,
    ),
}
