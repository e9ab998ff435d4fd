"""换班: which shift (for others: whose), and who is to come instead; then they are asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.access import labels
from bot.base import names as base_names
from bot.base.errors import Refused
from bot.features.shifts import crews
from bot.features.shifts.crews import FreePerson
from bot.features.swaps import asking, candidates
from bot.features.swaps.candidates import OTHERS, Wish
from bot.forms.steps import Answer, ChoiceStep, Filling, Form, NameStep, Option, Phrase, one_of
from bot.outbox.notices import Notice, Told

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague(NameStep):
    """One of the buttons, or a name that is written."""

    def read(self, answer: Answer, filling: Filling) -> Any:
        """The person of this name among all who are free; which of several is asked."""
        named, sure = base_names.meant(answer.text.strip(), _free(filling), lambda person: person.name)
        return one_of(_colleagues(filling, named), sure)

    @property
    def expected(self) -> Phrase:
        """A button, or the name of somebody free."""
        return Phrase("swap-expected-name")


def _gate(filling: Filling) -> None:
    if not (_own(filling) or _led(filling)):
        raise Refused("swap-no-shifts")


def _own(filling: Filling) -> Sequence[Row[Any]]:
    return candidates.own_shifts(filling.work)


def _led(filling: Filling) -> Sequence[Row[Any]]:
    return candidates.led_shifts(filling.work)


def _what(filling: Filling) -> list[Option]:
    """The own coming shifts; for who may decide, a way to others'."""
    own = [_shift_option(filling, shift) for shift in _own(filling)]
    others = [Option(Phrase("swap-option-others"), OTHERS)] if _led(filling) else []
    return [*own, *others]


def _shifts(filling: Filling) -> list[Option]:
    return [_shift_option(filling, shift) for shift in _led(filling)]


def _shift_option(filling: Filling, shift: Row[Any]) -> Option:
    return Option(
        _shift_phrase(filling, "swap-option", shift.starts_at, shift.ends_at, shift.place), shift.id
    )


def _shift_phrase(
    filling: Filling, key: str, starts_at: datetime, ends_at: datetime, place: str, name: str = ""
) -> Phrase:
    """A shift in few words: its end needs no date."""
    zone = filling.settings.work.zone
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    key = key if start.date() == end.date() else OVER_NIGHT[key]
    return Phrase(key, {"end": end.strftime("%H:%M"), "place": place, "name": name}, {"start": starts_at})


def _who(filling: Filling) -> list[Option]:
    """The crew of a shift that is the actor's to change; or one more is needed."""
    crew = candidates.crew(filling.session, filling.actor, filling.given["shift"])[:MOST_NAMES]
    told = labels.of(filling.session, [member.person_id for member in crew])
    people = [
        Option(
            Phrase(
                "swap-option-away" if member.away_kind else "swap-option-name",
                {"name": told[member.person_id]},
            ),
            member.person_id,
        )
        for member in crew
    ]
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


def _exchangeable(filling: Filling) -> Sequence[Row[Any]]:
    return asking.exchangeable(filling.work, filling.given["what"])


def _theirs(filling: Filling) -> list[Option]:
    """Colleagues' shifts that the own one could be exchanged for. Raises Refused where there is none."""
    found = _exchangeable(filling)
    if not found:
        raise Refused("swap-no-exchange")
    told = labels.of(filling.session, [row.person_id for row in found])
    return [
        Option(
            _shift_phrase(
                filling, "swap-option-theirs", row.starts_at, row.ends_at, row.place, told[row.person_id]
            ),
            [row.id, row.person_id],
        )
        for row in found
    ]


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
    return _shift_phrase(filling, "swap-whom", shift.starts_at, shift.ends_at, shift.place)


def _free(filling: Filling) -> Sequence[FreePerson]:
    wish = _wish(filling)
    return candidates.colleagues(filling.session, filling.actor, wish, by_name=True)


def _wish(filling: Filling, to: int = ANYONE) -> Wish:
    given = filling.given
    if "theirs" in given:
        in_return, person_id = given["theirs"]
        return Wish(given["what"], filling.actor.person_id, person_id, in_return)
    if given["what"] != OTHERS:
        return Wish(given["what"], filling.actor.person_id, to or None)
    return Wish(given["shift"], given["who"] or None, to or None)


def _check_shift(filling: Filling) -> None:
    """Before anything more is asked: can this be swapped at all?"""
    if _is_own(filling.given):
        candidates.require_right(filling.work, Wish(filling.given["what"], filling.actor.person_id))


def _check_who(filling: Filling) -> None:
    wish = Wish(filling.given["shift"], filling.given["who"] or None)
    candidates.require_right(filling.work, wish)


def _is_own(given: Mapping[str, Any]) -> bool:
    return bool(given["what"] != OTHERS)


def _is_one_more(given: Mapping[str, Any]) -> bool:
    """Where people are wanting, whoever is free is asked."""
    return bool(given["what"] == OTHERS and given["who"] == NOBODY)


def _is_no_exchange(given: Mapping[str, Any]) -> bool:
    return bool(given.get("whom") != EXCHANGE)


def _end(filling: Filling) -> Notice:
    wish = _wish(filling, filling.given.get("whom", ANYONE))
    asked = asking.ask(filling.work, wish)
    return Told("swap.sent", asked.facts())


FORM = Form(
    id="swap",
    version=2,
    name="form-name-swap",
    steps=(
        ChoiceStep(name="what", ask="swap-what", options=_what, check=_check_shift),
        ChoiceStep(name="shift", ask="swap-which-of-others", options=_shifts, skip_if=_is_own),
        ChoiceStep(name="who", ask="swap-who", options=_who, check=_check_who, skip_if=_is_own),
        Colleague(name="whom", ask=_whom_question, options=_whom, skip_if=_is_one_more),
        ChoiceStep(name="theirs", ask="swap-theirs", options=_theirs, skip_if=_is_no_exchange),
    ),
    gate=_gate,
    end=_end,
)
