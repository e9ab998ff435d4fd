"""What is said about swaps: each kind of message, declared once."""

from dataclasses import replace

from bot.features.swaps import cards, views
from bot.outbox.notices import NEWS, URGENT, URGENT_HELD
from bot.views.messages import MessageKind

MESSAGES = (
    MessageKind("swap.sent", views.sent),
    MessageKind("swap.asked", views.asked),
    MessageKind("swap.offered", views.offered, policy=URGENT_HELD),
    MessageKind("swap.offered_soon", views.offered, policy=URGENT),
    MessageKind("swap.offer_declined", views.offer_declined),
    MessageKind("swap.offer_accepted", views.offer_accepted),
    MessageKind("swap.to_decide", views.to_decide, load=cards.load_to_decide, policy=URGENT_HELD),
    MessageKind("swap.to_decide_soon", views.to_decide, load=cards.load_to_decide, policy=URGENT),
    MessageKind("swap.news", views.news, policy=replace(NEWS, folds=True)),
    MessageKind("swap.news_soon", views.news, policy=URGENT),
    MessageKind("swap.waiting_count", views.waiting_count),
)
