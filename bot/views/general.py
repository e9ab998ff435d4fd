"""What any part may have to say."""

from bot.base.lengths import quoted
from bot.views.base import Button, Message, Reader
from bot.views.notices import Refusal, StopAsk

# As much of a fact as goes into a sentence that says why something could not be done.
LONGEST = 200


def stop_ask(told: StopAsk, to: Reader) -> Message:
    """What /stop means."""
    yes, no = Button(to.tr.plain("stop-yes"), "stop:yes"), Button(to.tr.plain("stop-no"), "stop:no")
    return Message(to.tr("stop-ask"), buttons=((yes,), (no,)))


def refused(told: Refusal, to: Reader) -> Message:
    """Something could not be done; `key` names the sentence, `facts` fill it, perhaps with what was sent."""
    facts = {
        name: quoted(fact, LONGEST) if isinstance(fact, str) else fact for name, fact in told.facts.items()
    }
    return Message(to.tr(told.key, **facts))
