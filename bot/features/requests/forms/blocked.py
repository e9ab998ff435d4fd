"""有困难: why a request does not get on, and how much more time is asked for."""

from bot.base.i18n import translator
from bot.features.requests import registering, workflow
from bot.features.requests.workflow import Said
from bot.forms.steps import ChoiceStep, Filling, Form, Option, Phrase, WordsStep
from bot.outbox.notices import Notice

REASONS = ("others", "papers", "money", "resident")


def _gate(filling: Filling) -> None:
    workflow.require_to_handle(filling.session, filling.actor, int(filling.given["request"]))


def _reasons(filling: Filling) -> list[Option]:
    """A button's words are the person's own: kept as if they had been typed."""
    tr = translator(filling.actor.locale)
    labels = [f"request-reason-{name}" for name in REASONS]
    return [Option(Phrase(label), {"words": tr.plain(label)}) for label in labels]


def _extensions(filling: Filling) -> list[Option]:
    days = filling.settings.requests.extensions
    more = [Option(Phrase("hazard-option-days", {"days": str(count)}), count) for count in days]
    return [*more, Option(Phrase("request-option-others"), 0)]


def _end(filling: Filling) -> Notice:
    given = filling.given
    number, days, said = int(given["request"]), int(given["more"]), Said(**given["why"])
    workflow.stuck(filling.work, number, said, days)
    told = registering.receipt(filling.work, number)
    return Notice("request.told_stuck", told | {"more": bool(days)})


FORM = Form(
    id="request_stuck",
    version=1,
    name="form-name-request-stuck",
    steps=(
        WordsStep(name="why", ask="request-why", options=_reasons, most=workflow.MOST_WORDS),
        ChoiceStep(name="more", ask="request-more-time", options=_extensions),
    ),
    gate=_gate,
    end=_end,
)
