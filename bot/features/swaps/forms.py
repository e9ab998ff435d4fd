"""换班: which shift (for others: whose), and who is to come instead; then they are asked."""

from collections.abc import Sequence

from bot.access import labels
from bot.base import names as base_names
from bot.base.errors import Refused
from bot.base.facts import Json
from bot.features.shifts import crews
from bot.features.shifts.crews import FreePerson, StandingShift
from bot.features.swaps import asking, candidates
from bot.features.swaps.asking import ReturnShift
from bot.features.swaps.candidates import OTHERS, SwapShift, Wish
from bot.forms.given import Given
from bot.forms.steps import Answer, ChoiceStep, Filling, Form, NameStep, Option, Phrase, WhichOne, one_of

MOST_NAMES = 19
# Nobody is to leave, one more is needed; whoever is free.
NOBODY, ANYONE = 0, 0
# Nobody yet: a colleague's shift is chosen, to be taken in return.
EXCHANGE = -1
# How a shift is told that ends on the next day.
OVER_NIGHT = {
    "swap-option": "swap-option-night",
    "swap-whom": "swap-whom-night",
    "swap-option-theirs": "swap-option-theirs-night",
}


class Colleague(NameStep, kw_only=True):
    """One of the buttons, or a name that is written."""

    def read(self, answer: Answer, filling: Filling) -> Json | WhichOne:
        """The person of this name among all who are free; which of several is asked."""
        named, sure = base_names.meant(answer.text.strip(), _free(filling), lambda person: person.name)
        return one_of(_colleagues(filling, named), sure)

    @property
    def expected(self) -> Phrase:
        """A button, or the name of somebody free."""
        return Phrase("swap-expected-name")


def _gate(filling: Filling) -> None:
    if candidates.where_to_start(filling.work) is None:
        raise Refused("swap-no-shifts")


def _what(filling: Filling) -> list[Option]:
    """The own coming shifts; for who may decide, a way to others'."""
    own = [_shift_option(filling, shift) for shift in candidates.own_shifts(filling.work)]
    others = [Option(Phrase("swap-option-others"), OTHERS)] if candidates.led_shifts(filling.work) else []
    return [*own, *others]


def _shifts(filling: Filling) -> list[Option]:
    return [_shift_option(filling, shift) for shift in candidates.led_shifts(filling.work)]


def _shift_option(filling: Filling, shift: SwapShift) -> Option:
    return Option(_shift_phrase(filling, "swap-option", shift), shift.id)


def _shift_phrase(filling: Filling, key: str, shift: SwapShift | StandingShift, name: str = "") -> Phrase:
    """A shift in few words: its end needs no date."""
    zone = filling.settings.work.zone
    start, end = shift.starts_at.astimezone(zone), shift.ends_at.astimezone(zone)
    key = key if start.date() == end.date() else OVER_NIGHT[key]
    told = {"end": f"{end:%H:%M}", "place": shift.place, "name": name}
    return Phrase(key, told, {"start": shift.starts_at})


def _who(filling: Filling) -> list[Option]:
    """The crew of a shift that is the actor's to change; or one more is needed."""
    crew = candidates.crew(filling.work, filling.given.number("shift"))[:MOST_NAMES]
    told = labels.of(filling.session, [member.person_id for member in crew])
    people = []
    for member in crew:
        key = "swap-option-away" if member.away_kind else "swap-option-name"
        people.append(Option(Phrase(key, {"name": told[member.person_id]}), member.person_id))
    return [Option(Phrase("swap-option-one-more"), NOBODY), *people]


def _whom(filling: Filling) -> list[Option]:
    """Everyone who is free, or one of them by name. Raises Refused where nobody is."""
    free, exchange = _free(filling), []
    if _is_own(filling.given) and _exchangeable(filling):
        exchange = [Option(Phrase("swap-option-exchange"), EXCHANGE)]
    if not free and not exchange:
        raise Refused("swap-nobody-free")
    people = _colleagues(filling, free[: MOST_NAMES - 1])
    anyone = [Option(Phrase("swap-option-anyone"), ANYONE)] if free else []
    return [*anyone, *people, *exchange]


def _exchangeable(filling: Filling) -> Sequence[ReturnShift]:
    return asking.exchangeable(filling.work, filling.given.number("what"))


def _theirs(filling: Filling) -> list[Option]:
    """Colleagues' shifts that the own one could be exchanged for. Raises Refused where there is none."""
    found = _exchangeable(filling)
    if not found:
        raise Refused("swap-no-exchange")
    told = labels.of(filling.session, [row.person_id for row in found])
    words = [_shift_phrase(filling, "swap-option-theirs", row, told[row.person_id]) for row in found]
    return [Option(each, [row.id, row.person_id]) for each, row in zip(words, found, strict=True)]


def _colleagues(filling: Filling, people: Sequence[FreePerson]) -> list[Option]:
    told = labels.of(filling.session, [person.person_id for person in people])
    return [
        Option(Phrase("swap-option-name", {"name": told[person.person_id]}), person.person_id)
        for person in people
    ]


def _whom_question(filling: Filling) -> Phrase:
    shift = crews.shift_of(filling.session, _wish(filling).shift_id)
    if shift is None:
        raise Refused("swap-changed")
    return _shift_phrase(filling, "swap-whom", shift)


def _free(filling: Filling) -> Sequence[FreePerson]:
    return candidates.colleagues(filling.work, _wish(filling), by_name=True)


def _wish(filling: Filling, to: int = ANYONE) -> Wish:
    given, me = filling.given, filling.actor.person_id
    if "theirs" in given:
        in_return, person_id = given.numbers("theirs")
        return Wish(given.number("what"), me, person_id, in_return)
    if _is_own(given):
        return Wish(given.number("what"), me, to or None)
    return Wish(given.number("shift"), given.number("who") or None, to or None)


def _check_shift(filling: Filling) -> None:
    """Before anything more is asked: can this be swapped at all?"""
    if _is_own(filling.given):
        candidates.require_right(filling.work, Wish(filling.given.number("what"), filling.actor.person_id))


def _check_who(filling: Filling) -> None:
    given = filling.given
    candidates.require_right(filling.work, Wish(given.number("shift"), given.number("who") or None))


def _is_own(given: Given) -> bool:
    return given.number("what") != OTHERS


def _is_one_more(given: Given) -> bool:
    """Where people are wanting, whoever is free is asked."""
    return not _is_own(given) and given.number("who") == NOBODY


def _is_no_exchange(given: Given) -> bool:
    return given.number("whom", ANYONE) != EXCHANGE


FORM = Form(
    id="swap",
    version=2,
    steps=(
        ChoiceStep(name="what", ask="swap-what", options=_what, check=_check_shift),
        ChoiceStep(name="shift", ask="swap-which-of-others", options=_shifts, skip_if=_is_own),
        ChoiceStep(name="who", ask="swap-who", options=_who, check=_check_who, skip_if=_is_own),
        Colleague(name="whom", ask=_whom_question, options=_whom, skip_if=_is_one_more),
        ChoiceStep(name="theirs", ask="swap-theirs", options=_theirs, skip_if=_is_no_exchange),
    ),
    gate=_gate,
    end=lambda it: asking.ask(it.work, _wish(it, it.given.number("whom", ANYONE))),
)
