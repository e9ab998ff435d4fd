"""What forms ask and say. The facts carry texts and buttons, so that no form is known here."""

from bot.notices import Facts
from bot.views.base import Button, Message, Reader, view

# Labels up to this many characters stand two in a row.
SHORT_LABEL = 8


@view("form.ask")
def ask(facts: Facts, to: Reader) -> Message:
    """A question and its buttons; the last one, which drops the form, stands alone."""
    *options, drop = facts["buttons"]
    return Message(
        to.tr(facts["text"]["key"], **_told(facts["text"], to)), (*_rows(options, to), *_rows([drop], to))
    )


@view("form.expected")
@view("form.done")
def say(facts: Facts, to: Reader) -> Message:
    """Something else was sent than was asked for; or what came of a form, where one text says it."""
    return Message(to.tr(facts["text"]["key"], **_told(facts["text"], to)))


@view("form.photos")
def photos(facts: Facts, to: Reader) -> Message:
    """The first photo is there; more may follow."""
    return Message(to.tr("form-photos", most=str(facts["most"])), _rows(facts["buttons"], to))


@view("form.photos_full")
def photos_full(facts: Facts, to: Reader) -> Message:
    """No more photos are taken."""
    return Message(to.tr("form-photos-full", most=str(facts["most"])))


@view("form.offer")
def offer(facts: Facts, to: Reader) -> Message:
    """A form waits to be gone on with."""
    return Message(to.tr("form-offer", name=to.tr.plain(facts["name"])), _rows(facts["buttons"], to))


@view("form.dropped")
def dropped(facts: Facts, to: Reader) -> Message:
    """The form is dropped."""
    return Message(to.tr("form-dropped", name=to.tr.plain(facts["name"])))


@view("form.outdated")
def outdated(facts: Facts, to: Reader) -> Message:
    """The form has changed meanwhile."""
    return Message(to.tr("form-outdated"))


@view("form.nothing_to_cancel")
def nothing_to_cancel(facts: Facts, to: Reader) -> Message:
    """No form was open."""
    return Message(to.tr("form-nothing-to-cancel"))


def _rows(buttons: list[Facts], to: Reader) -> tuple[tuple[Button, ...], ...]:
    """One below the other; short ones two in a row."""
    made = [Button(to.tr.plain(b["label"]["key"], **_told(b["label"], to)), b["data"]) for b in buttons]
    width = 2 if all(len(button.text) <= SHORT_LABEL for button in made) else 1
    return tuple(tuple(made[i : i + width]) for i in range(0, len(made), width))


def _told(phrase: Facts, to: Reader) -> Facts:
    times = {name: to.time(moment) for name, moment in phrase["times"].items()}
    return {**phrase["facts"], **times}
