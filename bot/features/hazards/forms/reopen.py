"""退回: why the work is not accepted."""

from typing import Any

from bot.access import Work
from bot.base.i18n import translator
from bot.features.hazards import reporting, workflow
from bot.forms.steps import Filling, Form, Option, Phrase, WordsStep
from bot.outbox.notices import Notice, Told

REASONS = ("not-done", "half", "photo", "place")


def _gate(filling: Filling) -> None:
    given = filling.given
    workflow.require_to_verify(filling.session, filling.actor, int(given["hazard"]), int(given["version"]))


def _reasons(filling: Filling) -> list[Option]:
    tr = translator(filling.actor.locale)
    labels = [f"hazard-back-{name}" for name in REASONS]
    return [Option(Phrase(label), {"words": tr.plain(label)}) for label in labels]


def _end(filling: Filling) -> Notice:
    given, said = filling.given, filling.given["why"]
    number, context = int(given["hazard"]), _when(filling)
    workflow.reopen(
        Work(filling.session, filling.actor, **context),
        number,
        int(given["version"]),
        said.get("words", ""),
        said.get("voice", ""),
    )
    return Told(
        "hazard.sent_back", reporting.receipt(Work(filling.session, filling.actor, **context), number)
    )


def _when(filling: Filling) -> dict[str, Any]:
    return {"now": filling.now, "settings": filling.settings}


FORM = Form(
    id="reopen",
    version=1,
    name="form-name-reopen",
    steps=(WordsStep(name="why", ask="hazard-back-why", options=_reasons, most=workflow.MOST_WORDS),),
    gate=_gate,
    end=_end,
)
