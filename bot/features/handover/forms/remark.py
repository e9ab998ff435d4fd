"""What is left to do, or what is not as it was told, in words or by voice."""

from bot.features.handover import handover
from bot.forms.notices import FormDone
from bot.forms.steps import Filling, Form, Phrase, WordsStep
from bot.outbox.notices import Notice


def _differs(filling: Filling) -> bool:
    return bool(filling.given["differs"])


def _question(filling: Filling) -> Phrase:
    return Phrase("handover-ask-differ" if _differs(filling) else "handover-ask-say")


def _end(filling: Filling) -> Notice:
    said = filling.given["words"]
    words, voice, differs = said.get("words", ""), said.get("voice", ""), _differs(filling)
    handover.say(filling.work, filling.given["handover_id"], words, voice, differs=differs)
    return FormDone(Phrase("handover-kept-differ" if differs else "handover-kept"))


FORM = Form(
    id="handover",
    steps=(WordsStep(name="words", ask=_question, most=300),),
    gate=lambda it: handover.require_may_say(it.work, it.given["handover_id"], _differs(it)),
    end=_end,
)
