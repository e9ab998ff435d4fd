"""有困难: why a request does not get on, and how much more time is asked for."""

from typing import Any

from bot.forms.steps import Choice, Filling, Form, Option, Phrase, Words
from bot.i18n import translator
from bot.notices import Notice
from bot.services import request_life, requests
from bot.services.request_life import Said

REASONS = ("others", "papers", "money", "resident")


def _gate(filling: Filling) -> None:
    request_life.require_to_handle(filling.session, filling.actor, int(filling.given["request"]))


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
    when: dict[str, Any] = {"now": filling.now, "settings": filling.settings}
    request_life.stuck(filling.session, filling.actor, number, said, days, **when)
    told = requests.receipt(filling.session, filling.actor, number, **when)
    return Notice("request.told_stuck", told | {"more": bool(days)})


FORM = Form(
    id="request_stuck",
    version=1,
    name="form-name-request-stuck",
    steps=(
        Words(name="why", ask="request-why", options=_reasons, most=request_life.MOST_WORDS),
        Choice(name="more", ask="request-more-time", options=_extensions),
    ),
    gate=_gate,
    end=_end,
)
