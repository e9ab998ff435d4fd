"""What is said of a request on its way: 办好了, 有困难, 问群众."""

from bot.features.cases import workflow as cases
from bot.features.cases.forms import days, reasons
from bot.features.requests import workflow
from bot.features.requests.notices import RequestToldAnswer, RequestToldDone, RequestToldStuck
from bot.features.requests.repository import ANSWER as TO_ASK
from bot.features.requests.repository import FINISH, REQUEST
from bot.forms.steps import ChoiceStep, Filling, Form, Option, Phrase, WordsStep, always
from bot.outbox.notices import Notice
from models import ResidentAnswer


def _require_to_handle(filling: Filling) -> None:
    cases.held(filling.work, REQUEST, filling.given.number("request"), FINISH)


def _end_done(filling: Filling) -> Notice:
    number, said = filling.given.number("request"), filling.given.said("how")
    workflow.finish(filling.work, number, said)
    return cases.receipt(filling.work, REQUEST, number, RequestToldDone)


DONE = Form(
    id="request_done",
    steps=(
        WordsStep(
            name="how", ask="request-done-how", most=cases.MOST_WORDS,
            options=always(Option(Phrase("request-option-done"), {"words": ""})),
        ),
    ),
    gate=_require_to_handle,
    end=_end_done,
)  # fmt: skip


def _extensions(filling: Filling) -> list[Option]:
    return [*days(filling.settings.requests.extensions), Option(Phrase("request-option-others"), 0)]


def _end_blocked(filling: Filling) -> Notice:
    given = filling.given
    number, more, said = given.number("request"), given.number("more"), given.said("why")
    workflow.stuck(filling.work, number, said, more)
    return cases.receipt(filling.work, REQUEST, number, RequestToldStuck, more=bool(more))


BLOCKED = Form(
    id="request_stuck",
    steps=(
        WordsStep(
            name="why", ask="request-why", most=cases.MOST_WORDS,
            options=reasons(
                "request-reason-others", "request-reason-papers", "request-reason-money",
                "request-reason-resident",
            ),
        ),
        ChoiceStep(name="more", ask="request-more-time", options=_extensions),
    ),
    gate=_require_to_handle,
    end=_end_blocked,
)  # fmt: skip


def _require_to_ask(filling: Filling) -> None:
    given = filling.given
    cases.held(filling.work, REQUEST, given.number("request"), TO_ASK, given.number("version"))


def _end_answer(filling: Filling) -> Notice:
    given = filling.given
    number, answer = given.number("request"), given.read("answer", ResidentAnswer)
    workflow.answered(filling.work, number, given.number("version"), answer, given.said("missing"))
    return cases.receipt(filling.work, REQUEST, number, RequestToldAnswer)


ANSWER = Form(
    id="request_answer",
    steps=(
        WordsStep(
            name="missing", ask="request-missing", most=cases.MOST_WORDS,
            options=always(Option(Phrase("request-option-unsaid"), {"words": ""})),
        ),
    ),
    gate=_require_to_ask,
    end=_end_answer,
)  # fmt: skip
