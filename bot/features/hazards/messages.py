"""What is said about hazards: each kind of message, declared once."""

from dataclasses import replace

from bot.features.hazards import cards, escalation
from bot.features.hazards.views import answers as answers_views
from bot.features.hazards.views import card as card_views
from bot.features.hazards.views import lists as lists_views
from bot.outbox.notices import REMINDER, URGENT, URGENT_HELD
from bot.views.messages import DictKind

MESSAGES = (
    DictKind("hazard.moved", answers_views.moved),
    DictKind("hazard.sent", answers_views.sent),
    DictKind("hazard.joined", answers_views.joined),
    DictKind("hazard.remarked", answers_views.remarked),
    DictKind("hazard.sent_fixed", answers_views.told_fixed),
    DictKind("hazard.told_fixed", answers_views.told_fixed),
    DictKind("hazard.told_partly", answers_views.told_open),
    DictKind("hazard.told_cannot", answers_views.told_open),
    DictKind("hazard.sent_back", answers_views.sent_back),
    DictKind("hazard.assigned", answers_views.assigned),
    DictKind("hazard.undone", answers_views.undone),
    DictKind("hazard.voice", answers_views.voice),
    DictKind("hazard.photo", answers_views.photo),
    DictKind("hazard.work_added", answers_views.work_added),
    DictKind("hazard.history", answers_views.history),
    DictKind("hazard.waiting", answers_views.waiting),
    DictKind("hazard.late_own", answers_views.late, load=escalation.load, policy=URGENT_HELD),
    DictKind("hazard.late_own_soon", answers_views.late, load=escalation.load, policy=URGENT),
    DictKind("hazard.late_above", answers_views.late, load=escalation.load, policy=URGENT_HELD),
    DictKind("hazard.late_above_soon", answers_views.late, load=escalation.load, policy=URGENT),
    DictKind(
        "hazard.soon", answers_views.soon, load=escalation.load_soon, policy=replace(REMINDER, retold=True)
    ),
    DictKind("hazard.card", card_views.card, load=cards.load, policy=URGENT_HELD),
    DictKind("hazard.card_soon", card_views.card, load=cards.load, policy=URGENT),
    DictKind("hazard.card_own", card_views.card, load=cards.load),
    DictKind("hazard.board", lists_views.board),
    DictKind("hazard.board_kinds", lists_views.board_kinds),
    DictKind("hazard.board_areas", lists_views.board_areas),
    DictKind("hazard.map", lists_views.picture),
)
