"""What is said about requests: each kind of message, declared once."""

from functools import partial

from bot.features.cases import escalation
from bot.features.cases import views as cases
from bot.features.requests import cards, notices
from bot.features.requests.repository import REQUEST
from bot.features.requests.views import answers, card, lists
from bot.outbox.notices import REMINDER, URGENT_HELD
from bot.views.messages import loaded, message

_LOAD, _LOAD_SOON = partial(escalation.load, REQUEST), partial(escalation.load_soon, REQUEST)

MESSAGES = (
    message(notices.RequestMoved, cases.moved),
    message(notices.RequestSent, answers.sent),
    message(notices.RequestUndone, cases.undone),
    message(notices.RequestAssigned, cases.assigned),
    message(notices.RequestToldDone, answers.told_done),
    message(notices.RequestToldStuck, answers.told_stuck),
    message(notices.RequestToldAnswer, answers.told_answer),
    message(notices.RequestVoice, cases.voice),
    message(notices.RequestHistory, cases.history),
    message(notices.RequestWaiting, cases.waiting),
    loaded(
        notices.RequestLate, _LOAD, notices.RequestLate, cases.late, policy=URGENT_HELD,
        before={"request.late_above": {}},
    ),
    loaded(notices.RequestSoon, _LOAD_SOON, notices.RequestSoon, cases.soon, policy=REMINDER),
    loaded(
        notices.RequestCard, cards.load, notices.RequestShown, card.card, policy=URGENT_HELD,
        before={"request.card_own": {"answers": True}},
    ),
    message(notices.RequestBoard, lists.board),
    message(notices.RequestBoardAreas, cases.board_areas),
)  # fmt: skip
