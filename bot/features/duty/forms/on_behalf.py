"""代点: a supervisor checks in or out somebody who has no telephone at hand."""

from bot.base.facts import Json
from bot.features.duty import on_behalf
from bot.features.duty.on_behalf import Charge
from bot.forms.steps import Answer, Filling, Form, NameStep, Option, Phrase, WhichOne, one_of

MOST = 18


class Who(NameStep, kw_only=True):
    """One of the buttons, or a name that is written."""

    def read(self, answer: Answer, filling: Filling) -> Json | WhichOne:
        """The person of this name; which of several is asked."""
        found = on_behalf.named(filling.work, answer.text.strip())
        return one_of([_option(each) for each in found], all(each.sure for each in found))

    @property
    def expected(self) -> Phrase:
        """A button, or a name."""
        return Phrase("behalf-expected-name")


def _offered(filling: Filling, most: int) -> list[Charge]:
    return on_behalf.offered(filling.work, filling.given.number("area", 0), most)


def _options(filling: Filling) -> list[Option]:
    """Who has not come, and who is to be let go."""
    return [_option(each) for each in _offered(filling, MOST)]


def _option(each: Charge) -> Option:
    key = "behalf-option-out" if each.leaves else "behalf-option-in"
    value: Json = {"person_id": each.person_id, "name": each.name, "leaves": each.leaves}
    return Option(Phrase(key, {"name": each.name}), value)


FORM = Form(
    id="behalf",
    steps=(Who(name="who", ask="behalf-who", options=_options),),
    gate=lambda filling: _offered(filling, 1),
    end=lambda filling: on_behalf.act(filling.work, filling.given.read("who", Charge), filling.at),
    command="for",
)
