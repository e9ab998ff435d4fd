"""The engine with a form of every kind of step: whatever a person does, it holds."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.base.errors import Refused
from bot.base.i18n import LOCALES, translator
from bot.features import registry  # noqa: F401  (makes every form known)
from bot.forms import drafts, engine
from bot.forms.known import FORMS
from bot.forms.notices import FormDone
from bot.forms.steps import (
    FORM_ID_LIMIT,
    STEP_NAME_LIMIT,
    Answer,
    ChoiceStep,
    Confirm,
    Filling,
    Form,
    MomentStep,
    Option,
    PhotosStep,
    Phrase,
    PlaceStep,
    SentPlace,
    WordsStep,
    always,
)
from bot.outbox.notices import Living, Notice
from bot.photos.photos import ReceivedPhoto
from bot.storage.database import savepoint
from bot.views.base import Reader
from bot.views.messages import load, view
from models import Photo

ENDED: list[dict[str, Any]] = []


def _end(filling: Filling) -> Notice:
    ENDED.append(dict(filling.given))
    return FormDone(Phrase("feedback-thanks"))


def _refuse_bad(filling: Filling) -> None:
    if filling.given.said("words").words == "bad":
        raise Refused("feedback-too-long", most=1)


class _Sample(Form, kw_only=True):
    @property
    def name(self) -> str:
        return "form-name-unknown"


SAMPLE = _Sample(
    id="sample",
    version=3,
    steps=(
        ChoiceStep(
            name="kind",
            ask="correction-what",
            options=always(Option(Phrase("form-confirm"), "a"), Option(Phrase("form-go-on"), "b")),
        ),
        PhotosStep(
            name="photos", ask="form-expected-photo", most=3, skip_if=lambda given: given["kind"] == "b"
        ),
        PlaceStep(name="place", ask="form-expected-place"),
        MomentStep(name="when", ask="form-expected-moment"),
        WordsStep(name="words", ask="feedback-ask", check=_refuse_bad, most=20),
        Confirm(name="sure", ask=lambda filling: Phrase("form-photos-full", {"most": len(filling.given)})),
    ),
    gate=lambda filling: None,
    end=_end,
)


@pytest.fixture(autouse=True)
def sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """The form is on the list, and nothing has come of it yet."""
    monkeypatch.setitem(FORMS, SAMPLE.id, SAMPLE)
    ENDED.clear()


@dataclass
class Phone:
    """A person's chat, and the way handlers use the engine."""

    filling: Filling
    buttons: list[str] = field(default_factory=list)
    runs: int = 0

    def do(self, deed: str, value: Any) -> list[str]:
        """One thing the person does, in a savepoint as in `process`; the kinds of what was said, but for what
        older messages are left with."""
        self.filling = replace(self.filling, now=self.filling.now + timedelta(seconds=1))
        try:
            with savepoint(self.filling.session):
                notices = self._notices(deed, value)
        except Refused:
            return ["refused"]
        told = [each.notice if isinstance(each, Living) else each for each in notices]
        for notice in told:
            self._read(notice)
        return [notice.kind for notice in told if notice.kind != "form.closed"]

    def tap(self, button: str) -> list[str]:
        """Press the newest button with this step and option that was ever on the screen."""
        found = next(data for data in reversed(self.buttons) if data.endswith(f":{button}"))
        return self.do("tap", found)

    def _notices(self, deed: str, value: Any) -> list[Notice | Living]:
        if deed == "begin":
            self.runs += 1
            return engine.begin(self.filling, value, {"run": self.runs})
        if deed == "tap":
            data = (
                self.buttons[value % len(self.buttons)] if self.buttons and isinstance(value, int) else value
            )
            return engine.tap(self.filling, str(data))
        draft = drafts.front(self.filling.session, self.filling.actor, self.filling.now)
        if draft is None:
            return []
        if deed == "cancel":
            return engine.cancel(self.filling, draft)
        if deed == "send" and engine.takes(draft, value):
            return engine.answer(self.filling, draft, value)
        return engine.offer(self.filling, draft)

    def _read(self, notice: Notice) -> None:
        """Everything said can be read in every language, and every button be sent."""
        for locale in LOCALES:
            reader = Reader(translator(locale), self.filling.settings.work.zone, self.filling.now)
            message = view(notice.kind, load(self.filling.session, self.filling.actor, notice), reader)
            assert message.text
            for button in (button for row in message.buttons for button in row):
                assert len(button.data.encode()) <= 64
                self.buttons.append(button.data)


