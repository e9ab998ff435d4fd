"""派给: who is to see to a case, whatever its kind."""

from collections.abc import Callable, Mapping

from bot.base import names as base_names
from bot.base.facts import Json, Struct
from bot.base.i18n import translator
from bot.features.cases import workflow
from bot.features.cases.assignment import Candidate
from bot.features.cases.case import AnyCase
from bot.forms.steps import Answer, Filling, Form, NameStep, Option, Phrase, WhichOne, one_of
from bot.outbox.notices import Notice

MOST = 18


def assign_form(*kinds: AnyCase) -> Form:
    """The form by which cases of all of these kinds are assigned; the number of one stands under the name of
    its kind in what the form was started with."""
    ask = _Ask({each.family.name: each for each in kinds})
    return Form(
        id="assign",
        steps=(_NamedStep(name="to", ask="hazard-to-whom", options=ask.options, who=ask),),
        gate=ask.gate,
        end=ask.end,
    )


class _Ask(Struct):
    """What the form asks of whichever kind it was started for."""

    kinds: Mapping[str, AnyCase]

    def kind(self, filling: Filling) -> tuple[AnyCase, int]:
        """The kind, and the number of the case."""
        name = next(name for name in self.kinds if name in filling.given)
        return self.kinds[name], filling.given.number(name)

    def candidates(self, filling: Filling, most: int) -> list[Candidate]:
        """Whom the actor may name."""
        return workflow.candidates(filling.work, *self.kind(filling), most)

    def gate(self, filling: Filling) -> None:
        """Raises Refused for who may name nobody."""
        self.candidates(filling, 1)

    def options(self, filling: Filling) -> list[Option]:
        """A button for each of them."""
        return [option_of(each, filling) for each in self.candidates(filling, MOST)]

    def end(self, filling: Filling) -> Notice:
        """Name the one that was chosen."""
        kind, number = self.kind(filling)
        to, joint = filling.given.read("to", Candidate), filling.given.flag("joint")
        workflow.assign(filling.work, kind, number, to, joint)
        assigned: Notice = workflow.receipt(
            filling.work, kind, number, kind.notices.assigned, to=to.name, joint=joint
        )
        return assigned


class _NamedStep(NameStep, kw_only=True):
    """One of the buttons, or a name that is written."""

    who: _Ask

    def read(self, answer: Answer, filling: Filling) -> Json | WhichOne:
        """The person or unit of this name; which of several is asked."""
        known = self.who.candidates(filling, 5_000)
        found, sure = base_names.meant(answer.text.strip(), known, lambda each: each.name)
        return one_of([option_of(each, filling) for each in found], sure)

    @property
    def expected(self) -> Phrase:
        """A button, or a name."""
        return Phrase("hazard-expected-name")


def option_of(each: Candidate, filling: Filling) -> Option:
    """The button of somebody who may be named."""
    value = {"area_id": each.area_id, "person_id": each.person_id, "name": each.name}
    if each.person_id == filling.actor.person_id:
        return Option(Phrase("hazard-option-me"), value)
    key = "hazard-option-unit" if each.person_id is None else "hazard-option-person"
    return Option(Phrase(key, {"name": each.label}), value)


def reasons(*labels: str) -> Callable[[Filling], list[Option]]:
    """Buttons whose words are the person's own: kept as if they had been typed."""

    def options(filling: Filling) -> list[Option]:
        tr = translator(filling.actor.locale)
        return [Option(Phrase(label), {"words": tr.plain(label)}) for label in labels]

    return options


def days(extensions: tuple[int, ...]) -> list[Option]:
    """So many working days more."""
    return [Option(Phrase("hazard-option-days", {"days": str(count)}), count) for count in extensions]
