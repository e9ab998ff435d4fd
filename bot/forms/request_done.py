"""办好了: what was done about a request."""

from typing import Any

from bot.forms.steps import Filling, Form, Option, Phrase, Words, always
from bot.notices import Notice
from bot.services import request_life, requests
from bot.services.request_life import Said


def _gate(filling: Filling) -> None:
    request_life.require_to_handle(filling.session, filling.actor, int(filling.given["request"]))


def _end(filling: Filling) -> Notice:
    number, said = int(filling.given["request"]), Said(**filling.given["how"])
    when: dict[str, Any] = {"now": filling.now, "settings": filling.settings}
    request_life.finish(filling.session, filling.actor, number, said, **when)
    return Notice("request.told_done", requests.receipt(filling.session, filling.actor, number, **when))


FORM = Form(
    id="request_done",
    version=1,
    name="form-name-request-done",
    steps=(
        Words(
            name="how", ask="request-done-how", most=request_life.MOST_WORDS,
            options=always(Option(Phrase("request-option-done"), {"words": ""})),
        ),
    ),
    gate=_gate,
    end=_end,
)  # fmt: skip
