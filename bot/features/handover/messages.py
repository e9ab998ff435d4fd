"""What is said about handover: each kind of message, declared once."""

from bot.features.handover import cards, escalation, notices, views
from bot.outbox.notices import URGENT, URGENT_HELD
from bot.views.messages import loaded, message

MESSAGES = (
    loaded(
        notices.HandoverCard, cards.load, notices.ShownHandover, views.card, policy=URGENT,
        before={"handover.card_above": {"above": True}},
    ),
    loaded(notices.HandoverMoved, cards.load, notices.ShownHandover, views.moved, policy=URGENT),
    loaded(notices.HandoverDiffers, cards.load, notices.ShownHandover, views.differs, policy=URGENT),
    loaded(
        notices.HandoverLate, escalation.load, notices.LateHandovers, views.late, policy=URGENT_HELD,
        before={"handover.wait": {}},
    ),
    message(notices.HandoverVoice, views.voice),
    message(notices.HandoverList, views.recent),
)  # fmt: skip
