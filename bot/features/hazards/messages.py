"""What is said about hazards: each kind of message, declared once."""

from dataclasses import replace
from functools import partial

from bot.features.cases import escalation
from bot.features.cases import views as cases
from bot.features.hazards import cards, notices
from bot.features.hazards.repository import HAZARD
from bot.features.hazards.views import answers, card, lists
from bot.outbox.notices import REMINDER, URGENT_HELD
from bot.views.messages import loaded, message

_LOAD, _LOAD_SOON = partial(escalation.load, HAZARD), partial(escalation.load_soon, HAZARD)
_URGENT, _RINGS = {"urgent": True}, {"rings": True}

MESSAGES = (
    message(notices.HazardMoved, cases.moved),
    message(notices.HazardSent, answers.sent),
    message(notices.HazardJoined, answers.went_to_another),
    message(notices.HazardRemarked, answers.remarked),
    message(notices.HazardToldFixed, answers.told_fixed, before={"hazard.sent_fixed": {}}),
    message(notices.HazardToldPartly, answers.told_open, before={"hazard.told_cannot": {}}),
    message(notices.HazardSentBack, answers.sent_back),
    message(notices.HazardAssigned, cases.assigned),
    message(notices.HazardUndone, cases.undone),
    message(notices.HazardVoice, cases.voice),
    message(notices.HazardPhotoShown, answers.photo),
    message(notices.HazardWorkAdded, answers.work_added),
    message(notices.HazardHistory, cases.history),
    message(notices.HazardWaiting, cases.waiting),
    loaded(
        notices.HazardLate, _LOAD, notices.HazardLate, cases.late, policy=URGENT_HELD,
        before={
            "hazard.late_own_soon": _RINGS, "hazard.late_above": {}, "hazard.late_above_soon": _RINGS,
        },
    ),
    loaded(
        notices.HazardSoon, _LOAD_SOON, notices.HazardSoon, cases.soon,
        policy=replace(REMINDER, retold=True),
    ),
    loaded(
        notices.HazardCard, cards.load, notices.HazardShown, card.card, policy=URGENT_HELD,
        before={"hazard.card_soon": _URGENT, "hazard.card_own": {"answers": True}},
    ),
    message(notices.HazardBoard, lists.board),
    message(notices.HazardBoardKinds, lists.board_kinds),
    message(notices.HazardBoardAreas, cases.board_areas),
    message(notices.HazardMap, lists.picture),
)  # fmt: skip
