"""What is said about requests: each kind of message, declared once."""

from bot.features.requests import cards, escalation
from bot.features.requests.views import answers as answers_views
from bot.features.requests.views import card as card_views
from bot.features.requests.views import lists as lists_views
from bot.outbox.notices import REMINDER, URGENT_HELD
from bot.views.messages import DictKind

MESSAGES = (
    DictKind("request.moved", answers_views.moved),
    DictKind("request.sent", answers_views.sent),
    DictKind("request.undone", answers_views.undone),
    DictKind("request.assigned", answers_views.assigned),
    DictKind("request.told_done", answers_views.told_done),
    DictKind("request.told_stuck", answers_views.told_stuck),
    DictKind("request.told_answer", answers_views.told_answer),
    DictKind("request.voice", answers_views.voice),
    DictKind("request.history", answers_views.history),
    DictKind("request.waiting", answers_views.waiting),
    DictKind("request.late_own", answers_views.late, load=escalation.load, policy=URGENT_HELD),
    DictKind("request.late_above", answers_views.late, load=escalation.load, policy=URGENT_HELD),
    DictKind("request.soon", answers_views.soon, load=escalation.load_soon, policy=REMINDER),
    DictKind("request.card", card_views.card, load=cards.load, policy=URGENT_HELD),
    DictKind("request.card_own", card_views.card, load=cards.load),
    DictKind("request.board", lists_views.board),
    DictKind("request.board_areas", lists_views.board_areas),
)
