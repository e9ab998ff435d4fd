"""What goes up ladders: one line a kind."""

from bot.features.attendance import not_checked_in
from bot.features.attendance.notices import LateCrew, LateNames, LateOwn, LateOwnPost
from bot.features.escalation.kinds import EscalationKind
from bot.features.handover import cards as handover_cards
from bot.features.handover import escalation as handover_escalation
from bot.features.handover.notices import HandoverLate
from bot.features.hazards import cards as hazard_cards
from bot.features.hazards import escalation as hazard_escalation
from bot.features.patrols import escalation as patrol_escalation
from bot.features.patrols.notices import PatrolDue
from bot.features.requests import cards as request_cards
from bot.features.requests import escalation as request_escalation

_HAZARDS = ("hazard.late_own", "hazard.late_above", "hazard.late_above")
_HAZARDS_RING = ("hazard.late_own_soon", "hazard.late_above_soon", "hazard.late_above_soon")
_WHO = {
    "hazard_new": hazard_cards.ASSIGN, "hazard_due": hazard_cards.ASSIGN, "hazard_check": hazard_cards.VERIFY,
}  # fmt: skip

_REQUESTS = ("request.late_own", "request.late_above", "request.late_above")
_REQUEST_WHO = {
    "request_new": request_cards.ASSIGN, "request_due": request_cards.ASSIGN,
    "request_ask": request_cards.ASK,
}  # fmt: skip

KINDS: dict[str, EscalationKind] = {
    # Nobody is named; it is past due; it is put right and nobody has looked.
    **{
        kind: EscalationKind(hazard_escalation.needed, _HAZARDS, asked, "hazard")
        for kind, asked in _WHO.items()
    },
    **{
        f"{kind}_urgent": EscalationKind(hazard_escalation.needed, _HAZARDS_RING, asked, "hazard", True)
        for kind, asked in _WHO.items()
    },
    **{
        kind: EscalationKind(request_escalation.needed, _REQUESTS, asked, "request")
        for kind, asked in _REQUEST_WHO.items()
    },
    # Nobody has checked in: at a post, which is never to stand empty, and elsewhere.
    "late_post": EscalationKind(
        not_checked_in.needed,
        (LateOwnPost, LateCrew, LateNames),
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
