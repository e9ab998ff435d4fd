"""What is said about safety: each kind of message, declared once."""

from bot.features.safety import appeals, notices
from bot.features.safety.views import appeals as appeals_views
from bot.features.safety.views import words as words_views
from bot.outbox.notices import NEWS, URGENT_HELD
from bot.views.messages import loaded, message

_URGENT = {"urgent": True}

MESSAGES = (
    message(notices.DangerFirst, appeals_views.first),
    message(notices.DangerCalled, appeals_views.called),
    loaded(
        notices.AppealCard, appeals.load, notices.ShownAppeal, appeals_views.card, policy=URGENT_HELD,
        before={"appeal.urgent": _URGENT},
    ),
    message(notices.AppealTaken, appeals_views.taken, policy=NEWS, before={"appeal.taken_now": _URGENT}),
    message(
        notices.AppealAnswered, appeals_views.answered, policy=URGENT_HELD,
        before={"appeal.answered_now": _URGENT},
    ),
    message(notices.AppealVoice, appeals_views.voice),
    message(notices.WordsUnplaced, words_views.unplaced),
    message(notices.WordsCourtesy, words_views.courtesy),
    message(notices.WordsChanged, words_views.changed, policy=URGENT_HELD),
    message(notices.WordsReworded, words_views.reworded),
    message(notices.MediaNotTaken, words_views.not_taken),
)  # fmt: skip
