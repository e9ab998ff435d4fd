"""整改: what came of it, a photo of the work; where it is not done, why, and how much more time."""

from collections.abc import Mapping
from typing import Any

from bot.access import Work
from bot.base.i18n import translator
from bot.features.hazards import reporting, workflow
from bot.features.hazards.repository import reference
from bot.features.hazards.workflow import Rectification
from bot.forms.steps import ChoiceStep, Filling, Form, Option, PhotosStep, Phrase, WordsStep
from bot.outbox.notices import Notice, Told
from models import HazardStep

_OUTCOMES = {
    HazardStep.FIXED: "hazard-option-fixed-step",
    HazardStep.PARTLY: "hazard-option-partly",
    HazardStep.CANNOT: "hazard-option-cannot",
}
REASONS = ("material", "weather", "beyond", "owner")


def _gate(filling: Filling) -> None:
    workflow.require_to_fix(filling.session, filling.actor, int(filling.given["hazard"]))


def _outcome_question(filling: Filling) -> Phrase:
    number = int(filling.given["hazard"])
    row = workflow.require_to_fix(filling.session, filling.actor, number)
    return Phrase("hazard-outcome", {"reference": reference(row.year, row.number)})


def _outcomes(filling: Filling) -> list[Option]:
    """Whether it is right now."""
    return [Option(Phrase(label), step) for step, label in _OUTCOMES.items()]


def _reasons(filling: Filling) -> list[Option]:
    """A button's words are the person's own: kept as if they had been typed."""
    tr = translator(filling.actor.locale)
    labels = [f"hazard-reason-{name}" for name in REASONS]
    return [Option(Phrase(label), {"words": tr.plain(label)}) for label in labels]


def _extensions(filling: Filling) -> list[Option]:
    days = filling.settings.hazards.extensions
    more = [Option(Phrase("hazard-option-days", {"days": str(count)}), count) for count in days]
    return [Option(Phrase("hazard-option-no-more"), 0), *more]


def _cannot(given: Mapping[str, Any]) -> bool:
    return bool(given["outcome"] == HazardStep.CANNOT)


def _is_fixed(given: Mapping[str, Any]) -> bool:
    return bool(given["outcome"] == HazardStep.FIXED)


def _end(filling: Filling) -> Notice:
    given, context = filling.given, _when(filling)
    number, said = int(given["hazard"]), given.get("reason") or {}
    work = Rectification(
        HazardStep(given["outcome"]),
        given.get("photos", ()),
        said.get("words", ""),
        said.get("voice", ""),
        int(given.get("more") or 0),
    )
    workflow.rectify(Work(filling.session, filling.actor, **context), number, work)
    receipt = reporting.receipt(Work(filling.session, filling.actor, **context), number)
    return Told(f"hazard.told_{work.outcome}", receipt | {"more": bool(work.more_days)})


def _when(filling: Filling) -> dict[str, Any]:
    return {"now": filling.now, "settings": filling.settings}


FORM = Form(
    id="rectify",
    version=1,
    name="form-name-rectify",
    steps=(
        ChoiceStep(name="outcome", ask=_outcome_question, options=_outcomes),
        PhotosStep(name="photos", ask="hazard-after", one_will_do=True, skip_if=_cannot),
        WordsStep(
            name="reason", ask="hazard-why", options=_reasons, most=workflow.MOST_WORDS, skip_if=_is_fixed
        ),
        ChoiceStep(name="more", ask="hazard-more-time", options=_extensions, skip_if=_is_fixed),
    ),
    gate=_gate,
    end=_end,
    late="photos",
)
