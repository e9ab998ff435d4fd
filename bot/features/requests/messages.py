"""What is said about requests: each kind of message, declared once."""

from bot.features.requests import cards, escalation
from bot.features.requests.views import answers as answers_views
from bot.features.requests.views import card as card_views
from bot.features.requests.views import lists as lists_views
from bot.outbox.notices import REMINDER, URGENT_HELD
from bot.views.messages import MessageKind

MESSAGES = (
    MessageKind("request.moved", answers_views.moved),
    MessageKind("request.sent", answers_views.sent),
    MessageKind("request.undone", answers_views.undone),
    MessageKind("request.assigned", answers_views.assigned),
    MessageKind("request.told_done", answers_views.told_done),
    MessageKind("request.told_stuck", answers_views.told_stuck),
    MessageKind("request.told_answer", answers_views.told_answer),
    MessageKind("request.voice", answers_views.voice),
    MessageKind("request.history", answers_views.history),
    MessageKind("request.waiting", answers_views.waiting),
    MessageKind("request.late_own", answers_views.late, load=escalation.load, policy=URGENT_HELD),
    MessageKind("request.late_above", answers_views.late, load=escalation.load, policy=URGENT_HELD),
    MessageKind("request.soon", answers_views.soon, load=escalation.load_soon, policy=REMINDER),
    MessageKind("request.card", card_views.card, load=cards.load, policy=URGENT_HELD),
    MessageKind("request.card_own", card_views.card, load=cards.load),
    MessageKind("request.board", lists_views.board),
    MessageKind("request.board_areas", lists_views.board_areas),
)
