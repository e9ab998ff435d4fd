"""What a form is made of: steps that ask for one thing each, and what may be answered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, field, replace
from datetime import datetime

from sqlmodel import Session

from bot.access import Actor, Work
from bot.base.facts import Json, Struct
from bot.forms.given import Given
from bot.forms.times import read_times
from bot.outbox.notices import Notice
from bot.photos import photos
from bot.photos.photos import ReceivedPhoto
from bot.settings import Settings

# What Telegram's 64 bytes of a button leave for names.
FORM_ID_LIMIT = 16
STEP_NAME_LIMIT = 12
OPTIONS_LIMIT = 20
# Where words are kept that came before they were asked for.
EARLY = "early"


class Phrase(Struct):
    """A text by its key, with facts as they are and times that are told in the reader's words."""

    key: str
    facts: Mapping[str, str | int] = field(default_factory=dict)
    times: Mapping[str, datetime] = field(default_factory=dict)


class Option(Struct):
    """A button under a question, and the answer it stands for."""

    label: Phrase
    value: Json


class WhichOne(Struct):
    """What was written may mean several things: it is asked which, by buttons."""

    ask: Phrase
    options: tuple[Option, ...]


def one_of(found: Sequence[Option], sure: bool = True) -> Json | WhichOne:
    """The value of the one person or thing that was named; of several, which is asked; None for none.

    Who may only be meant (not `sure`) is asked after, one alone too."""
    if not found:
        return None
    if sure and len(found) == 1:
        return found[0].value
    return WhichOne(Phrase("form-which-name" if sure else "form-meant-name"), tuple(found[:OPTIONS_LIMIT]))


class SentPlace(Struct):
    """A location that was sent: `live` while it moves; `name` of one picked on the map."""

    latitude: float
    longitude: float
    accuracy: float | None = None
    live: bool = False
    forwarded: bool = False
    name: str = ""


class SentFile(Struct):
    """A video, a recording or a document: its kind and its id as Telegram calls them, with its caption."""

    kind: str
    file_id: str
    name: str = ""
    words: str = ""


class Answer(Struct):
    """What a person sent."""

    text: str = ""
    voice: str = ""
    photo: ReceivedPhoto | None = None
    place: SentPlace | None = None
    file: SentFile | None = None


class Filling(Struct):
    """A form being filled in: by whom, when, and what was answered so far, by step."""

    session: Session
    actor: Actor
    at: datetime
    now: datetime
    settings: Settings
    given: Given = field(default_factory=Given)

    @property
    def work(self) -> Work:
        """All that a service needs."""
        return Work(self.session, self.actor, self.now, self.settings)

    def having(self, given: Given) -> "Filling":
        """The same with these answers."""
        return replace(self, given=given)


Options = Callable[[Filling], Sequence[Option]]
# Raises Refused; what it returns is not looked at.
Check = Callable[[Filling], object]


def no_options(_: Filling) -> Sequence[Option]:
    """No buttons."""
    return ()


def always(*options: Option) -> Options:
    """The same buttons for everyone."""
    return lambda _: options


class Step(Struct, kw_only=True):
    """One question.

    `options` are asked for when the question is put, and kept in the draft. `check` is shown this answer
    among those before it, and may raise Refused: it is then not taken. `skip_if` looks at what was answered
    before. Of what is sent to a `private` one and does not answer it, nothing is kept.
    """

    name: str
    ask: str | Callable[[Filling], Phrase]
    options: Options = no_options
    check: Check | None = None
    skip_if: Callable[[Given], bool] | None = None
    private: bool = False

    @property
    def takes_places(self) -> bool:
        """Whether a location answers it."""
        return False

    @property
    def takes_files(self) -> bool:
        """Whether a video, a recording or a document answers it."""
        return False

    @property
    def takes_words(self) -> bool:
        """Whether something written can answer it."""
        return type(self).read not in (Step.read, PhotosStep.read, PlaceStep.read)

    @property
    def expected(self) -> Phrase:
        """What is said when something else was sent."""
        return Phrase("form-expected-button")

    def read(self, answer: Answer, filling: Filling) -> Json | WhichOne:
        """The value of what was sent; a `Which` where it may be several; None where this step does not take
        it."""
        return None

    def told(self, answer: Answer) -> Phrase:
        """What was sent, as it is said back: never the words, which may be a resident's number."""
        kinds = {"words": answer.text, "voice": answer.voice, "photo": answer.photo, "file": answer.file}
        return Phrase(f"form-said-{next((kind for kind, sent in kinds.items() if sent), 'place')}")

    def is_skipped(self, given: Given) -> bool:
        """Whether what was answered before makes this question needless."""
        return self.skip_if is not None and self.skip_if(given)

    def question(self, filling: Filling) -> Phrase:
        """How it is asked."""
        return Phrase(self.ask) if isinstance(self.ask, str) else self.ask(filling)


