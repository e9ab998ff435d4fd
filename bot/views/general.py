"""What any part may have to say."""

from bot.base.facts import Facts
from bot.base.lengths import quoted
from bot.views.base import Button, Message, Reader

# As much of a fact as goes into a sentence that says why something could not be done.
LONGEST = 200


def stop_ask(facts: Facts, to: Reader) -> Message:
    """What /stop means."""
    yes, no = Button(to.tr.plain("stop-yes"), "stop:yes"), Button(to.tr.plain("stop-no"), "stop:no")
    return Message(to.tr("stop-ask"), buttons=((yes,), (no,)))


def stop_done(facts: Facts, to: Reader) -> Message:
    """No more messages; the way back."""
    return Message(to.tr("stop-done"))


def stop_stayed(facts: Facts, to: Reader) -> Message:
    """As before."""
    return Message(to.tr("stop-stayed"))


def not_understood(facts: Facts, to: Reader) -> Message:
    """Nothing took what the person sent."""
    return Message(to.tr("not-understood"))


def refused(facts: Facts, to: Reader) -> Message:
    """Something could not be done; `key` names the sentence, `facts` fill it, perhaps with what was sent."""
    told = {
        name: quoted(fact, LONGEST) if isinstance(fact, str) else fact
        for name, fact in facts["facts"].items()
    }
    return Message(to.tr(facts["key"], **told))


def failed(facts: Facts, to: Reader) -> Message:
    """A bug: kept, and told politely."""
    return Message(to.tr("failed"))


def handler_failed(facts: Facts, to: Reader) -> Message:
    """For admins: a new kind of bug."""
    return Message(to.tr("admin-handler-failed", error=facts["error"], seq=str(facts["seq"])))


def job_failed(facts: Facts, to: Reader) -> Message:
    """For admins: something the clock does was given up."""
    return Message(to.tr("admin-job-failed", job=facts["job"], occasion=facts["occasion"]))


def trouble(facts: Facts, to: Reader) -> Message:
    """For admins: something was set aside, and everything else goes on."""
    return Message(to.tr("admin-trouble", part=facts["part"], what=facts["what"]))
