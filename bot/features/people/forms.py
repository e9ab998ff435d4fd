"""What a person wants to tell those who run the bot."""

from bot.features.people import feedback
from bot.forms.notices import FormDone
from bot.forms.steps import Filling, Form, Phrase, WordsStep
from bot.outbox.notices import Notice


def _end(filling: Filling) -> Notice:
    feedback.give(filling.work, filling.given.said("words"))
    return FormDone(Phrase("feedback-thanks"))


FORM = Form(
    id="feedback",
    steps=(WordsStep(name="words", ask="feedback-ask", most=feedback.MOST_CHARACTERS),),
    gate=lambda filling: feedback.require_room(filling.work),
    end=_end,
    command="feedback",
)
