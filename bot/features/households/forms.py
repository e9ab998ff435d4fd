"""What is up with one household, in words or by voice."""

from datetime import date, datetime

from bot.base.errors import Refused
from bot.features.households import daily_answer
from bot.forms.notices import FormDone
from bot.forms.steps import Filling, Form, Phrase, WordsStep
from bot.outbox.notices import Notice


def _gate(filling: Filling) -> None:
    daily_answer.require_some(filling.work)


def _question(filling: Filling) -> Phrase:
    number = str(filling.given.get("inside", filling.given.get("number", "")))
    if area := filling.given.get("area"):
        return Phrase("household-say-ask-of", {"number": number, "area": area})
    return Phrase("household-say-ask", {"number": number})


def _end(filling: Filling) -> Notice:
    given = filling.given
    daily_answer.say(filling.work, _day(filling), given.number("number"), given.said("words"))
    return FormDone(Phrase("household-said"))


def _day(filling: Filling) -> date:
    try:
        return datetime.strptime(filling.given.text("day"), "%Y%m%d").date()
    except ValueError:
        raise Refused("button-stale") from None


FORM = Form(
    id="household",
    steps=(WordsStep(name="words", ask=_question, most=500),),
    gate=_gate,
    end=_end,
)
