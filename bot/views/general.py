"""What any part may have to say."""

from bot.base.lengths import quoted
from bot.outbox.alarms import AdminHandlerFailed, AdminJobFailed, AdminTrouble
from bot.views.base import Button, Message, Reader
from bot.views.notices import Failed, NotUnderstood, Refusal, StopAsk, StopDone, StopStayed

# As much of a fact as goes into a sentence that says why something could not be done.
LONGEST = 200


def stop_ask(told: StopAsk, to: Reader) -> Message:
    """What /stop means."""
    yes, no = Button(to.tr.plain("stop-yes"), "stop:yes"), Button(to.tr.plain("stop-no"), "stop:no")
    return Message(to.tr("stop-ask"), buttons=((yes,), (no,)))


def stop_done(told: StopDone, to: Reader) -> Message:
    """No more messages; the way back."""
    return Message(to.tr("stop-done"))


def stop_stayed(told: StopStayed, to: Reader) -> Message:
    """As before."""
    return Message(to.tr("stop-stayed"))


def not_understood(told: NotUnderstood, to: Reader) -> Message:
    """Nothing took what the person sent."""
    return Message(to.tr("not-understood"))


def refused(told: Refusal, to: Reader) -> Message:
    """Something could not be done; `key` names the sentence, `facts` fill it, perhaps with what was sent."""
    facts = {
        name: quoted(fact, LONGEST) if isinstance(fact, str) else fact for name, fact in told.facts.items()
    }
    return Message(to.tr(told.key, **facts))


def failed(told: Failed, to: Reader) -> Message:
    """A bug: kept, and told politely."""
    return Message(to.tr("failed"))


def handler_failed(told: AdminHandlerFailed, to: Reader) -> Message:
    """For admins: a new kind of bug."""
    return Message(to.tr("admin-handler-failed", error=told.error, seq=str(told.seq)))


def job_failed(told: AdminJobFailed, to: Reader) -> Message:
    """For admins: something the clock does was given up."""
    return Message(to.tr("admin-job-failed", job=told.job, occasion=told.occasion))


def trouble(told: AdminTrouble, to: Reader) -> Message:
    """For admins: something was set aside, and everything else goes on."""
    return Message(to.tr("admin-trouble", part=told.part, what=told.what))
