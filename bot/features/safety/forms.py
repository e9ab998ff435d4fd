"""回话: what is answered to somebody who said something to those in charge."""

from bot.features.safety import appeals
from bot.forms.notices import FormDone
from bot.forms.steps import Filling, Form, Phrase, WordsStep
from bot.outbox.notices import Notice


def _gate(filling: Filling) -> None:
    appeals.require_may_answer(filling.work, filling.given.number("appeal"))


def _end(filling: Filling) -> Notice:
    given = filling.given
    name = appeals.answer(filling.work, given.number("appeal"), given.said("words"))
    return FormDone(Phrase("appeal-sent", {"name": name}))


FORM = Form(
    id="appeal_answer",
    steps=(WordsStep(name="words", ask="appeal-ask", most=appeals.MOST_WORDS),),
    gate=_gate,
    end=_end,
)
