"""What is wrong with an entry of the own ledger."""

from bot.features.ledger import disputes
from bot.forms.notices import FormDone
from bot.forms.steps import Filling, Form, Phrase, WordsStep
from bot.outbox.notices import Notice
from models import EntryKind


def _gate(filling: Filling) -> None:
    disputes.require_entry(filling.work, *_entry(filling))


def _end(filling: Filling) -> Notice:
    told = disputes.say(filling.work, *_entry(filling), filling.given.said("words"))
    if not told:
        return FormDone(Phrase("dispute-sent-nobody"))
    return FormDone(Phrase("dispute-sent", {"names": "、".join(told)}))


def _entry(filling: Filling) -> tuple[EntryKind, int]:
    return filling.given.read("what", EntryKind), filling.given.number("entry")


FORM = Form(
    id="dispute",
    steps=(WordsStep(name="words", ask="dispute-ask", most=disputes.MOST_CHARACTERS),),
    gate=_gate,
    end=_end,
)
