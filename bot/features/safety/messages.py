"""What is said about safety: each kind of message, declared once."""

from bot.features.safety import appeals
from bot.features.safety.notices import (
    AppealAnswered,
    AppealCard,
    AppealTaken,
    AppealVoice,
    DangerCalled,
    DangerFirst,
    MediaNotTaken,
    ShownAppeal,
    WordsChanged,
    WordsCourtesy,
    WordsReworded,
    WordsUnplaced,
)
from bot.features.safety.views import appeals as appeals_views
from bot.features.safety.views import words as words_views
from bot.outbox.notices import NEWS, URGENT_HELD
from bot.views.messages import loaded, message

_URGENT = {"urgent": True}

MESSAGES = (
    message(DangerFirst, appeals_views.first),
    message(DangerCalled, appeals_views.called),
    loaded(
        AppealCard, appeals.load, ShownAppeal, appeals_views.card, policy=URGENT_HELD,
        before={"appeal.urgent": _URGENT},
    ),
    message(AppealTaken, appeals_views.taken, policy=NEWS, before={"appeal.taken_now": _URGENT}),
    message(
        AppealAnswered, appeals_views.answered, policy=URGENT_HELD, before={"appeal.answered_now": _URGENT}
    ),
    message(AppealVoice, appeals_views.voice),
    message(WordsUnplaced, words_views.unplaced),
    message(WordsCourtesy, words_views.courtesy),
    message(WordsChanged, words_views.changed, policy=URGENT_HELD),
    message(WordsReworded, words_views.reworded),
    message(MediaNotTaken, words_views.not_taken),
)  # fmt: skip
