"""What forms ask and say: the texts and buttons themselves, so that the views know no form."""

from bot.base.facts import Struct
from bot.forms.steps import Phrase
from bot.outbox.notices import Notice


class FormButton(Struct):
    """A button of a form: what stands on it, and its callback data."""

    label: Phrase
    data: str


class Choice(Struct):
    """What was asked, and what was chosen."""

    question: Phrase | None
    choice: Phrase


class FormAsk(Notice, kind="form.ask"):
    """A question: above it what was chosen before, below it the choices, the way back and the way out."""

    text: Phrase
    buttons: tuple[FormButton, ...]
    controls: tuple[FormButton, ...] = ()
    trail: tuple[Choice, ...] = ()


class FormClosed(Notice, kind="form.closed"):
    """A question that is not open any more: what was chosen, or what was asked; and `why`."""

    trail: tuple[Choice, ...] = ()
    asked: Phrase | None = None
    why: str = ""


class FormExpected(Notice, kind="form.expected"):
    """Something else was sent than was asked for."""

    text: Phrase


class FormDone(Notice, kind="form.done"):
    """What came of a form, where one text says it."""

    text: Phrase


class FormPhotos(Notice, kind="form.photos"):
    """The first photo is there; so many may be sent."""

    most: int
    buttons: tuple[FormButton, ...]
    controls: tuple[FormButton, ...] = ()


class FormPhotosFull(Notice, kind="form.photos_full"):
    """No more photos than so many are taken."""

    most: int


class FormOffer(Notice, kind="form.offer"):
    """A form waits to be gone on with; `name`: the key of what it is called."""

    name: str
    buttons: tuple[FormButton, ...]


class FormDropped(Notice, kind="form.dropped"):
    """The form is dropped."""

    name: str


class FormOutdated(Notice, kind="form.outdated"):
    """The form has changed meanwhile."""


class FormNothingToCancel(Notice, kind="form.nothing_to_cancel"):
    """No form was open."""
