"""An activity or a commendation for somebody's ledger."""

from bot.features.ledger import commendations
from bot.forms.steps import ChoiceStep, Filling, Form, Option, Phrase, WordsStep, always
from bot.outbox.notices import Notice, Told
from models import EntryKind

_KINDS = always(
    Option(Phrase("merit-kind-commendation"), EntryKind.COMMENDATION),
    Option(Phrase("merit-kind-activity"), EntryKind.ACTIVITY),
)


def _gate(filling: Filling) -> None:
    commendations.require_may(filling.session, filling.actor)


def _end(filling: Filling) -> Notice:
    said = filling.given["words"]
    name = commendations.write(
        filling.work,
        int(filling.given["person"]),
        EntryKind(filling.given["kind"]),
        said.get("words", ""),
        said.get("voice", ""),
    )
    return Told("form.done", {"text": Phrase("merit-done", {"name": name}).as_facts()})


FORM = Form(
    id="merit",
    version=1,
    name="form-name-merit",
    steps=(
        ChoiceStep(name="kind", ask="merit-which", options=_KINDS),
        WordsStep(name="words", ask="merit-ask", most=commendations.MOST_CHARACTERS),
    ),
    gate=_gate,
    end=_end,
)
