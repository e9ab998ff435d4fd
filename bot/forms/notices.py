"""What forms ask and say: the texts and buttons themselves, so that the views know no form."""

from dataclasses import dataclass
from typing import ClassVar

from bot.forms.steps import Phrase
from bot.outbox.notices import Notice


@dataclass(frozen=True, slots=True)
class FormButton:
    """A button of a form: what stands on it, and its callback data."""

    label: Phrase
    data: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked, and what was chosen."""

    question: Phrase | None
    choice: Phrase


@dataclass(frozen=True, slots=True)
class FormAsk(Notice):
    """A question: above it what was chosen before, below it the choices, the way back and the way out."""

    kind: ClassVar[str] = "form.ask"
    text: Phrase
    buttons: tuple[FormButton, ...]
    controls: tuple[FormButton, ...] = ()
    trail: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class FormClosed(Notice):
    """A question that is not open any more: what was chosen, or what was asked; and `why`."""

    kind: ClassVar[str] = "form.closed"
    trail: tuple[Choice, ...] = ()
    asked: Phrase | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class FormExpected(Notice):
    """Something else was sent than was asked for."""

    kind: ClassVar[str] = "form.expected"
    text: Phrase


@dataclass(frozen=True, slots=True)
class FormDone(Notice):
    """What came of a form, where one text says it."""

    kind: ClassVar[str] = "form.done"
    text: Phrase


@dataclass(frozen=True, slots=True)
class FormPhotos(Notice):
    """The first photo is there; so many may be sent."""

    kind: ClassVar[str] = "form.photos"
    most: int
    buttons: tuple[FormButton, ...]
    controls: tuple[FormButton, ...] = ()


@dataclass(frozen=True, slots=True)
class FormPhotosFull(Notice):
    """No more photos than so many are taken."""

    kind: ClassVar[str] = "form.photos_full"
    most: int


@dataclass(frozen=True, slots=True)
class FormOffer(Notice):
    """A form waits to be gone on with; `name`: the key of what it is called."""

    kind: ClassVar[str] = "form.offer"
    name: str
    buttons: tuple[FormButton, ...]


@dataclass(frozen=True, slots=True)
class FormDropped(Notice):
    """The form is dropped."""

    kind: ClassVar[str] = "form.dropped"
    name: str


@dataclass(frozen=True, slots=True)
class FormOutdated(Notice):
    """The form has changed meanwhile."""

    kind: ClassVar[str] = "form.outdated"


@dataclass(frozen=True, slots=True)
class FormNothingToCancel(Notice):
    """No form was open."""

    kind: ClassVar[str] = "form.nothing_to_cancel"
