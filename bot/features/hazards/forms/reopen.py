"""退回: why the work is not accepted."""

from bot.features.cases import workflow as cases
from bot.features.cases.forms import reasons
from bot.features.hazards import workflow
from bot.features.hazards.notices import HazardSentBack
from bot.features.hazards.repository import HAZARD
from bot.forms.steps import Filling, Form, WordsStep
from bot.outbox.notices import Notice


def _gate(filling: Filling) -> None:
    given = filling.given
    workflow.require_to_verify(filling.work, given.number("hazard"), given.number("version"))


def _end(filling: Filling) -> Notice:
    given, number = filling.given, filling.given.number("hazard")
    workflow.reopen(filling.work, number, given.number("version"), given.said("why"))
    return cases.receipt(filling.work, HAZARD, number, HazardSentBack)


FORM = Form(
    id="reopen",
    steps=(
        WordsStep(
            name="why", ask="hazard-back-why", most=cases.MOST_WORDS,
            options=reasons(
                "hazard-back-not-done", "hazard-back-half", "hazard-back-photo", "hazard-back-place"
            ),
        ),
    ),
    gate=_gate,
    end=_end,
)  # fmt: skip
