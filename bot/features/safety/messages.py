"""What is said about safety: each kind of message, declared once."""

from bot.features.safety import appeals
from bot.features.safety.views import appeals as appeals_views
from bot.features.safety.views import words as words_views
from bot.outbox.notices import NEWS, URGENT, URGENT_HELD, DeliveryPolicy, Lane
from bot.views.messages import MessageKind

MESSAGES = (
    MessageKind("danger.first", appeals_views.first),
    MessageKind("danger.called", appeals_views.called),
    MessageKind("appeal.urgent", appeals_views.card, load=appeals.load, policy=DeliveryPolicy(lane=Lane.SOS)),
    MessageKind("appeal.card", appeals_views.card, load=appeals.load, policy=URGENT_HELD),
    MessageKind("appeal.taken", appeals_views.taken, policy=NEWS),
    MessageKind("appeal.taken_now", appeals_views.taken, policy=URGENT),
    MessageKind("appeal.answered", appeals_views.answered, policy=URGENT_HELD),
    MessageKind("appeal.answered_now", appeals_views.answered, policy=URGENT),
    MessageKind("appeal.voice", appeals_views.voice),
    MessageKind("words.unplaced", words_views.unplaced),
    MessageKind("words.courtesy", words_views.courtesy),
    MessageKind("words.changed", words_views.changed, policy=URGENT_HELD),
    MessageKind("words.reworded", words_views.reworded),
    MessageKind("media.not_taken", words_views.not_taken),
)
