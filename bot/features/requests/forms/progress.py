"""What is said of a request on its way: 办好了, 有困难, 问群众."""

from bot.base.i18n import translator
from bot.features.requests import registering, workflow
from bot.features.requests.workflow import Said
from bot.forms.steps import ChoiceStep, Filling, Form, Option, Phrase, WordsStep, always
from bot.outbox.notices import Notice, Told
from models import ResidentAnswer

REASONS = ("others", "papers", "money", "resident")


def _require_to_handle(filling: Filling) -> None:
    workflow.require_to_handle(filling.session, filling.actor, int(filling.given["request"]))


def _end_done(filling: Filling) -> Notice:
    number, said = int(filling.given["request"]), Said(**filling.given["how"])
    workflow.finish(filling.work, number, said)
    return Told("request.told_done", registering.receipt(filling.work, number))


DONE = Form(
    id="request_done",
    version=1,
    name="form-name-request-done",
    steps=(
        WordsStep(
            name="how", ask="request-done-how", most=workflow.MOST_WORDS,
            options=always(Option(Phrase("request-option-done"), {"words": ""})),
        ),
    ),
    gate=_require_to_handle,
    end=_end_done,
)  # fmt: skip


def _reasons(filling: Filling) -> list[Option]:
    """A button's words are the person's own: kept as if they had been typed."""
    tr = translator(filling.actor.locale)
    labels = [f"request-reason-{name}" for name in REASONS]
    return [Option(Phrase(label), {"words": tr.plain(label)}) for label in labels]


def _extensions(filling: Filling) -> list[Option]:
    days = filling.settings.requests.extensions
    more = [Option(Phrase("hazard-option-days", {"days": str(count)}), count) for count in days]
    return [*more, Option(Phrase("request-option-others"), 0)]


def _end_blocked(filling: Filling) -> Notice:
    given = filling.given
    number, days, said = int(given["request"]), int(given["more"]), Said(**given["why"])
    workflow.stuck(filling.work, number, said, days)
    told = registering.receipt(filling.work, number)
    return Told("request.told_stuck", told | {"more": bool(days)})


BLOCKED = Form(
    id="request_stuck",
    version=1,
    name="form-name-request-stuck",
    steps=(
        WordsStep(name="why", ask="request-why", options=_reasons, most=workflow.MOST_WORDS),
        ChoiceStep(name="more", ask="request-more-time", options=_extensions),
    ),
    gate=_require_to_handle,
    end=_end_blocked,
)


def _require_to_ask(filling: Filling) -> None:
    given = filling.given
    workflow.require_to_ask(filling.session, filling.actor, int(given["request"]), int(given["version"]))


def _end_answer(filling: Filling) -> Notice:
    given = filling.given
    number, answer, said = int(given["request"]), ResidentAnswer(given["answer"]), Said(**given["missing"])
    workflow.answered(filling.work, number, int(given["version"]), answer, said)
    return Told("request.told_answer", registering.receipt(filling.work, number))


ANSWER = Form(
    id="request_answer",
    version=1,
    name="form-name-request-answer",
    steps=(
        WordsStep(
            name="missing", ask="request-missing", most=workflow.MOST_WORDS,
            options=always(Option(Phrase("request-option-unsaid"), {"words": ""})),
        ),
    ),
    gate=_require_to_ask,
    end=_end_answer,
)  # fmt: skip
