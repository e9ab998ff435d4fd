"""办好了: what was done about a request."""

from bot.features.requests import registering, workflow
from bot.features.requests.workflow import Said
from bot.forms.steps import Filling, Form, Option, Phrase, WordsStep, always
from bot.outbox.notices import Notice


def _gate(filling: Filling) -> None:
    workflow.require_to_handle(filling.session, filling.actor, int(filling.given["request"]))


def _end(filling: Filling) -> Notice:
    number, said = int(filling.given["request"]), Said(**filling.given["how"])
    workflow.finish(filling.work, number, said)
    return Notice("request.told_done", registering.receipt(filling.work, number))


FORM = Form(
    id="request_done",
    version=1,
    name="form-name-request-done",
    steps=(
        WordsStep(
            name="how", ask="request-done-how", most=workflow.MOST_WORDS,
            options=always(Option(Phrase("request-option-done"), {"words": ""})),
        ),
    ),
    gate=_gate,
    end=_end,
)  # fmt: skip
