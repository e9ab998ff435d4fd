"""What goes up ladders: one line a kind."""

from bot.services import (
    handover_cards,
    handover_late,
    hazard_cards,
    hazard_ladders,
    late,
    patrol_due,
    request_cards,
    request_ladders,
)
from bot.services.ladder_kind import Kind

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

KINDS: dict[str, Kind] = {
    # Nobody is named; it is past due; it is put right and nobody has looked.
    **{kind: Kind(hazard_ladders.needed, _HAZARDS, asked, "hazard") for kind, asked in _WHO.items()},
    **{
        f"{kind}_urgent": Kind(hazard_ladders.needed, _HAZARDS_RING, asked, "hazard", True)
        for kind, asked in _WHO.items()
    },
    **{
        kind: Kind(request_ladders.needed, _REQUESTS, asked, "request")
        for kind, asked in _REQUEST_WHO.items()
    },
    # Nobody has checked in: at a post, which is never to stand empty, and elsewhere.
    "late_post": Kind(
        late.needed,
        ("late.own_post", "late.crew_post", "late.names_post"),
        late.READ,
        "late",
        True,
        late.still_missing,
    ),
    # Not handed over, or not taken over.
    "handover": Kind(
        handover_late.needed, ("handover.wait", "handover.wait", "handover.late"), handover_cards.TAKE
    ),
    # Nobody has set out on a planned patrol.
    "patrol": Kind(
        patrol_due.needed, ("patrol.due_crew", "patrol.due_crew", "patrol.due_names"), patrol_due.READ
    ),
    "late": Kind(
        late.needed, ("late.own", "late.crew", "late.names"), late.READ, "late", ends=late.still_missing
    ),
}
