"""What is said about safety: each kind of message, declared once."""

from bot.features.safety import appeals
from bot.features.safety.views import appeals as appeals_views
from bot.features.safety.views import words as words_views
from bot.outbox.notices import NEWS, URGENT, URGENT_HELD, DeliveryPolicy, Lane
from bot.views.messages import DictKind

MESSAGES = (
    DictKind("danger.first", appeals_views.first),
    DictKind("danger.called", appeals_views.called),
    DictKind("appeal.urgent", appeals_views.card, load=appeals.load, policy=DeliveryPolicy(lane=Lane.SOS)),
    DictKind("appeal.card", appeals_views.card, load=appeals.load, policy=URGENT_HELD),
    DictKind("appeal.taken", appeals_views.taken, policy=NEWS),
    DictKind("appeal.taken_now", appeals_views.taken, policy=URGENT),
    DictKind("appeal.answered", appeals_views.answered, policy=URGENT_HELD),
    DictKind("appeal.answered_now", appeals_views.answered, policy=URGENT),
    DictKind("appeal.voice", appeals_views.voice),
    DictKind("words.unplaced", words_views.unplaced),
    DictKind("words.courtesy", words_views.courtesy),
    DictKind("words.changed", words_views.changed, policy=URGENT_HELD),
    DictKind("words.reworded", words_views.reworded),
    DictKind("media.not_taken", words_views.not_taken),
)
