"""派给: who is to put a hazard right, or to see to a request."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.base import names as base_names
from bot.features.cases.assignment import Candidate
from bot.features.hazards import reporting
from bot.features.hazards import workflow as hazard_workflow
from bot.features.requests import registering, workflow
from bot.forms.steps import Answer, Filling, Form, NameStep, Option, Phrase, one_of
from bot.outbox.notices import Notice, Told

MOST = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(NameStep):
    """One of the buttons, or a name that is written."""

    def read(self, answer: Answer, filling: Filling) -> Any:
        """The person or unit of this name; which of several is asked."""
        found, sure = base_names.meant(
            answer.text.strip(), _candidates(filling, 5_000), lambda each: each.name
        )
        return one_of([Option(_label(each, filling), _value(each)) for each in found], sure)

    @property
    def expected(self) -> Phrase:
        """A button, or a name."""
        return Phrase("hazard-expected-name")


def _gate(filling: Filling) -> None:
    _candidates(filling, 1)


def _candidates(filling: Filling, most: int) -> list[Candidate]:
    """Of a hazard, or of a request: what the form was started for."""
    if "request" in filling.given:
        number = int(filling.given["request"])
        return workflow.candidates(filling.session, filling.actor, number, most)
    return hazard_workflow.candidates(filling.session, filling.actor, int(filling.given["hazard"]), most)


def _value(each: Candidate) -> dict[str, Any]:
    return {"area_id": each.area_id, "person_id": each.person_id, "name": each.name}


def _options(filling: Filling) -> list[Option]:
    return [Option(_label(each, filling), _value(each)) for each in _candidates(filling, MOST)]


def _label(each: Candidate, filling: Filling) -> Phrase:
    if each.person_id == filling.actor.person_id:
        return Phrase("hazard-option-me")
    if each.person_id is None:
        return Phrase("hazard-option-unit", {"name": each.label})
    return Phrase("hazard-option-person", {"name": each.label})


def _end(filling: Filling) -> Notice:
    about = "request" if "request" in filling.given else "hazard"
    assign: Callable[..., None] = workflow.assign if about == "request" else hazard_workflow.assign
    receipt = registering.receipt if about == "request" else reporting.receipt
    given = filling.given
    to, number = Candidate(**given["to"], area=""), int(given[about])
    joint = bool(given.get("joint"))
    assign(filling.work, number, to, joint)
    told = receipt(filling.work, number)
    kind = "request.assigned" if about == "request" else "hazard.assigned"
    return Told(kind, told | {"to": to.name, "joint": joint})


FORM = Form(
    id="assign",
    version=1,
    name="form-name-assign",
    steps=(Named(name="to", ask="hazard-to-whom", options=_options),),
    gate=_gate,
    end=_end,
)
