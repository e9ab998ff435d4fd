"""What is said about handover: each kind of message, declared once."""

from bot.features.handover import cards, escalation, views
from bot.outbox.notices import URGENT, URGENT_HELD
from bot.views.messages import DictKind

MESSAGES = (
    DictKind("handover.card", views.card, load=cards.load, policy=URGENT),
    DictKind("handover.card_above", views.card, load=cards.load, policy=URGENT_HELD),
    DictKind("handover.moved", views.moved, load=cards.load, policy=URGENT),
    DictKind("handover.differs", views.differs, load=cards.load, policy=URGENT),
    DictKind("handover.voice", views.voice),
    DictKind("handover.wait", views.late, load=escalation.load, policy=URGENT),
    DictKind("handover.late", views.late, load=escalation.load, policy=URGENT_HELD),
    DictKind("handover.list", views.recent),
)
