"""问群众: what is still missing, where the resident says that it is solved in part or not."""

from typing import Any

from bot.access import Work
from bot.features.requests import registering, workflow
from bot.features.requests.workflow import Said
from bot.forms.steps import Filling, Form, Option, Phrase, WordsStep, always
from bot.outbox.notices import Notice
from models import ResidentAnswer


def _gate(filling: Filling) -> None:
    given = filling.given
    workflow.require_to_ask(filling.session, filling.actor, int(given["request"]), int(given["version"]))


def _end(filling: Filling) -> Notice:
    given = filling.given
    number, when = int(given["request"]), _when(filling)
    workflow.answered(
        Work(filling.session, filling.actor, **when),
        number,
        int(given["version"]),
        ResidentAnswer(given["answer"]),
        Said(**given["missing"]),
    )
    return Notice(
        "request.told_answer", registering.receipt(Work(filling.session, filling.actor, **when), number)
    )


def _when(filling: Filling) -> dict[str, Any]:
    return {"now": filling.now, "settings": filling.settings}


FORM = Form(
    id="request_answer",
    version=1,
    name="form-name-request-answer",
    steps=(
        WordsStep(
            name="missing", ask="request-missing", most=workflow.MOST_WORDS,
            options=always(Option(Phrase("request-option-unsaid"), {"words": ""})),
        ),
    ),
    gate=_gate,
    end=_end,
)  # fmt: skip
