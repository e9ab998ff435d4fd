"""What is said about handover: each kind of message, declared once."""

from bot.features.handover import cards, escalation, views
from bot.features.handover.notices import (
    HandoverCard,
    HandoverCardAbove,
    HandoverDiffers,
    HandoverLate,
    HandoverList,
    HandoverMoved,
    HandoverVoice,
    LateHandovers,
    ShownHandover,
)
from bot.outbox.notices import URGENT, URGENT_HELD
from bot.views.messages import loaded, message

MESSAGES = (
    loaded(HandoverCard, cards.load, ShownHandover, views.card, policy=URGENT),
    loaded(HandoverCardAbove, cards.load, ShownHandover, views.card, policy=URGENT_HELD),
    loaded(HandoverMoved, cards.load, ShownHandover, views.moved, policy=URGENT),
    loaded(HandoverDiffers, cards.load, ShownHandover, views.differs, policy=URGENT),
    loaded(
        HandoverLate, escalation.load, LateHandovers, views.late, policy=URGENT_HELD,
        before={"handover.wait": {}},
    ),
    message(HandoverVoice, views.voice),
    message(HandoverList, views.recent),
)  # fmt: skip
