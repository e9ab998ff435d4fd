"""What is said about swaps: each kind of message, declared once."""

from dataclasses import replace

from bot.features.swaps import cards, views
from bot.outbox.notices import NEWS, URGENT, URGENT_HELD
from bot.views.messages import DictKind

MESSAGES = (
    DictKind("swap.sent", views.sent),
    DictKind("swap.asked", views.asked),
    DictKind("swap.offered", views.offered, policy=URGENT_HELD),
    DictKind("swap.offered_soon", views.offered, policy=URGENT),
    DictKind("swap.offer_declined", views.offer_declined),
    DictKind("swap.offer_accepted", views.offer_accepted),
    DictKind("swap.to_decide", views.to_decide, load=cards.load_to_decide, policy=URGENT_HELD),
    DictKind("swap.to_decide_soon", views.to_decide, load=cards.load_to_decide, policy=URGENT),
    DictKind("swap.news", views.news, policy=replace(NEWS, folds=True)),
    DictKind("swap.news_soon", views.news, policy=URGENT),
    DictKind("swap.waiting_count", views.waiting_count),
)