class ChoiceStep(Step, kw_only=True):
    """One of the buttons."""


def confirmation(_: Filling) -> Sequence[Option]:
    """The one button of `Confirm`."""
    return (Option(Phrase("form-confirm"), True),)


class NameStep(ChoiceStep, kw_only=True):
    """One of the buttons, or a name that is written: whole, for a part of a button may mean somebody else."""


class Confirm(Step, kw_only=True):
    """The whole is shown and waits for its last button."""

    options: Options = confirmation


class WordsStep(Step, kw_only=True):
    """Words of up to `most` characters, a voice note, or both: `words`, and `voice` (Telegram's file id)."""

    most: int = 500

    @property
    def expected(self) -> Phrase:
        """Words, not too many of them."""
        return Phrase("form-expected-words", {"most": str(self.most)})

    def read(self, answer: Answer, filling: Filling) -> Json | WhichOne:
        """Whatever was said; a voice note may have words below it."""
        words = answer.text.strip()
        if len(words) > self.most or not (words or answer.voice):
            return None
        said = {"words": words, "voice": answer.voice}
        return {name: value for name, value in said.items() if value}


class PhotosStep(Step, kw_only=True):
    """One photo or several, ended by a button: a list of their numbers, see `bot.photos`.

    `one_will_do`: the first goes on to the next question.
    """

    most: int = 10
    one_will_do: bool = False

    @property
    def expected(self) -> Phrase:
        """Photos."""
        return Phrase("form-expected-photo")

    def sent(self, given: Given) -> list[int]:
        """The photos so far."""
        return given.numbers(self.name)

    def read(self, answer: Answer, filling: Filling) -> Json | WhichOne:
        """The photos so far with this one added; None where there is none."""
        return self.with_photo(answer.photo, filling) if answer.photo else None

    def with_photo(self, photo: ReceivedPhoto, filling: Filling) -> list[int]:
        """The photos so far with this one kept and added; a repeated one counts once."""
        before = self.sent(filling.given)
        if len(before) >= self.most or photos.among(filling.session, before, photo.unique):
            photos.add_words(filling.session, filling.actor, photo, before[0])
            return before
        return [*before, photos.keep(filling.session, filling.actor, photo, now=filling.now)]


class PlaceStep(Step, kw_only=True):
    """A place, as it was sent."""

    @property
    def takes_places(self) -> bool:
        """A location, and nothing else."""
        return True

    @property
    def expected(self) -> Phrase:
        """A place."""
        return Phrase("form-expected-place")

    def read(self, answer: Answer, filling: Filling) -> Json | WhichOne:
        """The place as it came."""
        return asdict(answer.place) if answer.place is not None else None


class MomentStep(Step, kw_only=True):
    """A time, typed as people write it or by button: kept as an ISO string in UTC."""

    @property
    def expected(self) -> Phrase:
        """How a time may be written."""
        return Phrase("form-expected-moment")

    def read(self, answer: Answer, filling: Filling) -> Json | WhichOne:
        """The moment meant: without a day, the last one with this time."""
        found = read_times(answer.text, filling.at, filling.settings.work.zone)
        if len(found) < 2:
            return found[0].isoformat() if found else None
        options = [Option(Phrase("form-moment", times={"at": each}), each.isoformat()) for each in found]
        return WhichOne(Phrase("form-which-moment"), tuple(options))


class Form(Struct, kw_only=True):
    """A conversation as data. Raise `version` whenever a step's name, kind or meaning changes.

    It is started by its `command` (what is written behind that answers the first question), by one of its
    `words`, or by a button of its own. `gate` raises Refused for who may not begin; `end` calls the one
    service function that all this was for, and says what came of it. `late` names a step for photos that
    takes them later too, until the form ends: parts of an album come seconds apart. `early` names a step for
    words that takes those sent before it was asked: they are kept in `given` under EARLY, a list.
    """

    id: str
    version: int = 1
    steps: tuple[Step, ...]
    gate: Check
    end: Callable[[Filling], Notice]
    command: str = ""
    words: frozenset[str] = frozenset()
    late: str = ""
    early: str = ""

    @property
    def name(self) -> str:
        """The key of what it is called."""
        return f"form-name-{self.id.replace('_', '-')}"

    def step(self, name: str) -> Step | None:
        """The step with this name."""
        return next((step for step in self.steps if step.name == name), None)

    def next_step(self, given: Given, after: str | None = None) -> Step | None:
        """The first step after this one (or of all) that is neither answered nor to be skipped; None at
        the end."""
        names = [step.name for step in self.steps]
        rest = self.steps[names.index(after) + 1 :] if after else self.steps
        return next((step for step in rest if step.name not in given and not step.is_skipped(given)), None)
