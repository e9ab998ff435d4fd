"""What is said about hazards: each kind of message, declared once."""

from dataclasses import replace

from bot.features.hazards import cards, escalation
from bot.features.hazards.views import answers as answers_views
from bot.features.hazards.views import card as card_views
from bot.features.hazards.views import lists as lists_views
from bot.outbox.notices import REMINDER, URGENT, URGENT_HELD
from bot.views.messages import MessageKind

MESSAGES = (
    MessageKind("hazard.moved", answers_views.moved),
    MessageKind("hazard.sent", answers_views.sent),
    MessageKind("hazard.joined", answers_views.joined),
    MessageKind("hazard.remarked", answers_views.remarked),
    MessageKind("hazard.sent_fixed", answers_views.told_fixed),
    MessageKind("hazard.told_fixed", answers_views.told_fixed),
    MessageKind("hazard.told_partly", answers_views.told_open),
    MessageKind("hazard.told_cannot", answers_views.told_open),
    MessageKind("hazard.sent_back", answers_views.sent_back),
    MessageKind("hazard.assigned", answers_views.assigned),
    MessageKind("hazard.undone", answers_views.undone),
    MessageKind("hazard.voice", answers_views.voice),
    MessageKind("hazard.photo", answers_views.photo),
    MessageKind("hazard.work_added", answers_views.work_added),
    MessageKind("hazard.history", answers_views.history),
    MessageKind("hazard.waiting", answers_views.waiting),
    MessageKind("hazard.late_own", answers_views.late, load=escalation.load, policy=URGENT_HELD),
    MessageKind("hazard.late_own_soon", answers_views.late, load=escalation.load, policy=URGENT),
    MessageKind("hazard.late_above", answers_views.late, load=escalation.load, policy=URGENT_HELD),
    MessageKind("hazard.late_above_soon", answers_views.late, load=escalation.load, policy=URGENT),
    MessageKind(
        "hazard.soon", answers_views.soon, load=escalation.load_soon, policy=replace(REMINDER, retold=True)
    ),
    MessageKind("hazard.card", card_views.card, load=cards.load, policy=URGENT_HELD),
    MessageKind("hazard.card_soon", card_views.card, load=cards.load, policy=URGENT),
    MessageKind("hazard.card_own", card_views.card, load=cards.load),
    MessageKind("hazard.board", lists_views.board),
    MessageKind("hazard.board_kinds", lists_views.board_kinds),
    MessageKind("hazard.board_areas", lists_views.board_areas),
    MessageKind("hazard.map", lists_views.picture),
)
