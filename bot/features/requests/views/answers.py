"""Answers about requests: what came of registering, doing, asking."""

from bot.features.cases.views import answer, who_is_told, who_knows
from bot.features.requests.notices import (
    RequestSent,
    RequestToldAnswer,
    RequestToldDone,
    RequestToldStuck,
)
from bot.views.base import Button, Message, Reader


def sent(told: RequestSent, to: Reader) -> Message:
    """It has a number, these know of it; for a minute it can be taken back; a contact can be added."""
    number = told.request_id
    undo = Button(to.tr.plain("request-undo-button"), f"rq:undo:{number}")
    if told.mode == "spot":
        return Message(answer("request-sent-spot", told, to), buttons=((undo,),))
    contact = Button(to.tr.plain("request-add-contact-button"), f"rq:contact:{number}")
    lines = [answer("request-sent", told, to), who_is_told(told, to)]
    return Message("\n".join(lines), buttons=((contact,), (undo,)))


def told_done(told: RequestToldDone, to: Reader) -> Message:
    """Noted; who asks the resident."""
    if told.self:
        return Message(answer("request-told-done-self", told, to))
    asked = who_knows(told, to, "request-ask-by", "request-ask-by-nobody")
    return Message(answer("request-told-done", told, to) + "\n" + asked)


def told_stuck(told: RequestToldStuck, to: Reader) -> Message:
    """Noted; what was asked for."""
    key = "hazard-more-asked" if told.more else "request-others-asked"
    return Message(answer("request-told-stuck", told, to) + "\n" + to.tr(key))


def told_answer(told: RequestToldAnswer, to: Reader) -> Message:
    """Closed, or open again."""
    return Message(answer(f"request-told-{told.answer}", told, to))