_PHOTO = st.integers(1, 5).map(lambda n: Answer(photo=ReceivedPhoto(f"f{n}", f"u{n}")))
_PLACE = st.just(Answer(place=SentPlace(24.4, 98.5)))
_TEXT = st.sampled_from(["8:05", "昨天 20:00", "坏了", "bad", " ", "x" * 30]) | st.text(max_size=8)
_SENT = (
    _PHOTO
    | _PLACE
    | _TEXT.map(lambda text: Answer(text=text))
    | st.just(Answer(voice="v1"))
    | st.just(Answer())
)
_DEEDS = st.one_of(
    st.tuples(st.just("begin"), st.sampled_from(["sample", "sample", "feedback", "correction"])),
    st.tuples(st.just("tap"), st.integers(0, 200)),
    st.tuples(st.just("tap"), st.integers(0, 200)),
    st.tuples(st.just("tap"), st.text(max_size=64) | st.just("f:sample:3:1:kind:0")),
    st.tuples(st.just("send"), _SENT),
    st.tuples(st.just("send"), _SENT),
    st.tuples(st.just("command"), st.none()),
    st.tuples(st.just("cancel"), st.none()),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_DEEDS, max_size=40))
def test_nothing_raises_and_nothing_is_submitted_twice(
    filling: Filling, deeds: list[tuple[str, Any]]
) -> None:
    ENDED.clear()
    phone = Phone(filling)
    phone.do("begin", "sample")
    for deed, value in deeds:
        phone.do(deed, value)
    runs = [given["run"] for given in ENDED]
    assert len(runs) == len(set(runs))
    for given_ in ENDED:
        assert set(given_) >= {"kind", "place", "when", "words", "sure"}
        assert ("photos" in given_) == (given_["kind"] == "a")


def test_every_kind_of_step_in_order(filling: Filling) -> None:
    phone = Phone(filling)
    phone.do("begin", "sample")
    assert phone.tap("kind:0") == ["form.ask"]
    photos = [Answer(photo=ReceivedPhoto(f"f{n}", f"u{n}")) for n in (1, 1, 2, 3, 4)]
    said = [phone.do("send", photo) for photo in photos]
    assert said == [["form.photos"], [], [], [], ["form.photos_full"]]
    assert phone.tap("photos:done") == ["form.ask"]
    assert phone.do("send", Answer(text="这里")) == ["form.expected"]
    assert phone.do("send", Answer(place=SentPlace(24.4, 98.5))) == ["form.ask"]
    assert phone.do("send", Answer(text="8:05")) == ["form.ask"]
    assert phone.do("send", Answer(text="bad")) == ["refused"]
    assert phone.do("send", Answer(voice="v1")) == ["form.ask"]
    assert phone.tap("sure:0") == ["form.done"]
    assert phone.tap("sure:0") == []
    (ended,) = ENDED
    kept = [filling.session.get_one(Photo, number).unique_id for number in ended["photos"]]
    assert kept == ["u1", "u2", "u3"]
    assert ended["words"] == {"voice": "v1"}
    assert ended["when"] == "2026-11-23T00:05:00+00:00"
    assert ended["place"]["latitude"] == 24.4


def test_a_place_or_photo_goes_only_to_the_step_that_asks_for_it(filling: Filling) -> None:
    phone = Phone(filling)
    phone.do("begin", "sample")
    place = Answer(place=SentPlace(24.4, 98.5))
    assert phone.do("send", place) == ["form.offer"]
    assert phone.do("send", place) == []
    phone.tap("kind:1")
    assert phone.do("send", Answer(photo=ReceivedPhoto("f", "u"))) == ["form.offer"]
    assert phone.do("send", place) == ["form.ask"]


def test_a_form_that_changed_meanwhile_is_told_and_dropped(
    filling: Filling, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = Phone(filling)
    phone.do("begin", "sample")
    monkeypatch.setitem(FORMS, SAMPLE.id, replace(SAMPLE, version=4))
    assert phone.tap("kind:0") == []
    draft = drafts.front(filling.session, filling.actor, filling.now)
    assert draft
    assert not engine.takes(draft, Answer(text="x"))
    closed, outdated = engine.answer(filling, draft, Answer(text="x"))
    assert isinstance(closed, Living)
    assert isinstance(outdated, Notice)
    assert (closed.notice.kind, outdated.kind) == ("form.closed", "form.outdated")
    assert drafts.front(filling.session, filling.actor, filling.now) is None


def test_starting_the_same_form_again_makes_way_for_it(filling: Filling) -> None:
    phone = Phone(filling)
    phone.do("begin", "sample")
    old = phone.buttons[0]
    phone.do("begin", "sample")
    assert phone.do("tap", old) == []
    assert phone.tap("kind:0") == ["form.ask"]


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_every_form_fits_its_buttons_and_has_its_words(form: Form) -> None:
    assert FORMS[form.id] is form
    assert len(form.id) <= FORM_ID_LIMIT
    assert all(len(step.name) <= STEP_NAME_LIMIT for step in form.steps)
    assert len({step.name for step in form.steps}) == len(form.steps)
    for step in form.steps:
        data = f"f:{form.id}:{form.version}:{drafts.NUMBERS - 1}:{step.name}:done"
        assert engine.BUTTON.fullmatch(data)
        assert len(data.encode()) <= 64
    for locale in LOCALES:
        assert translator(locale).plain(form.name)
