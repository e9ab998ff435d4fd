"""What forms ask and say, in words."""

import re
from collections.abc import Sequence

from bot.base import lengths
from bot.forms.notices import (
    Choice,
    FormAsk,
    FormButton,
    FormClosed,
    FormDone,
    FormDropped,
    FormExpected,
    FormOffer,
    FormPhotos,
)
from bot.forms.steps import Phrase
from bot.outbox.notices import KeysGone
from bot.views.base import Button, Message, Reader

# Labels up to this many characters stand two in a row.
SHORT_LABEL = 8
# So much of a question is told with its answer.
SHORT_QUESTION = 18
_ASKING, _FIRST = re.compile(r"[^。！!.;；\n]*[？?]"), re.compile(r"[^。！!.；;：:\n]+")


def ask(told: FormAsk, to: Reader) -> Message:
    """What was chosen before, the question, its buttons; the way back and out stand below them."""
    lines = [*_trail(told.trail, to), _text(told.text, to)]
    return Message("\n".join(lines), (*_rows(told.buttons, to), *_controls(told.controls, to)))


def closed(told: FormClosed, to: Reader) -> Message:
    """A question that is not open any more, without buttons: what was chosen, or else what was asked."""
    lines = _trail(told.trail, to) or ([_text(told.asked, to)] if told.asked else [])
    if told.why or not lines:
        lines.append(to.tr(f"form-closed-{told.why or 'over'}"))
    return Message("\n".join(lines))


def keys_gone(told: KeysGone, to: Reader) -> Message:
    """The message stays as it is, without its buttons."""
    return Message("")


def say(told: FormExpected | FormDone, to: Reader) -> Message:
    """What one text says."""
    return Message(_text(told.text, to))


def photos(told: FormPhotos, to: Reader) -> Message:
    """The first photo is there; more may follow."""
    rows = (*_rows(told.buttons, to), *_controls(told.controls, to))
    return Message(to.tr("form-photos", most=str(told.most)), rows)


def offer(told: FormOffer, to: Reader) -> Message:
    """A form waits to be gone on with."""
    return Message(to.tr("form-offer", name=to.tr.plain(told.name)), _rows(told.buttons, to))


def dropped(told: FormDropped, to: Reader) -> Message:
    """The form is dropped."""
    return Message(to.tr("form-dropped", name=to.tr.plain(told.name)))


def _trail(trail: Sequence[Choice], to: Reader) -> list[str]:
    """One line for each answer: what was asked, cut short, and what was chosen."""
    return [
        to.tr("form-choice", question=_short(each.question, to), choice=_plain(each.choice, to))
        for each in trail
    ]


def _short(question: Phrase | None, to: Reader) -> str:
    """What is asked in a question, or else its first sentence, as far as it stays in one line with its
    answer."""
    whole = _plain(question, to) if question else ""
    found = _ASKING.search(whole) or _FIRST.search(whole)
    return lengths.cut(found[0].strip() if found else "", SHORT_QUESTION)


def _plain(phrase: Phrase, to: Reader) -> str:
    return lengths.plain(_text(phrase, to))


def _controls(buttons: Sequence[FormButton], to: Reader) -> tuple[tuple[Button, ...], ...]:
    """Below the choices, in a row of their own."""
    made = tuple(Button(to.tr.plain(each.label.key), each.data) for each in buttons)
    return (made,) if made else ()


def _rows(buttons: Sequence[FormButton], to: Reader) -> tuple[tuple[Button, ...], ...]:
    """One below the other; short ones two in a row."""
    made = [Button(to.tr.plain(each.label.key, **_filled(each.label, to)), each.data) for each in buttons]
    width = 2 if all(len(button.text) <= SHORT_LABEL for button in made) else 1
    return tuple(tuple(made[i : i + width]) for i in range(0, len(made), width))


def _text(phrase: Phrase, to: Reader) -> str:
    return to.tr(phrase.key, **_filled(phrase, to))


def _filled(phrase: Phrase, to: Reader) -> dict[str, str | int]:
    return {**phrase.facts, **{name: to.time(moment) for name, moment in phrase.times.items()}}
