"""What is said about handover: each kind of message, declared once."""

from bot.features.handover import cards, escalation, views
from bot.outbox.notices import URGENT, URGENT_HELD
from bot.views.messages import MessageKind

MESSAGES = (
    MessageKind("handover.card", views.card, load=cards.load, policy=URGENT),
    MessageKind("handover.card_above", views.card, load=cards.load, policy=URGENT_HELD),
    MessageKind("handover.moved", views.moved, load=cards.load, policy=URGENT),
    MessageKind("handover.differs", views.differs, load=cards.load, policy=URGENT),
    MessageKind("handover.voice", views.voice),
    MessageKind("handover.wait", views.late, load=escalation.load, policy=URGENT),
    MessageKind("handover.late", views.late, load=escalation.load, policy=URGENT_HELD),
    MessageKind("handover.list", views.recent),
)
