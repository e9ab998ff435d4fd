"""What is wrong with an entry of the own ledger."""

from bot.features.ledger import disputes
from bot.forms.steps import Filling, Form, Phrase, WordsStep
from bot.outbox.notices import Notice, Told
from models import EntryKind


def _gate(filling: Filling) -> None:
    kind, entry = EntryKind(filling.given["what"]), int(filling.given["entry"])
    disputes.require_entry(filling.work, kind, entry)


def _end(filling: Filling) -> Notice:
    said = filling.given["words"]
    told = disputes.say(
        filling.work,
        EntryKind(filling.given["what"]),
        int(filling.given["entry"]),
        said.get("words", ""),
        said.get("voice", ""),
    )
    if not told:
        return Told("form.done", {"text": Phrase("dispute-sent-nobody").as_facts()})
    return Told("form.done", {"text": Phrase("dispute-sent", {"names": "、".join(told)}).as_facts()})


FORM = Form(
    id="dispute",
    version=1,
    name="form-name-dispute",
    steps=(WordsStep(name="words", ask="dispute-ask", most=disputes.MOST_CHARACTERS),),
    gate=_gate,
    end=_end,
)
