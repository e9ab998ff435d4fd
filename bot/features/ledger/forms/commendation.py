"""An activity or a commendation for somebody's ledger."""

from bot.features.ledger import commendations
from bot.forms.notices import FormDone
from bot.forms.steps import ChoiceStep, Filling, Form, Option, Phrase, WordsStep, always
from bot.outbox.notices import Notice
from models import EntryKind

_KINDS = always(
    Option(Phrase("merit-kind-commendation"), EntryKind.COMMENDATION),
    Option(Phrase("merit-kind-activity"), EntryKind.ACTIVITY),
)


def _gate(filling: Filling) -> None:
    commendations.require_may(filling.work)


def _end(filling: Filling) -> Notice:
    given = filling.given
    kind = given.read("kind", EntryKind)
    name = commendations.write(filling.work, given.number("person"), kind, given.said("words"))
    return FormDone(Phrase("merit-done", {"name": name}))


FORM = Form(
    id="merit",
    steps=(
        ChoiceStep(name="kind", ask="merit-which", options=_KINDS),
        WordsStep(name="words", ask="merit-ask", most=commendations.MOST_CHARACTERS),
    ),
    gate=_gate,
    end=_end,
)
