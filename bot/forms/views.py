"""What forms ask and say. The facts carry texts and buttons, so that no form is known here."""

import re

from bot.base import lengths
from bot.base.facts import Facts
from bot.views.base import Button, Message, Reader

# Labels up to this many characters stand two in a row.
SHORT_LABEL = 8
# So much of a question is told with its answer.
SHORT_QUESTION = 18
_ASKING, _FIRST = re.compile(r"[^。！!.;；\n]*[？?]"), re.compile(r"[^。！!.；;：:\n]+")


def ask(facts: Facts, to: Reader) -> Message:
    """What was chosen before, the question, its buttons; the way back and out stand below them."""
    lines = [*_trail(facts, to), to.tr(facts["text"]["key"], **_told(facts["text"], to))]
    return Message("\n".join(lines), (*_rows(facts["buttons"], to), *_controls(facts, to)))


def closed(facts: Facts, to: Reader) -> Message:
    """A question that is not open any more, without buttons: what was chosen, or else what was asked."""
    asked = facts["asked"] and to.tr(facts["asked"]["key"], **_told(facts["asked"], to))
    lines = _trail(facts, to) or ([asked] if asked else [])
    if facts["why"] or not lines:
        lines.append(to.tr(f"form-closed-{facts['why'] or 'over'}"))
    return Message("\n".join(lines))


def keys_gone(facts: Facts, to: Reader) -> Message:
    """The message stays as it is, without its buttons."""
    return Message("")


def say(facts: Facts, to: Reader) -> Message:
    """Something else was sent than was asked for; or what came of a form, where one text says it."""
    return Message(to.tr(facts["text"]["key"], **_told(facts["text"], to)))


def photos(facts: Facts, to: Reader) -> Message:
    """The first photo is there; more may follow."""
    rows = (*_rows(facts["buttons"], to), *_controls(facts, to))
    return Message(to.tr("form-photos", most=str(facts["most"])), rows)


def photos_full(facts: Facts, to: Reader) -> Message:
    """No more photos are taken."""
    return Message(to.tr("form-photos-full", most=str(facts["most"])))


def offer(facts: Facts, to: Reader) -> Message:
    """A form waits to be gone on with."""
    return Message(to.tr("form-offer", name=to.tr.plain(facts["name"])), _rows(facts["buttons"], to))


def dropped(facts: Facts, to: Reader) -> Message:
    """The form is dropped."""
    return Message(to.tr("form-dropped", name=to.tr.plain(facts["name"])))


def outdated(facts: Facts, to: Reader) -> Message:
    """The form has changed meanwhile."""
    return Message(to.tr("form-outdated"))


def nothing_to_cancel(facts: Facts, to: Reader) -> Message:
    """No form was open."""
    return Message(to.tr("form-nothing-to-cancel"))


def _trail(facts: Facts, to: Reader) -> list[str]:
    """One line for each answer: what was asked, cut short, and what was chosen."""
    return [
        to.tr("form-choice", question=_short(each["question"], to), choice=_plain(each["choice"], to))
        for each in facts.get("trail", ())
    ]


def _short(question: Facts | None, to: Reader) -> str:
    """What is asked in a question, or else its first sentence, as far as it stays in one line with its
    answer."""
    whole = _plain(question, to) if question else ""
    found = _ASKING.search(whole) or _FIRST.search(whole)
    return lengths.cut(found[0].strip() if found else "", SHORT_QUESTION)


def _plain(phrase: Facts, to: Reader) -> str:
    return lengths.plain(to.tr(phrase["key"], **_told(phrase, to)))


def _controls(facts: Facts, to: Reader) -> tuple[tuple[Button, ...], ...]:
    """Below the choices, in a row of their own."""
    made = [Button(to.tr.plain(b["label"]["key"]), b["data"]) for b in facts.get("controls", ())]
    return (tuple(made),) if made else ()


def _rows(buttons: list[Facts], to: Reader) -> tuple[tuple[Button, ...], ...]:
    """One below the other; short ones two in a row."""
    made = [Button(to.tr.plain(b["label"]["key"], **_told(b["label"], to)), b["data"]) for b in buttons]
    width = 2 if all(len(button.text) <= SHORT_LABEL for button in made) else 1
    return tuple(tuple(made[i : i + width]) for i in range(0, len(made), width))


def _told(phrase: Facts, to: Reader) -> Facts:
    times = {name: to.time(moment) for name, moment in phrase["times"].items()}
    return {**phrase["facts"], **times}
