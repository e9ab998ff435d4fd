"""整改: what came of it, a photo of the work; where it is not done, why, and how much more time."""

from bot.features.cases import workflow as cases
from bot.features.cases.forms import days, reasons
from bot.features.hazards import workflow
from bot.features.hazards.notices import HazardToldFixed, HazardToldPartly
from bot.features.hazards.repository import FIX, HAZARD
from bot.features.hazards.workflow import Rectification
from bot.forms.given import Given
from bot.forms.steps import ChoiceStep, Filling, Form, Option, PhotosStep, Phrase, WordsStep
from bot.outbox.notices import Notice
from models import HazardStep

_OUTCOMES = {
    HazardStep.FIXED: "hazard-option-fixed-step",
    HazardStep.PARTLY: "hazard-option-partly",
    HazardStep.CANNOT: "hazard-option-cannot",
}


def _gate(filling: Filling) -> None:
    cases.held(filling.work, HAZARD, filling.given.number("hazard"), FIX)


def _outcome_question(filling: Filling) -> Phrase:
    row = cases.held(filling.work, HAZARD, filling.given.number("hazard"), FIX)
    return Phrase("hazard-outcome", {"reference": HAZARD.reference(row.year, row.number)})


def _outcomes(filling: Filling) -> list[Option]:
    """Whether it is right now."""
    return [Option(Phrase(label), step) for step, label in _OUTCOMES.items()]


def _extensions(filling: Filling) -> list[Option]:
    return [Option(Phrase("hazard-option-no-more"), 0), *days(filling.settings.hazards.extensions)]


def _cannot(given: Given) -> bool:
    return given.text("outcome") == HazardStep.CANNOT


def _is_fixed(given: Given) -> bool:
    return given.text("outcome") == HazardStep.FIXED


def _end(filling: Filling) -> Notice:
    given, number = filling.given, filling.given.number("hazard")
    outcome, more = given.read("outcome", HazardStep), given.number("more", 0)
    done = Rectification(outcome, given.numbers("photos"), given.said("reason"), more)
    workflow.rectify(filling.work, number, done)
    if done.outcome is HazardStep.FIXED:
        return cases.receipt(filling.work, HAZARD, number, HazardToldFixed)
    return cases.receipt(filling.work, HAZARD, number, HazardToldPartly, more=bool(more))


FORM = Form(
    id="rectify",
    steps=(
        ChoiceStep(name="outcome", ask=_outcome_question, options=_outcomes),
        PhotosStep(name="photos", ask="hazard-after", one_will_do=True, skip_if=_cannot),
        WordsStep(
            name="reason", ask="hazard-why", most=cases.MOST_WORDS, skip_if=_is_fixed,
            options=reasons(
                "hazard-reason-material", "hazard-reason-weather", "hazard-reason-beyond",
                "hazard-reason-owner",
            ),
        ),
        ChoiceStep(name="more", ask="hazard-more-time", options=_extensions, skip_if=_is_fixed),
    ),
    gate=_gate,
    end=_end,
    late="photos",
)  # fmt: skip
